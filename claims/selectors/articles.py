"""Articles for the pages: the list, one article as a person of its desk may read it, and its fetching."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count

from claims.models import Appearance, Article, ArticleVersion, Job, Update
from claims.selectors.paging import KeysetPage, newest_first


def article_page(desk_ids: Collection[int], before: int | None) -> KeysetPage[Article]:
    """Return the desks' articles, newest first, each with ``claim_count``. One query."""
    articles = (
        Article.objects.filter(desk_id__in=desk_ids)
        .select_related("outlet", "desk")
        .annotate(claim_count=Count("appearances__claim", distinct=True))
    )
    return newest_first(articles, before)


def article_for(desk_ids: Collection[int], article_id: int) -> Article | None:
    """Return the article with its current version, outlet and desk, or None. One query; without raw pages."""
    return (
        Article.objects.filter(desk_id__in=desk_ids, pk=article_id)
        .select_related("current", "outlet", "desk", "taken_in_by")
        .defer("current__raw")
        .first()
    )


def updates_of(version: ArticleVersion | None) -> list[Update]:
    """Return the updates and sections of a version in the order of its text."""
    return (
        list(Update.objects.filter(article_version=version).order_by("start", "ordinal")) if version else []
    )


def appearances_in(article: Article) -> list[Appearance]:
    """Return where claims were logged from ``article``, each with its claim, in the order of logging."""
    found = Appearance.objects.filter(article=article).exclude(exact="").select_related("claim", "update")
    return list(found.order_by("pk"))


def versions_of(article: Article) -> list[ArticleVersion]:
    """Return all versions, newest first, without their raw pages and texts."""
    return list(article.versions.defer("raw", "text").order_by("-number"))


def fetch_job(article: Article) -> Job | None:
    """Return the job that fetches the article's present version."""
    return Job.objects.filter(kind="fetch_article", subject=article.pk).order_by("-subject_version").first()
