"""What reading a text yields: plain frozen values that point back at the words.

Every value carries the span it was read from, as code-point offsets into the text exactly as it was
given, so that a page can mark the words and a person can check the reading. Nothing here decides
anything; comparison lives in ``claims.corroboration``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

Language = Literal["en", "uk", "ru", "other"]
LANGUAGES: tuple[Language, ...] = ("en", "uk", "ru")

Comparator = Literal["=", "≈", "<", "≤", ">", "≥", "range"]
TimeKind = Literal["date", "datetime", "interval", "duration-anchored"]
NameKind = Literal["person", "org", "place", "unknown"]


class Span(NamedTuple):
    """Half-open stretch ``[start, end)`` of code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of ``text`` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class Term(NamedTuple):
    """One content word; ``stem`` is folded and stemmed for its language, as it is indexed."""

    span: Span
    surface: str
    stem: str


class Name(NamedTuple):
    """A proper name. ``keys`` are script-independent, one per word, family name last where known;
    ``canonical`` is the id of a known alias group (``org:nsdc``) or ``""``."""

    span: Span
    surface: str
    keys: tuple[str, ...]
    kind: NameKind = "unknown"
    canonical: str = ""


class Concept(NamedTuple):
    """Words that mean one concept of the lexicon, e.g. ``talks`` for “переговорів”."""

    span: Span
    concept: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: ``low``/``high`` in base units (``None`` = unbounded), see ``unit``.

    ``unit`` is one of: count, s, %, pp, m, kg, W, Wh, Pa, °C, m2, m3, l, bbl, m/s, ordinal, x, or an
    ISO 4217 currency code. ``of`` is the lemma of what is counted, or ``""``.
    """

    span: Span
    low: float | None
    high: float | None
    unit: str
    comparator: Comparator
    of: str = ""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A stated time as the half-open interval ``[start, end)`` of aware datetimes.

    ``kind == "datetime"`` has ``start == end``. ``zone_stated`` tells whether the text named a zone.
    """

    span: Span
    start: datetime
    end: datetime
    kind: TimeKind
    zone_stated: bool = False


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words with, where the text tells, who spoke them."""

    span: Span
    words: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to report or claim something, and how.

    ``role`` is ``claimant`` for the one who made the statement, ``reporter`` for the one who relays it.
    ``hedged`` is true for “reportedly”, «за даними», «якобы» and their like.
    """

    span: Span
    who: str
    role: Literal["claimant", "reporter"]
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read from one text. Offsets of all parts refer to ``text``.

    ``published_at`` is the moment that relative times were reckoned from, None where it is not known.
    """

    text: str
    language: Language
    sentences: tuple[Span, ...] = ()
    terms: tuple[Term, ...] = ()
    names: tuple[Name, ...] = ()
    concepts: tuple[Concept, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    negations: tuple[Span, ...] = field(default=())
    published_at: datetime | None = None
