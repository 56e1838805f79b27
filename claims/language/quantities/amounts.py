"""Read one measured amount: sign, currency, number, unit, and the smaller units that complete it.

Invariant: an ``Amount`` is a value in its base unit over tokens ``[start, end)``; ``unit`` is ``None`` for a
bare
number, which may still take the unit of its neighbour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from claims.language.numerals.reading import Numeral, read_number
from claims.language.numerals.scanning import Tokens
from claims.language.numerals.units import Unit
from claims.language.quantities.measures import read_unit
from claims.language.quantities.money import read_currency, read_currency_before
from claims.language.readings import Language

# “Двести с лишним километров”: the words between the number and its unit say that it is a little more.
_AND_MORE = frozenset(("лишним", "лишком", "гаком", "хвостиком", "небольшим", "лишнім"))
_MINUS = frozenset(("minus", "мінус", "минус", "−"))
_BELOW_ZERO = {
    ("below", "zero"): -1, ("above", "zero"): 1, ("of", "frost"): -1, ("мороза",): -1, ("морозу",): -1,
    ("тепла",): 1,
    ("ниже", "нуля"): -1, ("нижче", "нуля"): -1, ("выше", "нуля"): 1, ("вище", "нуля"): 1, ("below",
    "freezing"): -1,
}  # fmt: skip
_JOINS = frozenset(("and", "и", "і", "та", "й", ","))
_PEOPLE_AFTER_M = frozenset(
    "of long wide high tall deep away from above below off in at to x and or across by".split()
)


@dataclass(frozen=True, slots=True)
class Amount:
    """``value`` in units of ``unit.base``; ``factor`` took the written number there, scale word included."""

    start: int
    end: int
    value: float
    unit: Unit | None
    number: Numeral
    prefixed: bool = False

    @property
    def base(self) -> str:
        return "count" if self.unit is None else self.unit.base


def measure(tokens: Tokens, number: Numeral, language: Language) -> Amount:
    """Find the unit and sign of ``number`` and return it as an amount."""
    prefix = read_currency_before(tokens, number.start)
    if prefix is not None:
        number = _money_scale(tokens, number)
        unit, start = prefix
        return Amount(start, number.end, number.value, unit, number, True)
    found = read_currency(tokens, number.end, language)
    if found is None and tokens.fold[number.end] in ("m", "b", "mln") and tokens.glued(number.end):
        scaled = _money_scale(tokens, number)
        found = read_currency(tokens, scaled.end, language)
        if found is not None or _counts_millions(tokens, scaled.end):
            number = scaled
    if found is None and tokens.fold[number.end] == "-" and tokens.glued(number.end):
        found = read_currency(tokens, number.end + 1, language)
    if found is None:
        found = read_unit(tokens, number.end, language, after_digits=number.written)
    if found is None and tokens.fold[number.end] == "-" and tokens.fold[number.end + 1] == "odd":
        found = read_unit(tokens, number.end + 2, language, after_digits=False)
        if found is not None:
            value = _converted(number.value, found[0])
            return Amount(number.start, number.end, value, _base(found[0]), number)
    if (
        found is None
        and tokens.fold[number.end] in ("с", "з", "із")
        and tokens.fold[number.end + 1] in _AND_MORE
    ):
        found = read_unit(tokens, number.end + 2, language, after_digits=False)
        if found is not None:
            value = _converted(number.value, found[0])
            return Amount(number.start, number.end, value, _base(found[0]), number)
    if found is None:
        return _signed(tokens, Amount(number.start, number.end, number.value, None, number))
    unit, end = found
    amount = Amount(number.start, end, _converted(number.value, unit), _base(unit), number)
    return _completed(tokens, _halved(tokens, _signed(tokens, amount), unit), unit, language)


def _base(unit: Unit) -> Unit:
    return Unit("°C", 1.0) if unit.base == "°F" else unit


def _converted(value: float, unit: Unit) -> float:
    return (value - 32) * 5 / 9 if unit.base == "°F" else value * unit.factor


def _money_scale(tokens: Tokens, number: Numeral) -> Numeral:
    """After money, “m” and “b” are millions and billions: “$5m”, “£2.5 m”."""
    word = tokens.fold[number.end]
    if word in ("m", "b") and number.scale == 1 and number.written and not _runs_on(tokens, number.end + 1):
        scale = 1e6 if word == "m" else 1e9
        return replace(number, value=number.value * scale, scale=scale, end=number.end + 1)
    return number


def _runs_on(tokens: Tokens, index: int) -> bool:
    return tokens.glued(index) and tokens.kind[index] in ("n", "w")


def _counts_millions(tokens: Tokens, end: int) -> bool:
    """Tell “5m households” from “a wall 5m high”."""
    return (
        tokens.kind[end] == "w"
        and tokens.fold[end] not in _PEOPLE_AFTER_M
        and tokens.fold[end].endswith(("s", "people"))
    )


def _signed(tokens: Tokens, amount: Amount) -> Amount:
    """Apply a minus sign or word before the number, and “below zero”, “мороза” after a temperature."""
    before = amount.start - 1
    sign = tokens.fold[before] if before >= 0 else ""
    negative = sign in _MINUS
    if sign in ("-", "–") and tokens.glued(amount.start) and not tokens.glued(before):
        negative = amount.base == "°C" or (
            sign == "-" and tokens.fold[before - 1] in ("(", ":", "", "by", "at")
        )
    if (negative and tokens.fold[before - 1] in ("plus", "плюс")) or (sign == "−" and tokens.glued(before)):
        negative = False
    if negative:
        value = amount.value
        if (
            amount.unit is not None
            and amount.base == "°C"
            and tokens.fold[amount.end - 1] in ("f", "fahrenheit", "℉")
        ):
            value = (-amount.number.value - 32) * 5 / 9
        else:
            value = -value
        return replace(amount, start=before, value=value)
    for words, factor in _BELOW_ZERO.items():
        if tokens.fold[amount.end] == words[0] and all(
            tokens.fold[amount.end + offset] == word for offset, word in enumerate(words)
        ):
            if amount.base == "°C":
                return replace(amount, end=amount.end + len(words), value=factor * amount.value)
            if amount.unit is None and amount.number.scale == 1 and "zero" in (*words, "zero"):
                return replace(
                    amount, end=amount.end + len(words), value=factor * amount.value, unit=Unit("°C", 1.0)
                )
    return amount


def _halved(tokens: Tokens, amount: Amount, unit: Unit) -> Amount:
    """Add half a unit said after it: “an hour and a half”, “год с половиной”."""
    fold, end = tokens.fold, amount.end
    if unit.base not in ("s", "m", "kg", "l", "%"):
        return amount
    if fold[end] == "and" and fold[end + 1] == "a" and fold[end + 2] == "half":
        return replace(amount, end=end + 3, value=amount.value + unit.factor / 2)
    if fold[end] in ("с", "з", "із") and fold[end + 1] in ("половиной", "половиною"):
        return replace(amount, end=end + 2, value=amount.value + unit.factor / 2)
    return amount


def _completed(tokens: Tokens, amount: Amount, unit: Unit, language: Language) -> Amount:
    """Add smaller units: “1 час 55 минут”, “three tonnes and two hundred kilograms”, “5 грн 20 коп”."""
    for _ in range(3):
        at = amount.end
        if tokens.fold[at] in _JOINS:
            at += 1
        number = read_number(tokens, at, language)
        if number is None:
            break
        found = (
            read_currency(tokens, number.end, language)
            if unit.base.isupper() and len(unit.base) == 3
            else None
        )
        found = found or read_unit(tokens, number.end, language, after_digits=number.written)
        if found is None or found[0].base == "count":
            break
        smaller, end = found
        if smaller.base != unit.base and not (
            smaller.factor == 0.01 and len(smaller.base) == 3 == len(unit.base)
        ):
            break
        if smaller.factor >= unit.factor or number.value * smaller.factor >= unit.factor:
            break
        amount = replace(amount, end=end, value=amount.value + number.value * smaller.factor)
        unit = smaller
    return amount
