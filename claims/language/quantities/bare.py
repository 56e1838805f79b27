"""Units that stand for one of themselves, and inverted order: “over an hour”, “менее суток”,
“человек двадцать”.

Invariant: a unit word without a number is read only where a comparator, a verb of duration or an inverted
number
shows that an amount is meant.
"""

from __future__ import annotations

from claims.language.numerals.reading import Numeral, read_number
from claims.language.numerals.scanning import Tokens
from claims.language.numerals.units import Unit, units
from claims.language.numerals.words import WORDS
from claims.language.quantities.amounts import measure
from claims.language.quantities.comparators import bound_before, interval
from claims.language.quantities.figures import Figure, compared
from claims.language.quantities.wording import FUNCTION_WORDS
from claims.language.readings import Language

_PEOPLE = frozenset(
    "человек людей лиц чел душ штук единиц машин раз домов осіб чоловік разів одиниць будинків "
    "автомобилей снарядов "
    "ракет дронов дронів вагонов вагонів семей сімей учасників участников".split()
)
_LASTING = (
    "last", "took", "take", "spent", "lasting", "waited", "длил", "продл", "продолж", "шл", "шел", "заня",
    "длит",
    "заним", "ждал", "трива", "тягну", "йшл", "йшо", "чекал", "протрив", "ушло", "пішл", "займ", "зайня",
)  # fmt: skip
_ONE = frozenset(
    "час минуту сутки день неделю месяц год десятилетие годину хвилину добу тиждень місяць рік "
    "десятиліття секунду".split()
)
_EVEN = frozenset(("й", "и", "і"))
_BETWEEN = frozenset(("через", "на", "за", "в", "у", "по", "зо", "с", "із", "з", "до", "около"))


def read_bare_unit(tokens: Tokens, index: int, language: Language) -> tuple[Figure | None, int] | None:
    """Read one unit without a number at token ``index`` (English: from its article on)."""
    fold = tokens.fold
    if language == "en":
        return _english(tokens, index)
    if language == "other" or tokens.kind[index] != "w":
        return None
    unit = units(language).get(fold[index])
    if unit is None or unit.short or unit.base in ("count",):
        return None
    inverted = _inverted_unit(tokens, index, unit, language)
    if inverted is not None:
        return inverted
    figure = Figure(index, index + 1, unit.factor, unit.factor, unit.base)
    before = bound_before(tokens, index, language)
    if fold[index - 1] in _EVEN and "не" in fold[max(0, index - 4) : index - 1]:
        figure.low, figure.high, figure.comparator = None, unit.factor, "<"
        figure.start = index - 1
        return figure, index + 1
    if before is not None and before[0] not in ("to", "from") and tokens.kind[index + 1] != "n":
        amount = measure(tokens, Numeral(index, index, 1.0), language)
        figure.end = max(figure.end, amount.end)
        return compared(tokens, figure, amount.value, language), figure.end
    if fold[index] in _ONE and _lasted(tokens, index, language):
        amount = measure(tokens, Numeral(index, index, 1.0), language)
        figure.low = figure.high = amount.value
        figure.end = max(figure.end, amount.end)
        return figure, figure.end
    return (figure, index + 1) if fold[index] == "тонну" and tokens.kind[index + 1] == "w" else None


def _lasted(tokens: Tokens, index: int, language: Language) -> bool:
    """Tell whether a verb of duration stands just before the unit."""
    if tokens.fold[index - 1] in WORDS[language].ordinals:
        return False
    return any(tokens.fold[at].startswith(_LASTING) for at in range(max(0, index - 3), index))


def _english(tokens: Tokens, index: int) -> tuple[Figure | None, int] | None:
    fold = tokens.fold
    if fold[index] not in ("a", "an"):
        return None
    unit = units("en").get(fold[index + 1])
    if unit is None or unit.short or unit.base not in ("s", "m", "kg", "l") or fold[index + 1].endswith("s"):
        return None
    amount = measure(tokens, Numeral(index, index + 1, 1.0), "en")
    figure = Figure(index, max(amount.end, index + 2), amount.value, amount.value, unit.base)
    if fold[index + 2] == "ago" or fold[index + 2] == "-":
        return None
    before = bound_before(tokens, index, "en")
    if before is not None:
        return compared(tokens, figure, amount.value, "en"), figure.end
    halved = amount.end > index + 2
    if (
        halved
        or (unit.base == "s" and _lasted(tokens, index, "en"))
        or (fold[index - 1] == "another" and index)
    ):
        return figure, figure.end
    return None


def _inverted_unit(tokens: Tokens, index: int, unit: Unit, language: Language) -> tuple[Figure, int] | None:
    """“Часа два”, “километров в десяти”, “років п’ять”: the unit before its number makes it approximate."""
    number = _after(tokens, index, language)
    if number is None:
        return None
    value = number.value * unit.factor
    low, high, comparator = interval(value, "about")
    return Figure(index, number.end, low, high, unit.base, comparator), number.end


def _after(tokens: Tokens, index: int, language: Language) -> Numeral | None:
    """Return the number after token ``index`` if it has no noun or unit of its own and none stands before."""
    at = index + 1
    if tokens.fold[at] in _BETWEEN:
        at += 1
    number = read_number(tokens, at, language)
    if number is None or (tokens.kind[index - 1] == "n" and index):
        return None
    if index and read_number(tokens, index - 1, language) is not None:
        return None
    if at > index + 1 and number.written and tokens.fold[at - 1] != "через":
        return None
    following = number.end
    if tokens.kind[following] == "w" and tokens.fold[following] not in FUNCTION_WORDS[language]:
        return None
    if (
        number.value < 2
        or tokens.fold[following] in ("%", ":", "-", "/", "–")
        or (number.written and number.value > 1800)
    ):
        return None
    amount = measure(tokens, number, language)
    return number if amount.unit is None else None


def read_inverted(tokens: Tokens, figure: Figure, number: Numeral, language: Language) -> Figure | None:
    """“Человек двадцать”, “людей зо тридцять”: a counted noun before a bare number makes it approximate."""
    if language not in ("uk", "ru") or figure.comparator != "=" or figure.start < 1:
        return None
    if number.written and not figure.bare:
        return None
    at = number.start - 1
    if tokens.fold[at] in _BETWEEN and at:
        at -= 1
    if tokens.fold[at] not in _PEOPLE:
        return None
    if at and (tokens.kind[at - 1] == "n" or read_number(tokens, at - 1, language) is not None):
        return None
    if at and not figure.bare and tokens.fold[at - 1] in FUNCTION_WORDS[language]:
        # “Среди людей двадцать раненых”: the noun belongs to its preposition, not to the number.
        return None
    low, high, comparator = interval(number.value, "about")
    return Figure(at, number.end, low, high, "count", comparator, of=figure.of or tokens.fold[at])
