"""Read days: “17 лютого 2026 року”, “January 23–24”, “17.02.2026”, “on the 18th”, “третьего марта”.

Invariant: a day has a month in the text, or is said to be a day of the month; lists of days that follow one
another are one span.
"""

from __future__ import annotations

from claims.language.numerals.scanning import Tokens
from claims.language.numerals.words import WORDS
from claims.language.readings import Language
from claims.language.times.calendars import Calendar
from claims.language.times.date_words import AND, DASHES, Dated, after_month, day_number, month_at, start_of


def read_numeric(tokens: Tokens, index: int, language: Language) -> Dated | None:
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


def read_day_then_month(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """“17 лютого 2026 року”, “17–18 February”, “17, 18 и 19 февраля”, “з 5 по 8 травня”,
    “10 марта – 10 мая”."""
    fold = tokens.fold
    found = day_number(tokens, index, language)
    if found is None:
        return None
    day, at = found
    last, end = day, at
    while True:
        link = fold[end]
        worded = link in ("по", "до", "to", "through", "until") or (link == "и" and fold[end + 1] == "по")
        if link not in DASHES and link not in AND and not worded:
            break
        step = end + 1
        following = day_number(tokens, step, language)
        if following is None or following[0] <= last:
            break
        if (link in AND) and following[0] != last + 1 and fold[index - 1] not in ("between", "між", "между"):
            # Separate days are separate dates: the month after the last of them belongs to all.
            shared_month = _month_after_list(tokens, following[1], language)
            if shared_month is not None and last == day:
                return Dated(start_of(tokens, index), end, Calendar("day", month=shared_month, day=day))
            break
        last, end = following
        if end - index > 24:
            return None
    if fold[end] == "of":
        end += 1
    month = month_at(tokens, end, language)
    if month is None:
        return None
    year, after = after_month(tokens, end + 1)
    start = start_of(tokens, index)
    if last != day:
        return Dated(
            start, after, Calendar("span", year=year, month=month, day=day, to_month=month, to_day=last)
        )
    second = read_second_date(tokens, after, language, start)
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
        month = month_at(tokens, index, language)
        if month is not None:
            return month
        if tokens.fold[index] not in AND:
            return None
        following = day_number(tokens, index + 1, language)
        if following is None:
            return None
        index = following[1]
    return None


def read_second_date(
    tokens: Tokens, index: int, language: Language, before: int
) -> tuple[int, int, int | None, int] | None:
    """Read the end of a range of full dates: “… по 10 мая”, “… – May 10, 2026”."""
    link = tokens.fold[index]
    between = link in ("and", "і", "та", "й", "и") and tokens.fold[before] in ("between", "між", "между")
    if link not in ("по", "до", "to", "through", "until", "-", "–") and not between:
        return None
    found = day_number(tokens, index + 1, language)
    if found is not None:
        month = month_at(tokens, found[1], language)
        if month is not None:
            year, end = after_month(tokens, found[1] + 1)
            return month, found[0], year, end
    month = month_at(tokens, index + 1, language) if language == "en" else None
    if month is not None:
        found = day_number(tokens, index + 2, language)
        if found is not None:
            year, end = after_month(tokens, found[1])
            return month, found[0], year, end
    return None


def read_english_day(tokens: Tokens, index: int, month: int) -> Dated | None:
    at = index + 1
    if tokens.fold[at] == "." and tokens.glued(at):
        at += 1
    if tokens.fold[at] == "the":
        at += 1
    found = day_number(tokens, at, "en")
    if found is None or tokens.fold[found[1]] in ("%", "percent", ":", "am", "pm"):
        return None
    day, end = found
    start = start_of(tokens, index)
    year, after = after_month(tokens, end)
    if year is None and tokens.fold[end] in ("-", "–", "and", "to", "through", ",", "until"):
        following = day_number(tokens, end + 1, "en")
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
            year, after = after_month(tokens, following[1])
            if tokens.fold[end] != "," or year is not None or tokens.kind[following[1]] != "w":
                return Dated(
                    start,
                    after,
                    Calendar("span", year=year, month=month, day=day, to_month=month, to_day=following[0]),
                )
            year, after = None, end
    second = read_second_date(tokens, after, "en", start)
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


def read_worded_day(tokens: Tokens, index: int, language: Language) -> Dated | None:
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
    month = month_at(tokens, at, language)
    if month is None:
        return None
    year, after = after_month(tokens, at + 1)
    return Dated(index, after, Calendar("day", year=year, month=month, day=number))


CLOSING_EN = frozenset(
    "and to when after before the was were is for with by on at as it he she they but or that which".split()
)


def read_ordinal_day(tokens: Tokens, index: int, language: Language) -> Dated | None:
    """“On the 18th”, “18-го числа”, “18 числа”."""
    found = day_number(tokens, index, language)
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
        if tokens.kind[end] == "w" and fold[end] not in CLOSING_EN and fold[end] not in ("of", "in", "from"):
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
