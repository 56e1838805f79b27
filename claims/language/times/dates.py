"""Read dates from the tokens: day and month, lists and ranges of days, months, quarters, seasons, years,
weekdays.

Invariant: each reader returns the tokens it used and a ``Calendar`` of what they say; none of them knows
when the
text was published.
"""

from __future__ import annotations

from claims.language.numerals.scanning import Tokens
from claims.language.readings import Language
from claims.language.times.calendars import Calendar
from claims.language.times.date_words import PREPOSITIONS, Dated
from claims.language.times.days import read_day_then_month, read_numeric, read_ordinal_day, read_worded_day
from claims.language.times.month_names import read_month_first, read_part_of_month
from claims.language.times.periods import (
    read_numbered_period,
    read_offset_period,
    read_relative_year,
    read_season,
    read_year,
)
from claims.language.times.vocabulary import (
    RELATIVE_DAYS,
    weekdays,
)


def read_date(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """Read the calendar expression whose first word (a preposition aside) is token ``index``."""
    kind, _fold = tokens.kind[index], tokens.fold[index]
    if kind == "n":
        return (
            read_numeric(tokens, index, language) or read_day_then_month(tokens, index, language)
            or read_numbered_period(tokens, index, language) or read_year(tokens, index, language)
            or read_ordinal_day(tokens, index, language)
        )  # fmt: skip
    if kind != "w":
        return None
    return (
        read_month_first(tokens, index, language)
        or _relative_day(tokens, index, language)
        or read_offset_period(tokens, index, language)
        or _weekday(tokens, index, language)
        or read_worded_day(tokens, index, language)
        or read_part_of_month(tokens, index, language)
        or read_numbered_period(tokens, index, language)
        or read_season(tokens, index, language)
        or read_relative_year(tokens, index, language)
    )


def _relative_day(tokens: Tokens, index: int, language: Language) -> Dated | None:
    fold = tokens.fold
    offset = RELATIVE_DAYS[language].get(fold[index])
    if language == "en" and fold[index] in ("day",) and fold[index + 1] in ("before", "after"):
        offset = {"yesterday": -2, "tomorrow": 2}.get(fold[index + 2])
        if offset is None:
            return None
        return Dated(
            index - 1 if fold[index - 1] == "the" else index, index + 3, Calendar("offset_day", number=offset)
        )
    if offset is None:
        return None
    if fold[index] in ("накануне", "напередодні") and _is_eve(tokens, index):
        return None
    return Dated(index, index + 1, Calendar("offset_day", number=offset))


def _is_eve(tokens: Tokens, index: int) -> bool:
    """“Накануне выборов” is the eve of another event, not the day before publication."""
    word = tokens.fold[index + 1]
    return word.endswith(
        (
            "ов",
            "ев",
            "ів",
            "їв",
            "ого",
            "ої",
            "ых",
            "их",
            "іту",
            "нта",
            "ений",
            "ений",
            "ання",
            "ення",
            "ства",
        )
    )


def _weekday(tokens: Tokens, index: int, language: Language) -> Dated | None:
    weekday = weekdays(language).get(tokens.fold[index])
    if weekday is None:
        return None
    before = tokens.fold[index - 1] if index else ""
    if language == "en":
        return Dated(index, index + 1, Calendar("weekday", number=weekday)) if tokens.capital(index) else None
    prepared = before in PREPOSITIONS or before in (
        "цього",
        "цієї",
        "ранок",
        "вечір",
        "утро",
        "вечер",
        "утром",
        "вечером",
        "вранці",
        "увечері",
        "ввечері",
    )
    dated = (tokens.fold[index + 1] == "," and tokens.kind[index + 2] == "n") or tokens.fold[index + 1] == "("
    if (
        not prepared
        and not dated
        and tokens.fold[index]
        in ("середа", "середи", "среда", "среды", "среде", "середі", "неділі", "среды", "середу")
    ):
        return None
    return Dated(index, index + 1, Calendar("weekday", number=weekday))
