"""Time zones as texts name them: abbreviations, offsets, and the clocks of places (“за Києвом”,
“Geneva time”).

Invariant: a zone is the name of an IANA zone or a fixed ``+HH:MM`` offset; ``zone_info`` of anything else is
UTC.
"""

from __future__ import annotations

from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from babel import Locale

from claims.language.numerals.scanning import Tokens, fold_word
from claims.language.readings import Language

LOCAL = "local"
# Abbreviations that news prints; zones with summer time follow their place, as a reader there would.
_ABBREVIATIONS = {
    "gmt": "+00:00", "utc": "+00:00", "cet": "+01:00", "cest": "+02:00", "eet": "+02:00", "eest": "+03:00",
    "msk": "Europe/Moscow", "мск": "Europe/Moscow", "bst": "+01:00", "et": "America/New_York",
    "est": "-05:00",
    "edt": "-04:00", "ct": "America/Chicago", "cst": "-06:00", "cdt": "-05:00", "pt": "America/Los_Angeles",
    "pst": "-08:00", "pdt": "-07:00", "jst": "+09:00", "trt": "Europe/Istanbul", "гмт": "+00:00",
}  # fmt: skip
_ALIASES = {"eastern": "America/New_York", "central": "America/Chicago", "pacific": "America/Los_Angeles"}
_GREENWICH = ("greenwich", "гринвіч", "грінвіч", "гринвич")
_ENDINGS = frozenset(
    "а и і о у ою ом ові е ы ой ей ем є ї я ю ями ам ям ах ях ів ов ь ий їв єм єю ею ії ию ии ия ій ія ію "
    "ією ией ней на не ні"
    " ин ині ії".split()
) | {""}  # fmt: skip
_ADJECTIVES = ("ськ", "зьк", "цьк", "ск", "цк")
_CASES = ("ому", "ого", "им", "ым", "ое", "ий", "ий", "ом", "ій", "е")


@lru_cache(maxsize=256)
def zone_info(name: str) -> tzinfo:
    """Return the zone called ``name``; UTC where there is none by that name."""
    if name[:1] in "+-" and len(name) == 6:
        sign = -1 if name[0] == "-" else 1
        return timezone(sign * timedelta(hours=int(name[1:3]), minutes=int(name[4:])))
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return UTC


@cache
def _places(language: Language) -> dict[str, str]:
    """Return folded name (English) or stem (Ukrainian, Russian) → IANA zone."""
    table: dict[str, str] = {}
    column = {"en": 1, "uk": 2, "ru": 3}.get(language)
    if column is None:
        return table
    for line in files(__package__).joinpath("places.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            table.update(dict.fromkeys((fold_word(name) for name in cells[column].split(", ")), cells[0]))
    for zone, names in Locale(language).time_zones.items():
        city = fold_word(
            str(names.get("city", "") if language != "en" else zone.rsplit("/", 1)[-1].replace("_", " "))
        )
        if len(city) >= 4 and "/" in zone and not zone.startswith(("Etc", "Antarctica")):
            table.setdefault(city if language == "en" else _stem(city), zone)
    return table


def _stem(name: str) -> str:
    return name.rstrip("ьйаяоеуюиіїєы") if len(name) > 4 else name


@lru_cache(maxsize=4096)
def _zone_of_word(word: str, language: Language) -> str | None:
    places = _places(language)
    if language == "en":
        return places.get(word)
    for size in range(len(word), max(1, len(word) - 5), -1):
        zone = places.get(word[:size])
        if zone is not None and word[size:] in _ENDINGS:
            return zone
    return None


@lru_cache(maxsize=1024)
def _zone_of_adjective(word: str, language: Language) -> str | None:
    """Return the zone of “київським”, “московскому”."""
    for case in _CASES:
        if word.endswith(case):
            stem = word[: -len(case)]
            for suffix in _ADJECTIVES:
                if stem.endswith(suffix):
                    place = stem[: -len(suffix)]
                    found = (
                        _places(language).get(stem)
                        or _places(language).get(place)
                        or _zone_of_word(_stem(place), language)
                    )
                    if found:
                        return found
    return None


def place_zone(tokens: Tokens, index: int, language: Language) -> tuple[str, int] | None:
    """Return the zone of a place named at token ``index`` and the token after the name."""
    if not tokens.capital(index):
        return None
    word, end = tokens.fold[index], index + 1
    if language == "en":
        two = f"{word} {tokens.fold[end]}"
        zone = _places("en").get(two)
        if zone is not None:
            return zone, end + 1
    zone = _zone_of_word(word, language)
    if zone is None:
        return None
    if tokens.fold[end] == "-" and tokens.glued(end) and tokens.capital(end + 1):
        end += 2
    return zone, end


def read_zone(tokens: Tokens, index: int, language: Language) -> tuple[str, int] | None:
    """Read a zone at token ``index``, in brackets or not: “(Kyiv time)”, “за Москвою”, “UTC+3”,
    “по местному времени”.

    Return its name, or ``LOCAL``, and the token after it.
    """
    fold = tokens.fold
    opened = fold[index] in ("(", ",") and bool(fold[index + 1])
    bracket = fold[index] == "("
    at = index + 1 if opened else index
    found = _named(tokens, at, language)
    if found is None:
        return None
    zone, end = found
    if bracket and fold[end] == ")":
        end += 1
    return zone, end


def _named(tokens: Tokens, at: int, language: Language) -> tuple[str, int] | None:
    fold = tokens.fold
    if language in ("uk", "ru") and fold[at] in ("за", "по", "времени", "часу", "время", "час"):
        found = _slavic(tokens, at, language)
        if found is not None:
            return found
    word = fold[at]
    zone = _ABBREVIATIONS.get(word)
    if zone is not None and (len(word) > 2 or tokens.raw(at).isupper()):
        return _with_offset(tokens, at + 1, zone)
    if language in ("uk", "ru"):
        zone = _zone_of_adjective(word, language) or (LOCAL if word.startswith(("місцев", "местн")) else None)
        return (zone, at + 2) if zone is not None and fold[at + 1] in ("часу", "времени") else None
    if word == "local" and fold[at + 1] == "time":
        return LOCAL, at + 2
    if word == "in" and (place := place_zone(tokens, at + 1, language)) is not None:
        return None if place is None else (place if fold[at - 1] in ("time",) else None)
    if word in _ALIASES and (fold[at + 1] == "time" or fold[at + 2] == "time"):
        return _ALIASES[word], at + (2 if fold[at + 1] == "time" else 3)
    if word.startswith(_GREENWICH):
        return "+00:00", at + 1
    place = place_zone(tokens, at, language)
    if place is not None:
        zone, end = place
        if fold[end] in ("standard", "summer"):
            end += 1
        if fold[end] == "time":
            return zone, end + 1
    return None


def _with_offset(tokens: Tokens, at: int, zone: str) -> tuple[str, int]:
    """Add the hours of “UTC+3”, “GMT +02:00”."""
    fold = tokens.fold
    if fold[at] in ("+", "-", "−", "–") and tokens.kind[at + 1] == "n" and tokens.glued(at + 1):
        digits = fold[at + 1]
        if digits.isdigit() and len(digits) <= 2 and int(digits) <= 14:
            sign, end, minutes = ("+" if fold[at] == "+" else "-"), at + 2, 0
            if fold[end] == ":" and tokens.kind[end + 1] == "n" and fold[end + 1] in ("00", "30", "45"):
                minutes, end = int(fold[end + 1]), end + 2
            return f"{sign}{int(digits):02d}:{minutes:02d}", end
    return zone, at


def _slavic(tokens: Tokens, at: int, language: Language) -> tuple[str, int] | None:
    """“За Києвом”, “за київським часом”, “по местному времени”, “времени мск”, “час київський”."""
    fold = tokens.fold
    if fold[at] in ("времени", "часу", "время", "час"):
        word = fold[at + 1]
        if word == "мск":
            return "Europe/Moscow", at + 2
        zone = _zone_of_adjective(word, language) or (LOCAL if word.startswith(("місцев", "местн")) else None)
        return None if zone is None else (zone, at + 2)
    word = fold[at + 1]
    if word.startswith(_GREENWICH):
        return "+00:00", at + 2
    if word in _ABBREVIATIONS:
        return _with_offset(tokens, at + 2, _ABBREVIATIONS[word])
    if fold[at + 2] in ("часом", "времени"):
        if word.startswith(("місцев", "местн")):
            return LOCAL, at + 3
        zone = _zone_of_adjective(word, language)
        if zone is not None:
            return zone, at + 3
        if word.startswith(("східн", "восточн")):
            return "America/New_York", at + 3
        return None
    if word in ("часом", "времени"):
        return place_zone(tokens, at + 2, language)
    return place_zone(tokens, at + 1, language)
