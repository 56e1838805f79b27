"""Who is asking: a signed-in person as the rules see them."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser
from django_otp.plugins.otp_totp.models import TOTPDevice

from claims.models import Desk, Person
from claims.rules.permissions import Actor, Role

ANONYMOUS = Actor(person_id=None, name="", active=False)


def zone_of(actor: Actor) -> str:
    """Return the time zone of the actor's first desk, UTC without one. One query."""
    zone = Desk.objects.filter(pk__in=actor.roles).order_by("pk").values_list("zone", flat=True).first()
    return zone or "UTC"


def has_second_factor(person_id: int | None) -> bool:
    """Say whether signing in asks this person for a code as well. One query."""
    found: bool = TOTPDevice.objects.filter(user_id=person_id, confirmed=True).exists()
    return found


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
