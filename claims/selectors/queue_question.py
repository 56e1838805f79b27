"""What a person asks the queue: a few fields with choices, an order and words, as they stand in the address.

Nothing else is taken: an unknown name, a value that is no choice or a position that the queue never gave is
refused with a sentence, so that an address cannot ask the database a question of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast
from urllib.parse import urlencode

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import Claim, LanguageChoice
from claims.models.claims import ClaimStateChoice
from claims.selectors.paging import Cursor, Order
from claims.selectors.questions import NotAQuestion, choice_in, cursor_in, desk_in
from claims.selectors.queue import Waiting

#: The longest search that is read (code points); an address stays one that can be passed on.
LONGEST_SEARCH = 200


class Deadline(models.TextChoices):
    """When a claim is due, from now."""

    OVERDUE = "overdue", gettext_lazy("overdue")
    DAY = "day", gettext_lazy("within 24 hours")
    WEEK = "week", gettext_lazy("within 7 days")
    NONE = "none", gettext_lazy("without a deadline")


class Waited(models.TextChoices):
    """For how long a claim has been in the queue."""

    HOUR = "hour", gettext_lazy("less than an hour")
    DAY = "day", gettext_lazy("more than a day")
    WEEK = "week", gettext_lazy("more than a week")
    MONTH = "month", gettext_lazy("more than 30 days")


class Sort(models.TextChoices):
    """The orders in which the queue may be read; each is an index."""

    PRIORITY = "priority", gettext_lazy("most urgent first")
    DEADLINE = "deadline", gettext_lazy("earliest deadline first")
    OLDEST = "oldest", gettext_lazy("longest wait first")
    NEWEST = "newest", gettext_lazy("newest first")


ORDERS: dict[str, Order] = {
    Sort.PRIORITY: Order((("priority", int), ("logged_at", datetime))),
    Sort.DEADLINE: Order((("deadline", datetime),)),
    Sort.OLDEST: Order((("logged_at", datetime),)),
    Sort.NEWEST: Order((("logged_at", datetime),), descending=True),
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to narrow by: its name in the address, its label, what may be chosen, the column that it is
    about, and the condition on that column (given under the name that the query calls it by)."""

    name: str
    label: str | Promise
    choices: Sequence[tuple[str, str | Promise]]
    column: str
    condition: Callable[[str, str, datetime], Q]


def _equal(column: str, value: str, now: datetime) -> Q:
    return Q(**{column: value})


def _due(column: str, value: str, now: datetime) -> Q:
    if value == Deadline.NONE:
        return Q(**{f"{column}__isnull": True})
    if value == Deadline.OVERDUE:
        return Q(**{f"{column}__lt": now})
    ahead = timedelta(days=1) if value == Deadline.DAY else timedelta(days=7)
    return Q(**{f"{column}__gte": now, f"{column}__lt": now + ahead})


def _waited(column: str, value: str, now: datetime) -> Q:
    if value == Waited.HOUR:
        return Q(**{f"{column}__gt": now - timedelta(hours=1)})
    return Q(**{f"{column}__lt": now - timedelta(days={"day": 1, "week": 7, "month": 30}[value])})


def _choices(field_name: str) -> list[tuple[str, str | Promise]]:
    choices = cast("models.Field[object, object]", Claim._meta.get_field(field_name)).flatchoices
    return [(str(value), label) for value, label in choices]


#: What the queue may be narrowed by, beside whom it waits for.
FIELDS: tuple[Field, ...] = (
    Field("state", gettext_lazy("state"), ClaimStateChoice.choices, "state", _equal),
    Field("priority", gettext_lazy("priority"), _choices("priority"), "priority", _equal),
    Field("deadline", gettext_lazy("deadline"), Deadline.choices, "deadline", _due),
    Field("risk", gettext_lazy("risk"), Claim.Risk.choices, "risk", _equal),
    Field("language", gettext_lazy("language"), LanguageChoice.choices, "language", _equal),
    Field("waited", gettext_lazy("waiting time"), Waited.choices, "logged_at", _waited),
)
_CHOICES = {each.name: {str(value) for value, _label in each.choices} for each in FIELDS}
_NAMES = {"waiting", "desk", "sort", "q", "after", "before", *_CHOICES}


@dataclass(frozen=True, slots=True)
class QueueQuestion:
    """``chosen`` maps names of ``FIELDS`` to one of their choices; ``desk`` None is all of the person's."""

    waiting: str = Waiting.OPEN
    chosen: Mapping[str, str] = field(default_factory=dict)
    desk: int | None = None
    sort: str = Sort.PRIORITY
    words: str = ""
    cursor: Cursor | None = None

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen or self.words or self.desk is not None)

    def address(self, **changes: str) -> str:
        """Return the part of the address after the question mark, from its first page, with ``changes``."""
        told = {"waiting": str(self.waiting), **self.chosen, "sort": str(self.sort), "q": self.words}
        told |= {"desk": str(self.desk) if self.desk is not None else ""} | changes
        usual = {"waiting": str(Waiting.OPEN), "sort": str(Sort.PRIORITY)}
        return urlencode({name: value for name, value in told.items() if value and usual.get(name) != value})


def question_of(asked: Mapping[str, Sequence[str]], desk_ids: Sequence[int]) -> QueueQuestion:
    """Read a question from the parameters of an address. Raises ``NotAQuestion``."""
    told: dict[str, str] = {}
    for name, values in asked.items():
        if name not in _NAMES:
            raise NotAQuestion(_("The queue cannot be narrowed by “%(name)s”.") % {"name": name[:40]})
        if len(values) > 1:
            raise NotAQuestion(_("“%(name)s” stands more than once in this address.") % {"name": name})
        if values and values[0]:
            told[name] = values[0]
    sort = choice_in(told, "sort", Sort.values, Sort.PRIORITY)
    return QueueQuestion(
        waiting=choice_in(told, "waiting", Waiting.values, Waiting.OPEN),
        chosen={name: choice_in(told, name, values) for name, values in _CHOICES.items() if name in told},
        desk=desk_in(told, desk_ids),
        sort=sort,
        words=" ".join(told.get("q", "").replace("\x00", " ").split())[:LONGEST_SEARCH],
        cursor=cursor_in(told, ORDERS[sort]),
    )
