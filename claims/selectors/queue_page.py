"""One page of the queue: the claims that a question finds, by key, at the same cost at any depth.

A question is counted first, never beyond ``MOST_COUNTED``, over the index of the fields that it may be
narrowed by (``claim_facets``): a field that was not chosen is given all its choices, so that the database
goes from match to match and passes over nothing. Few matches are then sorted; of many, the index of the
order is walked, where the next page is never far.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from claims.models import Claim, LanguageChoice
from claims.models.claims import ClaimStateChoice
from claims.rules.lifecycle import OPEN_CLAIM_STATES
from claims.rules.permissions import Actor
from claims.search.base import SearchUnavailable
from claims.selectors import queue
from claims.selectors.paging import Cursor, page_of
from claims.selectors.queue import (
    ASKED_OF_OTHER_ROWS,
    Waiting,
    as_rows,
    capped_count,
    narrowed,
    readable_desks,
    visible_claims,
)
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
    """Return the page that ``asked`` points at. Four queries, at most two more for some questions."""
    asked_about, degraded = _asked_of(asked, actor)
    matching, count, walked = _matching(asked, asked_about)
    if not count:
        return QueuePage([], 0, "", "", degraded)
    found = _ids(asked, matching, asked.cursor, walked, size + 1)
    ids, has_after, has_before = page_of(found, asked.cursor, size)
    rows = as_rows(Claim.objects.all()).in_bulk(ids)
    claims = [rows[id] for id in ids if id in rows]
    if not claims:
        return QueuePage([], count, "", "", degraded)
    return QueuePage(
        claims,
        count,
        asked.order.place(claims[-1]) if has_after else "",
        asked.order.place(claims[0]) if has_before else "",
        degraded,
    )


def _ids(
    asked: QueueQuestion, matching: QuerySet[Claim], cursor: Cursor | None, walked: bool, most: int
) -> list[int]:
    """Return the ids of the first ``most`` rows beyond the cursor, in its direction."""
    order = asked.order
    backward = cursor is not None and cursor.backward
    if not walked or asked.sort != Sort.PRIORITY:
        found = matching.filter(order.beyond(cursor)) if cursor is not None else matching
        return list(
            found.order_by(*order.by(backward=backward, walked=walked)).values_list("pk", flat=True)[:most]
        )
    ids: list[int] = []
    for block, rest in _blocks(asked, cursor):
        found = matching.filter(block)
        by = (order if rest else order.within()).by(backward=backward, walked=True)
        ids += found.order_by(*by).values_list("pk", flat=True)[: most - len(ids)]
        if len(ids) == most:
            break
    return ids


def _blocks(asked: QueueQuestion, cursor: Cursor | None) -> Iterator[tuple[Q, bool]]:
    """Yield the condition of one priority after the other, from the cursor's, and at last of all the rest.

    Within one priority the waiting time is a stretch of the index; over several, all that does not lie in it
    would be walked past. The rest keeps the number of questions small.
    """
    backward = cursor is not None and cursor.backward
    priorities = sorted(Claim.Priority.values, reverse=backward)
    if "priority" in asked.chosen:
        priorities = [int(asked.chosen["priority"])]
    within = Q()
    if cursor is not None and cursor.key:
        begin = cursor.key[0]
        priorities = [each for each in priorities if (each <= begin if backward else each >= begin)]
        if begin in priorities:
            within = asked.order.within().beyond(Cursor(cursor.key[1:], backward))
    alone = 1 if asked.waiting in ASKED_OF_OTHER_ROWS else 2
    for each in priorities[:alone]:
        yield Q(priority=each) & within, False
        within = Q()
    if priorities[alone:]:
        yield Q(priority__in=priorities[alone:]), True


def next_in_queue(asked: QueueQuestion, actor: Actor, desk_ids: Sequence[int], *, most: int) -> list[Claim]:
    """Return the first ``most`` claims of the question that nobody holds, at those desks."""
    free = replace(asked, waiting=Waiting.FREE, cursor=None)
    claims, _degraded = _asked_of(free, actor)
    matching, _count, walked = _matching(free, claims.filter(desk_id__in=desk_ids))
    rows = Claim.objects.in_bulk(ids := _ids(free, matching, None, walked, most))
    return [rows[id] for id in ids if id in rows]


def _asked_of(asked: QueueQuestion, actor: Actor) -> tuple[QuerySet[Claim], bool]:
    """Return the claims that are asked about, by desk, by whom they wait for and by words, and whether the
    search engine was away."""
    claims = visible_claims(actor).order_by()
    if asked.desk is not None:
        claims = claims.filter(desk_id=asked.desk)
    claims = narrowed(claims, asked.waiting, actor.person_id)
    if asked.sort == Sort.DEADLINE:
        claims = claims.filter(deadline__isnull=False)
    if not asked.words:
        return claims, False
    desk_ids = [asked.desk] if asked.desk is not None else readable_desks(actor)
    condition, degraded = _said(asked.words, desk_ids)
    return claims.filter(condition), degraded


def _matching(asked: QueueQuestion, claims: QuerySet[Claim]) -> tuple[QuerySet[Claim], int, bool]:
    """Return those of ``claims`` that the fields ask for, their capped count, and whether to walk the order.

    Columns other than the order's are hidden from the planner while the order is walked: it would go to an
    index of theirs, read all that they ask for, and sort it.
    """
    now = timezone.now()
    chosen = [(each, asked.chosen[each.name]) for each in FIELDS if each.name in asked.chosen]
    plain = claims.filter(*(each.condition(each.column, value, now) for each, value in chosen))
    few = plain.filter(_facets(asked))
    count = capped_count(few)
    if count <= queue.MOST_COUNTED:
        return few, count, False
    hidden = {each.column for each in FIELDS} - set(asked.order.names)
    aliases = {f"{column}_unindexed": Coalesce(column, column) for column in sorted(hidden)}
    conditions = [
        each.condition(f"{each.column}_unindexed" if each.column in hidden else each.column, value, now)
        for each, value in chosen
    ]
    return claims.alias(**aliases).filter(*conditions), count, True


def _facets(asked: QueueQuestion) -> Q:
    """Give every field of ``claim_facets`` that was not chosen all its choices, once one of them was."""
    if asked.words or not asked.chosen.keys() & {"state", "risk", "language", "priority"}:
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
