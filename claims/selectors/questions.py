"""What questions to the queue and to the list of claims share: a choice, a desk and a place, read from an address.

Each is one that the page offered, or the question is refused with a sentence for the person.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.selectors.paging import Cursor, CursorBroken, Order


@dataclass(eq=False)
class NotAQuestion(ValueError):
    """The address asks what cannot be asked; ``sentence`` is for the person."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


def choice_in(told: Mapping[str, str], name: str, choices: Collection[str], usual: str = "") -> str:
    """Return the value of ``name``, ``usual`` where the address does not say. Raises ``NotAQuestion``."""
    if name not in told:
        return usual
    if told[name] not in choices:
        sentence = _("“%(value)s” is no choice of “%(name)s”.")
        raise NotAQuestion(sentence % {"value": told[name][:40], "name": name})
    return told[name]


def desk_in(told: Mapping[str, str], desk_ids: Sequence[int]) -> int | None:
    """Return the desk that is asked for, None for all of ``desk_ids``. Raises ``NotAQuestion``."""
    if "desk" not in told:
        return None
    if told["desk"] not in {str(id) for id in desk_ids}:
        raise NotAQuestion(_("You belong to no such desk."))
    return int(told["desk"])


def cursor_in(told: Mapping[str, str], order: Order) -> Cursor | None:
    """Return the place where the page begins or ends, None for the first page. Raises ``NotAQuestion``."""
    if "after" in told and "before" in told:
        raise NotAQuestion(_("A page begins after one claim or ends before one, not both."))
    try:
        if "after" in told:
            return order.cursor(told["after"], backward=False)
        if "before" in told:
            return order.cursor(told["before"], backward=True)
    except CursorBroken:
        sentence = _("This address names a page that the list never gave. Begin at the first page.")
        raise NotAQuestion(sentence) from None
    return None
