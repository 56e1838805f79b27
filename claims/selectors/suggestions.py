"""Sentences of an article that are worth checking: suggested in the reading room, never logged by itself.

A long article is read part by part, so that a page takes bounded time and no part is passed over in silence: the
page tells which part it shows and links to the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from django.conf import settings

from claims.language.checkworthiness import Scorer, suggest
from claims.language.checkworthiness_model import MODEL_FILE, current_model
from claims.language.reading import read
from claims.language.readings import LANGUAGES, Reading
from claims.models import Article, Update
from claims.selectors.article_parts import cut_text
from claims.selectors.reading_room import Mark, cover

#: Code points that are read at once; readings up to this length are remembered, so that a second look is quick.
_PIECE = 15_000


def suggested_marks(
    article: Article, text: str, updates: Sequence[Update], window: tuple[int, int] | None = None
) -> tuple[Mark, ...]:
    """Return the sentences of ``text`` (the current version) that could be checked, in order.

    ``window`` are the code points that are read, all of them where it is None.
    """
    first, last = window or (0, len(text))
    found: list[Mark] = []
    for update, start, end in cover(len(text), updates):
        begin, stop = max(start, update.body_start if update else start, first), min(end, last)
        for left, right in pairwise(cut_text(text, begin, stop, _PIECE)):
            found += _marks(article, update, text[left:right], left)
    return tuple(found)


def _marks(article: Article, update: Update | None, words: str, begin: int) -> Iterator[Mark]:
    """Yield the suggested sentences of ``words``, which stand at ``begin``."""
    if not words.strip():
        return
    language = article.language if article.language in LANGUAGES else None
    moment: datetime | None = (update.moment if update else None) or article.published_at
    reading = read(
        words, language=language, published_at=moment, zone=(update and update.zone) or article.zone
    )
    for told in suggest(reading, _model_for(reading)):
        sentence = told.span.of(words)
        if not _is_headline(sentence, article.title):
            yield Mark(begin + told.span.start, begin + told.span.end, why=told.reasons, words=sentence)


def _model_for(reading: Reading) -> Scorer | None:
    """Return the trained model where it knows the language of the reading, else None for the rules."""
    model = current_model(Path(settings.VAR_DIR) / MODEL_FILE)
    return model if model is not None and model.knows(reading.language) else None


def _is_headline(sentence: str, title: str) -> bool:
    """Tell a heading or caption that repeats the title from a sentence that opens with the same words."""
    return (
        bool(title) and sentence.startswith(title) and not sentence.endswith((".", "!", "?", "…", "”", "»"))
    )
