"""The updates of a live blog page from its ``<time>`` elements, as parts to compose.

Invariant: parts keep page order and no words are in two of them; a page whose times are those of other
stories, comments or its own head yields no updates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from claims.ingest.calendar_words import zone_named
from claims.ingest.clock import read_time_line
from claims.ingest.composing import Paragraph, Part, Post
from claims.ingest.dating import Dating, PrintedTime, moment_of
from claims.ingest.liveblog import MINIMUM_UPDATES
from claims.ingest.page_blocks import Block
from claims.ingest.page_dates import read_printed

_SHORTEST_BODY = 15
_HEAD_BLOCKS = 3
_MOST_LEVELS = 12

Printed = dict[HtmlElement, tuple[str, PrintedTime]]


def parts_from_times(blocks: Sequence[Block], dating: Dating) -> list[Part]:
    """Return the parts of a live blog whose posts carry ``<time>`` elements; empty when there are none.

    Which elements are the posts is found by trying: those of one kind (tag and class, in one kind of
    parent) that give most posts with words, in wrappers of their own rather than in a row, and most words.
    """
    printed = _update_times(blocks, dating)
    best: list[Part] = []
    best_score = (MINIMUM_UPDATES - 1, False, 0)
    for time_of in _groups(printed, _title_path(blocks)):
        parts, in_wrappers = _group_parts(blocks, time_of, printed)
        bodies = [len(part.body) for part in parts if isinstance(part, Post)]
        score = (sum(length >= _SHORTEST_BODY for length in bodies), in_wrappers, sum(bodies))
        if score > best_score:
            best, best_score = parts, score
    return best if best_score[0] >= MINIMUM_UPDATES else []


def _update_times(blocks: Sequence[Block], dating: Dating) -> Printed:
    """Find the ``<time>`` elements with a clock time, the first of those that stand side by side. The
    publication time near the main heading is the page's own, not an update's."""
    start = _after_title(blocks)
    head = {time for block in blocks[: start + _HEAD_BLOCKS] for time in block.times()}
    found: Printed = {}
    parents: set[HtmlElement] = set()
    for block in blocks:
        for time in block.times():
            words = " ".join(time.text_content().split())
            stamped = read_printed(time.get("datetime") or "")
            line = read_time_line(words, stamped.day if stamped else None)
            shown = PrintedTime(line.clock, line.zone, line.day) if line else None
            clock = stamped or shown
            if clock and time in head and _is_publication(clock, dating):
                continue
            if clock and time.getparent() not in parents:
                parents.add(time.getparent())
                found[time] = (words or time.get("datetime") or "", clock)
    return found


def _is_publication(printed: PrintedTime, dating: Dating) -> bool:
    zone = zone_named(printed.zone) if printed.zone else dating.zone()
    moment, _trouble = moment_of(printed.day or dating.day(), printed.clock, zone or dating.zone())
    return moment is not None and moment == dating.published


def _groups(printed: Printed, title_path: set[HtmlElement]) -> Iterator[dict[HtmlElement, HtmlElement]]:
    """Yield, for each kind of element that may be a post, those elements with the first time in each."""
    groups: dict[tuple[str, ...], dict[HtmlElement, HtmlElement]] = defaultdict(dict)
    for time in printed:
        for level, element in enumerate([time, *time.iterancestors()]):
            parent = element.getparent()
            if parent is None or level > _MOST_LEVELS or element in title_path:
                break
            kind = (element.tag, element.get("class") or "", parent.tag, parent.get("class") or "")
            groups[kind].setdefault(element, time)
    for time_of in groups.values():
        # Of elements of one kind inside one another, the outermost may be posts.
        outer = {e: time for e, time in time_of.items() if not any(a in time_of for a in e.iterancestors())}
        if len(outer) >= MINIMUM_UPDATES:
            yield outer


def _title_path(blocks: Sequence[Block]) -> set[HtmlElement]:
    """The main heading and all that is around it: no post holds the page's title."""
    start = _after_title(blocks)
    return {blocks[start - 1].element, *blocks[start - 1].element.iterancestors()} if start else set()


def _group_parts(
    blocks: Sequence[Block], time_of: dict[HtmlElement, HtmlElement], printed: Printed
) -> tuple[list[Part], bool]:
    """Read the page as posts, each in its wrapper, or each from its time to the next one; tell which."""
    start = _after_title(blocks)
    wrapper_of = {time: wrapper for wrapper, time in time_of.items()}
    home = [_wrapper(block, time_of, wrapper_of) for block in blocks[start:]]
    inside: dict[HtmlElement, list[Block]] = defaultdict(list)
    for block, wrapper in zip(blocks[start:], home, strict=True):
        if wrapper is not None:
            inside[wrapper].append(block)
    with_words = sum(len(_words(inside[w], time_of[w])) >= _SHORTEST_BODY for w in time_of)
    if with_words * 2 < len(time_of):
        return _flat_parts(blocks[start:], home, time_of, printed), False
    parts: list[Part] = []
    done: set[HtmlElement] = set()
    for block, wrapper in zip(blocks[start:], home, strict=True):
        if wrapper is None:
            parts += _loose(block)
        elif wrapper not in done:
            done.add(wrapper)
            parts += _post(inside[wrapper], time_of[wrapper], printed)
    return parts, True


def _wrapper(
    block: Block, time_of: dict[HtmlElement, HtmlElement], wrapper_of: dict[HtmlElement, HtmlElement]
) -> HtmlElement | None:
    for element in [block.element, *block.element.iterancestors()]:
        if element in time_of:
            return element
    # An inline wrapper stands inside its block.
    return next((wrapper_of[time] for time in block.times() if time in wrapper_of), None)


def _flat_parts(
    blocks: Sequence[Block],
    home: Sequence[HtmlElement | None],
    time_of: dict[HtmlElement, HtmlElement],
    printed: Printed,
) -> list[Part]:
    """Each post lasts from its time to the next time or to a heading that is not its title."""
    parts: list[Part] = []
    current: list[Block] = []
    time: HtmlElement | None = None
    for block, wrapper in zip(blocks, home, strict=True):
        titled = block.level > 0 and wrapper is None and bool(_words(current, time))
        if wrapper is None and not titled and time is not None:
            current.append(block)
            continue
        if time is not None:
            parts += _post(current, time, printed)
            time = None
        if wrapper is not None:
            current, time = [block], time_of[wrapper]
        else:
            parts += _loose(block)
    if time is not None:
        parts += _post(current, time, printed)
    return parts


def _post(blocks: Sequence[Block], time: HtmlElement, printed: Printed) -> list[Part]:
    """Return one post, or nothing for a time without words or with links alone."""
    shown, clock = printed[time]
    words = [(block.level, block.words(without=time).lstrip("—–-|•·: ")) for block in blocks]
    words = [(level, line) for level, line in words if line]
    linked = sum(block.link_share() * len(block.words()) for block in blocks)
    total = sum(len(block.words()) for block in blocks)
    if not words or linked > 0.8 * total:
        return []
    title = words.pop(0)[1] if words[0][0] and len(words) > 1 else ""
    return [Post(shown, clock, title, "\n\n".join(line for _level, line in words))]


def _loose(block: Block) -> list[Part]:
    words = block.words()
    if not words or block.link_share() > 0.8 or read_time_line(words, None):
        return []
    return [Paragraph(words, heading=block.level > 0)]


def _words(blocks: Sequence[Block], time: HtmlElement | None) -> str:
    return " ".join(filter(None, (block.words(without=time) for block in blocks)))


def _after_title(blocks: Sequence[Block]) -> int:
    """Everything up to the page's main heading is menu and letterhead."""
    return next((n + 1 for n, block in enumerate(blocks) if block.level == 1), 0)
