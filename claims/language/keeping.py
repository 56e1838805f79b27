"""Keeping readings: a reading as a few hundred bytes, and back, so that a text is read once and compared often.

Invariant: ``unpack_reading(pack_reading(reading), …)`` equals the reading. The text itself is not packed, for
whoever keeps a reading has it; words are packed only where they are not the text's own stretch. A stamp names
the text and the readers, so that a reading is never used for another text or after the readers have changed.
"""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from claims.language.lexicon import Lexicon, current_lexicon
from claims.language.readings import (
    Attribution,
    Concept,
    Language,
    Name,
    Quantity,
    Quotation,
    Reading,
    Span,
    Term,
    TimeExpression,
)

_LEVEL = 3  # Of zlib: a higher one takes twice the time and saves a twentieth.


class UnreadableReading(ValueError):
    """The bytes are no packed reading of this text."""


def pack_reading(reading: Reading) -> bytes:
    """Return everything of ``reading`` but its text, language and moment, compressed."""
    text = reading.text
    parts: list[Any] = [
        [(span.start, span.end) for span in reading.sentences],
        [(*_words(text, term.span, term.surface), term.stem) for term in reading.terms],
        [
            (*_words(text, name.span, name.surface), name.keys, name.kind, name.canonical)
            for name in reading.names
        ],
        [(concept.span.start, concept.span.end, concept.concept) for concept in reading.concepts],
        [
            (found.span.start, found.span.end, found.low, found.high, found.unit, found.comparator, found.of)
            for found in reading.quantities
        ],
        [
            (
                found.span.start,
                found.span.end,
                *_packed_moment(found.start),
                *_packed_moment(found.end),
                found.kind,
                found.zone_stated,
            )
            for found in reading.times
        ],
        [(*_words(text, found.span, found.words), found.speaker) for found in reading.quotations],
        [
            (found.span.start, found.span.end, found.who, found.role, found.hedged)
            for found in reading.attributions
        ],
        [(span.start, span.end) for span in reading.negations],
    ]
    written = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(written.encode("utf-8", "surrogatepass"), _LEVEL)


def unpack_reading(kept: bytes, *, text: str, language: Language, published_at: datetime | None) -> Reading:
    """Return the reading of ``text`` that was packed. Raises ``UnreadableReading``."""
    try:
        parts = json.loads(zlib.decompress(kept).decode("utf-8", "surrogatepass"))
        sentences, terms, names, concepts, quantities, times, quotations, attributions, negations = parts
        return Reading(
            text=text,
            language=language,
            sentences=tuple(map(Span._make, sentences)),
            terms=tuple(
                Term(Span(start, end), text[start:end] if words is None else words, stem)
                for start, end, words, stem in terms
            ),
            names=tuple(
                Name(Span(start, end), text[start:end] if words is None else words, tuple(keys), kind, listed)
                for start, end, words, keys, kind, listed in names
            ),
            concepts=tuple(Concept(Span(start, end), concept) for start, end, concept in concepts),
            quantities=tuple(Quantity(Span(start, end), *rest) for start, end, *rest in quantities),
            times=tuple(_time(*row) for row in times),
            quotations=tuple(
                Quotation(Span(start, end), text[start:end] if words is None else words, speaker)
                for start, end, words, speaker in quotations
            ),
            attributions=tuple(Attribution(Span(start, end), *rest) for start, end, *rest in attributions),
            negations=tuple(map(Span._make, negations)),
            published_at=published_at,
        )
    except (ValueError, TypeError, KeyError, zlib.error) as error:
        raise UnreadableReading(str(error)) from error


def reading_stamp(text: str, language: Language, published_at: datetime | None, zone: str) -> str:
    """Return 32 characters that are equal for the same text, moment, zone and readers."""
    moment = published_at.isoformat() if published_at else ""
    named = "\x00".join((readers_stamp(current_lexicon()), language, moment, zone, text))
    return blake2b(named.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@lru_cache(maxsize=4)
def readers_stamp(lexicon: Lexicon) -> str:
    """Return what changes with every change to the readers' code and data, or to the newsroom's lexicon.

    Whole files are taken, so that nobody has to remember to count a version up. The lexicon is taken as it was
    loaded, for its files may have been edited since.
    """
    digest = blake2b(_CODE, digest_size=16)
    for concept, entry in sorted(lexicon.concepts.items()):
        told = (concept, entry.topic, sorted(entry.words.items()), entry.opposite, entry.broader)
        digest.update(repr(told).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _digest_of_code() -> bytes:
    digest = blake2b(digest_size=16)
    here = Path(__file__).parent
    for path in sorted(path for path in here.rglob("*") if path.suffix in (".py", ".tsv")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(here)} {len(content)}\n".encode())
        digest.update(content)
    return digest.digest()


#: Taken when the process starts, for an upgrade may replace the files under it.
_CODE = _digest_of_code()


def _words(text: str, span: Span, words: str) -> tuple[int, int, str | None]:
    return span.start, span.end, None if span.of(text) == words else words


def _packed_moment(moment: datetime) -> tuple[str, int, str | float]:
    """Return the clock's time, the fold, and the zone by its name or its offset in seconds."""
    zone = moment.tzinfo
    offset = moment.utcoffset()
    named: str | float = zone.key if isinstance(zone, ZoneInfo) else offset.total_seconds() if offset else 0.0
    return moment.replace(tzinfo=None, fold=0).isoformat(), moment.fold, named


def _time(start: int, end: int, *rest: Any) -> TimeExpression:
    first, first_fold, first_zone, last, last_fold, last_zone, kind, zone_stated = rest
    return TimeExpression(
        Span(start, end),
        datetime.fromisoformat(first).replace(tzinfo=_zone(first_zone), fold=first_fold),
        datetime.fromisoformat(last).replace(tzinfo=_zone(last_zone), fold=last_fold),
        kind,
        zone_stated,
    )


@lru_cache(maxsize=512)
def _zone(named: str | float) -> tzinfo:
    if isinstance(named, str):
        return ZoneInfo(named)
    return timezone(timedelta(seconds=named)) if named else UTC
