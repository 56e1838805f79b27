"""Lines of a plain text, and which of them are headings.

Invariant: a heading is judged by the line and its neighbours alone: short, like a title, standing by
itself above a paragraph; a pointer to another story, a caption or a quotation is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_MAX_CHARACTERS = 90
_MAX_WORDS = 10
# Lines that point elsewhere or name a picture look like headings but open nothing.
_POINTER = re.compile(
    r"(?:read (?:also|more)|see also|also read|photo|video|image|source|watch|by|share|"
    r"читайте|фото|відео|видео|джерело|источник|дивіться|смотрите|автор|поділитися|поделиться)\b",
    re.IGNORECASE,
)
_SENTENCE_END = (".", "!", ",", ";", ":", "…", "—", "–", "-")
_LIST_MARKS = ("•", "-", "*", "–", "—", "·", "▪")
_QUOTES = "«“\"„'"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, without the blanks around it; offsets are those of the whole text.
    ``after_gap`` tells whether it begins a paragraph."""

    start: int
    end: int
    text: str
    after_gap: bool


def lines_of(text: str) -> tuple[Line, ...]:
    """Return the non-blank lines of a text with their offsets.

    Where a text has no blank lines at all, every line is a paragraph of its own.
    """
    found: list[Line] = []
    position, gap = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + raw.index(stripped[0])
            found.append(Line(start, start + len(stripped), stripped, gap))
        gap = not stripped
        position += len(raw) + 1
    if any(line.after_gap for line in found[1:]):
        return tuple(found)
    return tuple(replace(line, after_gap=True) for line in found)


def stands_as_heading(line: Line, following: Line) -> bool:
    """Tell whether a line opens a section, from itself and the next line."""
    alone = line.after_gap and (following.after_gap or following.text.startswith(_LIST_MARKS))
    return alone and looks_like_heading(line.text) and not looks_like_heading(following.text)


def looks_like_heading(line: str) -> bool:
    """Tell a heading from a sentence by its length, its first letter and how it ends."""
    if len(line) > _MAX_CHARACTERS or len(line.split()) > _MAX_WORDS or line.endswith(_SENTENCE_END):
        return False
    opening = line.lstrip(_QUOTES)[:1]
    if not (opening.isupper() or opening.isdigit()) or not any(c.isalpha() for c in line):
        return False
    # A whole quotation in quotation marks is something that was said.
    is_speech = line[0] in _QUOTES and line[-1] in "»”\"'" and line.count(line[0]) <= 2
    return not is_speech and not _POINTER.match(line)
