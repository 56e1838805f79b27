"""Files of labelled examples: JSON Lines, plain or gzipped. A missing optional file is an empty one."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from claims.language.readings import LANGUAGES, Language, Span

Row = dict[str, Any]


class BadDataset(Exception):
    """The folder lacks a file that the suite cannot do without, or a line of it is not JSON."""


def read_rows(folder: Path, name: str, *, required: bool = True) -> list[Row]:
    """Return the rows of ``name`` or ``name.gz`` in ``folder``."""
    for path in (folder / name, folder / f"{name}.gz"):
        if path.exists():
            return read_file(path)
    if required:
        raise BadDataset(f"{folder} has no {name}")
    return []


def read_file(path: Path) -> list[Row]:
    """Return the rows of one file. Raises ``BadDataset`` with the line number."""
    rows: list[Row] = []
    try:
        with (
            gzip.open(path, "rt", encoding="utf-8")
            if path.suffix == ".gz"
            else path.open(encoding="utf-8") as lines
        ):
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    rows.append(_row(line, path, number))
    except (OSError, UnicodeDecodeError) as broken:
        raise BadDataset(f"{path}: {broken}") from broken
    return rows


def _row(line: str, path: Path, number: int) -> Row:
    try:
        row = json.loads(line)
    except ValueError as broken:
        raise BadDataset(f"{path}:{number}: {broken}") from broken
    if not isinstance(row, dict):
        raise BadDataset(f"{path}:{number}: not an object")
    return cast(Row, row)


def language_of(row: Row, field: str = "language") -> Language:
    """Return the language of a row; one that the readers do not know is “other”."""
    stated = row.get(field)
    return cast(Language, stated) if stated in LANGUAGES else "other"


@dataclass(frozen=True, slots=True)
class Published:
    """When a text came out: a moment, or a bare date, or neither."""

    at: datetime | None = None
    on: date | None = None


def published(row: Row, field: str = "published_at") -> Published:
    """Return when a row's text came out; what is no date counts as not given."""
    stated = row.get(field) or ""
    try:
        if len(stated) <= len("2026-02-18"):
            return Published(on=date.fromisoformat(stated))
        moment = datetime.fromisoformat(stated)
    except (TypeError, ValueError):
        return Published()
    return Published(at=moment) if moment.tzinfo else Published(on=moment.date())


def expected_spans(text: str, words: list[str]) -> list[Span]:
    """Return where each of ``words`` stands; the same words twice are found one after the other."""
    found: list[Span] = []
    for wanted in words:
        taken = [span for span in found if span.of(text) == wanted]
        start = text.find(wanted, taken[-1].end if taken else 0)
        found.append(Span(start, start + len(wanted)) if start >= 0 else Span(0, 0))
    return found
