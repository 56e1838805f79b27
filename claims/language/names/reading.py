"""Proper names in running text: runs of capitalised words."""

from __future__ import annotations

import re

from claims.language.names.keys import name_key
from claims.language.readings import Language, Name, Span
from claims.language.sentences import split_sentences
from claims.language.terms import is_stop_word
from claims.language.words import Word, read_words

_WITHIN = re.compile(r"(?:\.? |[-‑–'’]|\. ?)\Z")


def name_keys(text: str, language: Language) -> tuple[str, ...]:
    """Return the script-independent keys of the words of one name."""
    return tuple(key for word in read_words(text) if (key := name_key(word.surface)))


def read_names(text: str, language: Language) -> tuple[Name, ...]:
    """Return the names of ``text`` in order."""
    starts = {span.start for span in split_sentences(text)}
    runs: list[list[Word]] = []
    previous: Word | None = None
    for word in read_words(text):
        capital = word.surface[0].isupper() and not (
            is_stop_word(word.folded, language) and (previous is None or word.start in starts)
        )
        if capital and previous and _WITHIN.match(text[previous.end : word.start]) and word.start not in starts:
            runs[-1].append(word)
        elif capital:
            runs.append([word])
        previous = word if capital else None
    found = []
    for run in runs:
        if len(run) == 1 and run[0].start in starts and not run[0].surface.isupper():
            continue
        span = Span(run[0].start, run[-1].end)
        keys = tuple(name_key(word.surface) for word in run)
        found.append(Name(span, span.of(text), keys))
    return tuple(found)
