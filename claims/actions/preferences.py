"""What a person chose for themself about the pages: how far their tour is."""

from __future__ import annotations

from claims.actions.gatekeeping import person_of
from claims.models import Preference
from claims.rules.permissions import Actor


def go_to_step(*, step: int, actor: Actor) -> None:
    """Keep the step of the tour that the actor is at; 0 puts the tour away."""
    Preference.objects.update_or_create(person_id=person_of(actor), defaults={"tour_step": step})
