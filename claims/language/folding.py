"""Folding: one form for all spellings of one word.

Invariant: a folded word is NFC, casefolded, without apostrophes, invisible characters and stress marks,
and in one alphabet: a word that mixes Latin and Cyrillic look-alikes is brought back to the alphabet of
its other letters. Folding is for comparing; offsets always refer to the text as given.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = "'’ʼ`´‘ʹ′＇‛ʻ"
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
MARKS = "\u0300-\u036f"

_DROPPED = re.compile(f"[{APOSTROPHES}{INVISIBLE}{MARKS}]+")
_POSSESSIVE = re.compile(f"(?<=[a-z])[{APOSTROPHES}]s$")
LATIN = re.compile("[a-z]")
CYRILLIC = re.compile("[\u0400-\u04ff]")

# Letters that look alike in print. Only pairs that a reader cannot tell apart are listed.
_TO_CYRILLIC = str.maketrans("aeopcyxikmthbj", "аеорсухікмтнвј")
_TO_LATIN = str.maketrans("аеорсухікмтнвјѕԁ", "aeopcyxikmthbjsd")


def skeleton(word: str) -> str:
    """Return a lower-case ``word`` in one alphabet: look-alike letters follow the majority.

    >>> skeleton("kиїв") == "київ"
    True
    """
    latin, cyrillic = len(LATIN.findall(word)), len(CYRILLIC.findall(word))
    if not latin or not cyrillic:
        return word
    repaired = word.translate(_TO_CYRILLIC if cyrillic >= latin else _TO_LATIN)
    foreign = LATIN if cyrillic >= latin else CYRILLIC
    # A letter with no twin shows that the mixture is meant, as in "IT-шник".
    return word if foreign.search(repaired) else repaired


@lru_cache(maxsize=262_144)
def fold(word: str) -> str:
    """Return the form in which one word is compared; the English possessive is dropped.

    >>> fold("П’ЯТЬ"), fold("Ukraine's"), fold("Ёлка")
    ('пять', 'ukraine', 'ёлка')
    """
    if word.isascii() and word.isalnum():
        return word.lower()
    plain = unicodedata.normalize("NFC", word).casefold()
    return skeleton(drop_signs(_POSSESSIVE.sub("", plain)))


def drop_signs(word: str, instead: str = "") -> str:
    """Return ``word`` without apostrophes, invisible characters and combining marks."""
    return _DROPPED.sub(instead, word)
