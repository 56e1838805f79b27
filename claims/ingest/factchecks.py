"""Fact-checks of others from whatever they come in: a page, a DataFeed, a table.

What it is is read from its first bytes: ``{`` or ``[`` is JSON (a DataFeed, a list, one ClaimReview a line, or
an answer of the Fact Check Tools), ``<`` is a page with ClaimReview markup, anything else is a table.
Invariant: entries are numbered from 1 in the order of the file, each comes out once, whole or with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _

from claims.ingest.check_tables import read_table
from claims.ingest.json_entries import MAX_ENTRY_BYTES, JsonEntry, read_entries
from claims.ingest.outside_reviews import OutsideReview, Refused, google_reviews, read_review
from claims.ingest.parse_errors import ParseError
from claims.ingest.parse_subprocess import parse_reviews
from claims.ingest.review_nodes import is_review
from claims.ingest.structured import Node

#: A page larger than this is none that a person reads.
_LARGEST_PAGE = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class CheckEntry:
    """One entry: the checks in it, or the ``sentence`` why it is left out. ``line`` or ``offset`` say where."""

    number: int
    reviews: tuple[OutsideReview, ...] = ()
    sentence: str = ""
    sample: str = ""
    line: int | None = None
    offset: int | None = None


def read_checks(stream: IO[bytes], *, url: str = "") -> Iterator[CheckEntry]:
    """Yield the entries of a file; ``stream`` can seek. Raises ``Refused`` for what holds no fact-checks."""
    first = stream.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    stream.seek(0)
    if first in (b"{", b"["):
        return (_from_json(entry) for entry in read_entries(stream))
    if first == b"<":
        return iter(_from_page(stream.read(_LARGEST_PAGE), url))
    return (
        CheckEntry(number, (row.review,) if row.review else (), row.sentence, row.sample, line=row.line)
        for number, row in enumerate(read_table(stream), 1)
    )


def _from_page(body: bytes, url: str) -> list[CheckEntry]:
    try:
        nodes = parse_reviews(body, url=url)
    except ParseError as error:
        raise Refused(str(error)) from error
    if not nodes:
        raise Refused(_("The page carries no ClaimReview markup."))
    return [_entry(number, [node], page_url=url) for number, node in enumerate(nodes, 1)]


def _from_json(entry: JsonEntry) -> CheckEntry:
    if entry.fault:
        sentences = {
            "broken": _("The entry is not valid JSON."),
            "too_long": _("The entry is longer than the %(size)d MB allowed.")
            % {"size": MAX_ENTRY_BYTES >> 20},
            "no_object": _("The entry is not a JSON object."),
            "cut": _("The file ends in the middle."),
        }
        return CheckEntry(
            entry.number, sentence=sentences[entry.fault], sample=entry.sample, offset=entry.offset
        )
    if entry.fields.get("dateDeleted"):
        return CheckEntry(
            entry.number, sentence=_("Its publisher has withdrawn this check."), offset=entry.offset
        )
    return _entry(entry.number, _nodes(entry.fields), offset=entry.offset)


def _nodes(fields: dict[str, Any]) -> list[Node]:
    """Return the reviews in an entry: it is one, or wraps one or several as its ``item``."""
    wrapped = fields.get("item")
    held = wrapped if isinstance(wrapped, list) else [wrapped]
    nodes = [fields, *(node for node in held if isinstance(node, dict))]
    return [node for node in nodes if is_review(node) or isinstance(node.get("claimReview"), list)]


def _entry(number: int, nodes: list[Node], *, page_url: str = "", offset: int | None = None) -> CheckEntry:
    try:
        if not nodes:
            raise Refused(_("The entry holds no ClaimReview."))
        reviews: list[OutsideReview] = []
        for node in nodes:
            reviews += [read_review(node, page_url)] if is_review(node) else google_reviews(node)
    except Refused as refused:
        sample = str(nodes[0].get("claimReviewed") or nodes[0].get("url") or "")[:200] if nodes else ""
        return CheckEntry(number, sentence=str(refused), sample=sample, offset=offset)
    return CheckEntry(number, tuple(reviews), offset=offset)
