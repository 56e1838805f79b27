"""Words of a text with their offsets, and the stems under which they are indexed.

Invariant: offsets are code points of the text exactly as given; every pattern is linear in the length
of the text. A stem is the Snowball stem (English, Russian) or the stripped form (Ukrainian) of the
dictionary's lemma, so that irregular forms meet their dictionary form.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from claims.language.folding import (
    APOSTROPHES,
    CYRILLIC,
    INVISIBLE,
    LATIN,
    MARKS,
    drop_signs,
    fold,
    skeleton,
)
from claims.language.lemmas import dictionary_form
from claims.language.readings import Language

__all__ = [
    "Word",
    "fold",
    "fold_text",
    "language_of_word",
    "lemma",
    "read_words",
    "skeleton",
    "stem",
    "stems",
    "word_starts",
]

# A word may hold apostrophes, invisible characters and combining marks between its letters, and end
# with marks. Neighbouring classes are disjoint and runs are bounded, so nothing backtracks far.
_WORD = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}{INVISIBLE}{MARKS}]{{1,8}}[^\W_]+)*[{MARKS}]{{0,8}}")
_LONGEST_STEMMED = 64  # A longer "word" is a link or noise; stemming it costs time and finds nothing.


class Word(NamedTuple):
    """One word: code-point offsets, the word as printed and as compared."""

    start: int
    end: int
    surface: str
    folded: str


# What stands in a link is an address, not words; in a post it may be half of the text.
_LINK = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S+")
# A tag or an account name runs words together and begins each with a capital: “#HarbourBridgeClosed”.
_HUMPS = re.compile(
    r"[^\W\d_][^\W\dA-ZА-ЯІЇЄҐЁ_]+|[^\W\d_]+?(?=[A-ZА-ЯІЇЄҐЁ][^\W\dA-ZА-ЯІЇЄҐЁ_])|[^\W\d_]+|\d+"
)
_FEWEST_TAGGED = 6


@lru_cache(maxsize=64)
def read_words(text: str) -> tuple[Word, ...]:
    """Return the words of ``text`` in order; numbers count as words, hyphens part them.

    Links hold no words, and a tag that runs words together is read as those words.

    >>> [word.surface for word in read_words("#HarbourBridgeClosed see https://example.org/a-b")]
    ['Harbour', 'Bridge', 'Closed', 'see']
    """
    links = tuple(link.span() for link in _LINK.finditer(text))
    if not links and "#" not in text and "@" not in text:
        return tuple(
            Word(match.start(), match.end(), match.group(), fold(match.group()))
            for match in _WORD.finditer(text)
        )
    return tuple(_words_of_a_post(text, links))


def word_starts(text: str) -> list[int]:
    """Return where each word of ``text`` begins, as ``read_words`` has it, at a third of the cost."""
    if "://" in text or "www." in text or "pic." in text or "#" in text or "@" in text:
        return [word.start for word in read_words(text)]
    return [match.start() for match in _WORD.finditer(text)]


def _words_of_a_post(text: str, links: Sequence[tuple[int, int]]) -> Iterator[Word]:
    passed = 0
    for match in _WORD.finditer(text):
        start, end = match.span()
        while passed < len(links) and links[passed][1] <= start:
            passed += 1
        if passed < len(links) and links[passed][0] <= start:
            continue
        if end - start >= _FEWEST_TAGGED and start and text[start - 1] in "#@":
            for hump in _HUMPS.finditer(text, start, end):
                yield Word(hump.start(), hump.end(), hump.group(), fold(hump.group()))
        else:
            yield Word(start, end, match.group(), fold(match.group()))


def fold_text(text: str) -> str:
    """Return the folded words of ``text`` joined by single spaces, for comparing whole texts."""
    return " ".join(word.folded for word in read_words(text))


_UKRAINIAN_LETTERS = re.compile("[іїєґ]")
_RUSSIAN_LETTERS = re.compile("[ыэъё]")
_of_thread = threading.local()


def _snowball(word: str, algorithm: str) -> str:
    # A Snowball stemmer keeps state while it works and must not be shared between threads.
    stemmer = getattr(_of_thread, algorithm, None)
    if stemmer is None:
        stemmer = Stemmer.Stemmer(algorithm)
        setattr(_of_thread, algorithm, stemmer)
    stemmed: str = stemmer.stemWord(word)
    return stemmed


# Endings of Ukrainian words; the longest that fits is stripped. Inflection proper is the dictionary's part;
# stripping brings words that the dictionary lacks, and the noun, adjective and verb of one root, together.
_UKRAINIAN_ENDINGS = frozenset(
    """ювати увати уватися ювання ування ений єний аний яний
    ністю ність ності ттями ттям ття ннями нням нню ння ню
    ами ями ові еві єві ого ому ими іми ої ою ею єю ії ію ія іям іях їв їм ів їй
    ати яти ити іти їти ути оти ти ав яв ив ів ала яла ила іла али яли или іли ало яло ило іло
    ає яє ує ює ають яють ують юють ать ять уть ють ить їть еш єш иш
    ам ям ах ях ом ем єм им ім их іх ий ій а я о е є и і ї у ю ь й""".split()
)
_LONGEST_ENDING = max(map(len, _UKRAINIAN_ENDINGS))
_SHORTEST_STEM = 3


def _strip_ukrainian(word: str) -> str:
    if len(word) > 6 and word.endswith(("ся", "сь")):
        word = word[:-2]
    for length in range(min(_LONGEST_ENDING, len(word) - _SHORTEST_STEM), 0, -1):
        if word[-length:] in _UKRAINIAN_ENDINGS:
            return word[:-length]
    return word


def language_of_word(folded: str, language: Language) -> Language:
    """Return the language whose stemmer suits the letters of one word in a text of ``language``.

    A Latin word in a Ukrainian text is stemmed as English; in a text of another language only Cyrillic
    words with letters of Ukrainian or Russian are stemmed.
    """
    if not CYRILLIC.search(folded):
        return "en" if LATIN.search(folded) and language != "other" else "other"
    if _UKRAINIAN_LETTERS.search(folded):
        return "uk"
    if _RUSSIAN_LETTERS.search(folded):
        return "ru"
    return "ru" if language == "en" else language


@lru_cache(maxsize=262_144)
def lemma(word: str, language: Language) -> str:
    """Return the folded dictionary form of ``word``; a word that no dictionary knows is only folded."""
    folded = fold(word)
    spoken = language_of_word(folded, language)
    if spoken == "other" or len(folded) > _LONGEST_STEMMED:
        return folded[:_LONGEST_STEMMED]
    printed = folded
    if spoken == "uk" and folded != word:
        # The dictionary spells apostrophes the typewriter's way; folded words have none.
        printed = drop_signs(unicodedata.normalize("NFC", word).casefold(), "'")
    found = skeleton(drop_signs(dictionary_form(folded, printed, spoken)))
    return found.replace("ё", "е") if spoken == "ru" else found


@lru_cache(maxsize=262_144)
def stems(word: str, language: Language) -> tuple[str, ...]:
    """Return the one or two stems of ``word``: by its lemma, and by its letters where that differs.

    The first is the one that is indexed. Looking up both finds a word whose lemma the dictionary took
    for another word's. Words without letters, and of languages without a stemmer, are only folded.
    """
    folded = fold(word)
    spoken = language_of_word(folded, language)
    if spoken == "other" or len(folded) > _LONGEST_STEMMED:
        return (folded[:_LONGEST_STEMMED],)
    known = lemma(word, language)
    if spoken == "en":
        # English inflects little, and its stemmer joins more of what a reader would join than lemmas do.
        found = (_snowball(folded, "english"), _snowball(known, "english"))
    elif spoken == "ru":
        found = (_snowball(known, "russian"), _snowball(folded.replace("ё", "е"), "russian"))
    else:
        found = (_strip_ukrainian(known), _strip_ukrainian(folded))
    return found if found[0] != found[1] else found[:1]


def stem(word: str, language: Language) -> str:
    """Return the folded stem under which ``word`` is indexed.

    >>> stem("переговорами", "uk") == stem("переговори", "uk")
    True
    """
    return stems(word, language)[0]
