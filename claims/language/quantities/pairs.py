"""Ranges and pairs of figures: “10 to 15”, “від 10 до 15”, “between 3 and 4 million”, “two or three”,
“5–7 %”.

Invariant: a range is ascending and keeps its bounds as written; a unit or scale said once, at the end,
belongs to
both. After a verb of change “from 8 to 7” are two figures, not a range, and this module returns ``None``.
"""

from __future__ import annotations

from dataclasses import replace

from claims.language.numerals.compounds import read_compound
from claims.language.numerals.reading import Numeral, read_number
from claims.language.numerals.scanning import Tokens
from claims.language.numerals.units import Unit
from claims.language.quantities.amounts import Amount, measure
from claims.language.quantities.counted import counted
from claims.language.quantities.figures import Figure, changes
from claims.language.quantities.fractions import TIMES_WORDS, is_compared
from claims.language.quantities.ordinals import read_suffixed
from claims.language.readings import Language

_FROM = {"en": ("from", "between"), "uk": ("від", "од", "між", "з", "із"), "ru": ("от", "между", "с", "со")}
_TO = {"en": ("to", "and"), "uk": ("до", "і", "та", "й"), "ru": ("до", "и")}
_BETWEEN = ("between", "між", "между")
_OR = frozenset(("or", "или", "чи", "або"))


def read_range(tokens: Tokens, first: Amount, language: Language) -> tuple[Figure | None, int] | None:
    """Read a range that starts with ``first``; ``(None, end)`` is a score or label to be passed over."""
    fold = tokens.fold
    link = fold[first.end]
    opener = fold[first.start - 1] if first.start else ""
    opened = opener in _FROM.get(language, ())
    dashed = link in ("-", "–", "…") and not (
        link == "-" and tokens.glued(first.end) != tokens.glued(first.end + 1)
    )
    worded = opened and link in _TO[language] if language != "other" else False
    worded = worded and (link in ("and", "і", "та", "й", "и")) == (opener in _BETWEEN)
    plain = link == "to" and language == "en" and not opened
    either = link in _OR and first.unit is None
    if not (dashed or worded or plain or either) or (plain and changes(tokens, first.start, language)):
        return None
    at = first.end + 1
    if fold[at] in ("$", "€", "£", "₴", "₽", "−", "minus", "мінус", "минус") or (
        fold[at] in ("-", "–") and tokens.glued(at + 1) and not tokens.glued(at)
    ):
        at += 1
    second = _second(tokens, at, language)
    if second is None:
        return None
    if worded and opener not in _BETWEEN and changes(tokens, first.start - 1, language):
        return None
    if opener in ("с", "со", "з", "із", "from") and second.value <= first.value and not dashed:
        return None
    if either and not _alternatives(first, second):
        return None
    return _joined(tokens, first, second, language, opened=worded, dashed=dashed)


def _second(tokens: Tokens, at: int, language: Language) -> Amount | None:
    """Read the upper end; it may be fused with what it measures (“10–15-тысячный”, “двух-трёхчасовой”)."""
    number = read_number(tokens, at, language)
    if number is None:
        compound = read_compound(tokens.fold[at], language) if tokens.kind[at] == "w" else None
        if compound is None:
            return None
        value, measured = compound
        return Amount(at, at + 1, value * measured.factor, measured, Numeral(at, at + 1, value))
    suffixed = read_suffixed(tokens, at, language) if tokens.kind[at] == "n" else None
    if suffixed is not None and suffixed[2] is not None:
        value, end, _ = suffixed
        return Amount(at, end, value * suffixed[2].factor, suffixed[2], number)
    if suffixed is not None:
        return None
    return measure(tokens, number, language)


def _alternatives(first: Amount, second: Amount) -> bool:
    """“Two or three” is a range of neighbours; “5 or 100” are two figures."""
    return (
        first.value < second.number.value <= 4 * first.value + 1
        and first.number.written == second.number.written
    )


def _joined(
    tokens: Tokens, first: Amount, second: Amount, language: Language, *, opened: bool, dashed: bool
) -> tuple[Figure | None, int] | None:
    low, high, unit = _aligned(first, second)
    bare = unit is None
    if low is None or high is None:
        return None
    if low >= high and not (low < 0 and -low > high):
        # “3–1” and “10-5” are scores; without a dash two separate figures follow one another.
        return (None, second.end) if dashed and bare and tokens.glued(second.number.start) else None
    if dashed and bare and _is_label_pair(tokens, first, second):
        return None, second.end
    if low > high:
        low, high = high, low
    start = first.start - 1 if opened else first.start
    base = "count" if unit is None else unit.base
    figure = Figure(start, second.end, low, high, base, "range", scale=second.number.scale)
    figure.of = counted(tokens, second.end, language) if base == "count" else ""
    if base == "count" and tokens.fold[second.end] in TIMES_WORDS:
        _as_times(tokens, figure, first, second, language)
    return figure, second.end


def _as_times(tokens: Tokens, figure: Figure, first: Amount, second: Amount, language: Language) -> None:
    """“В 1,5–2 раза”, “two to three times more” are ratios; “two or three times” alone is how often."""
    figure.end = second.end + 1
    broken = first.value != int(first.value) or second.value != int(second.value)
    if (
        broken
        or tokens.fold[first.start - 1] in ("в", "у", "во")
        or is_compared(tokens, second.end + 1, language)
    ):
        figure.unit, figure.of = "x", ""


def _aligned(first: Amount, second: Amount) -> tuple[float | None, float | None, Unit | None]:
    """Give both ends the unit and scale that were said once."""
    if first.unit is not None and second.unit is not None:
        if first.base != second.base:
            return None, None, None
        low = first.value
        if (
            first.number.scale == 1 < second.number.scale
            and first.prefixed
            and low < second.value / second.number.scale
        ):
            low *= second.number.scale
        return low, second.value, first.unit
    unit = second.unit or first.unit
    scale = second.number.scale
    low_number, high_number = first.number.value, second.number.value
    if scale > 1 and first.number.scale == 1 and low_number <= high_number / scale:
        low_number *= scale
    if unit is None:
        sign = -1 if first.value < 0 else 1
        return sign * low_number, second.value, None
    if first.unit is not None:
        if first.prefixed or first.number.scale == 1:
            return _at_factor(first, low_number), _at_factor(replace(second, unit=unit), high_number), unit
        return None, None, None
    signed_low = low_number if first.value >= 0 else -low_number
    if unit.base == "°C" and second.value < 0 < first.value and tokens_negative(first, second):
        return -low_number, second.value, unit
    return _at_factor(replace(second, value=second.value), signed_low), second.value, unit


def tokens_negative(first: Amount, second: Amount) -> bool:
    """“Мінус 5–7 градусів”, “5–7 градусов мороза”: a sign said once belongs to both ends."""
    return first.number.value < second.number.value


def _at_factor(amount: Amount, value: float) -> float:
    unit = amount.unit
    if unit is None:
        return value
    if amount.number.value and unit.base != "°C":
        return value * unit.factor
    return value


def _is_label_pair(tokens: Tokens, first: Amount, second: Amount) -> bool:
    """“2024–2025” are years."""
    years = (first.number.value, second.number.value)
    return all(1900 <= year <= 2099 for year in years) and all(
        len(tokens.fold[amount.number.start]) == 4 for amount in (first, second)
    )
