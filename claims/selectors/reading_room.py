"""An article laid out for reading: stretches on a time rail, paragraphs, and the marked words in them.

Invariant: the pieces of a paragraph, joined, are exactly its stretch of the article's text, so that a page
can turn selected words back into code points.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from claims.models import Appearance, Update, WordsChoice
from claims.selectors.update_history import Edit, Removed, UpdateHistory, words_of

_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked words: code points ``[start, end)``. Either the ``appearance`` of a claim, or the codes of
    ``why`` its ``words`` are suggested."""

    start: int
    end: int
    appearance: Appearance | None = None
    why: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that carry the same mark. ``opens`` and ``closes`` are True for its first and its last piece."""

    start: int
    text: str
    mark: Mark | None = None
    opens: bool = False
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    start: int
    end: int
    pieces: tuple[Piece, ...]
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """One update, one undated section, or text that belongs to neither (``update`` is None).

    ``key`` is equal for the same words at the same printed time, whatever stands around them. ``goes_on``: it began
    on the page before. ``removed`` stood before it until they were taken out.
    """

    update: Update | None
    paragraphs: tuple[Paragraph, ...]
    key: str = ""
    goes_on: bool = False
    is_news: bool = False
    edits: tuple[Edit, ...] = ()
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingRoom:
    """The article, or the part of it that is shown. ``starts`` tells by appearance where its words stand in the
    whole text; ``lost`` are appearances whose words stand there no more; ``removed`` stood after everything."""

    stretches: tuple[Stretch, ...]
    suggested: tuple[Mark, ...] = ()
    lost: tuple[Appearance, ...] = ()
    zones_assumed: tuple[str, ...] = ()
    starts: dict[int, int] = field(default_factory=dict)
    removed: tuple[Removed, ...] = ()


def lay_out(
    text: str,
    updates: Sequence[Update],
    appearances: Sequence[Appearance],
    suggestions: Iterable[Mark] = (),
    *,
    window: tuple[int, int] | None = None,
    history: UpdateHistory | None = None,
) -> ReadingRoom:
    """Lay out ``text`` (current version) with its updates in text order; suggestions give way to claims.

    ``window`` are the code points that are shown, all of them where it is None.
    """
    first, last = window or (0, len(text))
    history = history or UpdateHistory()
    said, lost = _place(text, appearances)
    suggested = _beside(said, suggestions)
    marks = sorted(said + suggested, key=lambda mark: (mark.start, mark.end))
    removed = history.removed_before(updates)
    stretches = tuple(
        stretch
        for update, start, end in cover(len(text), updates)
        if start < last and first < end
        if (
            stretch := _stretch(
                text,
                update,
                max(start, first),
                min(end, last),
                marks,
                goes_on=start < first,
                history=history,
                removed=removed.get(update.ordinal, ()) if update else (),
            )
        ).paragraphs
        or update
    )
    assumed = {update.zone for update in updates if update.printed_time and not update.zone_stated}
    return ReadingRoom(
        stretches,
        tuple(suggested),
        tuple(lost),
        tuple(sorted(assumed - {""})),
        {mark.appearance.pk: mark.start for mark in said if mark.appearance},
        tuple(removed.get(None, ())) if last == len(text) else (),
    )


def find_quotation(text: str, exact: str, prefix: str = "", suffix: str = "", near: int = 0) -> int | None:
    """Return where ``exact`` starts: with its surroundings if they stand, else the place next to ``near``."""
    whole = text.find(prefix + exact + suffix)
    if whole >= 0 and (prefix or suffix):
        return whole + len(prefix)
    places = [match.start() for match in re.finditer(re.escape(exact), text)] if exact else []
    return min(places, key=lambda place: abs(place - near)) if places else None


def place_of(text: str, appearance: Appearance) -> int | None:
    """Return where the words of ``appearance`` stand in ``text``; None where they do not, or are not the ones that
    were quoted: another update may say the same."""
    if appearance.words_state == WordsChoice.GONE:
        return None
    start = appearance.start
    if start is not None and text[start : appearance.end] == appearance.exact:
        return start
    return find_quotation(text, appearance.exact, appearance.prefix, appearance.suffix, appearance.start or 0)


def _place(text: str, appearances: Sequence[Appearance]) -> tuple[list[Mark], list[Appearance]]:
    """Find each quotation in the text as it stands now: it may have moved since it was logged."""
    said: list[Mark] = []
    lost: list[Appearance] = []
    for appearance in appearances:
        start = place_of(text, appearance)
        if start is None:
            lost.append(appearance)
        else:
            said.append(Mark(start, start + len(appearance.exact), appearance))
    return said, lost


def _beside(said: Sequence[Mark], suggestions: Iterable[Mark]) -> list[Mark]:
    return [
        mark
        for mark in suggestions
        if not any(mark.start < claim.end and claim.start < mark.end for claim in said)
    ]


def cover(length: int, updates: Sequence[Update]) -> Iterable[tuple[Update | None, int, int]]:
    """Yield stretches of ``[0, length)`` without gap or overlap, in order of the text."""
    at = 0
    for update in sorted(updates, key=lambda update: (update.start, update.end)):
        if update.start < at or update.end > length:
            continue
        if at < update.start:
            yield None, at, update.start
        yield update, update.start, update.end
        at = update.end
    if at < length:
        yield None, at, length


def _stretch(
    text: str,
    update: Update | None,
    start: int,
    end: int,
    marks: Sequence[Mark],
    *,
    goes_on: bool,
    history: UpdateHistory,
    removed: Sequence[Removed],
) -> Stretch:
    # The rail shows the time that opens a post; the heading that opens a section belongs to its words.
    begin = max(start, update.body_start) if update and update.kind == Update.Kind.POST else start
    title = update.title if update and not goes_on else ""
    paragraphs: list[Paragraph] = []
    for found in _PARAGRAPH.finditer(text, begin, end):
        if not found.group().strip():
            continue
        is_title = bool(title) and not paragraphs and found.group().strip() == title
        pieces = tuple(_pieces(text, found.start(), found.end(), marks))
        paragraphs.append(Paragraph(found.start(), found.end(), pieces, is_title))
    words = words_of(update, text) if update else text[begin:end].strip()
    return Stretch(
        update,
        tuple(paragraphs),
        key=_key(update.printed_time if update else "", words),
        goes_on=goes_on,
        is_news=words in history.news,
        edits=() if goes_on else history.edits.get(words, ()),
        removed=() if goes_on else tuple(removed),
    )


def _key(printed_time: str, words: str) -> str:
    told = f"{printed_time}\n{words}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(told).hexdigest()[:12]


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterable[Piece]:
    """Cut ``[start, end)`` where marks begin or end; of several marks the shortest one shows."""
    last = bisect_left(marks, end, key=lambda mark: mark.start)
    over = [mark for mark in marks[:last] if mark.end > start]
    cuts = sorted({start, end, *(max(m.start, start) for m in over), *(min(m.end, end) for m in over)})
    for left, right in pairwise(cuts):
        covering = [mark for mark in over if mark.start <= left and right <= mark.end]
        mark = min(covering, key=lambda found: found.end - found.start, default=None)
        if mark is None:
            yield Piece(left, text[left:right])
        else:
            yield Piece(left, text[left:right], mark, mark.start == left, mark.end == right)


def stretch_at(stretches: Sequence[Stretch], position: int) -> Stretch | None:
    """Return the stretch whose paragraphs hold ``position``."""
    starts = [stretch.paragraphs[0].start if stretch.paragraphs else 0 for stretch in stretches]
    at = bisect_right(starts, position) - 1
    return stretches[at] if at >= 0 else None
