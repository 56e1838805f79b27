"""Plain tables of words in three languages, as the lexicon and the lists of names keep them.

A line is ``id TAB English TAB Ukrainian TAB Russian [TAB relations]``; words are separated by commas, and
``#`` opens a comment line. Invariant: a faulty line is reported with its number and left out, and the
rest of the file loads; reading a table never raises for what the file contains.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.language.readings import LANGUAGES, Language

_LARGEST_FILE = 4_000_000  # Bytes; a word list beyond this is a mistake and would stall the reader.
_LONGEST_PHRASE = 120  # Code points.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffd\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TableProblem:
    """A line that was left out, or part of it, and why. ``line`` counts from 1; 0 is the whole file."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path.name}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One accepted line: its id, its words by language, and its relations as written."""

    path: Path
    line: int
    id: str
    words: dict[Language, tuple[str, ...]]
    relations: tuple[str, ...]


def read_table(
    path: Path, is_id: Callable[[str], object], problems: list[TableProblem]
) -> Iterator[TableRow]:
    """Yield the sound rows of the file at ``path``; append what is wrong to ``problems``."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            problems.append(TableProblem(path, 0, f"larger than {_LARGEST_FILE} bytes, not read"))
            return
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        problems.append(TableProblem(path, 0, f"cannot be read: {error.strerror}"))
        return
    for number, line in enumerate(text.split("\n"), start=1):
        line = line.rstrip("\r")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            yield _parse(path, number, line, is_id)
        except ValueError as error:
            problems.append(TableProblem(path, number, str(error)))


def _parse(path: Path, number: int, line: str, is_id: Callable[[str], object]) -> TableRow:
    if _CONTROL.search(line.replace("\t", "")):
        raise ValueError("holds a control character or is not UTF-8")
    columns = [column.strip() for column in line.split("\t")]
    if not 4 <= len(columns) <= 5:
        raise ValueError(f"has {len(columns)} columns separated by TAB instead of 4 or 5")
    if not is_id(columns[0]):
        raise ValueError(f"“{columns[0][:60]}” is no valid id")
    words = {language: split_list(column) for language, column in zip(LANGUAGES, columns[1:4], strict=True)}
    if not any(words.values()):
        raise ValueError("has no words in any language")
    if any(len(phrase) > _LONGEST_PHRASE for phrases in words.values() for phrase in phrases):
        raise ValueError(f"has a phrase of more than {_LONGEST_PHRASE} characters")
    return TableRow(path, number, columns[0], words, split_list(columns[4]) if len(columns) == 5 else ())


def split_list(column: str) -> tuple[str, ...]:
    """Return the entries of one column without empty and repeated ones."""
    return tuple(dict.fromkeys(entry for entry in (part.strip() for part in column.split(",")) if entry))


def table_files(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the ``*.tsv`` files of each folder by name; a folder that is missing has none."""
    for folder in folders:
        if folder.is_dir():
            yield from sorted(folder.glob("*.tsv"))
