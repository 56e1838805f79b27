"""Numbers without a unit: a count, an age, a number of times, or no quantity at all.

Invariant: years, labels, “one of” and the like are turned away here, and only where nothing else says amount.
"""

from __future__ import annotations

from claims.language.numerals.compounds import NEVER_FUSED
from claims.language.numerals.reading import Numeral
from claims.language.numerals.scanning import Tokens
from claims.language.numerals.units import OTHER_MEASURES, YEAR
from claims.language.quantities.ages import is_age
from claims.language.quantities.amounts import Amount
from claims.language.quantities.bare import read_inverted
from claims.language.quantities.comparators import bound_before
from claims.language.quantities.counted import counted
from claims.language.quantities.figures import Figure, Reading, compared
from claims.language.quantities.fractions import TIMES_WORDS, is_compared
from claims.language.quantities.labels import (
    is_label,
    is_year,
    noun_after,
)
from claims.language.quantities.ordinals import read_fused_noun
from claims.language.readings import Language


def read_count(tokens: Tokens, amount: Amount, language: Language) -> Reading:
    """A number without a unit: a count, an age, a number of times, or no quantity at all."""
    number, fold = amount.number, tokens.fold
    end = number.end
    word = fold[end]
    noun = noun_after(tokens, end, language)
    if (word in OTHER_MEASURES and number.written) or (fold[end] == "-" and fold[end + 1] in OTHER_MEASURES):
        return None, end + 1
    if number.written and tokens.glued(end) and tokens.kind[end] == "w" and number.scale == 1:
        return (
            (None, end + 1)
            if word != "x" and word != "х"
            else _times(tokens, amount, end + 1, language, True)
        )
    if word in TIMES_WORDS or (word in ("and",) and fold[end + 1] == "times"):
        return _times(tokens, amount, end + 1, language, False)
    bounded = compared(
        tokens, Figure(amount.start, amount.end, amount.value, amount.value, "count"), amount.value, language
    )
    if bounded.comparator == "=" and number.scale == 1:
        if is_year(tokens, number, language, noun) or is_label(tokens, number, language, noun):
            return None, end
        if (
            number.value in (0.0, 1.0)
            and not number.written
            and not _counts_one(tokens, number, language, noun)
        ):
            return None, end
        if fold[number.start] == "both" and (not noun or "and" in fold[end : end + 4]):
            return None, end
    if is_age(tokens, number):
        seconds = number.value * YEAR
        return Figure(amount.start, end, seconds, seconds, "s", of="age"), end
    if amount.value < 0 and _of_weather(tokens, number.start):
        # “It fell to minus 15”: the degrees are understood.
        bounded.unit = "°C"
        return bounded, bounded.end
    if fold[end] == "-" and language == "en" and tokens.glued(end) and tokens.glued(end + 1):
        fused = read_fused_noun(tokens, end)
        if fused is None:
            return (None, end + 2) if fold[end + 1] in NEVER_FUSED else (bounded, bounded.end)
        bounded.end, bounded.of = max(bounded.end, fused), fold[fused - 1]
        return bounded, bounded.end
    bounded.bare = not noun
    bounded.scale = number.scale
    bounded.of = counted(tokens, bounded.end if fold[bounded.end - 1] != fold[end - 1] else end, language)
    inverted = read_inverted(tokens, bounded, number, language)
    return (inverted, inverted.end) if inverted is not None else (bounded, bounded.end)


_WEATHER = (
    "temperature", "thermometer", "degree", "cold", "frost", "chill", "weather", "температур", "термометр",
    "мороз",
    "градус", "холод", "похолод", "стовпчик", "столбик",
)  # fmt: skip


def _of_weather(tokens: Tokens, index: int) -> bool:
    first, last = tokens.sentence(index, reach=16)
    return any(word.startswith(_WEATHER) for word in tokens.fold[first:last])


def _times(tokens: Tokens, amount: Amount, end: int, language: Language, ratio: bool) -> Reading:
    """“Three times as many”, “в 2,5 раза” are ratios; “four times this year”, “четыре раза” are counts."""
    fold, value = tokens.fold, amount.value
    start = amount.start
    if language == "en":
        ratio = ratio or value != int(value) or is_compared(tokens, end, language)
        ratio = ratio or fold[start - 1] in ("by", "increased", "rose", "grew", "multiplied")
    elif fold[start - 1] in ("в", "у", "во"):
        ratio, start = True, start - 1
    else:
        found = bound_before(tokens, start, language)
        inside = found is not None and fold[found[1] - 1] in ("в", "у", "во") and found[1] > 0
        ratio = ratio or value != int(value) or inside or is_compared(tokens, end, language)
    figure = Figure(start, end, value, value, "x" if ratio else "count", of="" if ratio else "time")
    if value == 1 and not ratio:
        return None, end
    figure = compared(tokens, figure, value, language)
    return figure, figure.end


def _counts_one(tokens: Tokens, number: Numeral, language: Language, noun: bool) -> bool:
    """Tell “one person” from “one of them”, “one another”, “один одного”, “no one”."""
    fold = tokens.fold
    before, following = fold[number.start - 1] if number.start else "", fold[number.end]
    if before in _NOT_ONE_BEFORE or following in _NOT_ONE_AFTER or following == "-":
        return False
    if fold[number.start] in ("zero", "нуль", "ноль", "нуля"):
        return noun and before not in ("from", "ground", "с", "з", "из", "near")
    if fold[number.start].startswith(("одни", "одних")):
        return False
    if not noun:
        return before in (
            "killed",
            "wounded",
            "injured",
            "погиб",
            "загинув",
            "поранено",
            "ранен",
            "only",
            "another",
        )
    return not tokens.capital(number.end)


_NOT_ONE_BEFORE = frozenset(
    "no every any this that the which each ни жоден жодна some not as number всі все both с з на ані "
    "жодне".split()
)


_NOT_ONE_AFTER = frozenset(
    "of another day thing side way hand can could should would might must may more that who which from by "
    "after side "
    "одного одному одним друга другого за из із з раз разу сторони боку стороны time least такой такий и "
    "і та "
    "день нибудь ли only к reason step is was has".split()
)
