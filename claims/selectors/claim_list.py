"""One page of the list of claims, by key: at the same cost at any depth and of any number of claims.

A question is counted first, never beyond ``MOST_COUNTED``. Few matches are sorted; of many, the index of the
order is walked, where the next page is never far (as ``queue_page`` does for the queue).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from claims.models import Claim, ClaimEvent, Verdict
from claims.rules.lifecycle import VerdictState
from claims.rules.permissions import Actor
from claims.selectors import queue
from claims.selectors.claim_conditions import Narrowing, narrowing_of
from claims.selectors.claim_question import ClaimQuestion, ListSort
from claims.selectors.claims import with_stances
from claims.selectors.paging import PAGE_SIZE, page_of
from claims.selectors.queue import capped_count, readable_desks

#: So many claims are read at a time for a file.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class ClaimListPage:
    """Claims in order. ``after`` and ``before`` are the places of the neighbouring pages, "" at an end;
    ``count`` is ``MOST_COUNTED + 1`` where there are more, and counts claims without a deadline as well."""

    claims: list[Claim]
    count: int
    after: str
    before: str

    @property
    def is_capped(self) -> bool:
        return self.count > queue.MOST_COUNTED


def claim_list_page(asked: ClaimQuestion, actor: Actor, zone: str, *, size: int = PAGE_SIZE) -> ClaimListPage:
    """Return the page that ``asked`` points at, its claims with ``documents`` (see ``with_stances``) and
    ``rating_id`` (of the published verdict, or None). Three queries, at most three more for some questions."""
    narrowing = _narrowing(asked, actor, zone)
    count = capped_count(_few(narrowing))
    if not count:
        return ClaimListPage([], 0, "", "")
    found = _found(asked, narrowing, count, size + 1)
    claims, has_after, has_before = page_of(found, asked.cursor, size)
    return ClaimListPage(
        with_stances(claims),
        count,
        asked.order.place(claims[-1]) if has_after else "",
        asked.order.place(claims[0]) if has_before else "",
    )


def claims_in_order(asked: ClaimQuestion, actor: Actor, zone: str, *, most: int) -> Iterator[Claim]:
    """Yield the first ``most`` claims of the question, with claimant, desk, who logged them and topics."""
    narrowing = _narrowing(asked, actor, zone)
    count = capped_count(_few(narrowing))
    ids = _ids(asked, narrowing, count, most) if count else []
    for start in range(0, len(ids), _BATCH):
        batch = [id for id, _latest in ids[start : start + _BATCH]]
        rows = _rows().prefetch_related("topics", "appearances__article__outlet").in_bulk(batch)
        yield from (rows[id] for id in batch if id in rows)


def _narrowing(asked: ClaimQuestion, actor: Actor, zone: str) -> Narrowing:
    desk_ids = [id for id in readable_desks(actor) if asked.desk in (None, id)]
    return narrowing_of(asked, desk_ids, actor.person_id or 0, zone)


def _few(narrowing: Narrowing) -> QuerySet[Claim]:
    aliases, conditions = narrowing.few()
    return Claim.objects.alias(**aliases).filter(conditions).order_by()


def _rows() -> QuerySet[Claim]:
    rated = Verdict.objects.filter(claim=OuterRef("pk"), state=VerdictState.PUBLISHED)
    return Claim.objects.select_related("claimant", "desk", "logged_by").annotate(
        rating_id=Subquery(rated.order_by("-revision").values("rating_id")[:1])
    )


def _found(asked: ClaimQuestion, narrowing: Narrowing, count: int, most: int) -> list[Claim]:
    """Return the first ``most`` claims beyond the cursor, in its direction. One query, two for the order of
    the latest step."""
    if asked.sort != ListSort.UPDATED:
        first = _in_order_of_columns(asked, narrowing, count).values("pk")[:most]
        backward = asked.cursor is not None and asked.cursor.backward
        return list(_rows().filter(pk__in=first).order_by(*asked.order.by(backward=backward, walked=True)))
    ids = _ids(asked, narrowing, count, most)
    rows = _rows().in_bulk([id for id, _latest in ids])
    for id, latest in ids:
        if id in rows:
            rows[id].latest = latest  # type: ignore[attr-defined]
    return [rows[id] for id, _latest in ids if id in rows]


def _ids(asked: ClaimQuestion, narrowing: Narrowing, count: int, most: int) -> list[tuple[int, int]]:
    """Return the ids of claims in order, each with the number of its newest event where that is the order."""
    if asked.sort != ListSort.UPDATED:
        claims = _in_order_of_columns(asked, narrowing, count)
        return [(id, 0) for id in claims.values_list("pk", flat=True)[:most]]
    if count > queue.MOST_COUNTED:
        return _walk_history(asked, narrowing, most)
    return _by_latest_event(asked, _few(narrowing), most)


def _in_order_of_columns(asked: ClaimQuestion, narrowing: Narrowing, count: int) -> QuerySet[Claim]:
    walked = count > queue.MOST_COUNTED
    if walked:
        aliases, conditions = narrowing.walked(asked.order.names)
        claims = Claim.objects.alias(**aliases).filter(conditions)
    else:
        claims = _few(narrowing)
    if asked.sort == ListSort.DEADLINE:
        claims = claims.filter(deadline__isnull=False)
    return _in_order(asked, claims, walked=walked)


def _in_order(asked: ClaimQuestion, claims: QuerySet[Any, Any], *, walked: bool) -> QuerySet[Any, Any]:
    if asked.cursor is not None:
        claims = claims.filter(asked.order.beyond(asked.cursor))
    backward = asked.cursor is not None and asked.cursor.backward
    return claims.order_by(*asked.order.by(backward=backward, walked=walked))


def _by_latest_event(asked: ClaimQuestion, claims: QuerySet[Claim], most: int) -> list[tuple[int, int]]:
    """Sort the claims by the newest event of each; one without a history is not in the list."""
    events = ClaimEvent.objects.filter(claim=OuterRef("pk")).order_by("-sequence").values("sequence")
    dated: QuerySet[Any, Any] = claims.annotate(latest=Subquery(events[:1])).filter(Exists(events))
    return list(_in_order(asked, dated, walked=True).values_list("pk", "latest")[:most])


def _walk_history(asked: ClaimQuestion, narrowing: Narrowing, most: int) -> list[tuple[int, int]]:
    """Walk the history from event to event that is the newest of its claim."""
    later = ClaimEvent.objects.filter(claim=OuterRef("claim"), sequence__gt=OuterRef("sequence"))
    aliases, conditions = narrowing.walked((), prefix="claim__")
    events = ClaimEvent.objects.alias(**aliases).filter(conditions, ~Exists(later))
    cursor = asked.cursor
    if cursor is not None and cursor.key:
        events = events.filter(**{f"sequence__{'gt' if cursor.backward else 'lt'}": cursor.key[0]})
    upward = cursor is not None and cursor.backward
    in_order = events.order_by("sequence" if upward else "-sequence")
    return [(id, latest) for id, latest in in_order.values_list("claim_id", "sequence")[:most] if id]
