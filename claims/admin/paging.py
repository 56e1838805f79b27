"""Paging that stays cheap at a million rows: nothing is counted beyond ``MOST_COUNTED``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
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

    @property
    def is_capped(self) -> bool:
        return self.count > MOST_COUNTED
