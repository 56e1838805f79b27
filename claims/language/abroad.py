"""Core news words, spans of time and days in texts of other European languages in Latin letters.

A day's sources are not all English, Ukrainian or Russian. What decides about a claim (who heads what, how long
it took, whether it is over, on which day) is said in few words, which ``abroad.tsv`` lists. Invariant: only
texts that are in none of the three languages are read with it, and every value points at its words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from pathlib import Path

from claims.language.readings import Comparator, Concept, Name, Quantity, Span, TimeExpression
from claims.language.times.zones import zone_info
from claims.language.words import Word, read_words

_TABLE = Path(__file__).with_name("abroad.tsv")
_LETTERS = str.maketrans({"ł": "l", "ß": "ss", "đ": "d", "ø": "o", "æ": "ae", "’": "'"})
# An article or preposition that lost its vowel: “l'Allemagne”, “dell'Ucraina”.
_ELISION = re.compile("^(?:l|d|dell|all|dall|nell|sull|un|qu|s|n|j)'(?=[^\\W\\d_]{2})")
_SHORTEST_BEGINNING, _LONGEST_BEGINNING = 2, 20
#: What an approximate figure allows, as in the three languages: see ``quantities.comparators``.
_ABOUT, _NEARLY = 0.1, 0.85
_FARTHEST = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Found:
    """Words ``first`` to ``last`` (exclusive) of a text with what they mean."""

    meaning: str
    first: int
    last: int


@dataclass(slots=True)
class _Table:
    """Meanings by whole first word and by the beginning of a first word, each with the words that follow."""

    whole: dict[str, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)
    beginnings: dict[str, list[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def _table() -> _Table:
    table = _Table()
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        meaning, _, listed = line.partition("\t")
        for phrase in listed.split(", "):
            first, *rest = [word.surface for word in read_words(phrase.replace("*", "\u2217"))] or [""]
            starred = phrase.split(" ")[0].endswith("*")
            rows = table.beginnings if starred else table.whole
            rows.setdefault(first, []).append((meaning, tuple(rest)))
    return table


def plain_words(phrase: str) -> tuple[str, ...]:
    """Return the words of a phrase in lower case and without accents."""
    return tuple(_plain(word.surface) for word in read_words(phrase))


@lru_cache(maxsize=65_536)
def _plain(surface: str) -> str:
    """Return a word in lower case and without accents."""
    spread = unicodedata.normalize("NFD", _ELISION.sub("", surface.casefold().translate(_LETTERS)))
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


@lru_cache(maxsize=65_536)
def _rows_of(word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what the table has for a word: whole, and by its longest listed beginning."""
    table = _table()
    rows = table.whole.get(word, [])
    for length in range(min(len(word), _LONGEST_BEGINNING), _SHORTEST_BEGINNING - 1, -1):
        if started := table.beginnings.get(word[:length]):
            return (*rows, *started)
    return tuple(rows)


class AbroadText:
    """The words of one text with what the table says of them."""

    def __init__(self, text: str) -> None:
        self.words: Sequence[Word] = read_words(text)
        self.plain = [_plain(word.surface) for word in self.words]
        self.found = list(self._found())

    def _found(self) -> Iterator[Found]:
        for at, word in enumerate(self.plain):
            meanings: set[str] = set()
            for meaning, rest in _rows_of(word):
                if meaning in meanings:
                    continue
                last = at + 1 + len(rest)
                if all(self._is(at + 1 + offset, wanted) for offset, wanted in enumerate(rest)):
                    meanings.add(meaning)
                    yield Found(meaning, at, last)

    def _is(self, at: int, wanted: str) -> bool:
        return at < len(self.plain) and self.plain[at] == wanted

    def bounds_by_end(self) -> dict[int, Found]:
        """Return the longest bounding words (“rund”, “plus de”) by the place of the word after them."""
        bounds: dict[int, Found] = {}
        for each in self.found:
            if each.meaning in _BOUNDS:
                known = bounds.get(each.last)
                if known is None or each.first < known.first:
                    bounds[each.last] = each
        return bounds

    def span(self, found: Found) -> Span:
        return Span(self.words[found.first].start, self.words[found.last - 1].end)


def read_concepts_abroad(abroad: AbroadText) -> tuple[Concept, ...]:
    """Return the concepts of the table in the order of the text."""
    return tuple(
        Concept(abroad.span(found), found.meaning)
        for found in abroad.found
        if found.meaning[0].isalpha() and ":" not in found.meaning
    )


def read_countries_abroad(abroad: AbroadText) -> tuple[Name, ...]:
    """Return the countries that adjectives and nouns name (“russische”, “ucraino”)."""
    return tuple(
        Name(span, abroad.words[found.first].surface, (), "place", found.meaning)
        for found in abroad.found
        if found.meaning.startswith("place:")
        for span in (abroad.span(found),)
    )


def read_lengths_abroad(abroad: AbroadText) -> tuple[Quantity, ...]:
    """Return the spans of time that are stated in words or digits, in seconds."""
    by_start: dict[int, list[Found]] = {}
    bounds = abroad.bounds_by_end()
    for each in abroad.found:
        by_start.setdefault(each.first, []).append(each)
    found: list[Quantity] = []
    for unit in abroad.found:
        if not unit.meaning.startswith("@") or unit.first == 0:
            continue
        value = _value(abroad.plain[unit.first - 1], by_start.get(unit.first - 1, ()))
        if value is None:
            continue
        bound = bounds.get(unit.first - 1)
        low, high, comparator = bounded(value * float(unit.meaning[1:]), bound.meaning if bound else "=")
        start = abroad.words[bound.first if bound else unit.first - 1].start
        found.append(Quantity(Span(start, abroad.words[unit.last - 1].end), low, high, "s", comparator))
    return tuple(found)


_BOUNDS = frozenset({"~", "<~", ">", "<"})


def _value(word: str, found: Sequence[Found]) -> float | None:
    if word.isascii() and word.isdigit() and len(word) <= _MOST_DIGITS:
        return float(word)
    number = next((each for each in found if each.meaning.startswith("=")), None)
    return float(number.meaning[1:]) if number else None


_MOST_DIGITS = 4


def bounded(value: float, bound: str) -> tuple[float | None, float | None, Comparator]:
    """Return what a bounding word leaves of a value: low, high (None is open) and the comparator."""
    if bound == "~":
        return value * (1 - _ABOUT), value * (1 + _ABOUT), "≈"
    if bound == "<~":
        return value * _NEARLY, value, "≈"
    if bound == ">":
        return value, None, ">"
    if bound == "<":
        return None, value, "<"
    return value, value, "="


def read_days_abroad(
    abroad: AbroadText, published_at: datetime | None, zone: str
) -> tuple[TimeExpression, ...]:
    """Return weekdays, “today”, “yesterday” and dates of day and month; none without a publication time."""
    if published_at is None:
        return ()
    outlet = zone_info(zone)
    today = published_at.astimezone(outlet).date()
    found: list[TimeExpression] = []
    for each in abroad.found:
        kind, _, number = each.meaning.partition(":")
        if kind == "day":
            # News tells of the weekday that was last, or of today.
            day = today - timedelta(days=(today.weekday() - int(number)) % 7)
            found.append(_day(day, abroad.span(each), outlet))
        elif each.meaning in ("today", "yesterday"):
            day = today - timedelta(days=each.meaning == "yesterday")
            found.append(_day(day, abroad.span(each), outlet))
        elif kind == "month":
            found += _dates(abroad, each, int(number), today, outlet)
    return tuple(found)


def _dates(abroad: AbroadText, month: Found, number: int, today: date, zone: tzinfo) -> list[TimeExpression]:
    """Return the days before a month: “17. Februar”, “17 e 18 febbraio”, “17. i 18. februara”."""
    found: list[TimeExpression] = []
    at = month.first - 1
    if at >= 0 and abroad.plain[at] == "de":
        at -= 1
    while at >= 0 and month.first - at <= _LONGEST_DATE:
        word = abroad.plain[at].rstrip(".")
        if word.isascii() and word.isdigit() and 1 <= int(word[:3]) <= 31:
            if (day := _nearest(int(word[:3]), number, today)) is not None:
                span = Span(abroad.words[at].start, abroad.words[month.last - 1 if not found else at].end)
                found.append(_day(day, span, zone))
        elif word not in _AND:
            break
        at -= 1
    return found[::-1]


_LONGEST_DATE = 6
_AND = frozenset("und et y e i si a en".split())


@lru_cache(maxsize=1_024)
def _nearest(day: int, month: int, today: date) -> date | None:
    """Return the day of the year that lies nearest to publication."""
    options: list[date] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            options.append(date(year, month, day))
        except ValueError:
            continue
    best = min(options, key=lambda option: abs(option - today), default=None)
    return best if best is not None and abs(best - today) <= _FARTHEST else None


def _day(day: date, span: Span, zone: tzinfo) -> TimeExpression:
    start = datetime.combine(day, time(), zone)
    return TimeExpression(span, start, datetime.combine(day + timedelta(days=1), time(), zone), "date")
