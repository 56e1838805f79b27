"""Paging that stays cheap at a million rows: nothing is counted beyond ``MOST_COUNTED``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

from claims.selectors.queue import MOST_COUNTED, capped_count

if TYPE_CHECKING:
    _Pages = Paginator[Any]
else:
    _Pages = Paginator


class CappedPaginator(_Pages):
    """Counts at most one row more than it tells; what lies beyond is reached by narrowing the list."""

    @cached_property
    def count(self) -> int:
        return capped_count(self.object_list)  # type: ignore[arg-type]

    def page(self, number: int | str) -> Page[Any]:
        """Return the page: its ids are read in order first, and only their rows are then read in full.

        The counts and joins of a row would else be made for all the rows that the page skips.
        """
        found = super().page(number)
        ids = list(found.object_list.values_list("pk", flat=True))  # type: ignore[attr-defined]
        found.object_list = self.object_list.filter(pk__in=ids)  # type: ignore[attr-defined]
        return found

    @property
    def is_capped(self) -> bool:
        return self.count > MOST_COUNTED
