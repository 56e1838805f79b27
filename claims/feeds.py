"""The HTTP edge of the published feeds: validators, conditional answers, content types, caching.

Invariants: an ETag never names two bodies; links are made from SITE_URL, never from the Host header; no cache
keeps a feed beyond the next embargo's end. The head of the history is published here as well, outside of
the table that it vouches for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from claims.models import HistoryHead
from claims.publish import atom, jsonfeed, rss
from claims.publish.entries import Channel, Entry
from claims.selectors.publications import feed_fingerprint, feed_window, next_scheduled_publication

LONGEST_CACHE = 60
#: What a feed without any entry says it was last changed at; it has to be the same at every request.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
LANGUAGES = ("en", "uk", "ru")

Renderer = Callable[[Channel, Iterable[Entry]], bytes]
_FORMATS: dict[str, tuple[Renderer, str]] = {
    "feed_rss": (rss.render, rss.CONTENT_TYPE),
    "feed_atom": (atom.render, atom.CONTENT_TYPE),
    "feed_json": (jsonfeed.render, jsonfeed.CONTENT_TYPE),
}


@require_safe
def feed(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with one page of the feed ``name``, all languages or one (``?language=uk``)."""
    language, cursor = request.GET.get("language", ""), request.GET.get("before", "")
    if language and language not in LANGUAGES:
        return HttpResponse("language: en, uk or ru", status=400, content_type="text/plain; charset=utf-8")
    try:
        fingerprint = feed_fingerprint(language, cursor)
    except ValueError:
        return HttpResponse("before: unknown", status=400, content_type="text/plain; charset=utf-8")
    body, etag, newest = _rendered(name, language, cursor, fingerprint, settings.SITE_URL)
    response = HttpResponse(body, content_type=_FORMATS[name][1])
    response["ETag"] = etag
    response["Last-Modified"] = http_date(newest.timestamp())
    response["Cache-Control"] = f"public, max-age={_cacheable_seconds()}"
    response["Access-Control-Allow-Origin"] = "*"
    # Django's own rules: If-None-Match wins over If-Modified-Since, and a 304 carries the validators.
    answer = get_conditional_response(request, etag, int(newest.timestamp()), response)
    assert answer is not None
    if answer.status_code == 304:
        answer["Cache-Control"] = response["Cache-Control"]
    return answer


@lru_cache(maxsize=64)
def _rendered(
    name: str, language: str, cursor: str, fingerprint: tuple[tuple[int, int], ...], site_url: str
) -> tuple[bytes, str, datetime]:
    """Return body, ETag and newest event of what ``fingerprint`` stands for.

    The rows may have changed since the fingerprint was read: the body is then of the newer rows and is
    found under the older key only until the next request, with an ETag that is of the body itself.
    """
    window = feed_window(language, cursor)
    newest = window.newest_event or BEGINNING
    with override(language or "en"):
        channel = Channel(
            title=gettext("%(organisation)s: fact-checks") % {"organisation": settings.ORGANISATION_NAME},
            description=gettext("Claims that were checked, with the evidence for and against them."),
            home_url=site_url + "/checks/",
            self_url=_address(name, language, cursor, site_url),
            next_url=_address(name, language, window.cursor, site_url) if window.cursor else "",
            language=language,
            organisation=settings.ORGANISATION_NAME,
            entry_id=f"tag:{urlsplit(site_url).hostname},2026:feed/{language or 'all'}",
            updated=newest,
        )
    body = _FORMATS[name][0](channel, window.entries)
    return body, quote_etag(hashlib.sha256(body).hexdigest()[:32]), newest


def _address(name: str, language: str, cursor: str, site_url: str) -> str:
    asked = {key: value for key, value in (("language", language), ("before", cursor)) if value}
    return site_url + reverse(name) + (f"?{urlencode(asked)}" if asked else "")


def _cacheable_seconds() -> int:
    due = next_scheduled_publication()
    if due is None:
        return LONGEST_CACHE
    return max(0, min(LONGEST_CACHE, int((due - timezone.now()).total_seconds())))


@require_safe
def history_head(request: HttpRequest) -> JsonResponse:
    """Answer with how many events there are and the hash of the last, for others to keep."""
    head = HistoryHead.objects.first()
    count, hash = (head.count, head.hash) if head else (0, "")
    response = JsonResponse({"count": count, "hash": hash})
    response["Cache-Control"] = "no-cache"
    return response


urlpatterns = [
    path("feeds/rss.xml", feed, {"name": "feed_rss"}, name="feed_rss"),
    path("feeds/atom.xml", feed, {"name": "feed_atom"}, name="feed_atom"),
    path("feeds/feed.json", feed, {"name": "feed_json"}, name="feed_json"),
    path("feeds/history.json", history_head, name="history_head"),
]
