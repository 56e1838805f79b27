"""Which words of a text meet a question, by stem, by name in any script, or by meaning, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from claims.language.readings import Reading
from claims.language.tokens import name_tokens

#: So much of a passage is shown in a list of answers, in code points: four lines of the narrowest column.
EXCERPT = 160


def met_words(asked: Reading, held: Reading) -> tuple[tuple[int, int], ...]:
    """Return the spans of ``held`` (code points of its text) that meet the question, in order."""
    stems = {term.stem for term in asked.terms}
    names = {token for name in asked.names for token in name_tokens(name)}
    meanings = {concept.concept for concept in asked.concepts}
    spans = [term.span for term in held.terms if term.stem in stems]
    spans += [name.span for name in held.names if names.intersection(name_tokens(name))]
    spans += [concept.span for concept in held.concepts if concept.concept in meanings]
    return merged([(span.start, span.end) for span in spans])


def excerpt(
    text: str, marks: Sequence[tuple[int, int]], size: int = EXCERPT
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the stretch of about ``size`` code points with the most different marked words, and its marks."""
    if len(text) <= size or not marks:
        return text, tuple(marks)
    starts = [max(0, min(start - size // 4, len(text) - size)) for start, _end in marks]

    def different(start: int) -> int:
        return len({text[left:right].casefold() for left, right in marks if start <= left < start + size})

    first = max(starts, key=different)
    # The cut falls between words; where there is no blank, there is nothing to cut between.
    first = text.find(" ", first, first + size // 4) + 1 if first else 0
    last = text.rfind(" ", first, first + size) if first + size < len(text) else len(text)
    last = last if last > first else first + size
    before, after = "… " if first else "", " …" if last < len(text) else ""
    shift = first - len(before)
    shown = tuple((left - shift, right - shift) for left, right in marks if first <= left and right <= last)
    return before + text[first:last] + after, shown


def merged(spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return ``spans`` in order, with those that touch or overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
