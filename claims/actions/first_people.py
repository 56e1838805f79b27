"""The first people of an installation: one per role, each with a random password that is told once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from claims.models import Desk, Membership, Person
from claims.rules.permissions import Role

DEMONSTRATION_DESK = "Demonstration desk"

#: Login names with their role. A verdict needs a second pair of eyes, hence two reviewers.
FIRST_PEOPLE: tuple[tuple[str, Role], ...] = (
    ("journalist", Role.JOURNALIST),
    ("editor", Role.EDITOR),
    ("reviewer", Role.REVIEWER),
    ("reviewer2", Role.REVIEWER),
    ("publisher", Role.PUBLISHER),
    ("auditor", Role.AUDITOR),
    ("admin", Role.ADMIN),
)


@dataclass(frozen=True, slots=True)
class Login:
    """What a person needs to sign in; the password is stored nowhere in clear."""

    username: str
    role: Role
    password: str


def create_first_people() -> list[Login]:
    """Create the demonstration desk with one person per role; an empty list where anybody exists already."""
    with transaction.atomic():
        if Person.objects.exists():
            return []
        desk, _created = Desk.objects.get_or_create(
            name=DEMONSTRATION_DESK,
            defaults={"zone": settings.DEFAULT_DESK_ZONE, "is_demonstration": True},
        )
        return [_create(desk, username, role) for username, role in FIRST_PEOPLE]


def _create(desk: Desk, username: str, role: Role) -> Login:
    password = secrets.token_urlsafe(12)
    person = Person(
        username=username,
        # Journalists work in the pages; everyone else also has a place in the admin.
        is_staff=role is not Role.JOURNALIST,
        # This lets the administrator look after people and desks; editorial steps ask for roles alone.
        is_superuser=role is Role.ADMIN,
    )
    person.set_password(password)
    person.save()
    Membership.objects.create(person=person, desk=desk, role=role.value)
    return Login(username, role, password)
