"""What crawlers ask for: robots.txt and the sitemaps. Addresses are made from SITE_URL alone."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.publish import sitemap
from claims.publish.sitemap import SitemapPage
from claims.selectors.sitemaps import checks_in_stretch, new_checks, stretches
from claims.selectors.topics import topics_with_checks
from claims.web.public import cacheable_seconds

#: Pages of the newsroom; they ask to sign in, and no crawler has to be sent to the door.
_DESK = (
    "about/edit/",
    "account/",
    "admin/",
    "articles/",
    "claims/",
    "corrections/requests/",
    "exports/",
    "funding/edit/",
    "help/",
    "imports/",
    "language/",
    "notices/",
    "passages/",
    "search/",
    "sign-in/",
    "sources/",
    "work/",
)
_PAGES = ("home", "publication_list", "methodology", "about", "funding", "corrections")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Name what is not for crawlers, and where the sitemaps are."""
    lines = ["User-agent: *", *(f"Disallow: /{place}" for place in _DESK)]
    lines += [f"Sitemap: {_absolute(name)}" for name in ("sitemap_index", "sitemap_news")]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    numbers = range(1, stretches() + 2)
    return _xml(sitemap.sitemap_index(settings.SITE_URL + reverse("sitemap", args=[n]) for n in numbers))


@require_safe
def pages(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with the pages that are always there (1), or with one stretch of the checks (from 2 on)."""
    if number == 1:
        topics = [settings.SITE_URL + topic.get_absolute_url() for topic in topics_with_checks()]
        return _xml(sitemap.sitemap(SitemapPage(url) for url in [*map(_absolute, _PAGES), *topics]))
    if not 2 <= number <= stretches() + 1:
        raise Http404
    return _xml(sitemap.sitemap(checks_in_stretch(number - 1)))


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    return _xml(sitemap.news_sitemap(new_checks(), settings.ORGANISATION_NAME))


def _absolute(name: str) -> str:
    return settings.SITE_URL + reverse(name)


def _xml(body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type=sitemap.CONTENT_TYPE)
    response["Cache-Control"] = f"public, max-age={cacheable_seconds()}"
    return response
