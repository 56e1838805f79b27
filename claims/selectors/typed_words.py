"""What a person typed into a search field, as a reading and as the tokens that the engine is asked for."""

from __future__ import annotations

from dataclasses import replace

from claims.language.reading import read
from claims.language.readings import Language, Reading
from claims.language.tokens import index_tokens
from claims.search.base import FIELDS, WeightedToken

#: The longest question that is read (code points).
LONGEST_QUESTION = 300
#: From so many words on, a question is a sentence: it tells its language, and may be held against claims.
SENTENCE = 3
#: How much a token of each field counts: a name says more than a word, a figure's unit less.
_WEIGHTS = {"terms": 1.0, "names": 1.5, "concepts": 0.8, "figures": 0.5, "dates": 0.7}
_OTHER: dict[Language, Language] = {"uk": "ru", "ru": "uk"}


def tidied(question: str) -> str:
    """Return the words with single blanks, cut at the longest question."""
    return " ".join(question.split())[:LONGEST_QUESTION]


def read_typed(question: str) -> Reading:
    """Read tidied words. A Cyrillic word or two may be of either language, and are read in both.

    «переговори» has no letter that Russian lacks, and would else be read as a Russian word that nobody uses.
    """
    asked = read(question)
    if asked.language not in _OTHER or is_sentence(asked):
        return asked
    other = read(question, language=_OTHER[asked.language])
    return replace(
        asked,
        terms=asked.terms + other.terms,
        names=asked.names + other.names,
        concepts=asked.concepts + other.concepts,
        quantities=asked.quantities + other.quantities,
        times=asked.times + other.times,
    )


def is_sentence(asked: Reading) -> bool:
    """Tell whether so much was typed that it may be a claim."""
    return len({term.span for term in asked.terms}) >= SENTENCE


def typed_tokens(asked: Reading) -> tuple[WeightedToken, ...]:
    """Return each different token of the words once, weighted by its field."""
    tokens = index_tokens(asked)
    return tuple(
        WeightedToken(field, token, _WEIGHTS[field])
        for field in FIELDS
        for token in dict.fromkeys(tokens.get(field, "").split())
    )
