"""Read parts of a day: “overnight on February 17”, “в ночь на 17 февраля”, “early hours of Monday”,
“tonight”.

Invariant: hours count from midnight of the day that the words name; a night starts at −2 (22:00 of the eve).
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.language.numerals.scanning import Tokens
from claims.language.readings import Language
from claims.language.times.calendars import Calendar
from claims.language.times.dates import read_date
from claims.language.times.vocabulary import EARLY, EVENING, NIGHT, PART_NOUNS, PARTS, UNIT_NOUNS, offset_of

_TODAY = Calendar("offset_day", number=0)


def last_of_two(calendar: Calendar) -> Calendar | None:
    """Return the day that a night runs into: the day itself, or the second of “September 12–13”."""
    if calendar.is_day:
        return calendar
    if (
        calendar.kind == "span"
        and calendar.to_month == calendar.month
        and calendar.to_day == calendar.day + 1
    ):
        return Calendar("day", year=calendar.year, month=calendar.month, day=calendar.to_day)
    return None


_INTO = ("на", "проти", "into", "on", "of", "против", "к")


@dataclass(frozen=True, slots=True)
class PartOfDay:
    start: int
    end: int
    hours: tuple[int, int]
    calendar: Calendar | None = None


def read_part(tokens: Tokens, index: int, language: Language) -> PartOfDay | None:
    """Read a part of a day at token ``index``, with the day where it is said right there."""
    if language == "en":
        return _english(tokens, index)
    if language == "other" or tokens.kind[index] != "w":
        return None
    return _slavic(tokens, index, language)


def _english(tokens: Tokens, index: int) -> PartOfDay | None:
    fold = tokens.fold
    word, before = fold[index], fold[index - 1] if index else ""
    if word == "early" and fold[index + 1] == "hours":
        start = (
            index - 2 if fold[index - 2 : index] == ["in", "the"] else index - 1 if before == "the" else index
        )
        return PartOfDay(start, index + 2, EARLY)
    if (word == "early" and fold[index + 1] in ("on",)) or word == "early":
        return None
    if word == "last" and fold[index + 1] == "night":
        return PartOfDay(index, index + 2, NIGHT, _TODAY)
    if word == "this" and fold[index + 1] in ("morning", "afternoon", "evening"):
        return PartOfDay(index, index + 2, PARTS["en"][fold[index + 1]], _TODAY)
    if word not in PARTS["en"]:
        return None
    if word == "tonight":
        return PartOfDay(index, index + 1, EVENING, _TODAY)
    if word == "overnight":
        end = index + 2 if fold[index + 1] in ("on", "into", "to") else index + 1
        dated = read_date(tokens, end, "en") if end > index + 1 else None
        if dated is not None and dated.calendar.is_day:
            return PartOfDay(index, dated.end, NIGHT, dated.calendar)
        return PartOfDay(index, index + 1, NIGHT)
    if word == "night":
        at = index + 1
        if fold[at] in ("of", "into", "to"):
            at += 2 if fold[at + 1] == "the" else 1
            dated = read_date(tokens, at, "en")
            day = None if dated is None else last_of_two(dated.calendar)
            if dated is not None and day is not None:
                return PartOfDay(index, dated.end, NIGHT, day)
        hours = EVENING if before in _WEEKDAY_LIKE else NIGHT
        return (
            PartOfDay(index, index + 1, hours)
            if before in _WEEKDAY_LIKE or tokens.capital(index - 1)
            else None
        )
    if (
        before in ("the", "this", "tomorrow", "yesterday", "late", "early")
        or tokens.capital(index - 1)
        or tokens.kind[index - 1] == "n"
    ):
        start = index - 2 if before == "the" and fold[index - 2] in ("on", "in") else index
        if fold[index - 1] == "the" and fold[index + 1] not in ("of", "on"):
            return None
        return PartOfDay(start, index + 1, PARTS["en"][word])
    return None


_WEEKDAY_LIKE = frozenset(
    "yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday".split()
)


def _slavic(tokens: Tokens, index: int, language: Language) -> PartOfDay | None:
    fold = tokens.fold
    word, before = fold[index], fold[index - 1] if index else ""
    if word in ("ніч", "ночь", "ночі", "ночи") and fold[index + 1] in _INTO:
        dated = read_date(tokens, index + 2, language)
        start = index - 1 if before in ("у", "в", "за") else index
        if dated is not None and dated.calendar.is_day:
            return PartOfDay(start, dated.end, NIGHT, dated.calendar)
    if (
        word in ("ніч", "ночь")
        and fold[index + 1] in ("с", "со", "з", "із", "зі")
        and fold[index + 3] in ("на", "–", "-")
    ):
        # “В ночь с 12 на 13 марта”: the second day is the one that the night runs into.
        dated = read_date(tokens, index + 4, language) if tokens.kind[index + 2] == "n" else None
        if dated is not None and dated.calendar.is_day:
            start = index - 1 if before in ("у", "в", "за") else index
            return PartOfDay(start, dated.end, NIGHT, dated.calendar)
    offset = offset_of(word, language)
    if offset in (-1, 0) and UNIT_NOUNS[language].get(fold[index + 1]) == "night":
        return PartOfDay(index, index + 2, NIGHT, _TODAY)
    if offset in (-1, 0) and fold[index + 1] in ("ранку", "утром", "вечора", "вечером") and offset == 0:
        hours = PART_NOUNS[language].get(fold[index + 1]) or PARTS[language][fold[index + 1]]
        return PartOfDay(index, index + 2, hours, _TODAY)
    part = PARTS[language].get(word)
    if part is not None:
        if word == "днем" and not _dated_before(tokens, index, language):
            return None
        start = index - 1 if before in ("рано", "пізно", "поздно", "ближче") else index
        return PartOfDay(start, index + 1, part)
    part = PART_NOUNS[language].get(word)
    if part is not None and before in ("на", "к", "під", "под", "до", "с", "з"):
        dated = read_date(tokens, index + 1, language)
        if dated is not None and dated.calendar.is_day:
            return PartOfDay(index, dated.end, part, dated.calendar)
    return None


def _dated_before(tokens: Tokens, index: int, language: Language) -> bool:
    """“Днём” is also the instrumental of “day”: it is a part of a day only beside a date."""
    return (
        any(
            (dated := read_date(tokens, at, language)) is not None and dated.end == index
            for at in range(max(0, index - 3), index)
        )
        or read_date(tokens, index + 1, language) is not None
    )
