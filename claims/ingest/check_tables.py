"""Fact-checks from a table (CSV): exports of Meedan Check, of Google's tools, and whatever names its columns alike.

Columns are known by their heading, in any order; a heading that is not known is told, not guessed. Meedan Check
writes ``Claim, Item page URL, Status, …, Report Published at, Tags`` for a list and ``Fact-check title,
Fact-check summary, Fact-check URL, Tags, Workspace, Updated at, Rating`` for a shared feed (check-api,
``lib/check_search.rb``); Google's tables carry the names of its API (``claims:search``) or of ClaimReview.
Invariant: a broken line costs that line only, and no line beyond the limit is held.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from claims.ingest.decode import decode
from claims.ingest.outside_reviews import OutsideReview, Refused, built
from claims.ingest.parse_errors import ParseError

_SNIFFED = 256 * 1024
_LONGEST_FIELD = 100_000

#: For each thing that is kept, the headings that hold it, the better one first; letters and digits alone count.
COLUMNS: dict[str, tuple[str, ...]] = {
    "claim_text": (
        "claimreviewed", "claimtext", "claim", "claimdescription", "text", "factchecktitle",
    ),
    "url": (
        "factcheckurl", "claimreviewurl", "reviewurl", "publishedarticleurl", "articleurl", "url", "itempageurl",
    ),
    "publisher": (
        "publishername", "publisher", "claimreviewpublishername", "reviewauthorname", "authorname", "workspace",
        "organization", "organisation",
    ),
    "publisher_site": ("publishersite", "claimreviewpublishersite", "authorurl", "site"),
    "rating": (
        "textualrating", "claimreviewtextualrating", "reviewratingalternatename", "ratingalternatename", "rating",
        "verdict", "status",
    ),
    "title": ("factchecktitle", "claimreviewtitle", "title", "headline", "name"),
    "language": ("languagecode", "claimreviewlanguagecode", "inlanguage", "language"),
    "claimant": ("claimant", "claimauthor", "claimauthorname", "itemreviewedauthorname", "speaker"),
    "claimed": ("claimdate", "itemrevieweddatepublished"),
    "checked": (
        "reviewdate", "claimreviewreviewdate", "datepublished", "reportpublishedat", "publishedat", "updatedat",
    ),
    "appearance_url": (
        "claimfirstappearance", "itemreviewedfirstappearance", "itemreviewedappearance", "claimurl", "appearance",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a review, or the sentence why there is none."""

    line: int
    review: OutsideReview | None
    sentence: str = ""
    sample: str = ""


def read_table(stream: IO[bytes]) -> Iterator[Row]:
    """Yield a row for each line below the headings. Raises ``Refused`` for what is no table of fact-checks."""
    head = stream.read(_SNIFFED)
    try:
        charset = decode(head[:100_000].rpartition(b"\n")[0] or head).charset
    except ParseError as error:
        raise Refused(str(error)) from error
    if charset == "utf-8":
        charset = "utf-8-sig"
    whole = io.BufferedReader(_Rejoined(head, stream), _SNIFFED)
    text = io.TextIOWrapper(whole, encoding=charset, errors="replace", newline="")
    csv.field_size_limit(_LONGEST_FIELD)
    yield from _rows(csv.reader(text, delimiter=_delimiter(head.decode(charset, "replace"))))


def _rows(lines: Iterator[list[str]]) -> Iterator[Row]:
    headings = next(lines, [])
    columns, unknown = _columns(headings)
    if missing := [name for name in ("claim_text", "url", "rating") if name not in columns]:
        told = ", ".join(COLUMNS[name][0] for name in missing)
        raise Refused(_("The table lacks a column for: %(columns)s.") % {"columns": told})
    while True:
        line = lines.line_num + 1  # type: ignore[attr-defined]
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error:
            yield Row(line, None, _("This line of the table cannot be read."))
            continue
        if any(cell.strip() for cell in cells):
            yield _row(line, cells, columns, unknown)


def _row(line: int, cells: Sequence[str], columns: dict[str, list[int]], unknown: tuple[str, ...]) -> Row:
    def cell(name: str) -> str:
        held = (cells[at].strip().replace("\x00", "") for at in columns.get(name, ()) if at < len(cells))
        return next(filter(None, held), "")

    try:
        return Row(line, built(**{name: cell(name) for name in COLUMNS}, unmapped=unknown))
    except Refused as refused:
        return Row(line, None, str(refused), ", ".join(cells)[:200])


def _columns(headings: Sequence[str]) -> tuple[dict[str, list[int]], tuple[str, ...]]:
    """Return where each thing stands, the better column first, and the headings that are not known."""
    folded = ["".join(sign for sign in heading.casefold() if sign.isalnum()) for heading in headings]
    found = {
        name: [folded.index(heading) for heading in known if heading in folded]
        for name, known in COLUMNS.items()
    }
    used = {at for places in found.values() for at in places}
    unknown = tuple(heading for at, heading in enumerate(headings) if at not in used and heading.strip())
    return {name: places for name, places in found.items() if places}, unknown


def _delimiter(head: str) -> str:
    first = head.partition("\n")[0]
    return max(",;\t", key=first.count)


class _Rejoined(io.RawIOBase):
    """The bytes that were looked at, then the rest of the stream."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        piece = self._head[: len(view)] if self._head else self._rest.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(piece)] = piece
        return len(piece)
