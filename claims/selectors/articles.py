"""Articles for the pages: the list, one article as a person of its desk may read it, and its fetching."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from claims.models import Appearance, Article, ArticlePassage, ArticleVersion, Job, Publication, Update
from claims.rules.identity import canonical_url
from claims.rules.lifecycle import PublicationState
from claims.selectors.jobs import newest_job
from claims.selectors.narrowed import ListPage, Narrowed, list_page

#: The versions that one page tells.
VERSIONS_SHOWN = 30


def article_page(desk_ids: Collection[int], asked: Narrowed, zone: str) -> ListPage[Article]:
    """Return a page of the desks' articles, each with ``claim_count``. At most two queries."""
    said = Appearance.objects.filter(article=OuterRef("pk")).order_by().values("article")
    counted = said.annotate(claims=Count("claim", distinct=True)).values("claims")
    articles = (
        Article.objects.filter(asked.conditions(zone), desk_id__in=desk_ids)
        .select_related("outlet", "desk")
        .annotate(claim_count=Coalesce(Subquery(counted), 0))
    )
    return list_page(articles.filter(kind=asked.kind) if asked.kind else articles, asked)


def article_for(desk_ids: Collection[int], article_id: int) -> Article | None:
    """Return the article with current version, outlet, desk and watch, or None. One query; without raw pages."""
    return (
        Article.objects.filter(desk_id__in=desk_ids, pk=article_id)
        .select_related("current", "outlet", "desk", "taken_in_by", "watch__started_by")
        .defer("current__raw", "current__diff")
        .first()
    )


def article_at(desk_ids: Collection[int], address: str) -> Article | None:
    """Return the article of the desks that was taken in from ``address``, with text to log from. One query."""
    known = Article.objects.filter(desk_id__in=desk_ids, current__isnull=False)
    return known.filter(canonical_url=canonical_url(address)).exclude(canonical_url="").order_by("pk").first()


def updates_of(version: ArticleVersion | None) -> list[Update]:
    """Return the updates and sections of a version in the order of its text."""
    return (
        list(Update.objects.filter(article_version=version).order_by("start", "ordinal")) if version else []
    )


def passage_of(article: Article, passage_id: int | None) -> ArticlePassage | None:
    """Return the passage where it stands in the current version, or None. One query at most."""
    if passage_id is None:
        return None
    return article.passages.filter(pk=passage_id, retired=False).first()


def appearances_in(article: Article) -> list[Appearance]:
    """Return where claims were logged from ``article``, each with its claim, in the order of logging.

    ``appearance.claim.public_rating`` is the rating that readers see, None where nothing is published. What is
    not published is not told here: some desks rate blind. Two queries.
    """
    found = Appearance.objects.filter(article=article).exclude(exact="").select_related("claim", "update")
    appearances = list(found.order_by("pk"))
    public = Publication.objects.filter(
        claim_id__in=[appearance.claim_id for appearance in appearances],
        state__in=[PublicationState.LIVE, PublicationState.UNDER_CORRECTION],
        current__isnull=False,
    ).select_related("current__verdict__rating__scale")
    ratings = {one.claim_id: one.current.verdict.rating for one in public.order_by("-pk") if one.current}
    for appearance in appearances:
        appearance.claim.public_rating = ratings.get(appearance.claim_id)  # type: ignore[attr-defined]
    return appearances


def version_seen(article: Article, number: int | None) -> ArticleVersion | None:
    """Return the version that a person had before them, else the current one. One query at most."""
    if article.current is None or number is None or number == article.current.number:
        return article.current
    return article.versions.defer("raw", "diff").filter(number=number).first() or article.current


def versions_of(article: Article, before: int | None = None) -> tuple[list[ArticleVersion], int | None]:
    """Return a page of the versions, newest first, without raw pages and texts, and the number that the next page
    begins before, None where there is none."""
    versions = article.versions.defer("raw", "text").order_by("-number")
    if before is not None:
        versions = versions.filter(number__lt=before)
    page = list(versions[: VERSIONS_SHOWN + 1])
    rest = page[VERSIONS_SHOWN:]
    return page[:VERSIONS_SHOWN], page[VERSIONS_SHOWN - 1].number if rest else None


def fetch_job(article: Article) -> Job | None:
    """Return the job that fetches the article's present version."""
    return newest_job("fetch_article", article.pk)
