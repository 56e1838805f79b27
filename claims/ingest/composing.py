"""Compose the text of an article out of its parts, so that every offset is right by construction.

Invariant: parts are joined by one blank line and nothing else; a part's offsets are those of its words in
the finished text. The times of all updates are placed together, because one dates the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from claims.ingest.dating import Dating, PrintedTime, date_times
from claims.ingest.extracted import ExtractedSection, ExtractedUpdate

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words outside any update; ``heading`` opens a section that lasts to the next heading or update."""

    words: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """One update: its printed time, title (may be empty) and body."""

    printed: str
    time: PrintedTime
    title: str
    body: str


Part = Paragraph | Post


@dataclass(slots=True)
class Composition:
    """The finished text with its updates and sections."""

    text: str = ""
    updates: list[ExtractedUpdate] = field(default_factory=list)
    sections: list[ExtractedSection] = field(default_factory=list)


def compose(parts: Iterable[Part], dating: Dating) -> Composition:
    """Join the parts in order. Each part's words must be normalised already."""
    parts = list(parts)
    dated = iter(date_times([part.time for part in parts if isinstance(part, Post)], dating))
    result = Composition()
    pieces: list[str] = []
    length = 0
    open_section: tuple[str, int] | None = None

    def add(words: str) -> int:
        nonlocal length
        start = length + len(_GAP) if pieces else 0
        pieces.append(words)
        length = start + len(words)
        return start

    def close_section() -> None:
        nonlocal open_section
        if open_section is not None:
            heading, start = open_section
            body_start = min(start + len(heading) + len(_GAP), length)
            result.sections.append(ExtractedSection(heading, start, body_start, length))
        open_section = None

    for part in parts:
        if isinstance(part, Paragraph):
            if part.heading:
                close_section()
            start = add(part.words)
            if part.heading:
                open_section = (part.words, start)
            continue
        close_section()
        body = _GAP.join(words for words in (part.title, part.body) if words)
        start = add(part.printed)
        body_start = add(body)
        place = next(dated)
        result.updates.append(
            ExtractedUpdate(
                ordinal=len(result.updates) + 1,
                printed_time=part.printed[:60],
                zone=place.zone,
                zone_source=place.zone_source,
                moment=place.moment,
                title=part.title[:500],
                text=body,
                start=start,
                body_start=body_start,
                end=length,
                trouble=place.trouble,
            )
        )
    close_section()
    result.text = _GAP.join(pieces)
    return result
