"""Lists of articles and documents, narrowed by the few things that people look for them by, read by key.

The order is that of taking in, newest first; each thing to narrow by has an index that holds that order.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet

from claims.models import Article, LanguageChoice, Outlet
from claims.selectors.moments import day_typed, midnight
from claims.selectors.paging import PAGE_SIZE, Cursor, Order, page_of

M = TypeVar("M", bound=Model)
#: So many outlets or claimants of a name are looked for, and so much of a typed name is read.
MOST_NAMED = 50
LONGEST_WORDS = 100
TAKEN_IN = Order((("taken_in_at", datetime),), descending=True)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a list is narrowed to and where its page begins; "" and None narrow nothing."""

    words: str = ""
    outlet: str = ""
    language: str = ""
    kind: str = ""
    since: date | None = None
    cursor: Cursor | None = None

    @property
    def is_narrowed(self) -> bool:
        return bool(self.address())

    def address(self, **place: str) -> str:
        """Return the part of the address after the question mark, from its first page or from ``place``."""
        told = {"q": self.words, "outlet": self.outlet, "language": self.language, "kind": self.kind}
        told |= {"since": self.since.isoformat() if self.since else ""} | place
        return urlencode({name: value for name, value in told.items() if value})

    def conditions(self, zone: str) -> Q:
        """Return the conditions on rows with an outlet, a language and ``taken_in_at``; the day is that of
        ``zone``. At most one query."""
        met = Q(language=self.language) if self.language else Q()
        if self.outlet:
            outlets = Outlet.objects.filter(named_like(self.outlet)).order_by("pk")
            met &= Q(outlet__in=list(outlets.values_list("pk", flat=True)[:MOST_NAMED]))
        if self.since:
            met &= Q(taken_in_at__gte=midnight(self.since, zone))
        return met


def narrowed_of(asked: Mapping[str, str]) -> Narrowed:
    """Read the parameters of an address; a value that is no choice narrows nothing. Raises ``CursorBroken``."""
    told = {name: " ".join(value.replace("\x00", " ").split()) for name, value in asked.items()}
    cursor = None
    if told.get("after"):
        cursor = TAKEN_IN.cursor(told["after"], backward=False)
    elif told.get("before"):
        cursor = TAKEN_IN.cursor(told["before"], backward=True)
    return Narrowed(
        words=told.get("q", "")[:LONGEST_WORDS],
        outlet=told.get("outlet", "")[:LONGEST_WORDS],
        language=_choice(told.get("language", ""), LanguageChoice.values),
        kind=_choice(told.get("kind", ""), Article.Kind.values),
        since=day_typed(told.get("since", "")),
        cursor=cursor,
    )


@dataclass(frozen=True, slots=True)
class ListPage(Generic[M]):
    """Rows in order; ``after`` and ``before`` are the addresses of the neighbouring pages, "" at an end."""

    rows: list[M]
    after: str
    before: str
    first: str


def list_page(rows: QuerySet[M], asked: Narrowed, *, size: int = PAGE_SIZE) -> ListPage[M]:
    """Return the page of ``rows`` that ``asked`` points at. One query."""
    cursor = asked.cursor
    backward = cursor is not None and cursor.backward
    if cursor is not None:
        rows = rows.filter(TAKEN_IN.beyond(cursor))
    found = list(rows.order_by(*TAKEN_IN.by(backward=backward, walked=True))[: size + 1])
    page, has_after, has_before = page_of(found, cursor, size)
    return ListPage(
        page,
        asked.address(after=TAKEN_IN.place(page[-1])) if has_after else "",
        asked.address(before=TAKEN_IN.place(page[0])) if has_before else "",
        asked.address(),
    )


def named_like(words: str) -> Q:
    """Return the condition that a ``name`` holds the words, however they are capitalised."""
    # SQLite knows upper and lower case of English letters alone.
    written = {words, words.lower(), words.upper(), words.title(), words[:1].upper() + words[1:]}
    return functools.reduce(operator.or_, (Q(name__icontains=each) for each in sorted(written)))


def _choice(value: str, choices: list[str]) -> str:
    return value if value in choices else ""
