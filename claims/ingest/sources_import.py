"""Read a file of sources, one JSON object a line, as a stream.

Invariant: one broken line costs that line only; each yielded value carries its line number, counted from 1
as an editor shows it; no more than one line is held in memory, and no line longer than the limit.

The format: ``url``, ``outlet``, ``outlet_country``, ``language``, ``published_at`` (a date, or a moment
with its zone), ``date_estimated``, ``title``, ``text``; optional ``id``, ``ownership``, ``interest`` and
``captured_at`` (a moment with its zone: when the text was taken from the page); other keys are ignored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from claims.ingest.extracted import normalise
from claims.ingest.plaintext import MAX_CHARACTERS
from claims.language.identify import identify_language
from claims.language.readings import LANGUAGES
from claims.rules.identity import canonical_url

MAX_LINE_BYTES = 8 * 1024 * 1024
_DATE_ONLY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One document with its outlet. ``published_at`` (aware) and ``published_on`` exclude each other."""

    line: int
    url: str
    canonical_url: str
    outlet: str
    title: str
    text: str
    language: str
    outlet_country: str = ""
    published_at: datetime | None = None
    published_on: date | None = None
    date_estimated: bool = False
    ownership: str = ""
    interest: str = ""
    external_id: str = ""
    captured_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LineError:
    """A line that was left out: its number and a sentence that says why."""

    line: int
    sentence: str


class _Refused(Exception):
    """Why a line is left out; the message is the sentence."""


def read_sources(
    stream: IO[bytes], max_line_bytes: int = MAX_LINE_BYTES
) -> Iterator[SourceRecord | LineError]:
    """Yield a record or an error for every line that is not blank."""
    number = 0
    while line := stream.readline(max_line_bytes + 1):
        number += 1
        if len(line) > max_line_bytes and not line.endswith(b"\n"):
            _skip_line(stream)
            yield LineError(
                number, _("The line is longer than the %(size)d MB allowed.") % {"size": max_line_bytes >> 20}
            )
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            yield _record(number, line)
        except _Refused as refused:
            yield LineError(number, str(refused))


def _skip_line(stream: IO[bytes]) -> None:
    while rest := stream.readline(65536):
        if rest.endswith(b"\n"):
            return


def _record(number: int, line: bytes) -> SourceRecord:
    fields = _fields(line)
    text = _string(fields, "text", MAX_CHARACTERS)
    title = _string(fields, "title", 500)
    outlet = _string(fields, "outlet", 200)
    if not any(character.isalnum() for character in text):
        raise _Refused(_("The line has no text."))
    if not outlet:
        raise _Refused(_("The line names no outlet."))
    url = _string(fields, "url", 2000)
    if url and not canonical_url(url):
        raise _Refused(_("The address is not a web address: %(url)s") % {"url": url[:100]})
    language = _string(fields, "language", 20).lower().partition("-")[0]
    moment, day = _published(_string(fields, "published_at", 40))
    return SourceRecord(
        line=number,
        url=url,
        canonical_url=canonical_url(url),
        outlet=outlet,
        title=title,
        text=text,
        language=language if language in LANGUAGES else identify_language(f"{title}\n{text[:20_000]}"),
        outlet_country=_country(_string(fields, "outlet_country", 40)),
        published_at=moment,
        published_on=day,
        date_estimated=fields.get("date_estimated") is True,
        ownership=_string(fields, "ownership", 300),
        interest=_string(fields, "interest", 300),
        external_id=_string(fields, "id", 200),
        captured_at=_captured(_string(fields, "captured_at", 40)),
    )


def _fields(line: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise _Refused(_("The line is not in UTF-8.")) from error
    except (ValueError, RecursionError) as error:
        raise _Refused(_("The line is not valid JSON.")) from error
    if not isinstance(fields, dict):
        raise _Refused(_("The line is not a JSON object."))
    return fields


def _string(fields: dict[str, Any], name: str, longest: int) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise _Refused(_("“%(name)s” is not a text.") % {"name": name})
    value = normalise(value).strip()
    if len(value) > longest:
        raise _Refused(
            _("“%(name)s” is longer than %(longest)d characters.") % {"name": name, "longest": longest}
        )
    return value


def _published(value: str) -> tuple[datetime | None, date | None]:
    """Read a bare date as a date and a moment only with its zone: without one it would be a guess."""
    if not value:
        return None, None
    try:
        if _DATE_ONLY.fullmatch(value):
            return None, _sane(date.fromisoformat(value))
        moment = datetime.fromisoformat(value)
    except ValueError as error:
        raise _Refused(_("“published_at” is not a date: %(value)s") % {"value": value}) from error
    if moment.tzinfo is None:
        return None, _sane(moment.date())
    _sane(moment.date())
    return moment, None


def _captured(value: str) -> datetime | None:
    """Read when the text was taken. A capture vouches for the words, so a moment without a zone is refused."""
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or moment > datetime.now(UTC):
        raise _Refused(_("“captured_at” is not a past moment with its zone: %(value)s") % {"value": value})
    _sane(moment.date())
    return moment


def _sane(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise _Refused(_("The year %(year)d cannot be right.") % {"year": day.year})
    return day


def _country(value: str) -> str:
    return value.upper() if len(value) == 2 and value.isascii() and value.isalpha() else ""
