"""Who is asking: a signed-in person as the rules see them, and what their account asks for."""

from __future__ import annotations

import base64
from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from claims.models import Authenticator, Desk, Person, RecoveryCode
from claims.models.sealing import Unsealable
from claims.rules.permissions import Actor, Role

ANONYMOUS = Actor(person_id=None, name="", active=False)


def zone_of(actor: Actor) -> str:
    """Return the time zone of the actor's first desk, UTC without one. One query."""
    zone = Desk.objects.filter(pk__in=actor.roles).order_by("pk").values_list("zone", flat=True).first()
    return zone or "UTC"


def has_second_factor(person_id: int | None) -> bool:
    """Say whether signing in asks this person for a code as well. One query."""
    found: bool = Authenticator.objects.filter(user_id=person_id, confirmed=True).exists()
    return found


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A secret that is being set up: the address for a QR code, and the words to type instead."""

    address: str
    secret: str


def enrolment_of(person_id: int) -> Enrolment | None:
    """Return what the person is setting up, if anything; never a secret that is in force. One query."""
    device = Authenticator.objects.filter(user_id=person_id, confirmed=False).select_related("user").first()
    if device is None:
        return None
    try:
        secret = base64.b32encode(device.bin_key).decode()
    except Unsealable:
        # It was begun under another key of the installation; whoever sets it up begins anew.
        return None
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return Enrolment(device.config_url, groups)


def recovery_codes_left(person_id: int) -> int:
    """Return how many recovery codes are unused. One query."""
    return RecoveryCode.objects.filter(person_id=person_id, used_at__isnull=True).count()


def actor_of(person: Person | AnonymousUser) -> Actor:
    """Return the frozen Actor of ``person``, read once; anonymous people hold no role. One query."""
    if not isinstance(person, Person):
        return ANONYMOUS
    roles: dict[int, set[Role]] = defaultdict(set)
    for desk_id, role in person.memberships.values_list("desk_id", "role"):
        roles[desk_id].add(Role(role))
    return Actor(
        person_id=person.pk,
        name=str(person),
        active=person.is_active,
        roles={desk_id: frozenset(held) for desk_id, held in roles.items()},
    )
