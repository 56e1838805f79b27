"""Finding articles by the words of their updates and paragraphs, and by their title, byline and outlet.

The engine ranks passages, in any of the three languages and scripts; here each article is named once, with those of
its passages that say what was asked. A word that is still being typed is looked for as the beginning of a word in
the titles of the newest articles, each word under the key that its spelling has in every script
(``claims.language.names.keys``); that needs no engine.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import Count

from claims import search
from claims.language.names.keys import name_key
from claims.language.readings import Reading
from claims.models import Article, ArticlePassage
from claims.search.base import Query, WeightedToken
from claims.search.documents import read_article_passage
from claims.selectors.met_words import excerpt, met_words

#: So many of the newest articles are looked through for titles.
LOOKED_THROUGH = 2_000
#: So many passages of one article are shown.
PASSAGES_SHOWN = 2
#: How many passages the engine names at a time, and how often it is asked: a long live blog may have them all.
_PASSAGES_ASKED = 200
_MOST_ROUNDS = 5
#: How many of an article's best passages are looked through for those to show.
_PASSAGES_READ = 10
#: The shortest key that may be the beginning of a longer word, as it is while somebody types.
_SHORTEST_BEGINNING = 3
_WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage of an article, an excerpt of its text, and the spans of that which the question met."""

    passage: ArticlePassage
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article (with ``claim_count``, outlet and desk), the spans of its title that the question met, and the
    passages that say what was asked, best first; none where only the title, byline or outlet does."""

    article: Article
    marks: tuple[tuple[int, int], ...]
    passages: tuple[FoundPassage, ...] = ()


def find_articles(
    question: str,
    desk_ids: Collection[int],
    said: Mapping[int, Sequence[FoundPassage]],
    *,
    most: int,
) -> list[FoundArticle]:
    """Return at most ``most`` of the desks' articles: those with passages ``said``, best first, then those whose
    title, byline and outlet hold every word of the question, newest first. Two queries."""
    wanted = [key for key, _span in _keys(question)]
    titled = _titled(wanted, desk_ids) if wanted else []
    found = list(dict.fromkeys([*said, *titled]))[:most]
    articles = Article.objects.filter(desk_id__in=desk_ids).select_related("outlet", "desk")
    rows = articles.annotate(claim_count=Count("appearances__claim", distinct=True)).in_bulk(found)
    return [
        FoundArticle(rows[id], _met(wanted, rows[id].title), tuple(said.get(id, ())))
        for id in found
        if id in rows
    ]


def find_passages(
    asked: Reading, tokens: Sequence[WeightedToken], desk_ids: Collection[int], *, most: int
) -> dict[int, list[FoundPassage]]:
    """Return the best passages of the desks' articles, by article, the article with the best one first.

    An article that was found by its title, byline or outlet alone has none. At most ``_MOST_ROUNDS`` queries, and
    one where no long article has most of the passages. Raises ``SearchUnavailable``.
    """
    found: dict[int, list[ArticlePassage]] = {}
    for _ in range(_MOST_ROUNDS if tokens and desk_ids else 0):
        rows, asked_all = _next_best(tokens, desk_ids, list(found))
        for row in rows:
            found.setdefault(row.article_id, []).append(row)
        if asked_all or len(found) >= most:
            break
    return {article_id: _said(asked, rows) for article_id, rows in islice(found.items(), most)}


def _next_best(
    tokens: Sequence[WeightedToken], desk_ids: Collection[int], known: Sequence[int]
) -> tuple[list[ArticlePassage], bool]:
    """Return the best passages of articles that are not ``known``, and whether there are no more of them."""
    query = Query(
        tuple(tokens),
        filters={"desk": [str(id) for id in desk_ids]},
        excluded={"article": [str(id) for id in known]},
    )
    hits = search.get_backend().search("articles", query, limit=_PASSAGES_ASKED).hits
    standing = ArticlePassage.objects.filter(retired=False, article__desk_id__in=desk_ids)
    rows = standing.select_related("article", "kept_reading").in_bulk([int(hit.id) for hit in hits])
    return [rows[int(hit.id)] for hit in hits if int(hit.id) in rows], len(hits) < _PASSAGES_ASKED


def _said(asked: Reading, rows: Sequence[ArticlePassage]) -> list[FoundPassage]:
    """Return the first of the passages whose own words were asked for, not only those of the title above them."""
    said: list[FoundPassage] = []
    for row in rows[:_PASSAGES_READ]:
        # Passages of one long update share a sentence, which is shown once.
        shared = any(row.start < each.passage.end and each.passage.start < row.end for each in said)
        marks = () if shared or row.text == row.article.title else met_words(asked, read_article_passage(row))
        if marks:
            said.append(FoundPassage(row, *excerpt(row.text, marks)))
    return said[:PASSAGES_SHOWN]


def _titled(wanted: list[str], desk_ids: Collection[int]) -> list[int]:
    """Return the newest articles that hold every key in title, byline or outlet."""
    newest = Article.objects.filter(desk_id__in=desk_ids).order_by("-pk")
    told = newest.values_list("pk", "title", "byline", "outlet__name")[:LOOKED_THROUGH]
    return [row[0] for row in told if _holds(wanted, " ".join(filter(None, row[1:])))]


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
