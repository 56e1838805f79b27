"""Read longer periods: quarters, halves, seasons, years, “last week”, “минулого місяця”.

Invariant: four digits are a year only where the word “year”, a preposition or a bracket says so.
"""

from __future__ import annotations

from claims.language.numerals.scanning import Tokens
from claims.language.numerals.words import WORDS
from claims.language.readings import Language
from claims.language.times.calendars import Calendar
from claims.language.times.date_words import PREPOSITIONS, YEAR_WORDS, Dated, after_month, month_at, year_at
from claims.language.times.days import CLOSING_EN
from claims.language.times.vocabulary import (
    RELATIVE_YEARS,
    SEASON_ADVERBS,
    SEASONS,
    UNIT_NOUNS,
    offset_of,
    weekdays,
)

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "і": 1, "іі": 2, "ііі": 3, "ⅰ": 1, "ⅱ": 2, "ⅲ": 3, "ⅳ": 4}


def read_offset_period(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """“Last week”, “минулого місяця”, “в этом году”, “next spring”, “this Thursday”, “last March”."""
    fold = tokens.fold
    offset = offset_of(fold[index], language)
    if offset is None:
        return None
    at = index + 1
    noun = fold[at]
    if (
        language == "en"
        and (fold[index - 1] in ("the", "over", "past") or fold[index] == "past")
        and offset == -1
    ):
        # “The last week” is a window that touches publication; see anchored.py.
        return None
    unit = UNIT_NOUNS[language].get(noun)
    end = at + 1
    if unit == "week":
        return Dated(index, end, Calendar("week", number=offset))
    if unit == "month":
        return Dated(index, end, Calendar("offset_month", number=offset))
    if unit == "year":
        return Dated(index, end, Calendar("year", year_offset=offset))
    if unit == "weekend":
        return Dated(index, end, Calendar("weekend", number=offset, strict=True))
    if unit == "quarter":
        return Dated(index, end, Calendar("offset_quarter", number=offset))
    if unit == "day" and offset == -1 and language in ("uk", "ru"):
        return Dated(index, end, Calendar("offset_day", number=-1))
    season = SEASONS[language].get(noun)
    if season is not None:
        # Last winter began a year before this one; “this” is the season of the running year.
        return Dated(
            index,
            end,
            Calendar("season", month=season, year_offset=offset - (1 if season == 12 and offset < 0 else 0)),
        )
    weekday = weekdays(language).get(noun)
    if weekday is not None:
        return Dated(index, end, Calendar("weekday", number=weekday, strict=offset != 0, day=offset))
    month = month_at(tokens, at, language, beside_number=False)
    if month is not None and tokens.kind[end] != "n":
        return Dated(index, end, Calendar("month", month=month, year=None, day=offset or 0))
    return None


def read_numbered_period(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """“First quarter of 2026”, “Q1 2026”, “у третьому кварталі”, “II квартал”,
    “первое полугодие 2025 года”."""
    fold = tokens.fold
    number, at = _period_number(tokens, index, language)
    if number is None:
        return None
    kind = "half" if fold[index] == "h" and year_at(tokens, at) else None
    if kind is not None:
        year, after = after_month(tokens, at)
        return Dated(index, after, Calendar("half", year=year, number=number))
    if fold[at].startswith("квартал") or fold[at] == "quarter" or fold[index] in ("q",):
        kind = "quarter"
    elif fold[at].startswith(("півріч", "полугод")) or (
        fold[at] == "half" and fold[at + 1] == "of" and year_at(tokens, at + 2)
    ):
        kind = "half"
    elif (fold[at].startswith("половин") and fold[at + 1] in ("року", "года")) or (
        fold[at] == "half"
        and fold[at + 1] == "of"
        and fold[at + 2] in ("the", "this", "last", "next")
        and fold[at + 3] == "year"
    ):
        kind, at = "half", at
    if kind is None or not 1 <= number <= (4 if kind == "quarter" else 2):
        return None
    end = at + 1 if fold[index] not in ("q",) else at
    if kind == "half" and fold[end] in ("of",) and fold[end + 1] == "the":
        end += 3
    elif kind == "half" and fold[at].startswith("половин"):
        end += 1
    year, after = after_month(tokens, end + 1 if fold[end] == "of" else end)
    return Dated(
        index,
        after if year else end,
        Calendar("quarter" if kind == "quarter" else "half", year=year, number=number),
    )


def _period_number(tokens: Tokens, index: int, language: Language) -> tuple[int | None, int]:
    fold = tokens.fold
    word = fold[index]
    ordinal = WORDS[language].ordinals.get(word)
    if ordinal is not None:
        at = index + 1
        return ordinal, at + 1 if fold[at] == "-" else at
    if word in _ROMAN and (fold[index + 1].startswith(("квартал", "півріч", "полугод"))):
        return _ROMAN[word], index + 1
    if (
        word == "q"
        and tokens.kind[index + 1] == "n"
        and tokens.glued(index + 1)
        and fold[index + 1] in "1234"
    ):
        return int(fold[index + 1]), index + 2
    if tokens.kind[index] == "n" and word in ("1", "2", "3", "4"):
        at = index + 1
        if fold[at] in ("-",) and tokens.kind[at + 1] == "w" and len(fold[at + 1]) <= 3:
            at += 2
        elif fold[at] in ("st", "nd", "rd", "th"):
            at += 1
        return int(word), at
    return None, index


def read_season(tokens: Tokens, index: int, language: Language) -> Dated | None:
    fold = tokens.fold
    season = SEASONS[language].get(fold[index])
    if season is None:
        return None
    year, after = after_month(tokens, index + 2 if fold[index + 1] == "of" else index + 1)
    if year is not None and language == "en" and fold[index - 1] in ("a",):
        return None
    if year is None:
        after = index + 1
        before = fold[index - 1] if index else ""
        if language == "en":
            if fold[index] == "fall" and before not in ("this",):
                return None
            if before not in ("in", "by", "since", "until") and not (
                before == "the" and fold[index - 2] in ("in", "by", "until", "during", "since")
            ):
                return None
        elif fold[index] not in SEASON_ADVERBS and before not in ("до", "к", "з", "с", "на", "із"):
            return None
        if fold[index] in ("літа", "лета", "зими") and before not in ("до",):
            return None
    return Dated(index, after, Calendar("season", year=year, month=season))


def read_relative_year(tokens: Tokens, index: int, language: Language) -> Dated | None:
    offset = RELATIVE_YEARS.get(tokens.fold[index]) if language == "uk" else None
    return None if offset is None else Dated(index, index + 1, Calendar("year", year_offset=offset))


def read_year(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """“In 2024”, “2024 року”, “2022–2024”, “до 2030 года”, “2025-го”."""
    fold = tokens.fold
    year = year_at(tokens, index)
    if year is None or not 1500 <= year <= 2199:
        return None
    end = index + 1
    before = fold[index - 1] if index else ""
    tail = (
        fold[end] == "-"
        and fold[end + 1] in ("го", "му", "м", "й", "ому", "ого", "і", "х")
        and tokens.glued(end + 1)
    )
    if tail:
        end += 2
    other = None
    if fold[end] in ("-", "–") or (
        fold[end] in ("to", "по", "до", "and") and before in ("from", "between", "з", "із", "с", "від")
    ):
        other = year_at(tokens, end + 1)
        if other is not None and other > year:
            end += 2
        else:
            other = None
    named = fold[end] in YEAR_WORDS and fold[end] != "years"
    if named:
        end += 1
        if fold[end] == "." and len(fold[end - 1]) <= 2 and tokens.glued(end) and not tokens.capital(end + 1):
            end += 1
    elif (tail and before not in PREPOSITIONS) or (
        not tail and not _year_alone(tokens, index, end, language)
    ):
        return None
    start = index
    if other is not None:
        return Dated(start, end, Calendar("years", year=year, to_year=other))
    return Dated(start, end, Calendar("year", year=year))


def _year_alone(tokens: Tokens, index: int, end: int, language: Language) -> bool:
    """Tell whether four digits without the word “year” are one: after “in”, “since”, and before no noun."""
    if index == 0 or not 1900 <= int(tokens.fold[index]) <= 2099 or tokens.fold[end] in ("%", "$", "€", "/"):
        return False
    before = tokens.fold[index - 1]
    if language == "en" and before == "between" and end > index + 1:
        return True
    if language == "en":
        if before in (
            "in",
            "since",
            "during",
            "until",
            "by",
            "early",
            "late",
            "mid",
            "of",
            "before",
            "after",
            "from",
            "through",
        ):
            return tokens.kind[end] != "w" or tokens.fold[end] in CLOSING_EN or before in ("in", "since")
        return before == "(" and tokens.fold[end] == ")"
    return (
        before in ("у", "в", "з", "с", "до", "от", "від", "після", "после", "к")
        and (tokens.kind[end] == "s" or not tokens.kind[end])
        and tokens.fold[end] not in ("-", "–")
    )
