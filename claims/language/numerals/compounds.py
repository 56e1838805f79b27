"""Numbers fused with what they measure: “двухчасовой”, “п’ятитисячний”, “полчаса”, “15-тысячный”,
“10-member”.

Invariant: a word is a compound only where its whole length is number words, the stem of a measure and an
adjective ending; anything else is left alone.
"""

from __future__ import annotations

from functools import lru_cache

from claims.language.numerals.units import COUNT, PERCENT, Unit, units
from claims.language.numerals.words import WORDS
from claims.language.readings import Language

_STEMS: dict[str, dict[str, Unit]] = {
    "uk": {
        "секундн": Unit("s", 1), "хвилинн": Unit("s", 60), "годинн": Unit("s", 3600), "денн": Unit("s",
        86400),
        "добов": Unit("s", 86400), "тижнев": Unit("s", 604800), "місячн": Unit("s", 2629800),
        "річн": Unit("s", 31557600), "літн": Unit("s", 31557600), "метров": Unit("m", 1),
        "кілометров": Unit("m", 1000),
        "сантиметров": Unit("m", 0.01), "міліметров": Unit("m", 0.001), "тонн": Unit("kg", 1000),
        "кілограмов": Unit("kg", 1), "грамов": Unit("kg", 0.001), "літров": Unit("l", 1),
        "градусн": Unit("°C", 1),
        "відсотков": PERCENT, "процентн": PERCENT, "тисячн": Unit("count", 1e3), "мільйонн":
        Unit("count", 1e6),
        "мільярдн": Unit("count", 1e9), "поверхов": COUNT, "кратн": Unit("x", 1), "гривнев": Unit("UAH", 1),
        "доларов": Unit("USD", 1), "мегаватн": Unit("W", 1e6), "кіловатн": Unit("W", 1e3),
        "гектарн": Unit("m2", 1e4),
        "гігаватн": Unit("W", 1e9), "мильн": Unit("m", 1609.344), "разов": COUNT, "бальн": COUNT,
        "місн": COUNT,
    },
    "ru": {
        "секундн": Unit("s", 1), "минутн": Unit("s", 60), "часов": Unit("s", 3600), "дневн": Unit("s", 86400),
        "суточн": Unit("s", 86400), "недельн": Unit("s", 604800), "месячн": Unit("s", 2629800),
        "летн": Unit("s", 31557600), "годичн": Unit("s", 31557600), "годов": Unit("s", 31557600),
        "метров": Unit("m", 1), "километров": Unit("m", 1000), "сантиметров": Unit("m", 0.01),
        "миллиметров": Unit("m", 0.001), "тонн": Unit("kg", 1000), "килограммов": Unit("kg", 1),
        "граммов": Unit("kg", 0.001), "литров": Unit("l", 1), "градусн": Unit("°C", 1), "процентн": PERCENT,
        "тысячн": Unit("count", 1e3), "миллионн": Unit("count", 1e6), "миллиардн": Unit("count", 1e9),
        "этажн": COUNT, "кратн": Unit("x", 1), "рублев": Unit("RUB", 1), "долларов": Unit("USD", 1),
        "мегаваттн": Unit("W", 1e6), "киловаттн": Unit("W", 1e3), "гектарн": Unit("m2", 1e4), "местн": COUNT,
        "гигаваттн": Unit("W", 1e9), "мильн": Unit("m", 1609.344), "бальн": COUNT,
    },
}  # fmt: skip
_PREFIXES: dict[str, dict[str, float]] = {
    "uk": {"одно": 1, "дво": 2, "двох": 2, "три": 3, "трьох": 3, "чотири": 4, "чотирьох": 4, "шести": 6,
    "семи": 7,
           "восьми": 8, "сорока": 40, "сто": 100, "ста": 100, "девяносто": 90, "півтора": 1.5, "пів": 0.5},
    "ru": {"одно": 1, "дву": 2, "двух": 2, "трех": 3, "трое": 3, "четырех": 4, "шести": 6, "семи": 7,
    "восьми": 8,
           "сорока": 40, "сто": 100, "ста": 100, "девяносто": 90, "полутора": 1.5, "полу": 0.5, "пол": 0.5},
}  # fmt: skip
_ADJECTIVE = {
    "uk": frozenset("ий а е і ого ої ому ій им у ою их ими".split()),
    "ru": frozenset(
        "ый ий ой ая яя ое ее ые ие ого его ой ей ому ему ым им ом ем ую юю ых их ыми ими".split()
    ),
}
# “Half” glued to a unit, except where the word means something else (півдня: of the south).
_HALF = {"uk": ("пів",), "ru": ("полу", "пол")}
_NOT_HALVES = frozenset(
    "півдня півднем півдню півдні півмісяця півмісяць полдень полсутки півкулі полугодие".split()
)
# Nouns that English fuses with a number in words: “nine-member”, “three-storey”.
FUSED_NOUNS = frozenset(
    "member person man woman people strong storey story floor seat bed vehicle car truck ship bedroom "
    "room "
    "game match vote unit country nation ship carriage wagon barrel page lane bus page judge tonne judge "
    "team step "
    "engine child soldier seater".split()
)
# Nouns after a digit and a hyphen that make a label or a rating, no count.
NEVER_FUSED = frozenset(
    "star way sided time times state party point type series class style plus minus step zero inch proof "
    "size dimensional "
    "level based core bit off ever year-olds s d g handed party speed valve wheel digit nil all love".split()
)


@lru_cache(maxsize=1)
def _prefixes() -> dict[str, dict[str, float]]:
    """Add the genitives of all number words (“двадцати”, “пятисот”) to the hand-made prefixes."""
    table: dict[str, dict[str, float]] = {}
    for language in ("uk", "ru"):
        cardinals = WORDS[language].cardinals
        genitives = {
            word: value for word, value in cardinals.items() if word.endswith(("ти", "сот")) and value >= 5
        }
        table[language] = genitives | _PREFIXES[language]
    return table


@lru_cache(maxsize=65_536)
def read_compound(word: str, language: Language) -> tuple[float, Unit] | None:
    """Return the number and unit of a fused word such as “двогодинний” or “полгода”; ``None`` for other
    words.
    """
    if language not in ("uk", "ru") or len(word) < 6:
        return None
    return _half(word, language) or _fused(word, language)


def _half(word: str, language: Language) -> tuple[float, Unit] | None:
    if word in _NOT_HALVES:
        return None
    for prefix in _HALF[language]:
        if word.startswith(prefix):
            unit = units(language).get(word[len(prefix) :].lstrip("-"))
            if unit is not None and not unit.short and unit.base != "count":
                return 0.5, unit
    return None


def _fused(word: str, language: Language) -> tuple[float, Unit] | None:
    prefixes, total, rest = _prefixes()[language], 0.0, word
    for _ in range(3):
        length = next((size for size in range(min(13, len(rest)), 2, -1) if rest[:size] in prefixes), 0)
        if not length:
            return None
        total, rest = total + prefixes[rest[:length]], rest[length:]
        unit = adjective_unit(rest, language)
        if unit is not None:
            return total, unit
    return None


@lru_cache(maxsize=8192)
def adjective_unit(word: str, language: Language) -> Unit | None:
    """Return the unit of an adjective of measure, as in “15-тысячный” or “30-кілометровий”."""
    stems = _STEMS.get(language)
    if stems is None:
        return None
    for size in (1, 2, 3):
        if word[-size:] in _ADJECTIVE[language] and (unit := stems.get(word[:-size])) is not None:
            return unit
    return None
