"""Sentences of an article that are worth checking: suggested in the reading room, never logged by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings

from claims.language.checkworthiness import suggest
from claims.language.checkworthiness_model import MODEL_FILE, current_model
from claims.language.reading import read
from claims.language.readings import LANGUAGES
from claims.models import Article, Update
from claims.selectors.reading_room import Mark, cover

#: A stretch is read once and remembered; beyond this much text an article is read no further (code points).
MOST_READ = 60_000


def suggested_marks(article: Article, text: str, updates: Sequence[Update]) -> list[Mark]:
    """Return the sentences of ``text`` (the current version) that could be checked, in order of the text."""
    language = article.language if article.language in LANGUAGES else None
    model = current_model(Path(settings.VAR_DIR) / MODEL_FILE)
    found: list[Mark] = []
    for update, start, end in cover(min(len(text), MOST_READ), updates):
        begin = max(start, update.body_start) if update else start
        words = text[begin:end]
        if not words.strip():
            continue
        moment: datetime | None = (update.moment if update else None) or article.published_at
        reading = read(
            words, language=language, published_at=moment, zone=(update and update.zone) or article.zone
        )
        found += [
            Mark(begin + told.span.start, begin + told.span.end, why=told.reasons, words=told.span.of(words))
            for told in suggest(reading, model)
            if not _is_headline(told.span.of(words), article.title)
        ]
    return found


def _is_headline(sentence: str, title: str) -> bool:
    """Tell a heading or caption that repeats the title from a sentence that opens with the same words."""
    return (
        bool(title) and sentence.startswith(title) and not sentence.endswith((".", "!", "?", "…", "”", "»"))
    )
