"""Cut a document into passages, the units that are indexed and that evidence points at.

Invariant: ``text[passage.start:passage.end]`` is the passage, offsets count code points of the text as
given; a passage never crosses from one update or section into another, and every word of the body of the
text is in at least one passage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.ingest.extracted import ExtractedSection, ExtractedUpdate
from claims.language.readings import Span
from claims.language.sentences import split_sentences

MAX_WORDS = 80
# A “sentence” beyond this is a list or a broken text, and is cut at blanks so that passages stay short.
_MAX_SENTENCE_CHARACTERS = 1200


@dataclass(frozen=True, slots=True)
class DocumentPassage:
    """One stretch of a text; ``ordinal`` counts from 1. ``update_ordinal`` names the update it is from."""

    ordinal: int
    start: int
    end: int
    text: str
    update_ordinal: int | None = None


def split_passages(
    text: str,
    updates: Sequence[ExtractedUpdate] = (),
    sections: Sequence[ExtractedSection] = (),
    max_words: int = MAX_WORDS,
) -> tuple[DocumentPassage, ...]:
    """Return the passages of a text in order: an update as a whole where it is short, else windows of
    sentences of at most about ``max_words`` words, each repeating the last sentence of the one before."""
    found: list[DocumentPassage] = []
    for start, end, update_ordinal in _regions(text, updates, sections):
        for window in _windows(text, _sentences(text, start, end), max_words):
            found.append(
                DocumentPassage(len(found) + 1, window.start, window.end, window.of(text), update_ordinal)
            )
    return tuple(found)


def _regions(
    text: str, updates: Sequence[ExtractedUpdate], sections: Sequence[ExtractedSection]
) -> Iterator[tuple[int, int, int | None]]:
    """Yield the stretches that passages may not leave: bodies without printed times, and what is between."""
    bodies = [(update.start, update.body_start, update.end, update.ordinal) for update in updates]
    bodies += [(section.start, section.start, section.end, 0) for section in sections]
    position = 0
    for start, body_start, end, ordinal in sorted(bodies):
        yield position, start, None
        yield body_start, end, ordinal or None
        position = end
    yield position, len(text), None


def _sentences(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    for sentence in split_sentences(text[start:end]):
        found += _cut(text, start + sentence.start, start + sentence.end)
    return found


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > _MAX_SENTENCE_CHARACTERS:
        blank = text.rfind(" ", start + 1, start + _MAX_SENTENCE_CHARACTERS)
        middle = blank if blank > 0 else start + _MAX_SENTENCE_CHARACTERS
        yield from _trimmed(text, start, middle)
        start = middle
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if any(character.isalnum() for character in text[start:end]):
        yield Span(start, end)


def _weight(sentence: str) -> int:
    """Count words; a word of many letters counts for several, so that no passage grows without bound."""
    return max(len(sentence.split()), len(sentence) // 15)


def _windows(text: str, sentences: Sequence[Span], max_words: int) -> Iterator[Span]:
    counts = [_weight(sentence.of(text)) for sentence in sentences]
    first = 0
    while first < len(sentences):
        last, words = first, counts[first]
        while last + 1 < len(sentences) and words + counts[last + 1] <= max_words:
            last += 1
            words += counts[last]
        yield Span(sentences[first].start, sentences[last].end)
        if last + 1 == len(sentences):
            return
        # The overlap is dropped where the repeated sentence alone would leave no room for the next.
        overlaps = last > first and counts[last] + counts[last + 1] <= max_words
        first = last if overlaps else last + 1
