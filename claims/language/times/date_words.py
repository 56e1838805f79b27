"""What dates are made of: days of the month, names of months, years, and the words that set them apart.

Invariant: each function looks at a few tokens from its place on and returns what stands there, or ``None``.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.language.numerals.scanning import Tokens
from claims.language.readings import Language
from claims.language.times.calendars import Calendar
from claims.language.times.vocabulary import (
    months,
)

YEAR_WORDS = frozenset(
    "роках годах рік року році роком роки років рр р год года году годом годы годов гг г year years".split()
)


PREPOSITIONS = frozenset(
    "on in at since by from until till of during before after early у в на з із зі від до по о за к с со "
    "во ко через "
    "after протягом упродовж проти против into для під под".split()
)


DASHES = ("-", "–")


AND = frozenset(("and", "і", "й", "та", "и", ",", "or", "или", "чи", "або", "&"))


_ORDINAL_TAILS = frozenset("го й е ого є ше ме те ту му м я х".split())


EARLY_STEMS = ("почат", "нача", "старт")


MIDDLE_STEMS = ("середин",)


LATE_STEMS = ("кінц", "наприкінц", "кінець", "конц", "конец", "исход")


@dataclass(frozen=True, slots=True)
class Dated:
    start: int
    end: int
    calendar: Calendar


def day_number(tokens: Tokens, index: int, language: Language) -> tuple[int, int] | None:
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


def month_at(tokens: Tokens, index: int, language: Language, *, beside_number: bool = True) -> int | None:
    """Return the month named at ``index``. English names are capitalised,
    which tells May and March from verbs."""
    month = months(language).get(tokens.fold[index])
    if month is None:
        return None
    if language == "en":
        return month if tokens.capital(index) and (beside_number or len(tokens.fold[index]) > 3) else None
    return None if not beside_number and tokens.fold[index] in _ONLY_BESIDE_NUMBERS else month


_ONLY_BESIDE_NUMBERS = frozenset(
    "січ лют бер квіт трав черв лип серп вер вересн жовт лист груд янв фев февр апр авг сен сент окт ноя "
    "нояб дек".split()
)


def after_month(tokens: Tokens, index: int) -> tuple[int | None, int]:
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
    if tokens.fold[end] in YEAR_WORDS and tokens.fold[end] not in ("years", "роки", "років"):
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


def start_of(tokens: Tokens, index: int) -> int:
    """Take a preposition of time before ``index`` along; “із 5 по 8”, “с 10 марта по …” need theirs."""
    return (
        index - 1
        if index
        and tokens.fold[index - 1] in ("з", "із", "зі", "с", "со", "from", "від", "між", "между", "between")
        else index
    )
