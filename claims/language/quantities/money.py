"""Currencies by sign,
ISO 4217 code and name; the names and their plurals come from CLDR in all three languages.

Invariant: amounts keep their own currency; nothing is converted. A name that several currencies share
(“dollar”, “крона”) is told apart by its adjective, else it has the meaning that news gives it, if any.
"""

from __future__ import annotations

from functools import cache, lru_cache

from babel import Locale
from babel.numbers import get_currency_name

from claims.language.numerals.scanning import Tokens, fold_word
from claims.language.numerals.units import Unit
from claims.language.readings import Language

SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₴": "UAH", "₽": "RUB", "₺": "TRY", "₹": "INR",
    "₸": "KZT",
    "₼": "AZN", "₾": "GEL", "₪": "ILS", "₩": "KRW", "₫": "VND", "₦": "NGN", "฿": "THB", "₱": "PHP",
    "֏": "AMD",
}  # fmt: skip
# Letters before a dollar sign name its country: “A$5bn”.
_DOLLARS = {"us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "hk": "HKD", "nz": "NZD",
            "s": "SGD",
            "r": "BRL", "nt": "TWD", "mx": "MXN"}  # fmt: skip
_DEFAULTS: dict[Language, dict[str, str]] = {
    "en": {"dollar": "USD", "buck": "USD", "euro": "EUR", "sterling": "GBP", "ruble": "RUB", "rouble": "RUB",
           "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "franc": "CHF", "hryvnia": "UAH", "hryvnya": "UAH",
           "hryvna": "UAH", "rupee": "INR", "lira": "TRY", "shekel": "ILS", "won": "KRW", "zloty": "PLN",
           "forint": "HUF", "koruna": "CZK", "ringgit": "MYR", "rand": "ZAR", "lari": "GEL", "tenge": "KZT",
           "dram": "AMD", "manat": "AZN"},
    "uk": {"долар": "USD", "євро": "EUR", "гривн": "UAH", "гривен": "UAH", "грн": "UAH", "дол": "USD",
    "карбованц": "UAK",
           "фунт": "GBP", "рубл": "RUB", "руб": "RUB", "франк": "CHF", "ієн": "JPY", "єн": "JPY",
           "юан": "CNY",
           "лір": "TRY", "рупі": "INR", "злот": "PLN", "форинт": "HUF", "шекел": "ILS", "тенге": "KZT",
           "ларі": "GEL", "драм": "AMD", "манат": "AZN"},
    "ru": {"доллар": "USD", "евро": "EUR", "гривн": "UAH", "гривен": "UAH", "грн": "UAH", "долл": "USD",
    "дол": "USD",
           "фунт": "GBP", "рубл": "RUB", "руб": "RUB", "франк": "CHF", "иен": "JPY", "йен": "JPY",
           "юан": "CNY",
           "лир": "TRY", "рупи": "INR", "злот": "PLN", "форинт": "HUF", "шекел": "ILS", "тенге": "KZT",
           "лари": "GEL", "драм": "AMD", "манат": "AZN"},
    "other": {},
}  # fmt: skip
_ADJECTIVES = {"american": "USD", "американськ": "USD", "американск": "USD", "u": "USD", "british": "GBP"}
_MINOR: dict[str, dict[str, tuple[str, float]]] = {
    "en": {"cent": ("USD", 0.01), "pence": ("GBP", 0.01), "kopeck": ("RUB", 0.01), "kopiyka": ("UAH", 0.01)},
    "uk": {"цент": ("USD", 0.01), "євроцент": ("EUR", 0.01), "копійк": ("UAH", 0.01), "копійок": ("UAH",
    0.01),
           "коп": ("UAH", 0.01)},
    "ru": {"цент": ("USD", 0.01), "евроцент": ("EUR", 0.01), "копеек": ("RUB", 0.01), "копейк": ("RUB", 0.01),
           "коп": ("RUB", 0.01)},
}  # fmt: skip
# Codes that are common words when a text shouts.
_NO_CODES = frozenset(
    ("ALL", "TOP", "CUP", "MOP", "BAM", "COP", "LAK", "SOS", "XXX", "XTS", "BOB", "MAD", "GEL", "MAN")
)
_ENDINGS = (
    "ами", "ями", "ому", "ого", "ими", "ыми", "ові", "еві", "ах", "ях", "ам", "ям", "ів", "їв", "ов", "ев",
    "ей",
    "ом", "ем", "ою", "ею", "ої", "их", "ых", "им", "ым", "ий", "ый", "ой", "ая", "ій", "ьк",
    "а", "я", "у", "ю", "и", "ы", "і", "е", "й", "ь",
)  # fmt: skip


@lru_cache(maxsize=8192)
def _stem(word: str) -> str:
    """Cut a case or plural ending so that all forms of a currency's name meet."""
    if word.isascii():
        return word[:-1] if len(word) > 4 and word.endswith("s") else word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@cache
def _named(language: Language) -> tuple[dict[tuple[str, str], str], dict[str, str]]:
    """Return (adjective, noun) → code and noun → code for the currencies of CLDR in ``language``."""
    pairs: dict[tuple[str, str], str] = {}
    owners: dict[str, set[str]] = {}
    if language == "other":
        return pairs, {}
    for code in (str(code) for code in Locale(language).currencies):
        # CLDR gives the forms after 1, 2, 5 and a fraction; the other cases share their stems.
        for name in {get_currency_name(code, count=count, locale=language) for count in (1, 2, 5, 1.5)}:
            words = [_stem(fold_word(word)) for word in name.split()]
            if len(words) == 2:
                pairs.setdefault((words[0], words[1]), code)
                owners.setdefault(words[1], set()).add(code)
            elif len(words) == 1:
                owners.setdefault(words[0], set()).add(code)
    alone = {noun: next(iter(codes)) for noun, codes in owners.items() if len(codes) == 1 and len(noun) > 3}
    for noun in _DEFAULTS[language]:
        pairs.update({(adjective, noun): code for adjective, code in _ADJECTIVES.items() if code == "USD"})
    return pairs, alone | _DEFAULTS[language]


@cache
def codes() -> frozenset[str]:
    """Return the ISO codes that CLDR names, without those that are common words in capitals."""
    return frozenset(Locale("en").currencies) - _NO_CODES


def read_currency(tokens: Tokens, index: int, language: Language) -> tuple[Unit, int] | None:
    """Read a currency after a number: sign, code, or name with its adjective (“канадских долларов”)."""
    fold = tokens.fold
    word = fold[index]
    if word in SIGNS:
        return Unit(SIGNS[word], 1.0), index + 1
    if tokens.kind[index] != "w":
        return None
    if len(word) == 3 and word.isascii() and tokens.raw(index).isupper() and word.upper() in codes():
        return Unit(word.upper(), 1.0), index + 1
    if word in ("zł", "kč"):
        return Unit("PLN" if word == "zł" else "CZK", 1.0), index + 1
    pairs, alone = _named(language)
    stem, following = _stem(word), index + 1
    if word == "u" and fold[following] == "." and fold[following + 1] == "s":
        following += 3 if fold[following + 2] == "." else 2
        stem = "us"
    code = pairs.get((stem, _stem(fold[following])))
    if code is not None:
        end = following + 1
    else:
        code, end = alone.get(stem), index + 1
    if code is not None:
        if fold[end] in ("сша", "стерлингов", "стерлінгів", "sterling"):
            return Unit(code, 1.0), end + 1
        return Unit(code, 1.0), _past_stop(tokens, end)
    minor = _MINOR.get(language, {}).get(stem)
    if word == "pounds" and fold[following] == "sterling":
        return Unit("GBP", 1.0), following + 1
    return None if minor is None else (Unit(*minor), _past_stop(tokens, index + 1))


def _past_stop(tokens: Tokens, end: int) -> int:
    short = len(tokens.fold[end - 1]) <= 4 and tokens.fold[end] == "." and tokens.glued(end)
    return end + 1 if short and end + 1 < tokens.size and not tokens.capital(end + 1) else end


def read_currency_before(tokens: Tokens, index: int) -> tuple[Unit, int] | None:
    """Read a currency sign or code just before token ``index``; return it and the token where it starts."""
    before = index - 1
    if before < 0:
        return None
    word = tokens.fold[before]
    if word in SIGNS:
        if word == "$" and before and tokens.glued(before) and tokens.fold[before - 1] in _DOLLARS:
            return Unit(_DOLLARS[tokens.fold[before - 1]], 1.0), before - 1
        return Unit(SIGNS[word], 1.0), before
    if len(word) == 3 and word.isascii() and tokens.raw(before).isupper() and word.upper() in codes():
        return Unit(word.upper(), 1.0), before
    return None
