"""The units of measure and their words: a dictionary per language, built once from ``units.tsv``.

Invariant: every unit is a base unit of ``readings.Quantity`` and a factor to it (US and British measures by
their legal definitions; a year is 365.25 days and a month its twelfth), so that equal lengths are equal
numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from claims.language.readings import Language

# Case endings by declension class; "0" is the bare stem. Letters name the class in units.tsv.
_ENDINGS: dict[str, dict[str, str]] = {
    "en": {"e": "0 s"},
    "uk": {
        "m": "0 а у ові ом і и ів ам ами ах",
        "f": "а и і у ою 0 ам ами ах",
        "F": "я і ю ею ь й ям ями ях",
        "J": "ь я ю ем еві і ів ям ями ях",
        "c": "ок ка ку ком ках ки ків кам ками",
    },
    "ru": {
        "m": "0 а у ом е ы ов ам ами ах",
        "f": "а ы е у ой ою 0 ам ами ах",
        "F": "я и е ю ей ь й ям ями ях",
        "J": "ь я ю ем е и ей ям ями ях",
    },
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A base unit and the factor that takes a stated value to it; ``short`` forms need digits before them."""

    base: str
    factor: float
    short: bool = False


def _forms(cell: str, language: str) -> list[tuple[str, bool]]:
    """Spell out a cell of the table as (form, is short) pairs."""
    forms: list[tuple[str, bool]] = []
    for word in cell.split():
        stem, slash, declension = word.partition("/")
        if slash and declension in _ENDINGS.get(language, {}):
            endings = _ENDINGS[language][declension].split()
            forms += [(stem + ("" if ending == "0" else ending), False) for ending in endings]
        else:
            forms.append((word.rstrip("!"), word.endswith("!")))
    return [form for form in forms if form[0] != "-"]


@cache
def units(language: Language) -> dict[str, Unit]:
    """Return folded form → unit for ``language``; symbols are known in all of them, words in their own."""
    table: dict[str, Unit] = {}
    columns = ("en", "uk", "ru")
    for line in files(__package__).joinpath("units.tsv").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        base, factor, symbols, *words = line.split("\t")
        cells = [(symbols, "")]
        cells += [(cell, column) for cell, column in zip(words, columns, strict=True) if column == language]
        for cell, column in cells:
            for form, short in _forms(cell, column):
                table.setdefault(form, Unit(base, float(factor), short))
    return table


YEAR = 31_557_600.0
SECOND, PERCENT, POINT = Unit("s", 1.0), Unit("%", 1.0), Unit("pp", 1.0)
COUNT, CELSIUS, FAHRENHEIT = Unit("count", 1.0), Unit("°C", 1.0), Unit("°F", 1.0)
# Units that no reading is kept for: their figures must not pass for counts.
OTHER_MEASURES = frozenset(
    "v kv volt volts kilovolt kilovolts в кв вольт вольта вольтов кіловольт кіловольта кіловольтів киловольт "
    "киловольта киловольтов hz khz mhz ghz гц кгц мгц ггц герц мегагерц hertz megahertz db дб decibel "
    "decibels "
    "децибел децибелов mb gb tb kb мб гб тб кб гігабайт гигабайт мегабайт gigabyte gigabytes megabytes mbps "
    "bit bits бит біт ampere amps ampere ампер carat carats карат каратов lumen kcal ккал calorie calories "
    "калорий калорій мкр мкзв зиверт зіверт microsieverts nm нм ppm jpeg mach".split()
)
