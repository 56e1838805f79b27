"""Publication and change times of a page, and the reading of machine-readable times.

Invariant: a time that a page gives with its zone stays a moment; one without a zone is the outlet's wall
clock and says so; a bare date stays bare. A publication that lies in the future is not believed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import Literal

from htmldate import find_date
from lxml.html import HtmlElement

from claims.ingest.calendar_words import zone_named
from claims.ingest.dating import PrintedTime, moment_of
from claims.ingest.structured import Node, meta, words_of

_ISO = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)(?:[T ]+(?P<clock>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?"
    r"\s*(?P<zone>Z|[+-]\d\d:?\d\d|[+-]\d\d)?)?"
)
_EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Publication:
    """When a page was published: ``when`` is an aware moment, a bare date or ``None``."""

    when: datetime | date | None = None
    zone: Literal["", "stated", "outlet"] = ""


def read_printed(stamp: str) -> PrintedTime | None:
    """Read a machine-readable time with a clock (“2026-02-18T12:00:00+02:00”), zone or not."""
    match = _ISO.match(stamp.strip())
    if match is None or match["clock"] is None:
        return _read_mail_date(stamp)
    try:
        moment = datetime.fromisoformat(f"{match['day']}T{match['clock']}")
    except ValueError:
        return None
    return PrintedTime(moment.time(), _zone(match["zone"] or ""), moment.date())


def read_publication(tree: HtmlElement, node: Node, zone: tzinfo, seen_at: datetime) -> Publication:
    """Return when the page was published, by JSON-LD, meta elements, ``<time>`` and, last, htmldate."""
    stamps = [
        words_of(node, "datePublished", "dateCreated", "uploadDate"),
        meta(tree, "article:published_time", "og:article:published_time", "datepublished", "pubdate",
             "publish-date", "parsely-pub-date", "dc.date.issued", "dcterms.created", "date"),
        *(
            element.get("datetime") or ""
            for element in tree.iter("time")
            if element.get("pubdate") is not None or element.get("itemprop") == "datePublished"
        ),
    ]  # fmt: skip
    for stamp in stamps:
        found = read_stamp(stamp, zone)
        if _is_credible(found.when, seen_at):
            return found
    return Publication(_guess(tree, seen_at))


def read_change(tree: HtmlElement, node: Node, zone: tzinfo, seen_at: datetime) -> datetime:
    """Return the newest moment that the page can speak of: its last change where it says so, else when
    it was seen."""
    stamps = (words_of(node, "dateModified"), meta(tree, "article:modified_time", "og:updated_time"))
    moments = [found.when for found in (read_stamp(stamp, zone) for stamp in stamps)]
    changes = [moment for moment in moments if isinstance(moment, datetime) and moment <= seen_at]
    return max(changes, default=seen_at)


def read_stamp(stamp: str, zone: tzinfo) -> Publication:
    """Read a machine-readable time or bare date; an unreadable one gives an empty ``Publication``."""
    printed = read_printed(stamp)
    if printed is not None:
        from_zone = _offset_zone(printed.zone)
        moment, _trouble = moment_of(printed.day, printed.clock, from_zone or zone)
        if moment is None:
            return Publication(printed.day)
        return Publication(moment, "stated" if from_zone else "outlet")
    match = _ISO.match(stamp.strip())
    try:
        return Publication(date.fromisoformat(match["day"])) if match else Publication()
    except ValueError:
        return Publication()


def _guess(tree: HtmlElement, seen_at: datetime) -> date | None:
    try:
        found = find_date(tree, original_date=True, outputformat="%Y-%m-%d", max_date=f"{seen_at:%Y-%m-%d}")
        return date.fromisoformat(found) if found else None
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        # htmldate guesses over arbitrary pages; a guess that fails is no date.
        return None


def _is_credible(when: datetime | date | None, seen_at: datetime) -> bool:
    if when is None:
        return False
    day = when.date() if isinstance(when, datetime) else when
    return _EARLIEST <= day <= (seen_at + timedelta(days=1)).date()


def _read_mail_date(stamp: str) -> PrintedTime | None:
    """Read “Wed, 18 Feb 2026 12:00:00 +0200”, which some pages put into meta elements."""
    try:
        moment = parsedate_to_datetime(stamp)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return PrintedTime(moment.time(), _zone(moment.strftime("%z")), moment.date())


def _zone(offset: str) -> str:
    if not offset:
        return ""
    digits = "".join(character for character in offset if character.isdigit()).ljust(4, "0")
    return "UTC" if offset == "Z" or digits == "0000" else f"UTC{offset[0]}{digits[:2]}:{digits[2:]}"


def _offset_zone(zone: str) -> tzinfo | None:
    return zone_named(zone) if zone else None
