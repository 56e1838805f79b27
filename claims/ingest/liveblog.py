"""Split the plain text of a live blog into its timed updates and its undated sections.

Invariant: updates and sections are disjoint stretches of the text in printed order, and an update ends
where the next update or a section heading begins, so an undated section is never swallowed by the
update above it. The text itself is never changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from claims.ingest.clock import TimeLine, read_date_line, read_time_line
from claims.ingest.dating import Dated, Dating, PrintedTime, date_times
from claims.ingest.extracted import ExtractedSection, ExtractedUpdate
from claims.ingest.headings import Line, lines_of, stands_as_heading

MINIMUM_UPDATES = 2
_MAX_TITLE = 200
_HEAD_LINES = 5


@dataclass(frozen=True, slots=True)
class _Opening:
    line: Line
    time: TimeLine
    day: date | None

    def printed_time(self) -> PrintedTime:
        return PrintedTime(self.time.clock, self.time.zone, self.day)


def split_live_blog(
    text: str, dating: Dating, title_end: int = 0
) -> tuple[tuple[ExtractedUpdate, ...], tuple[ExtractedSection, ...]]:
    """Return the updates and sections of a text; two empty tuples when it is no live blog.

    A live blog has at least two time lines. Nothing before ``title_end`` counts as a heading.
    """
    lines = lines_of(text)
    day_of = _date_lines(lines, dating.day())
    openings = {opening.line.start: opening for opening in _openings(lines, day_of, dating.day())}
    if len(openings) < MINIMUM_UPDATES:
        return (), ()
    headings = {line.start for line in _headings(lines, openings, day_of, title_end)}
    starts = sorted({*openings, *headings, *day_of})
    dated = date_times([opening.printed_time() for opening in openings.values()], dating)
    updates: list[ExtractedUpdate] = []
    sections: list[ExtractedSection] = []
    for start, limit in zip(starts, [*starts[1:], len(text)], strict=True):
        end = _trim(text, start, limit)
        if start in openings:
            updates.append(_update(text, openings[start], end, len(updates) + 1, dated[len(updates)]))
        elif start in headings:
            sections.append(_section(text, start, end))
    return tuple(updates), tuple(sections)


def _date_lines(lines: Sequence[Line], near: date | None) -> dict[int, date]:
    """Find the lines that are nothing but a date and stand above a time line, by offset. A single one at
    the head of the text is the article's own date line and says nothing about its updates."""
    found: dict[int, date] = {}
    for line, following in pairwise(lines):
        day = read_date_line(line.text, near)
        if day and read_time_line(following.text, near):
            found[line.start] = day
    head = {line.start for line in lines[:_HEAD_LINES]}
    return {} if len(found) == 1 and head.issuperset(found) else found


def _openings(lines: Sequence[Line], day_of: dict[int, date], near: date | None) -> Iterator[_Opening]:
    """Yield the time lines; a line that is only a date gives its day to the time line after it."""
    timed = [(line, read_time_line(line.text, near)) for line in lines if line.start not in day_of]
    dated_count = sum(1 for _line, time_line in timed if time_line and time_line.day)
    days = sorted(day_of)
    head = {line.start for line in lines[:_HEAD_LINES]}
    for line, time_line in timed:
        if time_line is None:
            continue
        # The only dated time, alone at the head of the text, is when the article was published.
        if time_line.day and dated_count == 1 and line.start in head and time_line.stands_alone:
            continue
        day_line = None
        while days and days[0] < line.start:
            day_line = day_of[days.pop(0)]
        yield _Opening(line, time_line, time_line.day or day_line)


def _headings(
    lines: Sequence[Line], openings: dict[int, _Opening], day_of: dict[int, date], title_end: int
) -> Iterator[Line]:
    """Yield the lines that open a section. The line right under a time line is that update's title."""
    previous: Line | None = None
    for line, following in pairwise(lines):
        above = openings.get(previous.start) if previous else None
        is_title = above is not None and above.time.stands_alone
        taken = line.start in openings or line.start in day_of or following.start in openings
        if line.start >= title_end and not is_title and not taken and stands_as_heading(line, following):
            yield line
        previous = line


def _section(text: str, start: int, end: int) -> ExtractedSection:
    heading = text[start:end].partition("\n")[0].strip()
    return ExtractedSection(heading, start, _skip_blanks(text, start + len(heading), end), end)


def _update(text: str, opening: _Opening, end: int, ordinal: int, dated: Dated) -> ExtractedUpdate:
    line, timed = opening.line, opening.time
    after_time = line.end if timed.stands_alone else line.start + timed.body_at
    body_start = _skip_blanks(text, after_time, end)
    body = text[body_start:end]
    return ExtractedUpdate(
        ordinal=ordinal,
        printed_time=timed.printed[:60],
        zone=dated.zone,
        zone_source=dated.zone_source,
        moment=dated.moment,
        title=_title(body),
        text=body,
        start=line.start,
        body_start=body_start,
        end=end,
        trouble=dated.trouble,
    )


def _title(body: str) -> str:
    """The first line, where more follows it and it does not read as a sentence of the report."""
    first, _newline, rest = body.partition("\n")
    first = first.strip()
    if rest.strip() and len(first) <= _MAX_TITLE and not first.endswith((".", ",", ":", ";")):
        return first
    return ""


def _skip_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start].isspace():
        start += 1
    return start


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
