"""Files of labelled sentences that a newsroom brings: JSON Lines, plain or gzipped.

Invariant: one bad line costs that line only; it comes back with its number and what is wrong with it.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.evaluation.datasets import BadDataset, language_of
from claims.language.readings import Language

_LONGEST_SENTENCE = 5_000  # Code points; what is longer is no sentence.
_LONGEST_LINE = 100_000  # Bytes; what is longer is not even looked at.
_LABELS: dict[Any, bool] = {0: False, 1: True, "0": False, "1": True}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One labelled sentence; ``language`` is “other” where the file does not tell it."""

    text: str
    worth: bool
    language: Language


@dataclass(frozen=True, slots=True)
class BadLine:
    number: int
    why: str


def read_labelled(path: Path) -> Iterator[Sentence | BadLine]:
    """Yield the lines of ``path`` in order. Raises ``BadDataset`` where the file itself cannot be read."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
            number = 0
            while line := lines.readline(_LONGEST_LINE + 1):
                number += 1
                if len(line) > _LONGEST_LINE and not line.endswith(b"\n"):
                    while (more := lines.readline(_LONGEST_LINE)) and not more.endswith(b"\n"):
                        pass
                    yield BadLine(number, "the line is too long")
                elif line.strip():
                    yield _sentence(line, number)
    except (OSError, EOFError, zlib.error) as broken:
        raise BadDataset(f"{path} cannot be read: {broken}") from broken


def _sentence(line: bytes, number: int) -> Sentence | BadLine:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return BadLine(number, "not UTF-8")
    except (ValueError, RecursionError):
        return BadLine(number, "not JSON")
    if not isinstance(row, dict):
        return BadLine(number, "not an object")
    text, label = row.get("text"), row.get("label")
    if not isinstance(text, str) or not text.strip():
        return BadLine(number, "no “text”")
    if len(text) > _LONGEST_SENTENCE:
        return BadLine(number, f"“text” is longer than {_LONGEST_SENTENCE} characters")
    if not isinstance(label, int | str) or label not in _LABELS:
        return BadLine(number, "“label” is neither 0 nor 1")
    return Sentence(" ".join(text.split()), _LABELS[label], language_of(row))
