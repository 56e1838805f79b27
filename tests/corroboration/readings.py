"""Short texts read as the product reads them, for comparing."""

from __future__ import annotations

from datetime import UTC, datetime

from claims.corroboration.comparison import Comparison
from claims.corroboration.stance import compare
from claims.language.reading import read
from claims.language.readings import Language, Reading

TUESDAY = datetime(2025, 9, 16, 12, tzinfo=UTC)


def reading(text: str, language: Language, at: datetime = TUESDAY) -> Reading:
    return read(text, language=language, published_at=at)


def compared(
    claim: str, language: Language, passage: str, passage_language: Language, *, at: datetime = TUESDAY
) -> Comparison:
    told = reading(passage, passage_language, at)
    return compare(reading(claim, language), told, told)
