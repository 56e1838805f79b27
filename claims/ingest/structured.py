"""JSON-LD and meta elements of a page: what it says about itself in machine-readable words.

Invariant: nothing here raises on a broken page; what cannot be read is as if it were not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import html
from lxml.html import HtmlElement

from claims.ingest.extracted import normalise

Node = dict[str, Any]

_ARTICLE_TYPES = frozenset((
    "liveblogposting", "newsarticle", "article", "reportagenewsarticle", "analysisnewsarticle",
    "opinionnewsarticle", "backgroundnewsarticle", "blogposting", "socialmediaposting", "report", "webpage",
))  # fmt: skip
_WRAPPING = re.compile(r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[)|(?://)?\s*(?:-->|\]\]>)\s*;?\s*$")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_TAG = re.compile(r"<[a-zA-Z/!][^>]{0,2000}>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_MAX_DEPTH = 12


def read_nodes(tree: HtmlElement) -> list[Node]:
    """Return every JSON-LD object of the page, nested ones included, in page order."""
    nodes: list[Node] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            nodes.extend(_objects(_load(script.text), 0))
    return nodes


def types_of(node: Node) -> frozenset[str]:
    """Return the node's types, lower-case, without the vocabulary's address."""
    declared = node.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return frozenset(str(name).rpartition("/")[2].lower() for name in names if name)


def article_node(nodes: list[Node]) -> Node:
    """Return the node that is the page's article, a live blog before others, or an empty one."""
    fitting = [node for node in nodes if types_of(node) & _ARTICLE_TYPES]
    rank = {"liveblogposting": 0, "webpage": 2}
    posts = {id(post) for node in fitting for post in updates_of(node)}
    own = [node for node in fitting if id(node) not in posts]
    return min(own, key=lambda node: min(rank.get(name, 1) for name in types_of(node)), default={})


def updates_of(node: Node) -> list[Node]:
    """Return the posts of a live blog node, in the order in which the page lists them."""
    posts = node.get("liveBlogUpdate") or []
    return [post for post in (posts if isinstance(posts, list) else [posts]) if isinstance(post, dict)]


def words_of(node: Node, *names: str) -> str:
    """Return the first of the named properties that has words, as plain text."""
    for name in names:
        value = node.get(name)
        for one in value if isinstance(value, list) else [value]:
            words = plain(one) if isinstance(one, str) else ""
            if words:
                return words
    return ""


def names_in(value: Any) -> list[str]:
    """Return the names of one or many persons or organisations, given as text or objects."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        name = one.get("name") if isinstance(one, dict) else one
        if isinstance(name, str) and plain(name) and not name.startswith("http"):
            found.append(plain(name))
    return list(dict.fromkeys(found))


def plain(words: str) -> str:
    """Return words without markup; paragraphs and line breaks become blank lines."""
    if _TAG.search(words):
        broken = re.sub(r"<(?:br|/p|/div|/li|/h\d)\b[^>]*>", "\n\n", words, flags=re.IGNORECASE)
        try:
            words = html.fragment_fromstring(broken, create_parent="div").text_content()
        except (ValueError, TypeError, html.etree.LxmlError):
            words = _TAG.sub(" ", broken)
    paragraphs = (" ".join(line.split()) for line in normalise(words).split("\n"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def meta(tree: HtmlElement, *names: str) -> str:
    """Return the content of the first meta element with one of these names, in the order of the names."""
    values: dict[str, str] = {}
    for element in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").lower()
            content = plain(element.get("content") or "")
            if name and content:
                values.setdefault(name, content)
    return next((values[name] for name in names if name in values), "")


def _load(text: str) -> Any:
    """Load JSON as sites write it: in comment marks, with raw newlines in texts, with trailing commas."""
    text = _WRAPPING.sub("", _WRAPPING.sub("", text))
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: Any, depth: int) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for one in value:
            yield from _objects(one, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for one in value.values():
            if isinstance(one, dict | list):
                yield from _objects(one, depth + 1)
