"""One page of the queue: the claims that a question finds, by key, at the same cost at any depth.

A question is counted first, never beyond ``MOST_COUNTED``, over the index of the fields that it may be
narrowed by (``claim_facets``): a field that was not chosen is given all its choices, so that the database
goes from match to match and passes over nothing. Few matches are then sorted; of many, the index of the
order is walked, where the next page is never far.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.models import Claim, LanguageChoice
from claims.models.claims import ClaimStateChoice
from claims.rules.lifecycle import OPEN_CLAIM_STATES
from claims.rules.permissions import Actor
from claims.search.base import SearchUnavailable
from claims.selectors import queue
from claims.selectors.queue import Waiting, as_rows, capped_count, narrowed, readable_desks, visible_claims
from claims.selectors.queue_question import FIELDS, QueueQuestion, Sort
from claims.selectors.search import claim_ids

QUEUE_PAGE_SIZE = 50
#: How many of the newest claims are looked through for words while the search engine is away.
LOOKED_THROUGH = 5_000
#: How many claims the search engine is asked for.
MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Claims in order. ``after`` and ``before`` are the cursors of the neighbouring pages, "" at an end.

    ``count`` is ``MOST_COUNTED + 1`` where there are more. ``degraded``: the search engine was away, and
    only the newest claims were looked through.
    """

    claims: list[Claim]
    count: int
    after: str
    before: str
    degraded: bool = False

    @property
    def is_capped(self) -> bool:
        return self.count > queue.MOST_COUNTED


def queue_page(asked: QueueQuestion, actor: Actor, *, size: int = QUEUE_PAGE_SIZE) -> QueuePage:
    """Return the page that ``asked`` points at. Three queries, one or two more for some questions."""
    matching, degraded = _matching(asked, actor)
    count = capped_count(matching)
    order, cursor = asked.order, asked.cursor
    backward = cursor is not None and cursor.backward
    if cursor is not None:
        matching = matching.filter(order.beyond(cursor))
    walked = count > queue.MOST_COUNTED
    ids = list(
        matching.order_by(*order.by(backward=backward, walked=walked)).values_list("pk", flat=True)[
            : size + 1
        ]
    )
    more, ids = len(ids) > size, ids[:size]
    if backward:
        ids.reverse()
    rows = as_rows(Claim.objects.all()).in_bulk(ids)
    claims = [rows[id] for id in ids if id in rows]
    if not claims:
        return QueuePage([], count, "", "", degraded)
    at_end = backward and cursor is not None and not cursor.key
    has_after = not at_end if backward else more
    has_before = more if backward else cursor is not None
    return QueuePage(
        claims,
        count,
        order.place(claims[-1]) if has_after else "",
        order.place(claims[0]) if has_before else "",
        degraded,
    )


def next_in_queue(asked: QueueQuestion, actor: Actor, desk_ids: Sequence[int], *, most: int) -> list[Claim]:
    """Return the first ``most`` claims of the question that nobody holds, at those desks."""
    free = QueueQuestion(Waiting.FREE, asked.chosen, asked.desk, asked.sort, asked.words)
    matching, _degraded = _matching(free, actor)
    matching = matching.filter(desk_id__in=desk_ids)
    walked = capped_count(matching) > queue.MOST_COUNTED
    return list(matching.order_by(*free.order.by(backward=False, walked=walked))[:most])


def _matching(asked: QueueQuestion, actor: Actor) -> tuple[QuerySet[Claim], bool]:
    """Return what the question finds, in no order, and whether the search engine was away."""
    desk_ids = [asked.desk] if asked.desk is not None else readable_desks(actor)
    claims = visible_claims(actor).order_by()
    if asked.desk is not None:
        claims = claims.filter(desk_id=asked.desk)
    claims = narrowed(claims, asked.waiting, actor.person_id)
    now = timezone.now()
    claims = claims.filter(
        *(each.condition(asked.chosen[each.name], now) for each in FIELDS if each.name in asked.chosen)
    )
    if asked.sort == Sort.DEADLINE:
        claims = claims.filter(deadline__isnull=False)
    degraded = False
    if asked.words:
        condition, degraded = _said(asked.words, desk_ids)
        return claims.filter(condition), degraded
    return claims.filter(_facets(asked)), degraded


def _facets(asked: QueueQuestion) -> Q:
    """Give every field of ``claim_facets`` that was not chosen all its choices, once one of them was."""
    if not asked.chosen.keys() & {"state", "risk", "language", "priority"}:
        return Q()
    every: dict[str, Sequence[object]] = {
        "state": sorted(OPEN_CLAIM_STATES)
        if asked.waiting in (Waiting.OPEN, Waiting.FREE)
        else ClaimStateChoice.values,
        "risk": Claim.Risk.values,
        "language": LanguageChoice.values,
        "priority": Claim.Priority.values,
    }
    return Q(**{f"{name}__in": values for name, values in every.items() if name not in asked.chosen})


def _said(words: str, desk_ids: Sequence[int]) -> tuple[Q, bool]:
    """Return the condition that the words are said, asked of the search engine, else of the newest claims."""
    try:
        return Q(pk__in=claim_ids(words, desk_ids, limit=MOST_FOUND)), False
    except SearchUnavailable:
        newest = Claim.objects.filter(desk_id__in=desk_ids).order_by("-pk")[:LOOKED_THROUGH]
        said = Q()
        for word in words.split()[:8]:
            said &= Q(text__icontains=word) | Q(summary__icontains=word)
        found = Claim.objects.filter(pk__in=newest.values("pk")).filter(said).order_by()
        return Q(pk__in=list(found.values_list("pk", flat=True)[:MOST_FOUND])), True
