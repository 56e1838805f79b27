"""Concepts of the lexicon in a text: “переговорів”, “переговоров” and “talks” all read as ``talks``.

Invariant: at each word the longest phrase wins and its words are not read again, so that “power plant”
is one concept and not also “power”; where several concepts share the phrase, all are returned.
"""

from __future__ import annotations

import re

from claims.language.families import family_keys
from claims.language.lexicon import Lexicon, current_lexicon
from claims.language.readings import Concept, Language, Span
from claims.language.words import Word, lemma, read_words

#: What stands before the first word of a text or sentence.
_OPENS = re.compile(r"(?:\A|[.!?…\n])[\s\"'“”„«»(\[]{0,6}\Z")


def read_concepts(text: str, language: Language, lexicon: Lexicon | None = None) -> tuple[Concept, ...]:
    """Return the concepts of ``text`` in order of their words; texts of other languages have none.

    A phrase is looked up by the dictionary forms of its words, and by the families of its words where that
    finds a longer one: “legally” reads as what “legal” means.

    >>> "talks" in [found.concept for found in read_concepts("переговорів", "uk")]
    True
    """
    known = lexicon or current_lexicon()
    by_lemma, families = known.by_lemma.get(language), known.by_family.get(language)
    if by_lemma is None or families is None:
        return ()

    def by_dictionary(word: Word) -> tuple[str, ...]:
        return (lemma(word.surface, language),)

    def by_family(word: Word) -> tuple[str, ...]:
        return family_keys(_as_within(text, word), language)

    words = read_words(text)
    found: list[Concept] = []
    position = 0
    while position < len(words):
        word = words[position]
        concepts: tuple[str, ...] = ()
        length = 0
        # Most words begin no phrase at all, and telling so costs much less than looking for the longest.
        if lemma(word.surface, language) in by_lemma:
            concepts, length = by_lemma.longest(words, position, by_dictionary)
        if not families.keys().isdisjoint(by_family(word)):
            related, reach = families.longest(words, position, by_family)
            if reach > length:
                concepts, length = related, reach
        if length:
            span = Span(word.start, words[position + length - 1].end)
            found.extend(Concept(span, concept) for concept in concepts)
        position += length or 1
    return tuple(found)


def _as_within(text: str, word: Word) -> str:
    """Return a word as it would be printed within a sentence: a capital letter that opens one makes no name."""
    surface = word.surface
    if (
        surface[0].isupper()
        and surface[1:].islower()
        and _OPENS.search(text, max(word.start - 8, 0), word.start)
    ):
        return surface.lower()
    return surface
