"""Read months and their parts: “in March”, “у січні 2025 року”, “early June”, “в первой декаде июля”.

Invariant: a name that is also another word (“May”, “лютий”) needs a preposition, a part or a year beside it.
"""

from __future__ import annotations

from claims.language.numerals.scanning import Tokens
from claims.language.numerals.words import WORDS
from claims.language.readings import Language
from claims.language.times.calendars import Calendar
from claims.language.times.date_words import (
    DASHES,
    EARLY_STEMS,
    LATE_STEMS,
    MIDDLE_STEMS,
    PREPOSITIONS,
    Dated,
    after_month,
    month_at,
    year_at,
)
from claims.language.times.days import read_english_day
from claims.language.times.vocabulary import (
    UNIT_NOUNS,
    offset_of,
)


def read_month_first(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """“February 18, 2026”, “January 23–24”, “in March”, “у січні 2025 року”, “March to May”."""
    stopped = tokens.fold[index + 1] == "." and tokens.glued(index + 1)
    numbered = tokens.kind[index + 2 if stopped else index + 1] == "n"
    month = month_at(tokens, index, language, beside_number=numbered)
    if month is None:
        return None
    fold = tokens.fold
    if language == "en":
        dated = read_english_day(tokens, index, month)
        if dated is not None:
            return dated
    if (
        language == "en"
        and fold[index] in ("may", "march", "august", "jan", "mar")
        and not _month_stands(tokens, index)
    ):
        return None
    if language != "en" and tokens.kind[index - 1] == "n" and index and len(tokens.fold[index - 1]) <= 2:
        # “0 мая”, “31 квітня”: a day that the month does not have is no month either.
        return None
    if language != "en" and not _slavic_month_stands(tokens, index, month, language):
        return None
    year, after = after_month(tokens, index + 1)
    part = _early_late(tokens, index, language)
    start = index if part is None else part[1]
    last = 0
    if fold[after] in DASHES or (
        fold[after] in ("to", "до", "по") and fold[index - 1] in ("from", "від", "з", "із", "с")
    ):
        other = month_at(tokens, after + 1, language)
        if other is not None and tokens.kind[after + 2] != "n":
            last, after = other, after + 2
        elif other is not None and year_at(tokens, after + 2):
            last = other
            year, after = after_month(tokens, after + 2)
    return Dated(
        start, after, Calendar("month", year=year, month=month, to_month=last, part=part[0] if part else None)
    )


def _month_stands(tokens: Tokens, index: int) -> bool:
    """Tell whether an ambiguous English name (“May”, “March”) stands where a month does."""
    before = tokens.fold[index - 1] if index else ""
    return before in (
        "in",
        "since",
        "by",
        "until",
        "of",
        "early",
        "late",
        "mid",
        "last",
        "next",
        "this",
        "during",
        "from",
        "-",
        "to",
        "and",
    ) or (year_at(tokens, index + 1) is not None)


def _slavic_month_stands(tokens: Tokens, index: int, month: int, language: Language) -> bool:
    """“Лютий” is also an adjective and “листопад”, “март” names; they need a preposition,
    part or year beside them."""
    if tokens.fold[index] not in ("лютий", "лютого", "лютому", "лютим", "лютім", "май", "мая"):
        return True
    before = tokens.fold[index - 1] if index else ""
    return (
        before in PREPOSITIONS
        or year_at(tokens, index + 1) is not None
        or before.startswith(EARLY_STEMS + MIDDLE_STEMS + LATE_STEMS + ("половин", "декад"))
        or offset_of(before, language) is not None
    )


def _early_late(tokens: Tokens, index: int, language: Language) -> tuple[tuple[int, int], int] | None:
    """Read what stands before a month: “early”, “mid-”, “на початку”, “в конце”, “первая декада”,
    “first half of”."""
    fold = tokens.fold
    at = index - 1
    if at < 0:
        return None
    if language == "en":
        if fold[at] == "-":
            at -= 1
        if fold[at] in ("early", "mid", "late"):
            return {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}[fold[at]], at
        if fold[at] == "of":
            word = fold[at - 1]
            parts = {"beginning": (1, 10), "start": (1, 10), "middle": (11, 20), "end": (21, 31)}
            if word in parts:
                return parts[word], at - 1
            if word == "half" and fold[at - 2] in ("first", "second"):
                return ((1, 15) if fold[at - 2] == "first" else (16, 31)), at - 2
            if word == "days" and fold[at - 2] == "ten" and fold[at - 3] == "first":
                return (1, 10), at - 3
        return None
    word = fold[at]
    if word.startswith(EARLY_STEMS):
        return (1, 10), at
    if word.startswith(MIDDLE_STEMS):
        return (11, 20), at
    if word.startswith(LATE_STEMS):
        return (21, 31), at
    number = WORDS[language].ordinals.get(fold[at - 1], 0)
    if fold[at - 2] == "-" and tokens.kind[at - 3] == "n":
        number = number or int(fold[at - 3]) if fold[at - 3].isdecimal() and len(fold[at - 3]) == 1 else 0
    if word.startswith("декад") and 1 <= number <= 3:
        return ((1, 10), (11, 20), (21, 31))[number - 1], at - 1
    if word.startswith("половин") and 1 <= number <= 2:
        return ((1, 15), (16, 31))[number - 1], at - 1
    return None


def read_part_of_month(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """“На початку місяця”, “в конце прошлого месяца”."""
    if language not in ("uk", "ru"):
        return None
    word = tokens.fold[index]
    if not word.startswith(EARLY_STEMS + MIDDLE_STEMS + LATE_STEMS):
        return None
    part = (
        (1, 10) if word.startswith(EARLY_STEMS) else (11, 20) if word.startswith(MIDDLE_STEMS) else (21, 31)
    )
    offset = offset_of(tokens.fold[index + 1], language)
    if offset is not None and UNIT_NOUNS[language].get(tokens.fold[index + 2]) == "month":
        return Dated(index, index + 3, Calendar("offset_month", number=offset, part=part))
    return None
