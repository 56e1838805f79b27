"""What a figure counts: the lemma of the noun after it.

Invariant: a soft reading. A wrong noun costs little, so the rule is short: the first word after the number
that
is no adjective, or the last word of an English compound.
"""

from __future__ import annotations

from functools import lru_cache

import simplemma

from claims.language.numerals.scanning import Tokens
from claims.language.numerals.words import WORDS
from claims.language.quantities.wording import ADJECTIVE_ENDINGS, FUNCTION_WORDS
from claims.language.readings import Language

_PARTITIVE = {"en": ("of",), "uk": ("з", "із", "зі"), "ru": ("из", "изо")}


@lru_cache(maxsize=16_384)
def lemma(word: str, language: Language) -> str:
    """Return the dictionary form of ``word``; the word itself for a language without a dictionary."""
    if language == "other":
        return word
    return str(simplemma.lemmatize(word, lang=language)).lower()


def counted(tokens: Tokens, end: int, language: Language) -> str:
    """Return the lemma of what is counted by a number that ends before token ``end``, or ``""``."""
    fold, kind = tokens.fold, tokens.kind
    function_words = FUNCTION_WORDS[language]
    if fold[end] in _PARTITIVE.get(language, ()):
        end += 1
        while (
            fold[end] in ("the", "its", "their", "all", "these", "those")
            or kind[end] == "n"
            or fold[end] in WORDS[language].cardinals
        ):
            end += 1
    noun = -1
    for at in range(end, end + 4):
        if kind[at] != "w" or fold[at] in function_words:
            break
        if language == "en":
            noun = at
            if (fold[at].endswith("s") and not fold[at].endswith(("ss", "ous", "us"))) or fold[at] in (
                "people",
                "men",
            ):
                break
            continue
        noun = at
        if (
            not fold[at].endswith(ADJECTIVE_ENDINGS[language])
            or kind[at + 1] != "w"
            or fold[at + 1] in function_words
        ):
            break
    if noun < 0:
        return ""
    if (
        language == "en"
        and not fold[noun].endswith("s")
        and noun > end
        and fold[noun] not in ("people", "men")
    ):
        noun = end
    return lemma(tokens.raw(noun).lower(), language)
