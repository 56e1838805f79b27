"""Read the unit after a number: single words, and units made of several (“square miles”, “кВт·год”,
“мм рт. ст.”).

Invariant: ``read_unit`` returns the unit and the token after it, having looked at no more than seven tokens.
"""

from __future__ import annotations

from claims.language.numerals.scanning import Tokens
from claims.language.numerals.units import CELSIUS, FAHRENHEIT, PERCENT, POINT, Unit, units
from claims.language.readings import Language

_SQUARE = ("square", "sq", "квадратн", "кв")
_CUBIC = ("cubic", "cu", "кубическ", "кубічн", "куб")
_PER = frozenset(("per", "an", "a", "/", "в", "на", "за", "у"))
_HOUR_MARKS = frozenset("h hour hours год година годин години ч час часа часов".split())
_SPEED_TIMES = {
    "h": 3600, "hour": 3600, "hr": 3600, "ч": 3600, "час": 3600, "год": 3600, "годину": 3600, "s": 1,
    "second": 1,
    "sec": 1, "с": 1, "сек": 1, "секунду": 1, "minute": 60, "минуту": 60, "хвилину": 60,
}  # fmt: skip
_POINT_WORDS = frozenset(
    "point points пункт пункта пунктов пункту пунктом пункти пунктів пункты пунктами".split()
)
_SCALE_WORDS = {
    "c": CELSIUS, "с": CELSIUS, "celsius": CELSIUS, "centigrade": CELSIUS, "цельсия": CELSIUS,
    "цельсію": CELSIUS,
    "цельсієм": CELSIUS, "f": FAHRENHEIT, "fahrenheit": FAHRENHEIT, "фаренгейта": FAHRENHEIT,
    "фаренгейту": FAHRENHEIT, "фаренгейтом": FAHRENHEIT,
}  # fmt: skip
_DEGREES = frozenset(
    "degree degrees градус градуса градусов градусу градусам градусами градусах градусом градуси градусів "
    "градусах ° ℃ ℉ º ˚".split()
)
# Adjectives that stand between a number and its unit and leave the measure as it is.
_BETWEEN = (
    "full", "whole", "straight", "consecutive", "calendar", "working", "long", "more", "another",
    "additional",
    "metric", "extra", "solid", "календарн", "рабоч", "робоч", "полн", "повн", "цел", "ціл", "лишн", "подряд",
    "поспіль", "долг", "довг", "последн", "останн", "неполн", "неповн", "дополнительн", "додатков", "бюджетн",
    "метрическ", "метричн", "morning",
)  # fmt: skip


def read_unit(
    tokens: Tokens, index: int, language: Language, *, after_digits: bool
) -> tuple[Unit, int] | None:
    """Read a unit at token ``index`` (a glued hyphen before it is skipped); ``None`` where there is none."""
    fold = tokens.fold
    if fold[index] == "-" and tokens.glued(index) and tokens.glued(index + 1):
        index += 1
    word = fold[index]
    if not word:
        return None
    return (
        _points(tokens, index)
        or _temperature(tokens, index)
        or _powers_of_length(tokens, index, language)
        or _single(tokens, index, language, after_digits)
        or _after_adjective(tokens, index, language, after_digits)
    )


def _after_adjective(
    tokens: Tokens, index: int, language: Language, after_digits: bool
) -> tuple[Unit, int] | None:
    word = tokens.fold[index]
    if word == "nautical" or word.startswith(("морськ", "морск")):
        unit = units(language).get(tokens.fold[index + 1])
        if unit is not None and unit.factor == 1609.344:
            return Unit("m", 1852.0), index + 2
    if word in ("short", "long") and tokens.fold[index + 1] in ("ton", "tons"):
        return Unit("kg", 907.18474 if word == "short" else 1016.0469088), index + 2
    if len(word) > 2 and word.startswith(_BETWEEN) and tokens.fold[index + 1] not in ("квартал",):
        return _single(tokens, index + 1, language, after_digits=False)
    return None


def _points(tokens: Tokens, index: int) -> tuple[Unit, int] | None:
    """Percentage points and basis points, in full or short (“в. п.”, “п. п.”, “bps”)."""
    fold = tokens.fold
    word = fold[index]
    if word in ("pp", "ppt", "ppts", "пп", "вп"):
        return POINT, index + 1
    if word in ("bp", "bps", "бп"):
        return Unit("pp", 0.01), index + 1
    if (
        word in ("в", "п", "p", "б", "відс", "проц")
        and fold[index + 1] == "."
        and fold[index + 2] in ("п", "p")
    ):
        end = index + 4 if fold[index + 3] == "." else index + 3
        return (Unit("pp", 0.01) if word == "б" else POINT), end
    following = index + 1
    if word == "per" and fold[following] == "cent":
        return PERCENT, index + 2
    if word in _POINT_WORDS and _of_a_poll(tokens, index):
        return POINT, following
    if fold[following] == "-" and tokens.glued(following):
        following += 1
    if fold[following] in _POINT_WORDS or (
        fold[following] in ("п", "п.") and word.startswith(("відсот", "процент"))
    ):
        if word.startswith(("percentage", "percent", "відсот", "процент")) or word == "%":
            return POINT, following + 1
        if word.startswith(("basis", "базисн")):
            return Unit("pp", 0.01), following + 1
    return None


_POLLED = (
    "margin", "poll", "lead", "rating", "approval", "swing", "похибк", "погрешност", "рейтинг", "опитуван",
    "опрос",
    "ставк", "rate", "support", "ahead", "turnout", "явк", "підтримк", "поддержк", "inflation", "інфляц",
    "инфляц",
    "голос",
    "vote",
    "виперед",
    "оперед",
    "опереж",
)  # fmt: skip


def _of_a_poll(tokens: Tokens, index: int) -> bool:
    """Tell whether bare “points” are percentage points: the sentence speaks of polls, shares or rates."""
    first, last = tokens.sentence(index, reach=16)
    return any(word.startswith(_POLLED) for word in tokens.fold[first:last])


def _temperature(tokens: Tokens, index: int) -> tuple[Unit, int] | None:
    fold = tokens.fold
    word = fold[index]
    if word in ("℃", "℉"):
        return (CELSIUS if word == "℃" else FAHRENHEIT), index + 1
    if word in _DEGREES:
        at = index + 1
        if fold[at] in ("за", "по", "on") and fold[at + 1] in _SCALE_WORDS:
            at += 1
        if fold[at] in ("шкалою", "шкале") and fold[at + 1] in _SCALE_WORDS:
            at += 1
        scale = _SCALE_WORDS.get(fold[at])
        if scale is not None and (len(fold[at]) > 1 or tokens.capital(at)):
            return scale, at + 1
        return CELSIUS, index + 1
    lettered = (
        word in ("c", "f", "с") and tokens.capital(index) and index > 0 and tokens.kind[index - 1] == "n"
    )
    if lettered and fold[index + 1] in ("", ".", ",", ";", ")") and fold[index - 1] != "0":
        return _SCALE_WORDS[word], index + 1
    if word in ("celsius", "fahrenheit"):
        return _SCALE_WORDS[word], index + 1
    return None


def _powers_of_length(tokens: Tokens, index: int, language: Language) -> tuple[Unit, int] | None:
    """Areas and volumes: “square kilometres”, “кв. м”, “кубических метров”, “км²”, “m2”."""
    fold = tokens.fold
    word = fold[index]
    power = 2 if word.startswith(_SQUARE) else 3 if word.startswith(_CUBIC) else 0
    if power:
        at = index + 1
        while fold[at] in (".", "-") and at < index + 3:
            at += 1
        length = units(language).get(fold[at])
        if length is not None and length.base == "m":
            end = (
                at + 2 if fold[at + 1] == "." and fold[at] in ("м", "км") and tokens.glued(at + 1) else at + 1
            )
            return Unit(f"m{power}", length.factor**power), end
        return None
    if word[-1:] in "²³2":
        length = units(language).get(word[:-1])
        power = 3 if word[-1] == "³" else 2
    else:
        length = units(language).get(word)
        mark = fold[index + 1]
        power = int(mark) if mark in ("2", "3") and tokens.glued(index + 1) else 0
        index += 1 if power else 0
        if not power and mark in ("кв", "куб") and length is not None and length.base == "m":
            power, index = (2 if mark == "кв" else 3), index + 1
    if length is not None and length.base == "m" and power:
        return Unit(f"m{power}", length.factor**power), index + 1
    return None


def _single(tokens: Tokens, index: int, language: Language, after_digits: bool) -> tuple[Unit, int] | None:
    fold = tokens.fold
    unit = units(language).get(fold[index])
    if unit is None:
        if fold[index] in ("л", "hp") and after_digits:
            unit = Unit("W", 735.49875)
        elif fold[index] == "проц":
            unit = PERCENT
        else:
            return None
    if unit.short and not after_digits:
        return None
    if fold[index] == "л" and fold[index + 1] == "." and fold[index + 2] == "с":
        return Unit("W", 735.49875), index + 3
    end = index + 1
    if unit.base == "m":
        return _pressure(tokens, unit, end) or _speed(tokens, unit, end) or (unit, _past_stop(tokens, end))
    if unit.base == "W":
        return _energy(tokens, unit, end) or (unit, end)
    return unit, _past_stop(tokens, end)


def _past_stop(tokens: Tokens, end: int) -> int:
    """Take the full stop of an abbreviation along, unless it may end the sentence."""
    short = len(tokens.fold[end - 1]) <= 3 and tokens.fold[end] == "." and tokens.glued(end)
    return end + 1 if short and end + 1 < tokens.size and not tokens.capital(end + 1) else end


def _pressure(tokens: Tokens, unit: Unit, end: int) -> tuple[Unit, int] | None:
    """Millimetres of mercury."""
    if unit.factor != 0.001:
        return None
    fold = tokens.fold
    if fold[end] == "hg":
        return Unit("Pa", 133.322387415), end + 1
    if fold[end] == "of" and fold[end + 1] == "mercury":
        return Unit("Pa", 133.322387415), end + 2
    if fold[end].startswith(("ртутн", "рт")):
        end += 1
        for _ in range(3):
            if fold[end] in (".", "ст") or fold[end].startswith(("столба", "стовп")):
                end += 1
        return Unit("Pa", 133.322387415), end
    return None


def _speed(tokens: Tokens, unit: Unit, end: int) -> tuple[Unit, int] | None:
    if tokens.fold[end] not in _PER:
        return None
    seconds = _SPEED_TIMES.get(tokens.fold[end + 1])
    return None if seconds is None else (Unit("m/s", unit.factor / seconds), end + 2)


def _energy(tokens: Tokens, unit: Unit, end: int) -> tuple[Unit, int] | None:
    """Watts times hours: “megawatt-hours”, “кВт·год”, “киловатт-часов”."""
    at = end
    if tokens.fold[at] in ("-", "·", "⋅", "*", "×", "∙", "•", "/", "."):
        at += 1
    if (
        tokens.fold[at] in _HOUR_MARKS
        and at > end - 1
        and (at > end or tokens.fold[at] in ("hours", "hour", "h"))
    ):
        return Unit("Wh", unit.factor), at + 1
    return None
