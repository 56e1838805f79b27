"""Reading an article part by part, as the standing watch holds it against claims.

A live blog has a part for each update, with the moment of that update; any other article is one part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from claims.ingest.passages import split_passages
from claims.language.reading import read
from claims.language.readings import Language, Reading
from claims.models import Article, Update
from claims.search.moments import known_zone, noon_or_moment


@dataclass(frozen=True, slots=True)
class ArticlePart:
    """Passages with the reading of the whole that they are from, and when it was said."""

    passages: tuple[Reading, ...]
    whole: Reading
    moment: datetime | None
    said_on: date | None


def read_article(article: Article, *, at_most: int) -> Iterator[ArticlePart]:
    """Yield the parts of the current version (loaded, with its updates), ``at_most`` passages in all."""
    if article.current is None:
        return
    text, left = article.current.text, at_most
    posts = [update for update in article.current.updates.all() if update.kind == Update.Kind.POST]
    stretches = [(post.start, post.end, post.moment, post.zone) for post in posts] or [
        (0, len(text), None, "")
    ]
    for start, end, moment, zone in stretches:
        part = _read_part(article, text[start:end], moment, known_zone(zone, article.zone), left)
        left -= len(part.passages)
        yield part
        if left <= 0:
            return


def _read_part(article: Article, words: str, moment: datetime | None, zone: str, at_most: int) -> ArticlePart:
    language = cast(Language, article.language)
    at = moment or article.published_at
    on = None if at else article.published_on
    as_of = noon_or_moment(at, on, zone)

    def reading(text: str) -> Reading:
        return read(text, language=language, published_at=as_of, zone=zone)

    passages = tuple(reading(cut.text) for cut in split_passages(words)[:at_most])
    return ArticlePart(passages, reading(f"{article.title}\n\n{words}"), at, on)
