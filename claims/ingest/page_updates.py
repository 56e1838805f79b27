"""The updates of a live blog page from its JSON-LD (``liveBlogUpdate``), as parts to compose.

Invariant: posts keep the order of the JSON-LD; what the page shows around them, the lead and the undated
sections, is kept before and after them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from claims.ingest.clock import read_time_line
from claims.ingest.composing import Paragraph, Part, Post
from claims.ingest.dating import PrintedTime
from claims.ingest.headings import looks_like_heading
from claims.ingest.page_dates import read_printed
from claims.ingest.structured import Node, updates_of, words_of

_SHORTEST_BODY = 15
_HEAD_BLOCKS = 3


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


def _paragraphs(lines: Sequence[str]) -> list[Part]:
    return [Paragraph(words, heading=looks_like_heading(words)) for words in lines]


def _squeezed(words: str) -> str:
    return "".join(character for character in words.casefold() if character.isalnum())
