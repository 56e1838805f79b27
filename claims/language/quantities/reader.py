"""Read the quantities of a text: what is stated, between which bounds, in which unit.

Invariant: figures come in text order and do not overlap; dates, clock times, labels, codes and model names
give
none. One pass over the tokens; a dictionary decides where a closer look is worth while.
"""

from __future__ import annotations

from collections.abc import Callable

from claims.language.numerals.compounds import read_compound
from claims.language.numerals.reading import read_number
from claims.language.numerals.scanning import VULGAR_FRACTIONS, Tokens, run_end, scan
from claims.language.numerals.units import YEAR, Unit, units
from claims.language.quantities.ages import are_aged, year_old_end
from claims.language.quantities.amounts import Amount, measure
from claims.language.quantities.bare import read_bare_unit
from claims.language.quantities.counted import counted
from claims.language.quantities.counts import read_count
from claims.language.quantities.elision import fill_elided
from claims.language.quantities.figures import Figure, Reading, compared
from claims.language.quantities.fractions import read_multiple
from claims.language.quantities.labels import (
    code_end,
    counts_stars,
    in_telephone,
)
from claims.language.quantities.ordinals import is_named_ordinal, read_ordinal, read_suffixed
from claims.language.quantities.pairs import read_range
from claims.language.quantities.shares import read_share
from claims.language.quantities.starters import starters
from claims.language.quantities.vague import read_vague
from claims.language.readings import Language, Quantity
from claims.language.times.stated import stated_spans


def read_quantities(text: str, language: Language) -> tuple[Quantity, ...]:
    """Return the quantities stated in ``text``, in order.

    Values are in base units (seconds, metres, watts …; see ``readings.Quantity``), an approximate or bounded
    figure is an interval. ``language`` "other" reads digits with international units only. Never raises.
    """
    tokens = scan(text)
    taken = stated_spans(text, language)
    found: list[Figure] = []
    openers = starters(language)
    at, kinds, folds = 0, tokens.kind, tokens.fold
    slavic = language in ("uk", "ru")
    while at < tokens.size:
        kind, fold = kinds[at], folds[at]
        if (
            kind == "n"
            or fold in openers
            or (slavic and kind == "w" and read_compound(fold, language))
            or (kind == "s" and fold[0] in VULGAR_FRACTIONS)
        ):
            if (table := run_end(tokens, at)) is not None:
                at = table
                continue
            if at in taken:
                at = max(taken[at], at + 1)
                continue
            figure, following = _read_at(tokens, at, language)
            if figure is not None and figure.start >= (found[-1].end if found else 0):
                found.append(figure)
            at = max(following, at + 1)
        else:
            at += 1
    fill_elided(tokens, found, language)
    return tuple(figure.quantity(tokens) for figure in found)


def _read_at(tokens: Tokens, at: int, language: Language) -> Reading:
    """Try the kinds of figure one after the other at token ``at``; return the figure and the next token."""
    if tokens.kind[at] == "n":
        end = code_end(tokens, at)
        if end is not None:
            return None, end
    if language != "en" and tokens.kind[at] == "w" and tokens.fold[at] in units(language):
        # A unit word without a number before it can only stand for one of itself.
        return read_bare_unit(tokens, at, language) or (None, at + 1)
    for reader in _READERS:
        reading = reader(tokens, at, language)
        if reading is not None:
            return reading
    return None, at + 1


def _multiple(tokens: Tokens, at: int, language: Language) -> Reading | None:
    found = read_multiple(tokens, at, language)
    if found is None:
        return None
    value, unit, end = found
    figure = compared(tokens, Figure(at, end, value, value, unit), value, language)
    return figure, figure.end


def _ordinal(tokens: Tokens, at: int, language: Language) -> Reading | None:
    found = (
        read_suffixed(tokens, at, language) if tokens.kind[at] == "n" else read_ordinal(tokens, at, language)
    )
    if found is None:
        return None
    value, end, unit = found
    if unit is None:
        if is_named_ordinal(tokens, at, end, language):
            return None, end
        of = counted(tokens, end, language)
        return Figure(at, end, float(value), float(value), "ordinal", of=of), end
    if unit.base == "°F":
        unit = Unit("°C", 1.0)
    value *= unit.factor
    figure = Figure(
        at, end, value, value, unit.base, of=counted(tokens, end, language) if unit.base == "count" else ""
    )
    figure = compared(tokens, figure, value, language)
    return figure, figure.end


def _compound(tokens: Tokens, at: int, language: Language) -> Reading | None:
    if tokens.kind[at] != "w":
        return None
    found = read_compound(tokens.fold[at], language)
    if found is None:
        return None
    value = found[0] * found[1].factor
    of = counted(tokens, at + 1, language) if found[1].base == "count" else ""
    figure = compared(tokens, Figure(at, at + 1, value, value, found[1].base, of=of), value, language)
    return figure, figure.end


def _number(tokens: Tokens, at: int, language: Language) -> Reading | None:
    """Plain numbers with their units, ranges and comparators."""
    number = read_number(tokens, at, language)
    if number is None:
        return None
    if counts_stars(tokens, number.end) or in_telephone(tokens, number):
        return None, number.end
    amount = measure(tokens, number, language)
    ranged = read_range(tokens, amount, language)
    if ranged is not None:
        figure, end = ranged
        if figure is not None and figure.unit == "count" and are_aged(tokens, figure.start):
            figure.low, figure.high = (YEAR * (figure.low or 0), YEAR * (figure.high or 0))
            figure.unit, figure.of = "s", "age"
        return figure, end
    if amount.unit is None:
        return read_count(tokens, amount, language)
    fold_after = tokens.fold[amount.end]
    if amount.base == "s" and fold_after in _ELSEWHEN:
        # “Four years earlier” places an event in time, as “ago” does.
        return None, amount.end + 1
    figure = Figure(
        amount.start, amount.end, amount.value, amount.value, amount.base,
        factor=amount.unit.factor, scale=number.scale,
    )  # fmt: skip
    figure.of = _per(tokens, amount, language)
    if (
        language == "en"
        and amount.unit.factor == YEAR
        and (old := year_old_end(tokens, amount.end)) is not None
    ):
        figure.end, figure.of = old, "age"
    figure = compared(tokens, figure, amount.value, language)
    return figure, max(figure.end, _past_priced(tokens, amount, language))


_ELSEWHEN = frozenset(
    "ago earlier later назад тому ранее раньше раніше потому позже позднее пізніше спустя".split()
)


def _past_priced(tokens: Tokens, amount: Amount, language: Language) -> int:
    """Pass over what a price is for: “320 долларов за тысячу кубометров” states one figure."""
    if (
        len(amount.base) != 3
        or not amount.base.isupper()
        or tokens.fold[amount.end] not in ("за", "per", "a", "an", "/")
    ):
        return amount.end
    number = read_number(tokens, amount.end + 1, language)
    if number is None or (number.written and number.value != 1000):
        return amount.end
    priced = measure(tokens, number, language)
    return priced.end if priced.unit is not None and priced.base != "s" else amount.end


def _per(tokens: Tokens, amount: Amount, language: Language) -> str:
    """Return what a price is for (“$90 a barrel”), or the noun of people counted in a unit word."""
    if amount.base == "count" or tokens.fold[amount.end] in ("a", "per", "за", "an", "/", "на"):
        at = amount.end if amount.base == "count" else amount.end + 1
        return counted(tokens, at, language)
    return ""


_READERS: tuple[Callable[[Tokens, int, Language], Reading | None], ...] = (
    _multiple, read_share, read_vague, _ordinal, _compound, _number, read_bare_unit,
)  # fmt: skip
