"""The readable blocks of a page in order: paragraphs, headings and list entries, with their ``<time>``s.

Invariant: walking is iterative, so that no depth of nesting can exhaust the stack; menus, forms and
scripts yield nothing; a block keeps the element it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from claims.ingest.extracted import normalise

_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "svg", "iframe",
    "select", "option", "head", "figcaption", "video", "audio", "canvas", "object", "dialog", "menu",
))  # fmt: skip
_INLINE = frozenset((
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr",
))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SIDE = re.compile(
    r"(?:^|[\s_-])(?:comments?|related|sidebar|promo|recommend\w*|popular|trending|newsletter|share|social|"
    r"breadcrumbs?|footer|cookie\w*|advert\w*|banner|teasers?|most-read|read-more|tags?|menu|navbar)(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Run:
    """A piece of a block's words; ``time`` is the ``<time>`` element it stands in, ``linked`` its link."""

    words: str
    time: HtmlElement | None
    linked: bool


@dataclass(slots=True)
class Block:
    """One paragraph, heading or list entry. ``level`` is 1 to 6 for a heading, else 0."""

    element: HtmlElement
    level: int
    runs: list[Run] = field(default_factory=list)

    def words(self, without: HtmlElement | None = None) -> str:
        """Return the words on one line, leaving out those of one ``<time>`` element."""
        joined = "".join(run.words for run in self.runs if without is None or run.time is not without)
        return " ".join(normalise(joined).split())

    def times(self) -> list[HtmlElement]:
        return list({id(run.time): run.time for run in self.runs if run.time is not None}.values())

    def link_share(self) -> float:
        """Return the share of the words that are links, 0 to 1."""
        total = sum(len(run.words.strip()) for run in self.runs)
        return sum(len(run.words.strip()) for run in self.runs if run.linked) / total if total else 0.0


def read_blocks(root: HtmlElement) -> list[Block]:
    """Return the blocks under ``root`` in page order, without side matter."""
    return [block for block in _walk(root) if block.words() or block.times()]


def _walk(root: HtmlElement) -> Iterator[Block]:
    current = Block(root, 0)
    time: HtmlElement | None = None
    links, skipped = 0, 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            # The words after a comment belong to the block around it.
            if not skipped and element.tail:
                current.runs.append(Run(element.tail, time, links > 0))
            continue
        opening = event == "start"
        tag = element.tag
        if tag in _SKIPPED or ((skipped or element is not root) and _is_side(element, tag)):
            skipped += 1 if opening else -1
        elif not skipped:
            if tag not in _INLINE:
                if current.runs:
                    yield current
                owner = element if opening else element.getparent()
                current = Block(root if owner is None else owner, _level(owner))
            elif tag == "a":
                links += 1 if opening else -1
            if tag == "time":
                time = element if opening else None
                if opening:
                    current.runs.append(Run(element.text or "", element, links > 0))
                    continue
        if not skipped:
            words = element.text if opening else element.tail
            if words and (opening or element is not root):
                current.runs.append(Run(words, time, links > 0))
    if current.runs:
        yield current


def _level(element: HtmlElement | None) -> int:
    while element is not None and element.tag in _INLINE:
        element = element.getparent()
    return int(element.tag[1]) if element is not None and element.tag in _HEADINGS else 0


def _is_side(element: HtmlElement, tag: str) -> bool:
    if tag in ("body", "main", "article", "html") or tag in _HEADINGS:
        return False
    return bool(_SIDE.search(f"{element.get('class') or ''} {element.get('id') or ''}"))
