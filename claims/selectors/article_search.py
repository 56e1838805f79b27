"""Finding articles by the words of their title, byline and outlet, whatever script they are written in.

Articles are no part of the search index: a desk takes in some dozens a day, and the newest of them are looked
through word by word, each under the key that its spelling has in every script (``claims.language.names.keys``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Count

from claims.language.names.keys import name_key
from claims.models import Article

#: So many of the newest articles are looked through.
LOOKED_THROUGH = 2_000
#: The shortest key that may be the beginning of a longer word, as it is while somebody types.
_SHORTEST_BEGINNING = 3
_WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article (with ``claim_count`` and its outlet) and the spans of its title that the question met."""

    article: Article
    marks: tuple[tuple[int, int], ...]


def find_articles(question: str, desk_ids: Collection[int], *, most: int) -> list[FoundArticle]:
    """Return the desks' articles that hold every word of the question, newest first. Two queries."""
    wanted = [key for key, _span in _keys(question)]
    if not wanted:
        return []
    newest = Article.objects.filter(desk_id__in=desk_ids).order_by("-pk")
    told = newest.values_list("pk", "title", "byline", "outlet__name")[:LOOKED_THROUGH]
    found = [row[0] for row in told if _holds(wanted, " ".join(filter(None, row[1:])))][:most]
    articles = Article.objects.select_related("outlet", "desk").annotate(
        claim_count=Count("appearances__claim", distinct=True)
    )
    rows = articles.in_bulk(found)
    return [FoundArticle(rows[id], _met(wanted, rows[id].title)) for id in found if id in rows]


def _holds(wanted: list[str], text: str) -> bool:
    held = [key for key, _span in _keys(text)]
    return all(any(_meets(key, word) for word in held) for key in wanted)


def _met(wanted: list[str], text: str) -> tuple[tuple[int, int], ...]:
    return tuple(span for word, span in _keys(text) if any(_meets(key, word) for key in wanted))


def _meets(key: str, word: str) -> bool:
    return key == word or (len(key) >= _SHORTEST_BEGINNING and word.startswith(key))


def _keys(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for word in _WORD.finditer(text):
        if key := name_key(word.group()):
            yield key, word.span()
