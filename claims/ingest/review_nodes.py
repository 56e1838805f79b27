"""The ClaimReviews of a web page, from its JSON-LD and its microdata, as the same plain nodes.

Invariant: nothing here raises on a broken page. Microdata as the HTML standard has it: ``itemscope`` opens an
object of ``itemtype``, ``itemprop`` names a property of the nearest one.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

from claims.ingest.extracted import normalise
from claims.ingest.structured import Node, read_nodes, types_of

#: Where the value of a property stands, by element.
_ATTRIBUTES = {
    **dict.fromkeys(("a", "area", "link"), "href"),
    **dict.fromkeys(("img", "audio", "video", "source", "embed", "iframe"), "src"),
    "meta": "content",
    "time": "datetime",
    "data": "value",
    "meter": "value",
    "object": "data",
}
_MAX_DEPTH = 12


def read_review_nodes(tree: HtmlElement) -> list[Node]:
    """Return the page's ClaimReview objects, JSON-LD first, with what they name by ``@id`` put in."""
    nodes = read_nodes(tree)
    by_id = {str(node["@id"]): node for node in nodes if len(node) > 1 and "@id" in node}
    found = [_with_named(node, by_id) for node in nodes if is_review(node)]
    return found or [node for node in _items(tree) if is_review(node)]


def is_review(node: Node) -> bool:
    return "claimreview" in types_of(node)


def _with_named(node: Node, by_id: dict[str, Node]) -> Node:
    """Put the objects of the page's graph in the place of bare references, one level deep."""
    return {
        name: by_id.get(str(value["@id"]), value)
        if isinstance(value, dict) and set(value) <= {"@id", "@type"} and "@id" in value
        else value
        for name, value in node.items()
    }


def _items(tree: HtmlElement) -> Iterator[Node]:
    for element in tree.iter():
        if (
            isinstance(element.tag, str)
            and "itemscope" in element.attrib
            and "itemprop" not in element.attrib
        ):
            yield _item(element, 0)


def _item(element: HtmlElement, depth: int) -> Node:
    node: Node = {"@type": (element.get("itemtype") or "").split()}
    if identity := element.get("itemid"):
        node["@id"] = identity
    for owned in _properties(element):
        value = (
            _item(owned, depth + 1) if "itemscope" in owned.attrib and depth < _MAX_DEPTH else _value(owned)
        )
        for name in (owned.get("itemprop") or "").split():
            if name in node:
                standing = node[name] if isinstance(node[name], list) else [node[name]]
                node[name] = [*standing, value]
            else:
                node[name] = value
    return node


def _properties(element: HtmlElement) -> Iterator[HtmlElement]:
    """Yield the elements that name a property of this object, not those of objects inside it."""
    waiting = list(reversed(element))
    while waiting:
        child = waiting.pop()
        if not isinstance(child.tag, str):
            continue
        if "itemprop" in child.attrib:
            yield child
        if "itemscope" not in child.attrib:
            waiting.extend(reversed(child))


def _value(element: HtmlElement) -> str:
    attribute = _ATTRIBUTES.get(str(element.tag))
    words = element.get(attribute) if attribute else element.get("content")
    return normalise(words if words is not None else element.text_content()).strip()
