"""Read dates from the tokens: day and month, lists and ranges of days, months, quarters, seasons, years, weekdays.

Invariant: each reader returns the tokens it used and a ``Calendar`` of what they say; none of them knows when the
text was published.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.language.numerals.reading import read_number
from claims.language.numerals.scanning import Tokens
from claims.language.numerals.words import WORDS
from claims.language.readings import Language
from claims.language.times.calendars import Calendar
from claims.language.times.vocabulary import (
    RELATIVE_DAYS,
    RELATIVE_YEARS,
    SEASON_ADVERBS,
    SEASONS,
    UNIT_NOUNS,
    months,
    offset_of,
    weekdays,
)

_YEAR_WORDS = frozenset(
    "роках годах рік року році роком роки років рр р год года году годом годы годов гг г year years".split()
)
_PREPOSITIONS = frozenset(
    "on in at since by from until till of during before after early у в на з із зі від до по о за к с со во ко через "
    "after протягом упродовж проти против into для під под".split()
)
_DASHES = ("-", "–")
_AND = frozenset(("and", "і", "й", "та", "и", ",", "or", "или", "чи", "або", "&"))
_ORDINAL_TAILS = frozenset("го й е ого є ше ме те ту му м я х".split())
_EARLY = ("почат", "нача", "старт")
_MIDDLE = ("середин",)
_LATE = ("кінц", "наприкінц", "кінець", "конц", "конец", "исход")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "і": 1, "іі": 2, "ііі": 3, "ⅰ": 1, "ⅱ": 2, "ⅲ": 3, "ⅳ": 4}


@dataclass(frozen=True, slots=True)
class Dated:
    start: int
    end: int
    calendar: Calendar


def read_date(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """Read the calendar expression whose first word (a preposition aside) is token ``index``."""
    kind, fold = tokens.kind[index], tokens.fold[index]
    if kind == "n":
        return (
            _numeric(tokens, index, language) or _day_then_month(tokens, index, language)
            or _numbered_period(tokens, index, language) or _year(tokens, index, language)
            or _ordinal_day(tokens, index, language)
        )  # fmt: skip
    if kind != "w":
        return None
    return (
        _month_first(tokens, index, language)
        or _relative_day(tokens, index, language)
        or _offset_period(tokens, index, language)
        or _weekday(tokens, index, language)
        or _worded_day(tokens, index, language)
        or _part_of_month(tokens, index, language)
        or _numbered_period(tokens, index, language)
        or _season(tokens, index, language)
        or _relative_year(tokens, index, language)
    )


def _day_number(tokens: Tokens, index: int, language: Language) -> tuple[int, int] | None:
    """Read a day of the month in digits, with the ordinal tail it may have (“17th”, “17-го”)."""
    written = tokens.fold[index]
    if (
        tokens.kind[index] != "n"
        or len(written) > 2
        or not written.isdecimal()
        or not 1 <= int(written) <= 31
    ):
        return None
    end = index + 1
    if language == "en" and tokens.fold[end] in ("st", "nd", "rd", "th") and tokens.glued(end):
        end += 1
    elif (
        tokens.fold[end] == "-"
        and tokens.fold[end + 1] in _ORDINAL_TAILS
        and tokens.glued(end)
        and tokens.glued(end + 1)
    ):
        end += 2
    return int(written), end


def _month_at(tokens: Tokens, index: int, language: Language, *, beside_number: bool = True) -> int | None:
    """Return the month named at ``index``. English names are capitalised, which tells May and March from verbs."""
    month = months(language).get(tokens.fold[index])
    if month is None:
        return None
    if language == "en":
        return month if tokens.capital(index) and (beside_number or len(tokens.fold[index]) > 3) else None
    return None if not beside_number and tokens.fold[index] in _ONLY_BESIDE_NUMBERS else month


_ONLY_BESIDE_NUMBERS = frozenset(
    "січ лют бер квіт трав черв лип серп вер вересн жовт лист груд янв фев февр апр авг сен сент окт ноя нояб дек".split()
)


def _after_month(tokens: Tokens, index: int) -> tuple[int | None, int]:
    """Read “2026”, “, 2026”, “2026 року”, “2026 г.” after a month; return the year and the token after it."""
    at = index
    if tokens.fold[at] == "." and tokens.glued(at):
        at += 1
    plain_end = at if at > index and tokens.kind[at] in ("n",) else index
    if (
        tokens.fold[at] == ","
        and tokens.kind[at + 1] == "n"
        and tokens.fold[at + 2] in (",", ".", ")", ";", "")
    ):
        at += 1
    year = year_at(tokens, at)
    if year is None:
        return None, plain_end
    end = at + 1
    if (
        tokens.fold[end] == "-"
        and tokens.fold[end + 1] in ("го", "му", "м", "ому", "ого")
        and tokens.glued(end)
    ):
        end += 2
    if tokens.fold[end] in _YEAR_WORDS and tokens.fold[end] not in ("years", "роки", "років"):
        end += 1
        if (
            tokens.fold[end] == "."
            and tokens.glued(end)
            and len(tokens.fold[end - 1]) <= 2
            and not tokens.capital(end + 1)
        ):
            end += 1
    return year, end


def year_at(tokens: Tokens, index: int) -> int | None:
    written = tokens.fold[index]
    if (
        tokens.kind[index] == "n"
        and len(written) == 4
        and written.isdecimal()
        and 1000 <= int(written) <= 2999
    ):
        return int(written)
    return None


def _numeric(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """“17.02.2026”, “2026-02-17”, “17/02/2026”."""
    fold = tokens.fold
    written = fold[index]
    parts = written.split(".")
    if (
        len(parts) == 3
        and all(part.isdecimal() for part in parts)
        and len(parts[0]) <= 2
        and len(parts[1]) <= 2
    ):
        day, month, year = (int(part) for part in parts)
        if len(parts[2]) in (2, 4) and 1 <= day <= 31 and 1 <= month <= 12:
            return Dated(
                index,
                index + 1,
                Calendar("day", year=year if year > 99 else 2000 + year, month=month, day=day),
            )
        return None
    mark = fold[index + 1]
    if (
        mark in ("-", "/")
        and fold[index + 3] == mark
        and tokens.kind[index + 2] == tokens.kind[index + 4] == "n"
    ):
        if not all(tokens.glued(index + offset) for offset in range(1, 5)):
            return None
        values = [fold[index], fold[index + 2], fold[index + 4]]
        if not all(value.isdecimal() and len(value) <= 4 for value in values):
            return None
        first, second, third = (int(value) for value in values)
        if len(values[0]) == 4 and 1 <= second <= 12 and 1 <= third <= 31:
            return Dated(index, index + 5, Calendar("day", year=first, month=second, day=third))
        if len(values[2]) == 4 and mark == "/":
            day, month = (first, second) if second <= 12 else (second, first)
            if 1 <= day <= 31 and 1 <= month <= 12:
                return Dated(index, index + 5, Calendar("day", year=third, month=month, day=day))
    return None


def _day_then_month(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """“17 лютого 2026 року”, “17–18 February”, “17, 18 и 19 февраля”, “з 5 по 8 травня”, “10 марта – 10 мая”."""
    fold = tokens.fold
    found = _day_number(tokens, index, language)
    if found is None:
        return None
    day, at = found
    last, end = day, at
    while True:
        link = fold[end]
        worded = link in ("по", "до", "to", "through", "until") or (link == "и" and fold[end + 1] == "по")
        if link not in _DASHES and link not in _AND and not worded:
            break
        step = end + 1
        following = _day_number(tokens, step, language)
        if following is None or following[0] <= last:
            break
        if (link in _AND) and following[0] != last + 1 and fold[index - 1] not in ("between", "між", "между"):
            # Separate days are separate dates: the month after the last of them belongs to all.
            month_at = _month_after_list(tokens, following[1], language)
            if month_at is not None and last == day:
                return Dated(_start(tokens, index), end, Calendar("day", month=month_at, day=day))
            break
        last, end = following
        if end - index > 24:
            return None
    if fold[end] == "of" or (fold[end] in ("числа",) and False):
        end += 1
    month = _month_at(tokens, end, language)
    if month is None:
        return None
    year, after = _after_month(tokens, end + 1)
    start = _start(tokens, index)
    if last != day:
        return Dated(
            start, after, Calendar("span", year=year, month=month, day=day, to_month=month, to_day=last)
        )
    second = _second_date(tokens, after, language, start)
    if second is not None:
        to_month, to_day, to_year, after = second
        span = Calendar(
            "span",
            year=year or to_year,
            month=month,
            day=day,
            to_month=to_month,
            to_day=to_day,
            to_year=to_year,
        )
        return Dated(start, after, span)
    return Dated(start, after, Calendar("day", year=year, month=month, day=day))


def _month_after_list(tokens: Tokens, index: int, language: Language) -> int | None:
    """Return the month that closes a list of days, looking past at most six more of them."""
    for _ in range(6):
        month = _month_at(tokens, index, language)
        if month is not None:
            return month
        if tokens.fold[index] not in _AND:
            return None
        following = _day_number(tokens, index + 1, language)
        if following is None:
            return None
        index = following[1]
    return None


def _second_date(
    tokens: Tokens, index: int, language: Language, before: int
) -> tuple[int, int, int | None, int] | None:
    """Read the end of a range of full dates: “… по 10 мая”, “… – May 10, 2026”."""
    link = tokens.fold[index]
    between = link in ("and", "і", "та", "й", "и") and tokens.fold[before] in ("between", "між", "между")
    if link not in ("по", "до", "to", "through", "until", "-", "–") and not between:
        return None
    found = _day_number(tokens, index + 1, language)
    if found is not None:
        month = _month_at(tokens, found[1], language)
        if month is not None:
            year, end = _after_month(tokens, found[1] + 1)
            return month, found[0], year, end
    month = _month_at(tokens, index + 1, language) if language == "en" else None
    if month is not None:
        found = _day_number(tokens, index + 2, language)
        if found is not None:
            year, end = _after_month(tokens, found[1])
            return month, found[0], year, end
    return None


def _start(tokens: Tokens, index: int) -> int:
    """Take a preposition of time before ``index`` along; “із 5 по 8”, “с 10 марта по …” need theirs."""
    return (
        index - 1
        if index
        and tokens.fold[index - 1] in ("з", "із", "зі", "с", "со", "from", "від", "між", "между", "between")
        else index
    )


def _month_first(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """“February 18, 2026”, “January 23–24”, “in March”, “у січні 2025 року”, “March to May”."""
    stopped = tokens.fold[index + 1] == "." and tokens.glued(index + 1)
    numbered = tokens.kind[index + 2 if stopped else index + 1] == "n"
    month = _month_at(tokens, index, language, beside_number=numbered)
    if month is None:
        return None
    fold = tokens.fold
    if language == "en":
        dated = _english_day(tokens, index, month)
        if dated is not None:
            return dated
    if (
        language == "en"
        and fold[index] in ("may", "march", "august", "jan", "mar")
        and not _month_stands(tokens, index)
    ):
        return None
    if language != "en" and not _slavic_month_stands(tokens, index, month, language):
        return None
    year, after = _after_month(tokens, index + 1)
    part = _early_late(tokens, index, language)
    start = index if part is None else part[1]
    last = 0
    if (
        fold[after] in _DASHES
        or (fold[after] in ("to", "до", "по")
        and fold[index - 1] in ("from", "від", "з", "із", "с"))
    ):
        other = _month_at(tokens, after + 1, language)
        if other is not None and tokens.kind[after + 2] != "n":
            last, after = other, after + 2
        elif other is not None and year_at(tokens, after + 2):
            last = other
            year, after = _after_month(tokens, after + 2)
    return Dated(
        start, after, Calendar("month", year=year, month=month, to_month=last, part=part[0] if part else None)
    )


def _english_day(tokens: Tokens, index: int, month: int) -> Dated | None:
    at = index + 1
    if tokens.fold[at] == "." and tokens.glued(at):
        at += 1
    if tokens.fold[at] == "the":
        at += 1
    found = _day_number(tokens, at, "en")
    if found is None or tokens.fold[found[1]] in ("%", "percent", ":", "am", "pm"):
        return None
    day, end = found
    start = _start(tokens, index)
    year, after = _after_month(tokens, end)
    if year is None and tokens.fold[end] in ("-", "–", "and", "to", "through", ",", "until"):
        following = _day_number(tokens, end + 1, "en")
        joined = tokens.fold[end] not in ("and", ",") or (following is not None and following[0] == day + 1)
        joined = joined or tokens.fold[index - 1] == "between"
        closes = following is not None and tokens.fold[following[1]] not in ("%", "people", ":", "percent")
        if (
            following is not None
            and following[0] > day
            and joined
            and closes
            and tokens.kind[following[1]] != "n"
        ):
            year, after = _after_month(tokens, following[1])
            if tokens.fold[end] != "," or year is not None or tokens.kind[following[1]] != "w":
                return Dated(
                    start,
                    after,
                    Calendar("span", year=year, month=month, day=day, to_month=month, to_day=following[0]),
                )
            year, after = None, end
    second = _second_date(tokens, after, "en", start)
    if second is not None:
        to_month, to_day, to_year, after = second
        return Dated(
            start,
            after,
            Calendar(
                "span",
                year=year or to_year,
                month=month,
                day=day,
                to_month=to_month,
                to_day=to_day,
                to_year=to_year,
            ),
        )
    return Dated(start, after, Calendar("day", year=year, month=month, day=day))


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
    """“Лютий” is also an adjective and “листопад”, “март” names; they need a preposition, part or year beside them."""
    if tokens.fold[index] not in ("лютий", "лютого", "лютому", "лютим", "лютім", "май", "мая"):
        return True
    before = tokens.fold[index - 1] if index else ""
    return (
        before in _PREPOSITIONS
        or year_at(tokens, index + 1) is not None
        or before.startswith(_EARLY + _MIDDLE + _LATE + ("половин", "декад"))
        or offset_of(before, language) is not None
    )


def _early_late(tokens: Tokens, index: int, language: Language) -> tuple[tuple[int, int], int] | None:
    """Read what stands before a month: “early”, “mid-”, “на початку”, “в конце”, “первая декада”, “first half of”."""
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
    if word.startswith(_EARLY):
        return (1, 10), at
    if word.startswith(_MIDDLE):
        return (11, 20), at
    if word.startswith(_LATE):
        return (21, 31), at
    number = WORDS[language].ordinals.get(fold[at - 1], 0)
    if fold[at - 2] == "-" and tokens.kind[at - 3] == "n":
        number = number or int(fold[at - 3]) if fold[at - 3].isdecimal() and len(fold[at - 3]) == 1 else 0
    if word.startswith("декад") and 1 <= number <= 3:
        return ((1, 10), (11, 20), (21, 31))[number - 1], at - 1
    if word.startswith("половин") and 1 <= number <= 2:
        return ((1, 15), (16, 31))[number - 1], at - 1
    return None


def _part_of_month(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """“На початку місяця”, “в конце прошлого месяца”."""
    if language not in ("uk", "ru"):
        return None
    word = tokens.fold[index]
    if not word.startswith(_EARLY + _MIDDLE + _LATE):
        return None
    part = (1, 10) if word.startswith(_EARLY) else (11, 20) if word.startswith(_MIDDLE) else (21, 31)
    offset = offset_of(tokens.fold[index + 1], language)
    if offset is not None and UNIT_NOUNS[language].get(tokens.fold[index + 2]) == "month":
        return Dated(index, index + 3, Calendar("offset_month", number=offset, part=part))
    return None


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
    end = index + 2 if fold[index + 1].startswith(("днем", "дні")) and False else index + 1
    return Dated(index, end, Calendar("offset_day", number=offset))


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


def _offset_period(tokens: Tokens, index: int, language: Language) -> Dated | None:
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
    month = _month_at(tokens, at, language, beside_number=False)
    if month is not None and tokens.kind[end] != "n":
        return Dated(index, end, Calendar("month", month=month, year=None, day=offset or 0))
    return None


def _weekday(tokens: Tokens, index: int, language: Language) -> Dated | None:
    weekday = weekdays(language).get(tokens.fold[index])
    if weekday is None:
        return None
    before = tokens.fold[index - 1] if index else ""
    if language == "en":
        return Dated(index, index + 1, Calendar("weekday", number=weekday)) if tokens.capital(index) else None
    prepared = before in _PREPOSITIONS or before in (
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


def _worded_day(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """“Третьего марта”, “двадцять п’яте травня”, “the third of May”, “first of May”."""
    number: int | None = WORDS[language].ordinals.get(tokens.fold[index])
    at = index + 1
    if number is None and tokens.fold[index] in WORDS[language].cardinals:
        ten = WORDS[language].cardinals[tokens.fold[index]]
        if ten in (20, 30):
            if language == "en" and tokens.fold[at] == "-":
                at += 1
            last = WORDS[language].ordinals.get(tokens.fold[at], 0)
            number = int(ten) + last if 1 <= last <= 9 else None
            at += 1
    if number is None or not 1 <= number <= 31:
        return None
    if language == "en":
        if tokens.fold[at] != "of":
            return None
        at += 1
    month = _month_at(tokens, at, language)
    if month is None:
        return None
    year, after = _after_month(tokens, at + 1)
    return Dated(index, after, Calendar("day", year=year, month=month, day=number))


def _numbered_period(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """“First quarter of 2026”, “Q1 2026”, “у третьому кварталі”, “II квартал”, “первое полугодие 2025 года”."""
    fold = tokens.fold
    number, at = _period_number(tokens, index, language)
    if number is None:
        return None
    kind = "half" if fold[index] == "h" and year_at(tokens, at) else None
    if kind is not None:
        year, after = _after_month(tokens, at)
        return Dated(index, after, Calendar("half", year=year, number=number))
    if fold[at].startswith("квартал") or fold[at] == "quarter" or fold[index] in ("q",):
        kind = "quarter"
    elif fold[at].startswith(("півріч", "полугод")) or (
        fold[at] == "half" and fold[at + 1] == "of" and year_at(tokens, at + 2)
    ):
        kind = "half"
    elif (
        (fold[at].startswith("половин")
        and fold[at + 1] in ("року", "года"))
        or (
            fold[at] == "half"
            and fold[at + 1] == "of"
            and fold[at + 2] in ("the", "this", "last", "next")
            and fold[at + 3] == "year"
        )
    ):
        kind, at = "half", at
    if kind is None or not 1 <= number <= (4 if kind == "quarter" else 2):
        return None
    end = at + 1 if fold[index] not in ("q",) else at
    if kind == "half" and fold[end] in ("of",) and fold[end + 1] == "the":
        end += 3
    elif kind == "half" and fold[at].startswith("половин"):
        end += 1
    year, after = _after_month(tokens, end + 1 if fold[end] == "of" else end)
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


def _season(tokens: Tokens, index: int, language: Language) -> Dated | None:
    fold = tokens.fold
    season = SEASONS[language].get(fold[index])
    if season is None:
        return None
    year, after = _after_month(tokens, index + 2 if fold[index + 1] == "of" else index + 1)
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


def _relative_year(tokens: Tokens, index: int, language: Language) -> Dated | None:
    offset = RELATIVE_YEARS.get(tokens.fold[index]) if language == "uk" else None
    return None if offset is None else Dated(index, index + 1, Calendar("year", year_offset=offset))


def _year(tokens: Tokens, index: int, language: Language) -> Dated | None:
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
    if (
        fold[end] in ("-", "–")
        or (fold[end] in ("to", "по", "до", "and")
        and before in ("from", "between", "з", "із", "с", "від"))
    ):
        other = year_at(tokens, end + 1)
        if other is not None and other > year:
            end += 2
        else:
            other = None
    named = fold[end] in _YEAR_WORDS and fold[end] != "years"
    if named:
        end += 1
        if fold[end] == "." and len(fold[end - 1]) <= 2 and tokens.glued(end) and not tokens.capital(end + 1):
            end += 1
    elif (tail and before not in _PREPOSITIONS) or (not tail and not _year_alone(tokens, index, end, language)):
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
            return tokens.kind[end] != "w" or tokens.fold[end] in _CLOSING_EN or before in ("in", "since")
        return before == "(" and tokens.fold[end] == ")"
    return (
        before in ("у", "в", "з", "с", "до", "от", "від", "після", "после", "к")
        and (tokens.kind[end] == "s" or not tokens.kind[end])
        and tokens.fold[end] not in ("-", "–")
    )


_CLOSING_EN = frozenset(
    "and to when after before the was were is for with by on at as it he she they but or that which".split()
)


def _ordinal_day(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """“On the 18th”, “18-го числа”, “18 числа”."""
    found = _day_number(tokens, index, language)
    if found is None:
        return None
    day, end = found
    fold = tokens.fold
    if language == "en":
        if (
            end == index + 1
            or fold[index - 1] != "the"
            or fold[index - 2] not in ("on", "until", "by", "from", "since", "before", "after")
        ):
            return None
        if tokens.kind[end] == "w" and fold[end] not in _CLOSING_EN and fold[end] not in ("of", "in", "from"):
            return None
        return Dated(index - 2, end, Calendar("ordinal_day", day=day))
    if fold[end] == "числа":
        return Dated(index, end + 1, Calendar("ordinal_day", day=day))
    if (
        end > index + 1
        and fold[end - 1] == "го"
        and tokens.kind[end] != "w"
        and fold[index - 1] not in ("з", "із")
    ):
        return Dated(index, end, Calendar("ordinal_day", day=day))
    return None


def is_number_word(tokens: Tokens, index: int, language: Language) -> bool:
    return read_number(tokens, index, language) is not None
