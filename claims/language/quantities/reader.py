"""Read the quantities of a text: what is stated, between which bounds, in which unit.

Invariant: figures come in text order and do not overlap; dates, clock times, labels, codes and model names give
none. One pass over the tokens; a dictionary decides where a closer look is worth while.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from claims.language.numerals.compounds import NEVER_FUSED, read_compound
from claims.language.numerals.reading import Numeral, read_number, read_slashed
from claims.language.numerals.scanning import VULGAR_FRACTIONS, Tokens, run_end, scan
from claims.language.numerals.units import OTHER_MEASURES, YEAR, Unit, units
from claims.language.numerals.words import WORDS
from claims.language.quantities.ages import are_aged, is_age, year_old_end
from claims.language.quantities.amounts import Amount, measure
from claims.language.quantities.bare import read_bare_unit, read_inverted
from claims.language.quantities.counted import counted
from claims.language.quantities.elision import fill_elided
from claims.language.quantities.figures import Figure, compared
from claims.language.quantities.fractions import is_compared, read_multiple, read_part
from claims.language.quantities.labels import (
    code_end,
    counts_stars,
    in_telephone,
    is_label,
    is_year,
    noun_after,
)
from claims.language.quantities.ordinals import is_named_ordinal, read_fused_noun, read_ordinal, read_suffixed
from claims.language.quantities.pairs import read_range
from claims.language.readings import Language, Quantity
from claims.language.times.stated import stated_spans

_Reading = tuple[Figure | None, int]


def read_quantities(text: str, language: Language) -> tuple[Quantity, ...]:
    """Return the quantities stated in ``text``, in order.

    Values are in base units (seconds, metres, watts …; see ``readings.Quantity``), an approximate or bounded
    figure is an interval. ``language`` "other" reads digits with international units only. Never raises.
    """
    tokens = scan(text)
    taken = stated_spans(text, language)
    found: list[Figure] = []
    starters = _starters(language)
    at, kinds, folds = 0, tokens.kind, tokens.fold
    slavic = language in ("uk", "ru")
    while at < tokens.size:
        kind, fold = kinds[at], folds[at]
        if (
            kind == "n"
            or fold in starters
            or (slavic and kind == "w" and read_compound(fold, language))
            or (kind == "s" and fold[0] in VULGAR_FRACTIONS)
        ):
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


@cache
def _starters(language: Language) -> frozenset[str]:
    """All words at which a quantity may start in ``language``."""
    words = WORDS[language]
    starters = (
        set(words.cardinals)
        | set(words.scales)
        | set(words.ordinals)
        | set(words.fractions)
        | set(words.vague)
    )
    starters |= {
        form for form, unit in units(language).items() if not unit.short and unit.base != "count"
    } - {"%"}
    starters |= _MULTIPLE_WORDS[language]
    return frozenset(starters)


_MULTIPLE_WORDS: dict[Language, frozenset[str]] = {
    "en": frozenset(
        "a an doubled doubles doubling tripled trebled triples tripling trebling quadrupled quadrupling quintupled "
        "twofold threefold fourfold fivefold sixfold sevenfold eightfold tenfold halved halving halves twice thrice "
        "double several few couple".split()
    ),
    "uk": frozenset(
        "удвічі вдвічі удвоє вдвоє утричі втричі утроє втроє учетверо вчетверо упятеро впятеро ушестеро вшестеро усемеро "
        "всемеро увосьмеро удевятеро удесятеро вдесятеро наполовину вполовину уполовину двічі тричі кожен кожна кожне "
        "кожний кожного кожній кожну кілька декілька подвоїв подвоїла подвоїло подвоїли подвоївся подвоїлася подвоїлось "
        "подвоїлося подвоїлися подвоїти подвоїть подвоєння потроїв потроїла потроїли потроївся потроїлася потроїлося "
        "потроїлися потроїлась подвоїлась подвоїлись потроїлись пару".split()
    ),
    "ru": frozenset(
        "вдвое втрое вчетверо впятеро вшестеро всемеро ввосьмеро вдевятеро вдесятеро наполовину вполовину дважды трижды "
        "четырежды каждый каждая каждое каждого каждой каждому каждую несколько пару удвоил удвоила удвоили удвоило "
        "удвоился удвоилась удвоилось удвоились удвоить удвоит удвоение удвоен удвоена утроил утроила утроили утроился "
        "утроилась утроилось утроились утроить учетверил учетверилось".split()
    ),
    "other": frozenset(),
}


def _read_at(tokens: Tokens, at: int, language: Language) -> _Reading:
    """Try the kinds of figure one after the other at token ``at``; return the figure and the next token."""
    if tokens.kind[at] == "n" or tokens.kind[at] == "s":
        end = run_end(tokens, at) or (code_end(tokens, at) if tokens.kind[at] == "n" else None)
        if end is not None:
            return None, end
    for reader in _READERS:
        reading = reader(tokens, at, language)
        if reading is not None:
            return reading
    return None, at + 1


def _multiple(tokens: Tokens, at: int, language: Language) -> _Reading | None:
    found = read_multiple(tokens, at, language)
    if found is None:
        return None
    value, unit, end = found
    figure = compared(tokens, Figure(at, end, value, value, unit), value, language)
    return figure, figure.end


def _vague(tokens: Tokens, at: int, language: Language) -> _Reading | None:
    """Plurals that name no number: “dozens”, “кілька десятків”, “сотни тысяч”, “several hundred”."""
    fold, words = tokens.fold, WORDS[language]
    first = at
    few = False
    if fold[at] in ("кілька", "декілька", "несколько", "several", "few", "пару"):
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
    from claims.language.quantities.comparators import bound_before

    found = bound_before(tokens, at, language)
    return found is not None


def _part(tokens: Tokens, at: int, language: Language) -> _Reading | None:
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


def _share(tokens: Tokens, at: int, end: int, value: float, language: Language) -> _Reading:
    if tokens.fold[end] in _HALF_IDIOMS or (tokens.fold[at] == "пів"):
        return None, end
    percent = round(value * 100, 4)
    figure = Figure(at, end, percent, percent, "%", of=counted(tokens, end, language))
    figure = compared(tokens, figure, percent, language)
    return figure, figure.end


_HALF_IDIOMS = frozenset(
    ("past", "hearted", "brother", "sister", "way", "mast", "life", "truth", "truths", "staff")
)


def _ordinal(tokens: Tokens, at: int, language: Language) -> _Reading | None:
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


def _compound(tokens: Tokens, at: int, language: Language) -> _Reading | None:
    if tokens.kind[at] != "w":
        return None
    found = read_compound(tokens.fold[at], language)
    if found is None:
        return None
    value = found[0] * found[1].factor
    of = counted(tokens, at + 1, language) if found[1].base == "count" else ""
    figure = compared(tokens, Figure(at, at + 1, value, value, found[1].base, of=of), value, language)
    return figure, figure.end


def _number(tokens: Tokens, at: int, language: Language) -> _Reading | None:
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
        return _count(tokens, amount, language)
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


def _count(tokens: Tokens, amount: Amount, language: Language) -> _Reading:
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
    if word in _TIMES_WORDS or (word in ("and",) and fold[end + 1] == "times"):
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
    "temperature", "thermometer", "degree", "cold", "frost", "chill", "weather", "температур", "термометр", "мороз",
    "градус", "холод", "похолод", "стовпчик", "столбик",
)  # fmt: skip


def _of_weather(tokens: Tokens, index: int) -> bool:
    first, last = tokens.sentence(index, reach=16)
    return any(word.startswith(_WEATHER) for word in tokens.fold[first:last])


_TIMES_WORDS = frozenset("times раз раза разів рази разом разам".split())


def _times(tokens: Tokens, amount: Amount, end: int, language: Language, ratio: bool) -> _Reading:
    """“Three times as many”, “в 2,5 раза” are ratios; “four times this year”, “четыре раза” are counts."""
    fold, value = tokens.fold, amount.value
    start = amount.start
    if language == "en":
        ratio = ratio or value != int(value) or is_compared(tokens, end, language)
        ratio = ratio or fold[start - 1] in ("by", "increased", "rose", "grew", "multiplied")
    elif fold[start - 1] in ("в", "у", "во"):
        ratio, start = True, start - 1
    else:
        from claims.language.quantities.comparators import bound_before

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
    "no every any this that the which each ни жоден жодна some not as number всі все both с з на ані жодне".split()
)
_NOT_ONE_AFTER = frozenset(
    "of another day thing side way hand can could should would might must may more that who which from by after side "
    "одного одному одним друга другого за из із з раз разу сторони боку стороны time least такой такий и і та "
    "день нибудь ли only к reason step is was has".split()
)
_READERS: tuple[Callable[[Tokens, int, Language], _Reading | None], ...] = (
    _multiple, _part, _vague, _ordinal, _compound, _number, read_bare_unit,
)  # fmt: skip
