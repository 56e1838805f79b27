"""Extracted articles as JSON, to cross from the parsing subprocess to its parent.

Invariant: ``from_json(to_json(article)) == article``; what comes back is built by these dataclasses alone,
so a page that takes over the parser cannot make the parent run anything.
"""

from __future__ import annotations

import dataclasses
import json
from datetime import date, datetime
from typing import Any

from claims.ingest.extracted import ExtractedArticle, ExtractedSection, ExtractedUpdate


def to_json(article: ExtractedArticle) -> str:
    return json.dumps(dataclasses.asdict(article), default=_iso)


def from_json(text: str) -> ExtractedArticle:
    """Raise ``ValueError``, ``TypeError`` or ``KeyError`` for what ``to_json`` did not write."""
    fields: dict[str, Any] = json.loads(text)
    updates = [{**update, "moment": _moment(update["moment"])} for update in fields.pop("updates")]
    sections = fields.pop("sections")
    moment, day = _moment(fields.pop("published_at")), fields.pop("published_on")
    return ExtractedArticle(
        **fields,
        published_at=moment,
        published_on=date.fromisoformat(day) if day else None,
        updates=tuple(ExtractedUpdate(**update) for update in updates),
        sections=tuple(ExtractedSection(**section) for section in sections),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
