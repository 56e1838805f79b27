"""Concepts of the lexicon in a text: “переговорів”, “переговоров” and “talks” all read as ``talks``.

Invariant: at each word the longest phrase wins and its words are not read again, so that “power plant”
is one concept and not also “power”; where several concepts share the phrase, all are returned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claims.language.lexicon import Branch, Lexicon, current_lexicon
from claims.language.readings import Concept, Language, Span
from claims.language.words import Word, lemma, read_words, stems

_WIDEST_GAP = 3  # Code points between two words of one phrase: a space, a hyphen, a dash with spaces.


def read_concepts(text: str, language: Language, lexicon: Lexicon | None = None) -> tuple[Concept, ...]:
    """Return the concepts of ``text`` in order of their words; texts of other languages have none.

    >>> [found.concept for found in read_concepts("переговори", "uk")]
    ['talks']
    """
    known = lexicon or current_lexicon()
    by_lemma, by_stem = known.by_lemma.get(language), known.by_stem.get(language)
    if by_lemma is None or by_stem is None:
        return ()
    words = read_words(text)
    found: list[Concept] = []
    position = 0
    while position < len(words):
        concepts, length = _longest(by_lemma, words, position, language, _only_lemma)
        related, reach = _longest(by_stem, words, position, language, stems)
        if reach > length:
            concepts, length = related, reach
        if length:
            span = Span(words[position].start, words[position + length - 1].end)
            found.extend(Concept(span, concept) for concept in concepts)
        position += length or 1
    return tuple(found)


def _only_lemma(word: str, language: Language) -> tuple[str, ...]:
    return (lemma(word, language),)


def _longest(
    tree: Branch,
    words: Sequence[Word],
    position: int,
    language: Language,
    spellings: Callable[[str, Language], tuple[str, ...]],
) -> tuple[tuple[str, ...], int]:
    """Return the concepts of the longest phrase that begins at ``position``, and its number of words."""
    best: tuple[tuple[str, ...], int] = ((), 0)
    branches = [tree]
    for length, index in enumerate(range(position, len(words)), start=1):
        word = words[index]
        if length > 1 and word.start - words[index - 1].end > _WIDEST_GAP:
            break
        branches = [
            branch[spelling]
            for branch in branches
            for spelling in spellings(word.surface, language)
            if spelling in branch
        ]
        if not branches:
            break
        ending = tuple(dict.fromkeys(concept for branch in branches for concept in branch.concepts))
        if ending:
            best = (ending, length)
    return best
