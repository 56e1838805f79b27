"""Durations that hang on the moment of publication: “two days ago”, “через неделю”, “за останні 24 години”.

Invariant: whole days and longer give civil days (“three days ago” is that day), hours and minutes an instant,
“the last 24 hours” a window that touches publication. Durations before or after another event are none of
these.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from claims.language.numerals.compounds import read_compound
from claims.language.numerals.reading import read_number
from claims.language.numerals.scanning import Tokens
from claims.language.numerals.units import units
from claims.language.numerals.words import WORDS
from claims.language.readings import Language

DAY, MONTH, YEAR = 86400.0, 2629800.0, 31557600.0
_AGO = {"en": ("ago",), "uk": ("тому",), "ru": ("назад",)}
_ELSEWHERE = frozenset(
    "after before earlier later from of following since prior into після до опісля по тому раніше потому "
    "после спустя "
    "раньше ранее позже пізніше".split()
)
_CONTINUING = frozenset(("when", "as", "at", "and", "or", "but", "if", "with", "on", "unless"))
_LAST = ("last", "past", "previous", "останн", "последн", "минул", "прошедш", "прошл", "минувш")
_NEXT = ("next", "coming", "following", "наступн", "найближч", "ближайш", "следующ")
#: “Did not last two hours” is a verb, and no window.
_BEFORE_VERB = frozenset("not t to did does do will would can could may might shall should must".split())
_OVER = frozenset(
    "over in during for within of the through протягом упродовж впродовж за на в у течение продовж".split()
)


@dataclass(frozen=True, slots=True)
class Anchored:
    """``amount`` times ``unit`` seconds away from publication: a ``point`` there or a ``window`` up to
    there.
    """

    start: int
    end: int
    amount: float
    unit: float
    sign: Literal[-1, 1]
    shape: Literal["point", "window"]
    needs_future: bool = False


@lru_cache(maxsize=4096)
def _seconds(word: str, language: Language) -> float | None:
    unit = units(language).get(word)
    return (
        unit.factor if unit is not None and unit.base == "s" and not (unit.short and word in ("s",)) else None
    )


def read_anchored(tokens: Tokens, index: int, language: Language) -> Anchored | None:
    """Read the anchored duration whose amount (number, “a”, or a bare unit) is token ``index``."""
    if language not in _AGO:
        return None
    found = _amount(tokens, index, language)
    if found is None:
        return None
    amount, unit, end = found
    fold = tokens.fold
    if fold[end] in _AGO[language] or (fold[end] == "тому" and fold[end + 1] == "назад"):
        if fold[end] == "тому" and fold[end + 1] == "що":
            return None
        end += 2 if fold[end] == "тому" and fold[end + 1] == "назад" else 1
        return Anchored(index, end, amount, unit, -1, "point")
    before = fold[index - 1] if index else ""
    window = _window(tokens, index, end, amount, unit)
    if window is not None:
        return window
    elsewhere = fold[end] in _ELSEWHERE
    if language == "en":
        if before == "in" and not elsewhere and (tokens.kind[end] != "w" or fold[end] in _CONTINUING):
            return Anchored(index - 1, end, amount, unit, 1, "point", needs_future=True)
        if before == "within" and not elsewhere:
            return Anchored(index - 1, end, amount, unit, 1, "window")
        return None
    if before == "через" and not elsewhere:
        return Anchored(index - 1, end, amount, unit, 1, "point", needs_future=True)
    if before in ("протягом", "упродовж", "впродовж", "течение") and not elsewhere:
        start = index - 2 if before == "течение" else index - 1
        return Anchored(start, end, amount, unit, 1, "window", needs_future=True)
    if before == "за" and language == "uk" and not elsewhere:
        return Anchored(index - 1, end, amount, unit, 1, "point", needs_future=True)
    return None


def _window(tokens: Tokens, index: int, end: int, amount: float, unit: float) -> Anchored | None:
    """“The last 24 hours”, “за последние трое суток”, “в ближайшие два дня”, “over the past week”."""
    fold = tokens.fold
    at = index - 1
    if at < 0:
        return None
    sign: Literal[-1, 1]
    if fold[at] in ("lasts", "lasted", "lasting") or (
        fold[at] == "last" and at and fold[at - 1] in _BEFORE_VERB
    ):
        return None
    if fold[at].startswith(_LAST):
        sign = -1
    elif fold[at].startswith(_NEXT):
        sign = 1
    else:
        return None
    if fold[end] == "of":
        return None
    bare = end == index + 1 and tokens.kind[index] == "w" and amount == 1
    if bare and not fold[at].startswith(("останн", "последн", "past", "last")):
        return None
    start = at
    while start and fold[start - 1] in _OVER and at - start < 3:
        start -= 1
    if bare and fold[at] == "last" and (start == at or "the" not in fold[start:at]):
        return None
    if bare and start == at:
        return None
    return Anchored(start, end, amount, unit, sign, "window")


def _amount(tokens: Tokens, index: int, language: Language) -> tuple[float, float, int] | None:
    """Read “three days”, “a week”, “полчаса”, “half an hour”, “два с половиной года”,
    or a bare unit as one of it."""
    fold = tokens.fold
    unit = _seconds(fold[index], language) if tokens.kind[index] == "w" else None
    if unit is not None:
        if language == "en" and fold[index].endswith("s"):
            return None
        half = fold[index + 1] in ("с", "з", "із") and fold[index + 2].startswith("половин")
        return (1.5, unit, index + 3) if half else (1.0, unit, index + 1)
    if (
        language != "en"
        and tokens.kind[index] == "w"
        and (compound := read_compound(fold[index], language)) is not None
    ):
        value, measure = compound
        return (value, measure.factor, index + 1) if measure.base == "s" and value == 0.5 else None
    if language == "en" and fold[index] in ("a", "an", "half"):
        at = index + 1
        if fold[index] == "half":
            if fold[at] not in ("a", "an"):
                return None
            unit = _seconds(fold[at + 1], language)
            return None if unit is None else (0.5, unit, at + 2)
        unit = _seconds(fold[at], language)
        if unit is not None:
            half = fold[at + 1] == "and" and fold[at + 2] == "a" and fold[at + 3] == "half"
            return (1.5, unit, at + 4) if half else (1.0, unit, at + 1)
    part = WORDS[language].fractions.get(fold[index]) if language != "en" else None
    if part is not None and (unit := _seconds(fold[index + 1], language)) is not None:
        return part, unit, index + 2
    number = read_number(tokens, index, language)
    if number is None or number.value <= 0 or number.value > 1e6:
        return None
    at = number.end
    if fold[at] in ("-",) and tokens.glued(at):
        return None
    if fold[at].startswith(
        ("calendar", "календарн", "working", "рабоч", "робоч", "полн", "повн", "full", "consecutive")
    ):
        at += 1
    unit = _seconds(fold[at], language)
    if unit is None:
        return None
    end = at + 1
    if len(fold[at]) <= 3 and fold[end] == "." and tokens.glued(end) and not tokens.capital(end + 1):
        end += 1
    return number.value, unit, end


def shifted(day: date, anchored: Anchored) -> date | None:
    """Return the civil day that lies the given number of days, weeks, months or years from ``day``."""
    months = anchored.amount * anchored.unit / MONTH
    try:
        if anchored.unit >= MONTH and abs(months - round(months)) < 1e-6:
            return _add_months(day, anchored.sign * round(months))
        return day + timedelta(days=anchored.sign * round(anchored.amount * anchored.unit / DAY))
    except (ValueError, OverflowError):
        return None


def _add_months(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue
    return date(year, month + 1, 28)
