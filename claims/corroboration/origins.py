"""Which documents carry one and the same report. Corroboration counts origins, not documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.language.readings import Reading
from claims.language.words import fold_text

#: Share of three-word shingles in the shorter text from which two texts are one report.
NEAR_DUPLICATE = 0.5
_SHINGLE = 3


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


def group_origins(documents: Sequence[OriginText]) -> dict[str, Origin]:
    """Return the origin of each document, by id. The order of the input does not matter."""
    origins: dict[str, Origin] = {}
    seen: list[tuple[OriginText, frozenset[str]]] = []
    for document in sorted(documents, key=lambda document: document.id):
        shingles = _shingles(document.reading.text)
        for earlier, other in seen:
            if _containment(shingles, other) >= NEAR_DUPLICATE:
                first = origins[earlier.id]
                origins[document.id] = Origin(
                    first.key, first.name, (("code", "near_duplicate"), ("of", earlier.outlet))
                )
                break
        else:
            reason = (("code", "own_report"), ("of", document.outlet))
            origins[document.id] = Origin(f"d{document.id}", document.outlet, reason)
        seen.append((document, shingles))
    return origins


def _shingles(text: str) -> frozenset[str]:
    words = fold_text(text).split()
    return frozenset(" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))


def _containment(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
