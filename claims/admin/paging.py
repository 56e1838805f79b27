"""Stock lists paged by key: any page of a million rows costs what the first one does, and none is out of reach.

Django's own lists skip rows by number, which costs as much as reading them. Here a page is asked for by the row
that it follows or precedes, and counting stops at ``MOST_COUNTED``.
"""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ALL_VAR, ORDER_VAR, PAGE_VAR, ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.access import ReadOnly, Rows
from claims.selectors.paging import END, Cursor, CursorBroken, Order
from claims.selectors.queue import MOST_COUNTED, capped_count

AFTER, BEFORE = "after", "before"
#: What a stock list may be asked, and this one not: any page by its number, all rows, the order of a column.
NOT_ASKED_BY = frozenset({PAGE_VAR, ALL_VAR, ORDER_VAR})


class KeysetList(ChangeList):
    """One page of a list, in the order that its ``KeysetRows`` names.

    ``back`` and ``forward`` are the addresses of the pages around it, "" where there is none.
    """

    most_counted = MOST_COUNTED

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        asked: dict[str, Any] = super().get_filters_params(params)
        return {name: value for name, value in asked.items() if name not in (AFTER, BEFORE)}

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """Return none: rows are put in order where a page of them is read."""
        return []

    def get_results(self, request: HttpRequest) -> None:
        """Read the page. Three statements. Raises ``IncorrectLookupParameters`` for a place that no page gave."""
        if not NOT_ASKED_BY.isdisjoint(request.GET):
            raise IncorrectLookupParameters()
        order = cast(KeysetRows, self.model_admin).keyset
        cursor = self._cursor(request, order)
        rows = self._rows(order, cursor)
        more, rows = len(rows) > self.list_per_page, rows[: self.list_per_page]
        if cursor.backward:
            rows.reverse()
        has_back = more if cursor.backward else bool(cursor.key)
        has_forward = bool(cursor.key) if cursor.backward else more
        self.back = self._address(**{BEFORE: order.place(rows[0])}) if rows and has_back else ""
        self.forward = self._address(**{AFTER: order.place(rows[-1])}) if rows and has_forward else ""
        self.first, self.last = self._address(), self._address(**{BEFORE: END})
        self.result_list = self.model_admin.as_shown(request, rows)  # type: ignore[attr-defined]
        self.result_count = capped_count(self.queryset)
        self.is_capped = self.result_count > MOST_COUNTED
        # What Django's templates read of its own way of paging.
        self.full_result_count, self.show_full_result_count = None, False
        self.show_admin_actions, self.can_show_all, self.multi_page = True, False, False

    def _rows(self, order: Order, cursor: Cursor) -> list[Any]:
        """Return the rows beyond the cursor in its direction, one more than a page holds where there are more."""
        by = order.by(backward=cursor.backward, walked=True)
        beyond = self.queryset.filter(order.beyond(cursor)).order_by(*by)
        # The ids are read in order first: joins are then made for the rows of this page alone.
        ids = list(beyond.values_list("pk", flat=True)[: self.list_per_page + 1])
        rows = self.queryset.in_bulk(ids)
        return [rows[id] for id in ids if id in rows]

    def _cursor(self, request: HttpRequest, order: Order) -> Cursor:
        """Return where the page begins, at the list's own beginning if the address does not say."""
        after, before = request.GET.get(AFTER, ""), request.GET.get(BEFORE, "")
        if not after and not before:
            return Cursor((), backward=False)
        try:
            if after and before:
                raise CursorBroken(f"{after} {before}")
            return order.cursor(after or before, backward=bool(before))
        except CursorBroken as broken:
            raise IncorrectLookupParameters(str(broken)) from broken

    def _address(self, **place: str) -> str:
        address: str = self.get_query_string(new_params=place, remove=[AFTER, BEFORE])
        return address


class KeysetRows(ReadOnly, Rows):
    """A read-only list that is paged by ``keyset``; its columns are told, not sorted by."""

    keyset: ClassVar[Order]
    show_full_result_count = False
    sortable_by = ()

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return KeysetList

    def as_shown(self, request: HttpRequest, rows: list[Any]) -> list[Any]:
        """Return the rows of a page as this person may see them."""
        return rows
