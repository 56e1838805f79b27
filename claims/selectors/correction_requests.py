"""What readers ask to have corrected, for the desk that published it: open requests first, by deadline."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from claims.models import CorrectionRequest
from claims.selectors.paging import KeysetPage

PAGE_SIZE = 30


def requests_page(
    desk_ids: Collection[int], *, is_open: bool, after: int | None
) -> KeysetPage[CorrectionRequest]:
    """Return open requests, the first due first, or the decided ones, newest first. One query.

    A request that came earlier is due earlier, so the id orders both.
    """
    rows = _of_desks(desk_ids)
    if is_open:
        rows = rows.filter(state="received", **({"pk__gt": after} if after else {})).order_by("pk")
    else:
        rows = rows.exclude(state="received").filter(**({"pk__lt": after} if after else {})).order_by("-pk")
    found = list(rows[: PAGE_SIZE + 1])
    return KeysetPage(found[:PAGE_SIZE], found[PAGE_SIZE - 1].pk if len(found) > PAGE_SIZE else None)


def correction_request(desk_ids: Collection[int], request_id: int) -> CorrectionRequest | None:
    """Return one request about a check of the desks. One query."""
    return _of_desks(desk_ids).filter(pk=request_id).first()


def _of_desks(desk_ids: Collection[int]) -> QuerySet[CorrectionRequest]:
    rows = CorrectionRequest.objects.filter(publication__claim__desk_id__in=desk_ids)
    return rows.select_related("publication__claim__desk", "publication__current", "decided_by")
