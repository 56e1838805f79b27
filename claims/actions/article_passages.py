"""The passages of an article: its current version cut into what search finds, update by update.

Invariant: the rows that are not retired cover the current version. Words that a new version leaves as they were, at
the same printed time, keep their row, so that of a live blog only what is new is read and indexed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Sum

from claims import jobs
from claims.ingest.passages import split_passages
from claims.models import Article, ArticlePassage, Update
from claims.selectors.reading_room import cover

#: How many rows are written in one statement; SQLite bounds the parameters.
_WRITTEN_AT_ONCE = 200


def store_passages(article: Article, *, described_anew: bool) -> None:
    """Cut the current version anew, and have indexed what differs from what was cut before.

    ``described_anew``: title, byline, outlet, language or date changed, and they are indexed with every passage.
    Call inside a transaction that holds the article.
    """
    standing: dict[tuple[object, ...], list[ArticlePassage]] = defaultdict(list)
    for row in article.passages.filter(retired=False).order_by("-pk"):
        standing[_identity(row)].append(row)
    fresh: list[ArticlePassage] = []
    moved: list[ArticlePassage] = []
    kept: list[int] = []
    for cut in _cut(article):
        same = standing[_identity(cut)]
        if not same:
            fresh.append(cut)
            continue
        row = same.pop()
        kept.append(row.pk)
        if (row.start, row.end) != (cut.start, cut.end):
            row.start, row.end = cut.start, cut.end
            moved.append(row)
    ArticlePassage.objects.bulk_update(moved, ["start", "end"], batch_size=_WRITTEN_AT_ONCE)
    gone = [row.pk for rows in standing.values() for row in rows]
    _raise_versions(gone, retired=True)
    if described_anew:
        _raise_versions(kept, retired=False)
    ArticlePassage.objects.bulk_create(fresh, batch_size=_WRITTEN_AT_ONCE)
    if fresh or gone or (described_anew and kept):
        # No row is ever deleted and no version lowered, so that their sum is another one after every change.
        total = article.passages.aggregate(total=Sum("version"))["total"]
        jobs.enqueue("index_article", article.pk, subject_version=total)


def cut_what_is_whole() -> None:
    """Cut the articles that have no passages: taken in by an older version of this program, or imported."""
    standing = ArticlePassage.objects.filter(article=OuterRef("pk"), retired=False)
    whole = Article.objects.filter(~Exists(standing), current__isnull=False).exclude(current__text="")
    for article_id in list(whole.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            held = Article.objects.select_for_update(of=("self",)).select_related("current")
            article = held.defer("current__raw", "current__diff").filter(pk=article_id).first()
            if article is not None:
                store_passages(article, described_anew=False)


def _raise_versions(ids: list[int], *, retired: bool) -> None:
    for start in range(0, len(ids), _WRITTEN_AT_ONCE):
        rows = ArticlePassage.objects.filter(pk__in=ids[start : start + _WRITTEN_AT_ONCE])
        rows.update(version=F("version") + 1, retired=retired)


def _cut(article: Article) -> Iterator[ArticlePassage]:
    """Yield the passages of the current version as rows that are not saved, in order of the text."""
    if article.current is None:
        return
    text = article.current.text
    updates = article.current.updates.order_by("start", "ordinal")
    for stretch, start, end in cover(len(text), list(updates)):
        # As in the reading room: the time that opens a post is shown beside it, a heading belongs to its words.
        post = stretch if stretch and stretch.kind == Update.Kind.POST else None
        begin = post.body_start if post else start
        for cut in split_passages(text[begin:end]):
            yield ArticlePassage(
                article=article,
                start=begin + cut.start,
                end=begin + cut.end,
                text=cut.text,
                printed_time=post.printed_time if post else "",
                moment=post.moment if post else None,
                zone=post.zone if post else "",
            )


def _identity(row: ArticlePassage) -> tuple[str, str, datetime | None, str]:
    return row.text, row.printed_time, row.moment, row.zone
