"""The published checks as sitemaps list them: in stretches of ids, so that the index never reads them all."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.db.models import Max, QuerySet
from django.utils import timezone

from claims.models import Publication
from claims.publish.entries import shown_title
from claims.publish.sitemap import NewsPage, SitemapPage
from claims.selectors.publications import public_publications
from claims.selectors.published import STANDING

#: Ids in one sitemap; far below the 50,000 addresses that the protocol allows.
STRETCH = 10_000
#: News search takes what is younger than two days, at most so many.
_NEWS_HOURS, _MOST_NEWS = 48, 1_000


def stretches() -> int:
    """Return how many sitemaps of checks there are. One query."""
    newest = public_publications().order_by().aggregate(newest=Max("pk"))["newest"]
    return -(-newest // STRETCH) if newest else 0


def checks_in_stretch(number: int) -> list[SitemapPage]:
    """Return the checks that stand, of the ``number``-th stretch (from 1), with their translations. Two queries."""
    stretch = _standing().filter(pk__gt=(number - 1) * STRETCH, pk__lte=number * STRETCH)
    rows = list(stretch)
    translated: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in _standing().filter(claim__in=stretch.order_by().values("claim")):
        translated[row.claim_id].append((row.language, _address(row)))
    return [SitemapPage(_address(row), row.event_at, sorted(translated[row.claim_id])) for row in rows]


def new_checks() -> list[NewsPage]:
    """Return the checks of the last two days, newest first. One query."""
    since = timezone.now() - timedelta(hours=_NEWS_HOURS)
    rows = public_publications().filter(state__in=STANDING, first_published_at__gte=since)
    return [
        NewsPage(
            _address(row), shown_title(row.current.snapshot, row.state), row.language, row.first_published_at
        )
        for row in rows.order_by("-first_published_at", "-pk")[:_MOST_NEWS]
        if row.current is not None and row.first_published_at is not None
    ]


def _standing() -> QuerySet[Publication]:
    """Return what is not retracted, without its snapshots."""
    rows = Publication.objects.filter(state__in=STANDING, current__isnull=False)
    return rows.only("pk", "claim_id", "language", "slug", "event_at").order_by("pk")


def _address(check: Publication) -> str:
    return f"{settings.SITE_URL}/checks/{check.pk}/{check.slug}/"
