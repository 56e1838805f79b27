"""A figure while it is read: token bounds, interval and unit, before it becomes a ``Quantity``."""

from __future__ import annotations

from dataclasses import dataclass

from claims.language.numerals.scanning import Tokens
from claims.language.quantities.comparators import Bound, bound_after, bound_before, interval
from claims.language.quantities.wording import CHANGE_STEMS
from claims.language.readings import Comparator, Language, Quantity, Span


@dataclass(slots=True)
class Figure:
    """``bare`` says that neither a unit nor a counted noun stood with the number; ``factor`` is its
    unit's.
    """

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str
    comparator: Comparator = "="
    of: str = ""
    bare: bool = False
    factor: float = 1.0
    scale: float = 1.0

    def quantity(self, tokens: Tokens) -> Quantity:
        span = Span(tokens.start[self.start], tokens.end[self.end - 1])
        return Quantity(span, _rounded(self.low), _rounded(self.high), self.unit, self.comparator, self.of)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 9)


def compared(tokens: Tokens, figure: Figure, value: float, language: Language) -> Figure:
    """Widen ``figure`` by the words around it: “about”, “не менее”, “or more”; set its interval."""
    bound, start, end = _bounds(tokens, figure, language)
    if bound is None:
        return figure
    low, high, comparator = interval(value, bound)
    figure.low, figure.high, figure.comparator, figure.start, figure.end = low, high, comparator, start, end
    return figure


def _bounds(tokens: Tokens, figure: Figure, language: Language) -> tuple[Bound | None, int, int]:
    start, end = figure.start, figure.end
    found = bound_before(tokens, start, language)
    if found is None and language == "en" and tokens.fold[start - 1] in ("a", "an", "the") and start:
        # “About a two-hour session”, “more than the 90 planned”.
        found = bound_before(tokens, start - 1, language)
        if found is not None and (
            found[0] not in ("about", "almost", ">", "<") or tokens.fold[found[1]] in _PLACES
        ):
            found = None
    bound: Bound | None = None
    if found is None and start and tokens.fold[start - 1] in _CARRIERS[language]:
        # “Щонайменше на 45 діб”, “почти в полтора раза”: the comparator stands before the preposition.
        found = bound_before(tokens, start - 1, language)
        if found is not None and found[0] in ("to", "from"):
            found = None
    if (
        found is None
        and tokens.fold[start - 1] in _EVEN
        and start
        and "не" in tokens.fold[max(0, start - 5) : start - 1]
    ):
        # “Не набрали и пяти процентов”: not even that much.
        return "<", start - 1, end
    if found is not None:
        bound, first = found
        if bound == "to" and _is_level(tokens, first, language):
            bound = None
            outer = bound_before(tokens, first, language)
            if outer is not None and outer[0] in ("about", "almost"):
                bound, start = outer
        elif (bound == "from" and not _priced(figure)) or (
            bound == ">"
            and tokens.fold[first] in _PLACES
            and figure.unit == "count"
            and tokens.fold[first] == "above"
        ):
            bound = None
        else:
            start = first
            outer = bound_before(tokens, first, language)
            if outer is not None and outer[0] not in ("to", "from") and outer[0] != "about":
                bound, start = outer
    if bound is None:
        after = bound_after(tokens, end, language)
        if after is not None and _closes(tokens, after, language):
            bound, end = after
    return bound, start, end


_CARRIERS: dict[Language, frozenset[str]] = {
    "en": frozenset(("by", "to", "in", "for", "at")),
    "uk": frozenset(("на", "в", "у", "за", "по", "до", "через", "з", "із", "про")),
    "ru": frozenset(("на", "в", "за", "по", "до", "через", "с", "из", "о", "об")),
    "other": frozenset(),
}
_EVEN = frozenset(("и", "й", "і", "навіть", "даже"))
_PLACES = frozenset(("near", "around", "above", "below", "over", "under", "past", "beyond", "some"))


def _closes(tokens: Tokens, after: tuple[Bound, int], language: Language) -> bool:
    """Tell whether an approximator after the figure belongs to it: a comma, full stop or nothing follows."""
    _bound, end = after
    word = tokens.fold[end - 1]
    if word in (
        "roughly",
        "approximately",
        "примерно",
        "приблизительно",
        "приблизно",
        "орієнтовно",
        "ориентировочно",
    ):
        return tokens.kind[end] != "n" and (tokens.kind[end] == "s" or not tokens.kind[end])
    if word in (
        "over",
        "under",
        "up",
        "minimum",
        "maximum",
        "max",
        "максимум",
        "минимум",
        "мінімум",
        "least",
        "most",
    ):
        return tokens.kind[end] != "n"
    return True


def _priced(figure: Figure) -> bool:
    """“From 500 hryvnias” is a bound for prices, ages and rates; “from 5 people” only says whence."""
    return len(figure.unit) == 3 and figure.unit.isupper()


def _is_level(tokens: Tokens, index: int, language: Language) -> bool:
    """Tell whether “до” at token ``index`` follows a change: then the figure is the level that was
    reached.
    """
    stems = CHANGE_STEMS[language]
    for at in range(index - 1, max(-1, index - 9), -1):
        word = tokens.fold[at]
        if word in (".", ";", "!", "?"):
            return False
        if tokens.kind[at] == "w" and word.startswith(stems):
            return True
    return False


def changes(tokens: Tokens, index: int, language: Language) -> bool:
    """Tell whether a verb or noun of change stands in the few words before token ``index``."""
    return _is_level(tokens, index, language)


# A figure, or none, and the token at which reading goes on.
Reading = tuple[Figure | None, int]
