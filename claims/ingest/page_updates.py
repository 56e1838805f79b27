"""The updates of a live blog page, from JSON-LD or from its ``<time>`` elements, as parts to compose.

Invariant: parts keep page order; a page whose times are dates of other stories, comments or its own head
yields no updates.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from lxml.html import HtmlElement

from claims.ingest.clock import read_time_line
from claims.ingest.composing import Paragraph, Post
from claims.ingest.dating import PrintedTime
from claims.ingest.headings import looks_like_heading
from claims.ingest.liveblog import MINIMUM_UPDATES
from claims.ingest.page_blocks import Block
from claims.ingest.page_dates import read_printed
from claims.ingest.structured import Node, updates_of, words_of

Part = Paragraph | Post
_SHORTEST_BODY = 15


def parts_from_json(node: Node, page_paragraphs: Sequence[str], shown_times: Mapping[str, str]) -> list[Part]:
    """Return the parts of a live blog that lists its posts in JSON-LD; empty when it lists none.

    Paragraphs of the page that stand before the first or after the last post that it shows are kept
    around the posts: they are the lead and the undated sections. ``shown_times`` maps the stamps of the
    page's ``<time>`` elements to what they show.
    """
    posts = list(_json_posts(node, shown_times))
    if not posts:
        return []
    said = _squeezed(" ".join(f"{post.title} {post.body}" for post in posts))
    shown = [n for n, words in enumerate(page_paragraphs) if _squeezed(words)[:80] in said]
    if not shown:
        lead = words_of(node, "description")
        return [*([Paragraph(lead)] if lead else []), *posts]
    before = _paragraphs([words for words in page_paragraphs[: shown[0]] if not read_time_line(words, None)])
    return [*before, *posts, *_paragraphs(page_paragraphs[shown[-1] + 1 :])]


def _json_posts(node: Node, shown_times: Mapping[str, str]) -> Iterator[Post]:
    seen: set[tuple[str, str, str]] = set()
    for update in updates_of(node):
        stamp = words_of(update, "datePublished", "dateCreated", "dateModified")
        title, body = (
            words_of(update, "headline", "name"),
            words_of(update, "articleBody", "text", "description"),
        )
        if body.startswith(title):
            title = title if body[len(title) :].startswith("\n") else ""
            body = body[len(title) :].lstrip("\n")
        printed = read_printed(stamp)
        if printed is None or not (title or body) or (stamp, title, body) in seen:
            continue
        seen.add((stamp, title, body))
        yield Post(shown_times.get(stamp) or _shown(printed), printed, title, body)


def _shown(time: PrintedTime) -> str:
    """Print a stamp that the page does not show anywhere."""
    return " ".join(filter(None, (str(time.day), f"{time.clock:%H:%M}", time.zone)))


def parts_from_times(blocks: Sequence[Block]) -> list[Part]:
    """Return the parts of a live blog whose posts carry ``<time>`` elements; empty when there are none."""
    printed = _update_times(blocks)
    owner = _wrappers(printed)
    groups: dict[HtmlElement, list[HtmlElement]] = defaultdict(list)
    for time, wrapper in owner.items():
        groups[wrapper.getparent()].append(time)
    best: list[Part] = []
    for times in groups.values():
        parts = _group_parts(blocks, {time: owner[time] for time in times}, printed)
        if _post_count(parts) > _post_count(best):
            best = parts
    return best if _post_count(best) >= MINIMUM_UPDATES else []


def _update_times(blocks: Sequence[Block]) -> dict[HtmlElement, tuple[str, PrintedTime]]:
    """Find the ``<time>`` elements with a clock time, the first of those that stand side by side."""
    found: dict[HtmlElement, tuple[str, PrintedTime]] = {}
    parents: set[HtmlElement] = set()
    for block in blocks:
        for time in block.times():
            words = " ".join(time.text_content().split())
            stamped = read_printed(time.get("datetime") or "")
            line = read_time_line(words, stamped.day if stamped else None)
            shown = PrintedTime(line.clock, line.zone, line.day) if line else None
            clock = stamped or shown
            if clock and time.getparent() not in parents:
                parents.add(time.getparent())
                found[time] = (words or time.get("datetime") or "", clock)
    return found


def _wrappers(times: dict[HtmlElement, tuple[str, PrintedTime]]) -> dict[HtmlElement, HtmlElement]:
    """Return for each time the largest element around it that holds no other one."""
    counts: Counter[HtmlElement] = Counter()
    for time in times:
        counts.update([time, *time.iterancestors()])
    found = {}
    for time in times:
        wrapper = time
        for ancestor in time.iterancestors():
            if counts[ancestor] > 1:
                break
            wrapper = ancestor
        if wrapper.getparent() is not None:
            found[time] = wrapper
    return found


def _group_parts(
    blocks: Sequence[Block],
    wrapper_of: dict[HtmlElement, HtmlElement],
    printed: dict[HtmlElement, tuple[str, PrintedTime]],
) -> list[Part]:
    """Read the page as posts of one group, each in its wrapper, or each from its time to the next one."""
    time_of = {wrapper: time for time, wrapper in wrapper_of.items()}
    inside: dict[HtmlElement, list[Block]] = defaultdict(list)
    home: list[HtmlElement | None] = []
    for block in blocks:
        around = [block.element, *block.element.iterancestors()]
        wrapper = next((element for element in around if element in time_of), None)
        if wrapper is None:
            wrapper = next((w for time, w in wrapper_of.items() if time in block.times()), None)
        home.append(wrapper)
        if wrapper is not None:
            inside[wrapper].append(block)
    bodies = {w: _words(inside[w], time_of[w]) for w in time_of}
    flat = sum(len(body) >= _SHORTEST_BODY for body in bodies.values()) * 2 < len(bodies)
    start = _after_title(blocks)
    if flat:
        return _flat_parts(blocks[start:], home[start:], time_of, printed)
    parts: list[Part] = []
    done: set[HtmlElement] = set()
    for block, wrapper in zip(blocks[start:], home[start:], strict=True):
        if wrapper is None:
            parts += _loose(block)
        elif wrapper not in done:
            done.add(wrapper)
            post = _post(inside[wrapper], time_of[wrapper], printed)
            parts += [post] if post else []
    return parts


def _flat_parts(
    blocks: Sequence[Block],
    home: Sequence[HtmlElement | None],
    time_of: dict[HtmlElement, HtmlElement],
    printed: dict[HtmlElement, tuple[str, PrintedTime]],
) -> list[Part]:
    """Each post lasts from its time to the next time or to a heading that is not its title."""
    parts: list[Part] = []
    current: list[Block] = []
    time: HtmlElement | None = None
    for block, wrapper in zip(blocks, home, strict=True):
        titled = block.level > 1 and wrapper is None and bool(_words(current, time))
        if wrapper is None and not titled and time is not None:
            current.append(block)
            continue
        if time is not None:
            post = _post(current, time, printed)
            parts += [post] if post else []
            time = None
        if wrapper is not None:
            current, time = [block], time_of[wrapper]
        else:
            parts += _loose(block)
    if time is not None:
        post = _post(current, time, printed)
        parts += [post] if post else []
    return parts


def _post(
    blocks: Sequence[Block], time: HtmlElement, printed: dict[HtmlElement, tuple[str, PrintedTime]]
) -> Post | None:
    shown, clock = printed[time]
    words = [(block.level, block.words(without=time).lstrip("—–-|•·: ")) for block in blocks]
    words = [(level, line) for level, line in words if line]
    linked = sum(block.link_share() * len(block.words()) for block in blocks)
    total = sum(len(block.words()) for block in blocks)
    if not words or any(level == 1 for level, _line in words) or linked > 0.8 * total:
        return None
    title = words.pop(0)[1] if words[0][0] and len(words) > 1 else ""
    return Post(shown, clock, title, "\n\n".join(line for _level, line in words))


def _loose(block: Block) -> list[Part]:
    words = block.words()
    if not words or block.level == 1 or block.link_share() > 0.8 or read_time_line(words, None):
        return []
    return [Paragraph(words, heading=block.level > 1)]


def _words(blocks: Sequence[Block], time: HtmlElement | None) -> str:
    return " ".join(filter(None, (block.words(without=time) for block in blocks)))


def _after_title(blocks: Sequence[Block]) -> int:
    """Everything up to the page's main heading is menu and letterhead."""
    return next((n + 1 for n, block in enumerate(blocks) if block.level == 1), 0)


def _paragraphs(lines: Sequence[str]) -> list[Part]:
    return [Paragraph(words, heading=looks_like_heading(words)) for words in lines]


def _post_count(parts: Sequence[Part]) -> int:
    return sum(isinstance(part, Post) for part in parts)


def _squeezed(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalnum())
