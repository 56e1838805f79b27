"""Figures with a scale or a unit, and countries, in texts of other European languages.

The names of units and countries are CLDR's, so that “40 kilomètres” and “3,5 Prozent” read as they do in the
three languages. Invariant: only what names a scale or a unit is read here; a bare number is left to the reader
of digits, and a year is no figure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import product
from typing import TypeVar

from babel import Locale
from babel.units import format_unit

from claims.language.abroad import AbroadText, bounded, plain_words
from claims.language.readings import Name, Quantity, Span

_LOCALES = "de fr it es pt ro pl cs sk hr bs sr_Latn sl nl sv da fi hu bg".split()
#: CLDR's name of a unit, our base unit, and how many of it.
_UNITS = {
    "length-kilometer": ("m", 1_000.0), "length-meter": ("m", 1.0), "length-centimeter": ("m", 0.01),
    "mass-kilogram": ("kg", 1.0), "mass-tonne": ("kg", 1_000.0), "area-hectare": ("m2", 10_000.0),
    "area-square-kilometer": ("m2", 1e6), "power-megawatt": ("W", 1e6), "power-gigawatt": ("W", 1e9),
    "power-kilowatt": ("W", 1e3), "volume-liter": ("l", 1.0), "temperature-celsius": ("°C", 1.0),
    "speed-kilometer-per-hour": ("m/s", 1 / 3.6), "concentr-percent": ("%", 1.0),
}  # fmt: skip
#: Beginnings of words without accents, in any of the languages.
_MONEY = {
    "euro": "EUR", "dollar": "USD", "dolar": "USD", "dolla": "USD", "rubel": "RUB", "rubl": "RUB",
    "rouble": "RUB", "rublo": "RUB", "hryvn": "UAH", "hrywn": "UAH", "hrywien": "UAH", "griwn": "UAH",
    "grivn": "UAH", "hrivn": "UAH", "zlot": "PLN", "eura": "EUR", "evra": "EUR",
}  # fmt: skip
_SCALES = {
    "tausend": 1e3, "mila": 1e3, "tys": 1e3, "tysiac": 1e3, "tysiec": 1e3, "tisic": 1e3, "tisuc": 1e3,
    "hiljad": 1e3, "duizend": 1e3, "mille": 1e3, "milliard": 1e9, "miliard": 1e9, "milijard": 1e9,
    "miljard": 1e9, "mld": 1e9, "mrd": 1e9, "million": 1e6, "millon": 1e6, "milion": 1e6, "milhao": 1e6,
    "milho": 1e6, "miljoen": 1e6, "milijun": 1e6, "milioan": 1e6, "mln": 1e6, "mio": 1e6, "billion": 1e12,
    "bilion": 1e12, "billon": 1e12,
}  # fmt: skip
_PERCENT = "prozent|procent|posto|odsto|porcento|percento|pour cent|por ciento|per cento|por cento|la suta"
#: Words that stand between a figure and what it counts: “millions d'euros”, “milioni di euro”.
_LINKS = frozenset(("de", "di", "d", "des", "do"))
_NUMBER = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:[.\u00a0\u202f ]\d{3}){1,4}|\d{1,9}(?:[.,]\d{1,2})?)(?![\w])(?![.,]\d)"
)
_DIGITS = re.compile(r"[\d.,]+")
_AMOUNTS = (1, 2, 5, 1.5)  # One of each plural form.
_APART = 3  # Code points between a figure and the word after it.
_MOST_WORDS = 3
_GROUP = 3
_LONGEST_BEGINNING = 9
_YEARS = range(1900, 2101)


def read_amounts_abroad(text: str, abroad: AbroadText) -> tuple[Quantity, ...]:
    """Return the figures that are followed by a scale, a unit or a currency, in base units."""
    begins = {word.start: at for at, word in enumerate(abroad.words)}
    ends = {word.end: at for at, word in enumerate(abroad.words)}
    bounds = abroad.bounds_by_end()
    found: list[Quantity] = []
    for match in _NUMBER.finditer(text):
        first, last = begins.get(match.start()), ends.get(match.end())
        if first is None or last is None:
            continue
        after = last + 1
        if not _next(abroad, after)[:1].isalpha():
            continue
        value = _value(match.group())
        scale = _scale_of(_next(abroad, after))
        if scale:
            value, after = value * scale, after + 1
        factor, unit, after = _unit(abroad, after)
        if after == last + 1:
            continue
        bound = bounds.get(first)
        low, high, comparator = bounded(value * factor, bound.meaning if bound else "=")
        start = abroad.words[bound.first if bound else first].start
        found.append(Quantity(Span(start, abroad.words[after - 1].end), low, high, unit, comparator))
    return tuple(found)


def is_bare_year(figure: Quantity) -> bool:
    """Tell whether a figure of the reader of digits is rather a year."""
    return figure.unit == "count" and figure.low == figure.high and figure.low in _YEARS


def read_cldr_countries(abroad: AbroadText) -> tuple[Name, ...]:
    """Return the countries that stand with their CLDR name, in the nominative."""
    names, openings = _countries(), _country_openings()
    found: list[Name] = []
    at = 0
    while at < len(abroad.plain):
        # A word in small letters begins no country; one after an article that lost its vowel may: “l'Italie”.
        surface = abroad.words[at].surface
        opens = abroad.plain[at] in openings and surface != surface.lower()
        for length in range(_MOST_WORDS if opens else 0, 0, -1):
            if country := names.get(tuple(abroad.plain[at : at + length])):
                span = Span(abroad.words[at].start, abroad.words[min(at + length, len(abroad.words)) - 1].end)
                found.append(Name(span, surface, (), "place", country))
                at += length - 1
                break
        at += 1
    return tuple(found)


def _value(number: str) -> float:
    """Return the value of digits: one or two after a comma or a point are decimals, three are a group."""
    head, mark, tail = number.replace(" ", ".").replace("\u00a0", ".").replace("\u202f", ".").rpartition(".")
    if mark and len(tail) == _GROUP:
        return float(head.replace(".", "") + tail)
    return float(number.replace(",", "."))


def _next(abroad: AbroadText, at: int) -> str:
    """Return the word at a place if it follows the one before closely, else nothing."""
    if at >= len(abroad.plain) or abroad.words[at].start - abroad.words[at - 1].end > _APART:
        return ""
    return abroad.plain[at]


def _unit(abroad: AbroadText, at: int) -> tuple[float, str, int]:
    """Return factor, unit and the place after it; a count where no unit stands at ``at``."""
    opening = _next(abroad, at)
    if not opening[:1].isalpha():
        return 1.0, "count", at
    for length in range(_MOST_WORDS if opening in _unit_openings() else 0, 0, -1):
        words = tuple(_next(abroad, at + offset) for offset in range(length))
        if words in _unit_names():
            unit, factor = _unit_names()[words]
            return factor, unit, at + length
    skipped = at + 1 if opening in _LINKS else at
    word = _next(abroad, skipped)
    currency = _currency_of(word)
    return (1.0, currency, skipped + 1) if currency else (1.0, "count", at)


@lru_cache(maxsize=16_384)
def _scale_of(word: str) -> float | None:
    return _begins(word, _SCALES)


@lru_cache(maxsize=16_384)
def _currency_of(word: str) -> str | None:
    return _begins(word, _MONEY) or _begins(word.removeprefix("d'"), _MONEY)


_Meaning = TypeVar("_Meaning", str, float)


def _begins(word: str, meanings: Mapping[str, _Meaning]) -> _Meaning | None:
    """Return the meaning of the longest listed beginning of ``word``."""
    for length in range(min(len(word), _LONGEST_BEGINNING), 2, -1):
        if word[:length] in meanings:
            return meanings[word[:length]]
    return None


@lru_cache(maxsize=1)
def _unit_names() -> dict[tuple[str, ...], tuple[str, float]]:
    """Return CLDR's names and signs of the units in all forms, as plain words."""
    names: dict[tuple[str, ...], tuple[str, float]] = {
        plain_words(phrase): ("%", 1.0) for phrase in _PERCENT.split("|")
    }
    for code, (unit, meaning), amount in product(_LOCALES, _UNITS.items(), _AMOUNTS):
        for printed in (
            format_unit(amount, unit, "long", locale=code),
            format_unit(amount, unit, "short", locale=code),
        ):
            # The sign of a degree is no letter, and “C” alone is no temperature.
            words = plain_words(_DIGITS.sub(" ", printed))
            if words and "°" not in printed:
                names.setdefault(words, meaning)
    return names


@lru_cache(maxsize=1)
def _unit_openings() -> frozenset[str]:
    """Return the first words of all names of units."""
    return frozenset(words[0] for words in _unit_names() if words)


@lru_cache(maxsize=1)
def _countries() -> dict[tuple[str, ...], str]:
    names: dict[tuple[str, ...], str] = {}
    for code in _LOCALES:
        for territory, name in Locale.parse(code).territories.items():
            if territory.isalpha() and len(territory) == len("DE"):
                names.setdefault(plain_words(name), f"place:{territory.lower()}")
    return names


@lru_cache(maxsize=1)
def _country_openings() -> frozenset[str]:
    """Return the first words of all names of countries."""
    return frozenset(words[0] for words in _countries() if words)
