"""Small steps that the XML feeds share: namespaces, elements, serialising, dates. Pure.

Text goes in through the element tree, which escapes it, after what XML 1.0 cannot carry was dropped.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from claims.publish.entries import legible

ATOM = "http://www.w3.org/2005/Atom"
TOMBSTONE = "http://purl.org/atompub/tombstones/1.0"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

register_namespace("atom", ATOM)
register_namespace("at", TOMBSTONE)


def put(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Append an element with ``text``; return it."""
    element = SubElement(parent, tag, {name: legible(value) for name, value in attributes.items()})
    element.text = legible(text) or None
    return element


def serialised(root: Element) -> bytes:
    body: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body


def rfc3339(moment: datetime) -> str:
    """Return ``moment`` in UTC as ``2026-03-04T12:30:00Z``, with microseconds only where there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def rfc2822(moment: datetime) -> str:
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def parsed(moment: str) -> datetime:
    """Return the moment of a snapshot, which is RFC 3339 in UTC."""
    return datetime.fromisoformat(moment)
