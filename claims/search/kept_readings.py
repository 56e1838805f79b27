"""Readings kept in the database: used while their stamp fits, made anew where it does not.

Invariant: a kept reading equals a fresh one, so nothing depends on whether a row is there. Only a row that was
loaded with its passage or document is looked at; no query is made here.
"""

from __future__ import annotations

import logging
from datetime import datetime
from functools import lru_cache
from typing import cast

from claims.language.keeping import UnreadableReading, pack_reading, reading_stamp, unpack_reading
from claims.language.reading import read
from claims.language.readings import Language, Reading
from claims.models import (
    ArticlePassage,
    ArticlePassageReading,
    Document,
    DocumentReading,
    Passage,
    PassageReading,
)

logger = logging.getLogger(__name__)

#: What is read, and the rows that readings of it are kept in.
Readable = Passage | Document | ArticlePassage
Kept = PassageReading | DocumentReading | ArticlePassageReading
KEPT_IN: dict[type[Readable], type[Kept]] = {
    Passage: PassageReading,
    Document: DocumentReading,
    ArticlePassage: ArticlePassageReading,
}

#: What has to be loaded with a passage, so that its reading and its document's need not be made anew.
WITH_READINGS = ("document__outlet", "kept_reading", "document__kept_reading")


def read_kept(row: Readable, language: str, moment: datetime | None, zone: str) -> Reading:
    """Return the reading of the row's text, unpacked where a fitting one was loaded with the row."""
    # The column holds one of the languages; “other” is one of them.
    spoken = cast(Language, language)
    kept = _loaded(row)
    if kept is not None and kept.stamp == reading_stamp(row.text, spoken, moment, zone):
        try:
            return _unpacked(kept.stamp, bytes(kept.kept), row.text, spoken, moment)
        except UnreadableReading as error:
            logger.warning("the kept reading of %s %d is made anew: %s", row._meta.model_name, row.pk, error)
    return read(row.text, language=spoken, published_at=moment, zone=zone)


def missing_reading(row: Readable, language: str, moment: datetime | None, zone: str) -> Kept | None:
    """Return the row to be kept, not yet saved; None where the one loaded still fits."""
    stamp = reading_stamp(row.text, cast(Language, language), moment, zone)
    kept = _loaded(row)
    if kept is not None and kept.stamp == stamp:
        return None
    packed = pack_reading(read_kept(row, language, moment, zone))
    return KEPT_IN[type(row)](pk=row.pk, stamp=stamp, kept=packed)


def _loaded(row: Readable) -> Kept | None:
    kept: Kept | None = row._state.fields_cache.get("kept_reading")
    return kept


@lru_cache(maxsize=4_096)
def _unpacked(stamp: str, kept: bytes, text: str, language: Language, moment: datetime | None) -> Reading:
    """Unpack once: the profiles that comparison makes are kept for as long as their readings are."""
    return unpack_reading(kept, text=text, language=language, published_at=moment)
