"""What is read out of one article: plain frozen values, ready to be stored by an action.

Invariant: every offset counts code points of ``ExtractedArticle.text``, which is normalised once (see
``normalise``) and never again; ``text[update.start:update.end]`` is the update with its printed time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from claims.rules.storing import storable

ZoneSource = Literal["stated", "outlet"]
Trouble = Literal["", "no_date", "nonexistent", "ambiguous"]

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# PostgreSQL cannot store NUL, and the other controls have no meaning in prose.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class ExtractedUpdate:
    """One time-stamped post. ``start`` is where its printed time begins, ``body_start`` where its words
    begin; ``text`` is ``article.text[body_start:end]`` and includes the title where it has one.

    ``zone`` is an IANA name or ``UTC+02:00``; ``zone_source`` tells whether the page named it. ``moment``
    is aware and in UTC, or ``None`` with the reason in ``trouble``: no date is known, or the clock time
    does not exist or comes twice on the night of a clock change. ``ordinal`` counts from 1 as printed.
    """

    ordinal: int
    printed_time: str
    zone: str
    zone_source: ZoneSource
    moment: datetime | None
    title: str
    text: str
    start: int
    body_start: int
    end: int
    trouble: Trouble = ""


@dataclass(frozen=True, slots=True)
class ExtractedSection:
    """An undated stretch under a heading of its own; ``[start, end)`` includes the heading."""

    heading: str
    start: int
    body_start: int
    end: int


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """One article as read. ``published_at`` (aware) and ``published_on`` (a bare date) exclude each other;
    ``published_zone`` tells whether the moment's zone was stated, or is the outlet's, or ``""``.

    ``language`` is one of en, uk, ru, other. ``canonical_url`` is ``""`` for pasted text without one.
    """

    text: str
    title: str = ""
    byline: str = ""
    outlet_name: str = ""
    language: str = "other"
    url: str = ""
    canonical_url: str = ""
    published_at: datetime | None = None
    published_on: date | None = None
    published_zone: Literal["", "stated", "outlet"] = ""
    updates: tuple[ExtractedUpdate, ...] = ()
    sections: tuple[ExtractedSection, ...] = ()

    @property
    def is_live_blog(self) -> bool:
        return bool(self.updates)


def normalise(text: str) -> str:
    """Bring line ends to ``\\n`` and drop what no store or page can hold; all else stays as given."""
    text = _NEWLINES.sub("\n", text.removeprefix("\ufeff"))
    return storable(_CONTROLS.sub("", text))
