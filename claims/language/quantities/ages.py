"""Ages that are told by their place alone: “the general, 54, said”, “Петренко (61) відмовився”.

Invariant: an age is a whole number of years between 1 and 119, in digits, set off right after a person or
title.
"""

from __future__ import annotations

from claims.language.numerals.reading import Numeral
from claims.language.numerals.scanning import Tokens

_OLDEST = 119
_AGED = ("aged", "віком", "возрастом")


def are_aged(tokens: Tokens, index: int) -> bool:
    """Tell whether the range that starts at token ``index`` is one of ages: “aged 60 to 75”."""
    return index > 0 and tokens.fold[index - 1] in _AGED


def year_old_end(tokens: Tokens, index: int) -> int | None:
    """Return the end of “old” after a number of years (“54-year-old”, “54 years old”),
    ``None`` where it is missing."""
    at = index + 1 if tokens.fold[index] == "-" else index
    return at + 1 if tokens.fold[at] in ("old", "olds") else None


def is_age(tokens: Tokens, number: Numeral) -> bool:
    """Tell whether the bare ``number`` stands between marks after a word, as an age does."""
    first, last = number.start, number.end
    if not number.written or last != first + 1 or not 1 <= number.value <= _OLDEST or first < 2:
        return False
    fold = tokens.fold
    if fold[first - 1] in _AGED:
        return True
    if "." in fold[first] or "," in fold[first] or tokens.kind[first - 2] != "w":
        return False
    if fold[first - 1] == "(" and fold[last] == ")":
        return tokens.capital(first - 2)
    if fold[first - 1] != "," or fold[last] not in (",", "."):
        return False
    # “Victims: three women, 5, and …” is a list of figures; an age follows a noun and is followed by a
    # clause.
    return fold[last] == "." or (
        tokens.kind[last + 1] == "w" and fold[last + 1] not in ("and", "or", "и", "і", "та")
    )
