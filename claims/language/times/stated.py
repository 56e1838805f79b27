"""Find the times that a text states, before anybody asks when it was published.

Invariant: the stated times of a text do not overlap and come in order; they depend on the words alone, so the
quantities of a text can tell which figures are dates. Pieces that stand side by side are joined: a weekday
and its
date, a date and its hour, a date and the part of the day, a date and its year.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from claims.language.numerals.scanning import Tokens, run_end, scan
from claims.language.readings import Language
from claims.language.times.anchored import Anchored, read_anchored
from claims.language.times.calendars import Calendar, with_year
from claims.language.times.clock_figures import Clock
from claims.language.times.clocks import of_part, read_clock
from claims.language.times.dates import read_date
from claims.language.times.parts import read_part
from claims.language.times.triggers import triggers_of
from claims.language.times.vocabulary import (
    NIGHT,
)

_CONNECTORS = frozenset(
    "at on of the , in from by about around о об в во у на в к ко до близько опів приблизно примерно "
    "около ( з c — and".split()
)


_WIDEST_GAP = 3


@dataclass(frozen=True, slots=True)
class Stated:
    """A stated time over tokens ``[start, end)``; exactly what the words give, nothing resolved."""

    start: int
    end: int
    calendar: Calendar | None = None
    part: tuple[int, int] | None = None
    clock: Clock | None = None
    anchored: Anchored | None = None


@lru_cache(maxsize=32)
def stated_times(text: str, language: Language) -> tuple[Stated, ...]:
    """Return the times stated in ``text`` in order; both readers ask for them, so they are kept."""
    tokens = scan(text)
    triggers = triggers_of(language)
    pieces: list[Stated] = []
    at, kinds, folds = 0, tokens.kind, tokens.fold
    while at < tokens.size:
        fold = folds[at]
        if (
            kinds[at] == "n"
            or fold in triggers
            or (kinds[at] == "w" and language != "en" and (fold[:3] in _STEMS or fold.startswith("пол")))
        ):
            if fold in _ROMAN and not folds[at + 1].startswith(("квартал", "півріч", "полугод")):
                at += 1
                continue
            if (end := run_end(tokens, at)) is not None:
                at = end
                continue
            piece = _piece(tokens, at, language)
            if piece is not None:
                if pieces and piece.start < pieces[-1].end:
                    piece = replace(piece, start=pieces[-1].end)
                if pieces and (joined := _join(tokens, pieces[-1], piece)) is not None:
                    pieces[-1] = joined
                else:
                    pieces.append(piece)
                at = max(piece.end, at + 1)
                continue
        at += 1
    return tuple(pieces)


_ROMAN = frozenset("i ii iii iv і іі ііі".split())


_STEMS = frozenset(
    "поз поч сер кін нап нач кон мин про пос нас сле эт про теп пот тек ниш нын буд бли пер пре".split()
)


def _piece(tokens: Tokens, at: int, language: Language) -> Stated | None:
    """Read one piece of a time at token ``at``: anchored duration, clock, part of a day, or date."""
    anchored = read_anchored(tokens, at, language)
    if anchored is not None:
        return Stated(anchored.start, anchored.end, anchored=anchored)
    dated = read_date(tokens, at, language) if tokens.kind[at] == "n" else None
    if dated is not None:
        return Stated(dated.start, dated.end, calendar=dated.calendar)
    clock = read_clock(tokens, at, language)
    if clock is not None:
        return Stated(clock.start, clock.end, clock=clock)
    part = read_part(tokens, at, language)
    if part is not None:
        return Stated(part.start, part.end, calendar=part.calendar, part=part.hours)
    dated = read_date(tokens, at, language) if tokens.kind[at] == "w" else None
    if dated is not None:
        return Stated(dated.start, dated.end, calendar=dated.calendar)
    if tokens.fold[at] == "weekend" and tokens.fold[at - 1] in ("the", "at"):
        return Stated(at, at + 1, calendar=Calendar("weekend", number=0))
    if tokens.fold[at] in ("вихідних", "вихідними", "выходные", "выходных") and tokens.fold[at - 1] in (
        "на",
        "в",
        "у",
    ):
        return Stated(at, at + 1, calendar=Calendar("weekend", number=0))
    return None


def _join(tokens: Tokens, left: Stated, right: Stated) -> Stated | None:
    """Join two pieces that say one time, or return ``None``."""
    if right.start - left.end > _WIDEST_GAP or left.anchored or right.anchored:
        return None
    between = tokens.fold[left.end : right.start]
    if any(word not in _CONNECTORS for word in between) or between == ["and"] or between == ["з"]:
        return None
    calendar = _joined_calendar(tokens, left, right, between)
    if left.calendar is not None and right.calendar is not None and calendar is None:
        return None
    if left.clock is not None and right.clock is not None:
        return None
    if left.part is not None and right.part is not None:
        return None
    day = calendar or left.calendar or right.calendar
    clock = left.clock or right.clock
    if clock is not None:
        if day is not None and not day.is_day:
            return None
        if day is not None and day.kind == "offset_day" and day.number == 0 and not (left.part or right.part):
            # “Today at 10:00” states the day and the hour, each in full: an hour alone is of that day anyway.
            return None
        if right.clock is None and between not in (
            [],
            ["on"],
            ["во"],
            ["of"],
            [","],
            ["on", "the"],
            ["у"],
            ["в"],
            ["the"],
            ["("],
        ):
            return None
        part = left.part or right.part
        if part is not None and not clock.fixed:
            half = "night" if part == NIGHT else "am" if part[1] <= 12 else "pm"
            clock = replace(clock, hour=of_part(clock.hour, half), fixed=True)
    part = left.part or right.part
    if part is not None and day is not None and not day.is_day:
        return None
    end = right.end + 1 if "(" in between and tokens.fold[right.end] == ")" else right.end
    return Stated(left.start, end, calendar=day, part=part, clock=clock)


def _joined_calendar(tokens: Tokens, left: Stated, right: Stated, between: list[str]) -> Calendar | None:
    """Join a date with its weekday, its year, or the relative day that it repeats."""
    first, second = left.calendar, right.calendar
    if first is None or second is None or right.clock:
        return None
    if left.clock:
        # “From 8 to 20 on Sunday, June 7”: the date still tells which Sunday.
        return second if first.kind == "weekday" and second.kind == "day" else None
    names = {first.kind, second.kind}
    if names == {"weekday", "day"} or names == {"offset_day", "day"} or names == {"weekday", "ordinal_day"}:
        return first if first.kind in ("day", "ordinal_day") else second
    if names == {"offset_day", "weekday"}:
        return first if first.kind == "offset_day" else second
    if (
        first.kind == "weekday"
        and second.kind == "week"
        and all(word in ("of", "the", "на") for word in between)
    ):
        return replace(second, day=first.number + 1)
    if first.kind == "week" and second.kind == "weekday":
        return replace(first, day=second.number + 1)
    if (
        first.lacks_year
        and second.kind == "year"
        and all(word in ("of", "the", "in", "у", "в") for word in between)
    ):
        return with_year(first, second)
    if (
        second.lacks_year
        and first.kind == "year"
        and between in ([], ["у"], ["в"], ["in"])
        and first.year_offset is not None
    ):
        return with_year(second, first)
    return None


def stated_spans(text: str, language: Language) -> dict[int, int]:
    """Return token → end of the stated time over it,
    for the readers that must not take a date for a figure."""
    taken: dict[int, int] = {}
    for stated in stated_times(text, language):
        if stated.anchored is not None and not _hides(stated.anchored):
            continue
        for token in range(stated.start, stated.end):
            taken[token] = stated.end
    return taken


def _hides(anchored: Anchored) -> bool:
    """A time “ago” is no quantity; a deadline or a span to come also states how long it is."""
    return anchored.shape == "point" and anchored.sign < 0
