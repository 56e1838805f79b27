"""Whole numbers as forms and addresses hold them: read strictly, and never larger than a row's id can be. Pure."""

from __future__ import annotations

#: The largest number that a column of ids holds (64 bits with a sign).
LARGEST = 2**63 - 1


def whole_number(text: str | None) -> int | None:
    """Return the number that ``text`` writes in plain digits; None for anything else, and beyond ``LARGEST``.

    >>> whole_number("17"), whole_number("-1"), whole_number("１７"), whole_number("9" * 19)
    (17, None, None, None)
    """
    if not text or len(text) > len(str(LARGEST)) or not (text.isascii() and text.isdigit()):
        return None
    found = int(text)
    return found if found <= LARGEST else None
