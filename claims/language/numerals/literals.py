"""Read figures written in digits: decimal and grouping marks differ between the languages.

Invariant: a run of digits that is no plain number (a date, a version, an address, a code with leading zeros,
more digits than any count has) reads as ``None``, never as a guess and never as an exception.
"""

from __future__ import annotations

import re

from claims.language.readings import Language

_SPACES = re.compile(r"[ \u00a0\u202f\u2009'’]")
_MOST_DIGITS = 18


def read_literal(written: str, language: Language, *, measured: bool = False) -> float | None:
    """Return the value of ``written`` (“1 200,5”, “1,250.50”, “12.500”), or ``None`` where it is no number.

    ``measured`` says that a scale word, unit or percent sign follows. Where one mark is followed by three
    digits and both readings are possible, a bare count is grouped (nobody counts thousandths of a person)
    and a measured value is decimal where the mark is the language's decimal mark or a scale word follows.
    """
    if len(written) > 40:
        return None
    digits = _SPACES.sub("", written) if not written.isdigit() else written
    dots, commas = digits.count("."), digits.count(",")
    if not dots and not commas:
        return _whole(digits)
    if dots and commas:
        decimal = "." if digits.rfind(".") > digits.rfind(",") else ","
        grouping = "," if decimal == "." else "."
        if digits.count(decimal) > 1:
            return None
        whole, _, rest = digits.partition(decimal)
        return _decimal(_ungrouped(whole, grouping), rest)
    mark = "." if dots else ","
    if dots + commas > 1:
        grouped = _ungrouped(digits, mark)
        return None if grouped is None else _whole(grouped)
    whole, _, rest = digits.partition(mark)
    if len(rest) == 3 and _groups(mark, language, measured) and whole != "0" and len(whole) <= 3:
        return _whole(whole + rest)
    return _decimal(whole, rest)


def _groups(mark: str, language: Language, measured: bool) -> bool:
    """Tell whether ``mark`` before exactly three digits separates thousands."""
    if language == "en":
        return mark == ","
    if language == "other":
        return not measured
    return mark == "." or not measured


def _ungrouped(digits: str, mark: str) -> str | None:
    """Join thousands; ``None`` unless every group but the first has three digits."""
    first, *groups = digits.split(mark)
    if not 1 <= len(first) <= 3 or any(len(group) != 3 for group in groups):
        return first if not groups else None
    return first + "".join(groups)


def _whole(digits: str) -> float | None:
    if not digits or len(digits) > _MOST_DIGITS or (digits[0] in "0٠" and len(digits) > 1):
        return None
    return float(int(digits))


def _decimal(whole: str | None, rest: str) -> float | None:
    if not whole or len(whole) > _MOST_DIGITS or (whole[0] == "0" and len(whole) > 1):
        return None
    return float(f"{int(whole)}.{int('1' + rest[:12]) % 10 ** len(rest[:12]):0{len(rest[:12])}d}")
