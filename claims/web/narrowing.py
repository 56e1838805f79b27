"""Lists of articles and sources as the address asks for them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims.actions.refusals import Invalid
from claims.selectors.narrowed import ListPage, Narrowed, narrowed_of
from claims.selectors.paging import CursorBroken


def narrowed(request: HttpRequest) -> Narrowed:
    """Return what the address narrows a list to. Raises ``Invalid`` for a place that the list never gave."""
    try:
        return narrowed_of(request.GET.dict())
    except CursorBroken:
        sentence = _("This address names a page that the list never gave. Begin at the first page.")
        raise Invalid(sentence) from None


def pages_around(page: ListPage[Any]) -> dict[str, str]:
    """Return the addresses of the neighbouring pages as the pager's template wants them."""
    return {"next_address": page.after, "before_address": page.before, "first_address": page.first}
