"""Parts read as quantities: of a scale or unit word a number (“half a million”),
of anything else a percentage.

Invariant: halves of matches, years and hours of the clock are no shares.
"""

from __future__ import annotations

from claims.language.numerals.reading import Numeral, read_number, read_slashed
from claims.language.numerals.scanning import Tokens
from claims.language.numerals.words import WORDS
from claims.language.quantities.amounts import measure
from claims.language.quantities.counted import counted
from claims.language.quantities.figures import Figure, Reading, compared
from claims.language.quantities.fractions import read_part
from claims.language.readings import Language


def read_share(tokens: Tokens, at: int, language: Language) -> Reading | None:
    """Halves, thirds and their like, of a scale or unit word, or of a whole (then a percentage)."""
    fold = tokens.fold
    found: tuple[float, int] | None
    if tokens.kind[at] == "n":
        value = read_slashed(tokens, at)
        found = read_part(tokens, at, language) if value is None else (value, at + 3)
    elif tokens.kind[at] == "s":
        number = read_number(tokens, at, language)
        found = None if number is None or number.scale > 1 else (number.value, number.end)
    else:
        found = read_part(tokens, at, language)
    if found is None:
        return None
    value, end = found
    following = end
    if language == "en":
        if fold[following] == "of" and fold[following + 1] in ("a", "an", "one"):
            following += 2
        elif fold[following] in ("a", "an") or fold[following] == "-":
            following += 1
    scale = WORDS[language].scales.get(fold[following])
    number = Numeral(at, following + 1 if scale else following, value * (scale or 1.0), scale=scale or 1.0)
    amount = measure(tokens, number, language)
    if scale is None and (
        amount.unit is None or amount.base in ("count", "m2") or amount.number.end != following
    ):
        return _share(tokens, at, end, value, language)
    if scale is None and tokens.kind[at] == "w" and fold[end] == "of" and following == end:
        return _share(tokens, at, end, value, language)
    figure = Figure(at, amount.end, amount.value, amount.value, amount.base)
    if amount.unit is None:
        figure.of = counted(tokens, amount.end, language)
    figure = compared(tokens, figure, amount.value, language)
    return figure, figure.end


def _share(tokens: Tokens, at: int, end: int, value: float, language: Language) -> Reading:
    if tokens.fold[end] in _HALF_IDIOMS or (tokens.fold[at] == "пів"):
        return None, end
    percent = round(value * 100, 4)
    figure = Figure(at, end, percent, percent, "%", of=counted(tokens, end, language))
    figure = compared(tokens, figure, percent, language)
    return figure, figure.end


_HALF_IDIOMS = frozenset(
    ("past", "hearted", "brother", "sister", "way", "mast", "life", "truth", "truths", "staff")
)
