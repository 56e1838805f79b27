"""Which documents carry one and the same report. Corroboration counts origins, not documents.

Three ties, the surest first: nearly the same text, an explicit credit to one agency, the same long quotation.
Invariant: the grouping does not depend on the order of the documents, and each document has one origin.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.language.attribution import credits_among, is_outlet
from claims.language.names import read_names
from claims.language.readings import Reading
from claims.language.words import fold_text

#: Share of three-word shingles of the shorter text from which two texts are one report.
NEAR_DUPLICATE = 0.5
#: A quotation of so many words is not met twice by chance.
LONG_QUOTATION = 8
_SHINGLE = 3
#: Texts are compared at length only when one of so many smallest hashes is shared.
_SKETCH = 48


@dataclass(frozen=True, slots=True)
class OriginText:
    """One document as origins see it: its id, who published it, and its reading."""

    id: str
    outlet: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Origin:
    """A group: ``key`` is stable for the same first member, ``name`` who it goes back to, ``reason`` why."""

    key: str
    name: str
    reason: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Trace:
    """What ties a document to others."""

    text: OriginText
    shingles: frozenset[int]
    sketch: frozenset[int]
    credited: str
    credited_as: str
    quotations: frozenset[str]


def group_origins(documents: Sequence[OriginText]) -> dict[str, Origin]:
    """Return the origin of each document, by id. The order of the input does not matter."""
    traces = [_trace(document) for document in sorted(documents, key=lambda document: document.id)]
    origins: dict[str, Origin] = {}
    for at, trace in enumerate(traces):
        origins[trace.text.id] = next(_ties(trace, traces[:at], origins), None) or _own(trace)
    return origins


def _ties(trace: _Trace, earlier: Sequence[_Trace], origins: dict[str, Origin]) -> Iterator[Origin]:
    for other in earlier:
        if trace.sketch & other.sketch and _containment(trace.shingles, other.shingles) >= NEAR_DUPLICATE:
            yield _joined(origins[other.text.id], "near_duplicate", other.text.outlet)
    if trace.credited:
        name = trace.credited_as
        yield Origin(f"c:{trace.credited}"[:80], name, _reason("credited", name))
    for other in earlier:
        if trace.quotations & other.quotations:
            yield _joined(origins[other.text.id], "shared_quotation", other.text.outlet)


def _own(trace: _Trace) -> Origin:
    """An agency's own report is of one origin with those that credit it; any other outlet's is its own."""
    outlet = trace.text.outlet
    listed = next((name.canonical for name in read_names(outlet, "other") if name.canonical), "")
    key = f"c:{listed}"[:80] if listed and is_outlet(listed) else f"d{trace.text.id}"
    return Origin(key, outlet, _reason("own_report", outlet))


def _joined(first: Origin, code: str, of: str) -> Origin:
    return Origin(first.key, first.name, _reason(code, of))


def _reason(code: str, of: str) -> tuple[tuple[str, str], ...]:
    return (("code", code), ("of", of))


def _trace(document: OriginText) -> _Trace:
    reading = document.reading
    shingles = _shingles(reading.text)
    quoted = (fold_text(quotation.words) for quotation in reading.quotations)
    credited = _sole_credit(document)
    return _Trace(
        document,
        shingles,
        frozenset(sorted(shingles)[:_SKETCH]),
        credited,
        _as_printed(reading, credited),
        frozenset(words for words in quoted if len(words.split()) >= LONG_QUOTATION),
    )


def _sole_credit(document: OriginText) -> str:
    """Return the one wire or outlet that a text credits; one that draws on several is a report of its own."""
    credits = credits_among(document.reading.names, document.reading.attributions)
    return credits[0] if len(credits) == 1 else ""


def _as_printed(reading: Reading, credited: str) -> str:
    printed = (
        name.surface for name in reading.names if credited in (name.canonical, fold_text(name.surface))
    )
    return next(printed, credited)


def _shingles(text: str) -> frozenset[int]:
    """Return hashes of the three-word runs; their smallest are a fair sample of all of them."""
    words = fold_text(text).split()
    runs = (" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))
    return frozenset(zlib.crc32(run.encode()) for run in runs)


def _containment(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
