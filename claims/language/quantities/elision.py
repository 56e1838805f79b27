"""Give figures the unit they leave out: “7% and 5 a year earlier”, “eleven years … seven and a half”.

Invariant: only a bare number takes a unit, from the nearest figure of its own sentence; a number that counts
people hurt or killed, or has a noun, stays a count.
"""

from __future__ import annotations

from claims.language.numerals.scanning import Tokens
from claims.language.quantities.figures import Figure
from claims.language.readings import Language

_JOINS = frozenset(
    (",", "and", "or", "и", "і", "та", "й", "или", "або", "чи", "to", "до", "against", "versus")
)
# Words before a bare number that set it beside an earlier figure.
_COMPARING = frozenset(
    "from to than versus against vs with after before and or another at by up down of was were "
    "против с до после чем и или еще на в было со от из проти з із після ніж і та й чи ще на було від за "
    "по по-".split()
)
_CASUALTY = (
    "kill", "wound", "injur", "dead", "die", "hurt", "hospital", "arrest", "detain", "rescu", "погиб",
    "ранен",
    "загин", "поран", "пострад", "затрим", "задерж", "госпітал", "госпитал", "врятов", "спас", "уби",
    "травм", "вби",
)  # fmt: skip


def fill_elided(tokens: Tokens, figures: list[Figure], language: Language) -> None:
    """Fill units of bare figures in place."""
    for position, figure in enumerate(figures):
        if not figure.bare or figure.unit != "count":
            continue
        following = figures[position + 1] if position + 1 < len(figures) else None
        if following is not None and _scaled_alike(tokens, figure, following):
            _take(figure, following)
            figure.of = following.of
            continue
        if following is not None and _shares_unit(tokens, figure, following):
            _take(figure, following)
            continue
        previous = _previous(tokens, figures, position)
        if previous is None:
            continue
        if previous.unit == "count":
            figure.of = figure.of or previous.of
        elif _compares(tokens, figure):
            _take(figure, previous)


def _joined(tokens: Tokens, figure: Figure, following: Figure) -> bool:
    """Tell whether only joining words stand between a bare figure and the next one, which has a unit."""
    if following.unit in ("count", "ordinal", "x") or following.start - figure.end > 2 or following.bare:
        return False
    if figure.scale not in (1.0, following.scale) or following.comparator != "=":
        return False
    between = tokens.fold[figure.end : following.start]
    return bool(between) and all(word in _JOINS for word in between)


def _scaled_alike(tokens: Tokens, figure: Figure, following: Figure) -> bool:
    """“З 42 до 31 мільйона”: the scale word said once belongs to both counts."""
    if (
        following.unit != "count"
        or following.scale < 1000
        or figure.scale != 1
        or following.start - figure.end > 1
    ):
        return False
    return tokens.fold[figure.end] in ("до", "to")


def _shares_unit(tokens: Tokens, figure: Figure, following: Figure) -> bool:
    return _of_as_many(tokens, figure, following) or _joined(tokens, figure, following)


def _of_as_many(tokens: Tokens, figure: Figure, following: Figure) -> bool:
    """“Five of the seven years”, “п’ять із семи років”: a part of a measure is of that measure."""
    if following.unit in ("count", "ordinal", "x", "%", "pp") or following.start - figure.end not in (1, 2):
        return False
    return tokens.fold[figure.end] in ("of", "із", "з", "из")


def _previous(tokens: Tokens, figures: list[Figure], position: int) -> Figure | None:
    """Return the nearest earlier figure of the same sentence that has a unit to lend."""
    figure = figures[position]
    for earlier in range(position - 1, max(-1, position - 4), -1):
        candidate = figures[earlier]
        if figure.start - candidate.end > 30 or _sentence_between(tokens, candidate.end, figure.start):
            return None
        if candidate.unit not in ("ordinal", "x"):
            return candidate
    return None


def _sentence_between(tokens: Tokens, start: int, end: int) -> bool:
    return any(tokens.begins_sentence(at + 1) and tokens.fold[at] in ".!?…" for at in range(start, end))


def _compares(tokens: Tokens, figure: Figure) -> bool:
    """Tell whether a bare number is set beside the earlier measure, and counts nothing of its own."""
    before = tokens.fold[figure.start - 1] if figure.start else ""
    near = tokens.fold[max(0, figure.start - 3) : figure.start]
    if any(word.startswith(_CASUALTY) for word in near):
        return False
    value = figure.low if figure.low is not None else figure.high
    broken = value is not None and value != int(value)
    return broken or before in _COMPARING or before in ("–", "-", ",")


def _take(figure: Figure, lender: Figure) -> None:
    """Give ``figure`` the unit of ``lender``, and its scale word where the bare number is of that order."""
    factor = lender.factor if lender.unit not in ("°C", "°F") else 1.0
    size = max(abs(figure.low or 0), abs(figure.high or 0))
    if figure.scale == 1 and lender.scale > 1 and size < 1000:
        factor *= lender.scale
    figure.low = None if figure.low is None else figure.low * factor
    figure.high = None if figure.high is None else figure.high * factor
    figure.unit, figure.factor, figure.bare, figure.of = lender.unit, lender.factor, False, ""
