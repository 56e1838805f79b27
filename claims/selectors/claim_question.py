"""What a person asks the list of claims, as it stands in the address: choices, names, days, an order, a place.

As with the queue (``queue_question``), nothing else is taken: an unknown name, a value that is no choice or a
place that the list never gave is refused with a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlencode

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Claim, LanguageChoice
from claims.models.claims import ClaimStateChoice
from claims.selectors.moments import day_typed
from claims.selectors.paging import Cursor, Order
from claims.selectors.questions import NotAQuestion, choice_in, cursor_in, desk_in

#: The longest name of a claimant or an outlet that is looked for (code points).
LONGEST_NAME = 100


class ListSort(models.TextChoices):
    """The orders in which the list may be read; each is an index."""

    NEWEST = "newest", gettext_lazy("newest first")
    OLDEST = "oldest", gettext_lazy("oldest first")
    DEADLINE = "deadline", gettext_lazy("earliest deadline first")
    UPDATED = "updated", gettext_lazy("latest step first")


#: ``latest`` is the number of the newest event in a claim's history.
LIST_ORDERS: dict[str, Order] = {
    ListSort.NEWEST: Order((("logged_at", datetime),), descending=True),
    ListSort.OLDEST: Order((("logged_at", datetime),)),
    ListSort.DEADLINE: Order((("deadline", datetime),)),
    ListSort.UPDATED: Order((("latest", int),), descending=True),
}
#: Columns of a claim that hold one of few choices, with their labels.
COLUMNS: dict[str, tuple[object, Sequence[tuple[str, object]]]] = {
    "state": (gettext_lazy("state"), ClaimStateChoice.choices),
    "kind": (gettext_lazy("kind"), Claim.Kind.choices),
    "language": (gettext_lazy("language"), LanguageChoice.choices),
    "risk": (gettext_lazy("risk"), Claim.Risk.choices),
}
_TYPED = ("topic", "rating", "claimant", "outlet")
_TICKED = ("mine", "followed")
_NAMES = {*COLUMNS, *_TYPED, *_TICKED, "since", "until", "desk", "sort", "after", "before"}


@dataclass(frozen=True, slots=True)
class ClaimQuestion:
    """``chosen`` maps names of ``COLUMNS`` to one of their choices. ``topic`` is a slug, ``rating`` a key,
    ``claimant`` and ``outlet`` are names or parts of one; "" and None narrow nothing. The days are those on
    which a claim was logged, both included."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    topic: str = ""
    rating: str = ""
    claimant: str = ""
    outlet: str = ""
    since: date | None = None
    until: date | None = None
    mine: bool = False
    followed: bool = False
    desk: int | None = None
    sort: str = ListSort.NEWEST
    cursor: Cursor | None = None

    @property
    def order(self) -> Order:
        return LIST_ORDERS[self.sort]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.address(sort=""))

    def address(self, **changes: str) -> str:
        """Return the part of the address after the question mark, from its first page, with ``changes``."""
        told = {**self.chosen, **{name: getattr(self, name) for name in _TYPED}}
        told |= {name: "1" if getattr(self, name) else "" for name in _TICKED}
        days = {"since": self.since, "until": self.until}
        told |= {name: day.isoformat() if day else "" for name, day in days.items()}
        told |= {"desk": "" if self.desk is None else str(self.desk)}
        told |= {"sort": "" if self.sort == ListSort.NEWEST else str(self.sort)} | changes
        return urlencode({name: value for name, value in told.items() if value})


def claim_question_of(asked: Mapping[str, Sequence[str]], desk_ids: Sequence[int]) -> ClaimQuestion:
    """Read a question from the parameters of an address. Raises ``NotAQuestion``."""
    told: dict[str, str] = {}
    for name, values in asked.items():
        if name not in _NAMES:
            raise NotAQuestion(_("The list cannot be narrowed by “%(name)s”.") % {"name": name[:40]})
        if len(values) > 1:
            raise NotAQuestion(_("“%(name)s” stands more than once in this address.") % {"name": name})
        if values and (value := " ".join(values[0].replace("\x00", " ").split())):
            told[name] = value
    sort = choice_in(told, "sort", ListSort.values, ListSort.NEWEST)
    return ClaimQuestion(
        chosen={
            name: choice_in(told, name, [value for value, _label in choices])
            for name, (_title, choices) in COLUMNS.items()
            if name in told
        },
        topic=told.get("topic", "")[:LONGEST_NAME],
        rating=told.get("rating", "")[:LONGEST_NAME],
        claimant=told.get("claimant", "")[:LONGEST_NAME],
        outlet=told.get("outlet", "")[:LONGEST_NAME],
        mine=choice_in(told, "mine", ["1"]) == "1",
        followed=choice_in(told, "followed", ["1"]) == "1",
        since=_day(told, "since"),
        until=_day(told, "until"),
        desk=desk_in(told, desk_ids),
        sort=sort,
        cursor=cursor_in(told, LIST_ORDERS[sort]),
    )


def _day(told: Mapping[str, str], name: str) -> date | None:
    if name not in told:
        return None
    day = day_typed(told[name])
    if day is None:
        raise NotAQuestion(_("“%(value)s” is no day. Write it as 2026-05-31.") % {"value": told[name][:40]})
    return day
