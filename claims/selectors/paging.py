"""Pages of a list by key, newest first: page 1,000 costs what page 1 costs, and nothing is shown twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)
PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[M]):
    """Rows in order; ``before`` is the id to ask the next page with, None on the last one."""

    rows: list[M]
    before: int | None


def newest_first(rows: QuerySet[M], before: int | None, *, size: int = PAGE_SIZE) -> KeysetPage[M]:
    """Return the ``size`` rows with the largest ids below ``before``. One query."""
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    return KeysetPage(found[:size], found[size - 1].pk if len(found) > size else None)
