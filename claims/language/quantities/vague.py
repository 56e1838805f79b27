"""Plurals that name no number: “dozens”, “кілька десятків”, “сотни тысяч”, “several hundred”.

Invariant: they have a floor and no ceiling; a genitive singular after “about” is the round number itself.
"""

from __future__ import annotations

from claims.language.numerals.reading import Numeral
from claims.language.numerals.scanning import Tokens
from claims.language.numerals.words import WORDS
from claims.language.quantities.amounts import measure
from claims.language.quantities.comparators import bound_before
from claims.language.quantities.counted import counted
from claims.language.quantities.figures import Figure, Reading
from claims.language.readings import Language


def read_vague(tokens: Tokens, at: int, language: Language) -> Reading | None:
    """Plurals that name no number: “dozens”, “кілька десятків”, “сотни тысяч”, “several hundred”."""
    fold, words = tokens.fold, WORDS[language]
    first = at
    few = False
    if fold[at] in ("кілька", "декілька", "несколько", "several", "few", "пару", "пара", "пари"):
        few, at = True, at + 1
    low = words.vague.get(fold[at])
    if low is None and few and fold[at] in words.scales:
        low = 24.0 if fold[at] == "dozen" else 2 * words.scales[fold[at]]
    if low is None:
        return (None, at) if few else None
    if not few and _is_singular(tokens, at, language):
        return None
    if fold[at] == "tens" and fold[at + 1] != "of":
        return None
    if (
        not few
        and language != "en"
        and fold[at] in words.scales
        and not fold[at].endswith(("и", "і", "ами", "ам", "ах"))
    ):
        # A genitive plural without its number is inverted order (“тысяч пять”), or belongs to another phrase.
        return None
    end = at + 1
    if few and language == "en" and first and fold[first - 1] == "a":
        first -= 1
    bigger = end + 1 if language == "en" and fold[end] == "of" else end
    scale = words.scales.get(fold[bigger]) or (
        words.vague.get(fold[bigger], 0.0) / 2 if language == "en" else None
    )
    if scale and scale > 100:
        low, end = low * scale, bigger + 1
    amount = measure(tokens, Numeral(at, end, low, vague=True), language)
    of = counted(tokens, amount.end, language) if amount.unit is None else ""
    start = first
    return Figure(start, amount.end, amount.value, None, amount.base, "≥", of), amount.end


def _is_singular(tokens: Tokens, at: int, language: Language) -> bool:
    """Tell “близько сотні”, “около тысячи” (one hundred, one thousand) from “сотні людей” (hundreds)."""
    if language == "en" or tokens.fold[at] not in ("сотні", "тисячі", "сотни", "тысячи"):
        return False
    found = bound_before(tokens, at, language)
    return found is not None
