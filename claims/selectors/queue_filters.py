"""Saved filters of a list that a person may open, and the people to whom a claim may be handed."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q, QuerySet

from claims.models import Membership, Person, SavedFilter
from claims.rules.numbers import LARGEST
from claims.rules.permissions import Actor, Role
from claims.selectors.queue import readable_desks

#: The most filters that a page of the queue offers.
MOST_SHOWN = 60


def filters_of(actor: Actor, place: str = SavedFilter.Place.QUEUE) -> list[SavedFilter]:
    """Return the person's own filters of one list and those shared with their desks, by name. One query."""
    kept = _openable(actor).filter(place=place).select_related("person", "desk")
    return list(kept.order_by("name", "pk")[:MOST_SHOWN])


def filter_of(filter_id: int, actor: Actor, place: str = SavedFilter.Place.QUEUE) -> SavedFilter | None:
    """Return the filter where the actor may open it, else None: another desk's is not there."""
    return _openable(actor).filter(pk=filter_id, place=place).first() if filter_id <= LARGEST else None


def _openable(actor: Actor) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.filter(Q(person_id=actor.person_id) | Q(desk_id__in=readable_desks(actor)))


def reviewers_at(desk_ids: Collection[int]) -> list[Person]:
    """Return the active reviewers of the desks, by name. One query."""
    held = Membership.objects.filter(desk_id__in=desk_ids, role=Role.REVIEWER)
    people = Person.objects.filter(is_active=True, pk__in=held.values("person_id"))
    return list(people.order_by("first_name", "username"))
