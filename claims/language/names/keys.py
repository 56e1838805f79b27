"""Script-independent keys: one spelling for one name in Latin, Ukrainian and Russian letters.

A key is made by writing a word in plain Latin letters, merging the letters that romanisations confuse
(kh/h/g, y/i/j, w/v, c/k, doubled letters), and taking off what case endings may add. Invariant: the key
depends on the letters alone, so it can be indexed; the transliteration standards in use for Ukrainian
and Russian (passport, BGN/PCGN, ISO 9, press habit) give regular names one and the same key. Foreign
names that press habit respells (Trump, Трамп) are met by ``likeness`` and by the lists of names.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from claims.language.folding import CYRILLIC, fold

_CYRILLIC_TO_LATIN = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "є": "e", "ё": "e", "э": "e",
        "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "i", "й": "i", "ы": "i", "к": "k", "л": "l", "м": "m",
        "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f", "х": "g",
        "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ь": "", "ъ": "", "ю": "iu", "я": "ia",
    }
)  # fmt: skip
# Marked Latin letters as English would write their sound; other marks are dropped.
_MARKED = str.maketrans(
    {"š": "sh", "č": "ch", "ž": "zh", "ş": "sh", "ç": "ch", "ğ": "g", "ü": "ue", "ö": "oe", "ä": "e",
    "ß": "ss",
     "ø": "oe", "å": "o", "æ": "e", "ł": "l", "ć": "ch", "ń": "n", "ś": "sh", "ź": "zh", "ż": "zh",
     "ą": "on", "ę": "en", "ș": "sh", "ț": "ts", "ı": "i", "đ": "d"}
)  # fmt: skip

# Applied in this order to Latin letters, also to those made from Cyrillic ones.
_MERGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"shch|sch|sz", "sh"),
        (r"tch|cz", "ch"),
        (r"dzh|dj", "j"),
        (r"[kg]h", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"tz", "ts"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"wh|w", "v"),
        (r"^ui(?=[^vui])", "vi"),  # Уиткофф beside Віткофф
        (r"ee", "i"),
        (r"oo|ou", "u"),
        (r"[yj]", "i"),
        (r"c(?!h)", "k"),
        (r"(?<![scz])h", "g"),
        (r"i+", "i"),
        (r"i[eo]", "e"),
        (r"([^i])\1+", r"\1"),
    )
)
# What inflection and romanisation leave at the end, taken off until nothing is left to take: doing so
# also to nominatives ("Максим") keeps them equal to their other cases ("Максимом").
_ENDING = re.compile(r"(?:ogo|[oei]m|[aeiou])$")
_CYRILLIC_PLURAL = re.compile(r"(?:ами|ями)$")
_LAST_SYLLABLE = re.compile(r"(?<=[^aeiou])(?:[ei](?=ts$)|[eo](?=k$)|i?[eoi](?=vk?$))")
_VOWELS = re.compile("[aeiou]")
_SHORTEST = 3


def plain_latin(folded: str) -> str:
    """Return a folded word with its marked Latin letters written in plain ones."""
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFD", folded.translate(_MARKED))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def romanise(word: str) -> str:
    """Return ``word`` in plain lower-case Latin letters, confused letters merged, ending kept."""
    plain = plain_latin(fold(word).translate(_CYRILLIC_TO_LATIN))
    for pattern, replacement in _MERGES:
        plain = pattern.sub(replacement, plain)
    return plain


@lru_cache(maxsize=131_072)
def name_key(word: str) -> str:
    """Return the key of one word of a name, the same for every script and grammatical case.

    >>> name_key("Давітяном") == name_key("Davityan") == name_key("Давитян")
    True
    """
    if len(word) > 64:
        return fold(word)[:64]
    folded = fold(word)
    if len(folded) > 5 and CYRILLIC.search(folded):
        folded = _CYRILLIC_PLURAL.sub("", folded)
    key = romanise(folded)
    while (ending := _ENDING.search(key)) and ending.start() >= _SHORTEST:
        key = key[: ending.start()]
    # Vowels that come and go before the last consonant: Кравець, Кравця; Львів, Львова.
    shortened = _LAST_SYLLABLE.sub("", key)
    return shortened if len(shortened) >= _SHORTEST else key


def consonants(key: str) -> str:
    """Return the consonants of a key after its first letter, which meet foreign names respelt by ear."""
    return key[:1] + _VOWELS.sub("", key[1:])
