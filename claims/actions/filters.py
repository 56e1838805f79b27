"""Filters of the queue and of the list of claims, kept under a name by a person for themself or their desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.actions.gatekeeping import person_of
from claims.actions.history import append_event
from claims.actions.refusals import Invalid, NotAllowed, NotFound
from claims.models import SavedFilter
from claims.rules import permissions
from claims.rules.permissions import Actor
from claims.rules.storing import storable
from claims.selectors.claim_question import ClaimQuestion, claim_question_of
from claims.selectors.questions import NotAQuestion
from claims.selectors.queue_question import QueueQuestion, question_of

#: What reads the addresses of each list.
_READERS: dict[str, Callable[[Mapping[str, Sequence[str]], Sequence[int]], QueueQuestion | ClaimQuestion]] = {
    SavedFilter.Place.QUEUE: question_of,
    SavedFilter.Place.CLAIMS: claim_question_of,
}
#: More than these, in one list, nobody finds again.
MOST_FILTERS = 30
LONGEST_NAME = 60


def save_filter(
    *,
    name: str,
    query: str,
    desk_id: int | None,
    actor: Actor,
    place: SavedFilter.Place = SavedFilter.Place.QUEUE,
) -> SavedFilter:
    """Keep ``query`` (the part of an address of the list after its question mark) under ``name``.

    The same name again replaces it. With a desk, everybody there may open it. Raises ``Invalid``.
    """
    name = " ".join(storable(name).split())
    if not name or len(name) > LONGEST_NAME:
        sentence = _("Give the filter a name of at most %(most)d characters.") % {"most": LONGEST_NAME}
        raise Invalid(sentence, {"name": sentence})
    try:
        address = _READERS[place](dict(QueryDict(query).lists()), sorted(actor.roles)).address()
    except NotAQuestion as refusal:
        raise Invalid(str(refusal)) from None
    with transaction.atomic():
        person_id = person_of(actor)
        if desk_id is not None and not permissions.can_read_desk(actor, desk_id):
            raise NotFound(_("desk"))
        kept = SavedFilter.objects.filter(person_id=person_id, place=place)
        if not kept.filter(name=name).exists() and kept.count() >= MOST_FILTERS:
            raise Invalid(_("You keep %(most)d filters already: delete one first.") % {"most": MOST_FILTERS})
        saved, _made = SavedFilter.objects.update_or_create(
            person_id=person_id, place=place, name=name, defaults={"query": address, "desk_id": desk_id}
        )
        details = {"name": saved.name, "query": saved.query, "desk": desk_id}
        append_event(actor=actor, subject=saved, verb="save_filter", claim_id=None, details=details)
    return saved


def forget_filter(*, filter_id: int, actor: Actor) -> None:
    """Delete a filter of one's own; a shared one is gone for the desk as well."""
    with transaction.atomic():
        saved = SavedFilter.objects.filter(pk=filter_id).first()
        own = saved is not None and saved.person_id == person_of(actor)
        shared = saved is not None and saved.desk_id in actor.roles
        if saved is None or not (own or shared):
            raise NotFound(_("saved filter"))
        if not own:
            raise NotAllowed("forget_filter", _("Only who saved a filter deletes it."))
        append_event(
            actor=actor, subject=saved, verb="forget_filter", claim_id=None, details={"name": saved.name}
        )
        saved.delete()
