"""RSS, Atom and JSON Feed: a question is read, its page rendered once, and answered by the rules of HTTP."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from claims.feeds import files
from claims.feeds.answers import Asked, Kept, answer, read_back, written
from claims.feeds.questions import BadQuestion, read_question
from claims.feeds.shelf import Shelf
from claims.models import HistoryHead
from claims.publish import atom, claimreview, datafeed, entries, jsonfeed, prose, rss, xml
from claims.publish.entries import Channel, Entry
from claims.selectors.feeds import (
    FeedQuestion,
    feed_address,
    feed_fingerprint,
    feed_window,
    filter_names,
    history_beginning,
)
from claims.selectors.publications import next_scheduled_publication

#: What a feed without any entry says it was last changed at; it has to be the same at every request.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
#: Where the WSGI edge finds what a view answered with, to answer the next requests itself.
EDGE_KEY = "claims.feeds.kept"

Renderer = Callable[[Channel, Iterable[Entry]], bytes]
FORMATS: dict[str, tuple[Renderer, str]] = {
    "feed_rss": (rss.render, rss.CONTENT_TYPE),
    "feed_atom": (atom.render, atom.CONTENT_TYPE),
    "feed_json": (jsonfeed.render, jsonfeed.CONTENT_TYPE),
    "feed_changes": (datafeed.render, datafeed.CONTENT_TYPE),
}
#: The bytes follow from the program as well: a new release must not reuse what the former rendered.
_SOURCES = (atom, claimreview, datafeed, entries, jsonfeed, prose, rss, xml)
PROGRAM = hashlib.sha256("".join(map(inspect.getsource, _SOURCES)).encode()).hexdigest()
#: Bodies of some hundred kilobytes at most: so many as files, and of each process so many in memory.
KEPT_FILES = 256
rendered: Shelf[tuple[object, ...], Kept] = Shelf(64)


@require_safe
def feed(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with one page of the feed ``name``, whole or narrowed (``?language=uk&topic=health``)."""
    try:
        question, before = read_question(request.GET, place="before")
        names = known_names(question)
        fingerprint = feed_fingerprint(question, before)
    except BadQuestion as refusal:
        return refusal.response()
    except ValueError:
        return BadQuestion("before: no place in this feed.").response()
    key = (name, question, before, fingerprint, *names, *site_facts(), *_words(question))
    return answered(request, rendered_once(key, partial(_render, name, question, before, names)))


def rendered_once(key: tuple[object, ...], render: Callable[[], Kept]) -> Kept:
    """Return the body of ``key``, rendered once for all processes of this machine that ask for it at a time."""

    def take_or_make() -> Kept:
        named = hashlib.sha256(repr((PROGRAM, history_beginning(), key)).encode("utf-8", "backslashreplace"))
        folder = Path(settings.VAR_DIR) / "feeds"
        file = folder / named.hexdigest()
        with files.alone(Path(settings.VAR_DIR) / "feed-locks" / file.name[:2]):
            content = files.read(file)
            if content is not None:
                return read_back(content)
            kept = render()
            files.keep(file, written(kept))
        files.sweep(folder, most=KEPT_FILES)
        return kept

    return rendered.take(key, take_or_make)


def known_names(question: FeedQuestion) -> list[str]:
    """Return what the filters are called in the feed's language. Raises ``BadQuestion``."""
    try:
        return filter_names(question, question.language or "en")
    except LookupError as unknown:
        raise BadQuestion(f"{unknown.args[0]}: unknown.", status=404) from unknown


def answered(request: HttpRequest, kept: Kept) -> HttpResponse:
    """Answer with ``kept`` by the conditions of the request, and leave it for the edge."""
    until = next_scheduled_publication()
    request.META[EDGE_KEY] = (kept, until)
    asked = Asked.of(request.META)
    status, headers, body = answer(kept, asked, until=until, now=timezone.now())
    return HttpResponse(body, status=status, headers=headers)


def channel_of(
    question: FeedQuestion,
    names: list[str],
    *,
    self_url: str,
    next_url: str,
    first_url: str,
    updated: datetime,
) -> Channel:
    """Return what a feed says of itself, in its language."""
    title, description = _words(question)
    asked = ";".join(value if name == "language" else f"{name}={value}" for name, value in question.parts())
    return Channel(
        title=" · ".join([title, *names]),
        description=description,
        home_url=settings.SITE_URL + "/checks/",
        self_url=self_url,
        next_url=next_url,
        language=question.language,
        organisation=settings.ORGANISATION_NAME,
        entry_id=f"tag:{urlsplit(settings.SITE_URL).hostname},2026:feed/{asked or 'all'}",
        updated=updated,
        first_url=first_url,
        hub_url=hub_url(),
    )


def _words(question: FeedQuestion) -> tuple[str, str]:
    """Return title and description of a feed in its language."""
    with override(question.language or "en"):
        title = gettext("%(organisation)s: fact-checks") % {"organisation": settings.ORGANISATION_NAME}
        return title, gettext("Claims that were checked, with the evidence for and against them.")


def links(self_url: str, *, next_url: str = "") -> tuple[str, ...]:
    """Return the Link headers of a feed: where it stands, what follows, and its hub (WebSub, section 4)."""
    named = [("self", self_url), ("next", next_url), ("hub", hub_url())]
    return tuple(f'<{address}>; rel="{relation}"' for relation, address in named if address)


def told_by_date(question: FeedQuestion) -> bool:
    """Say whether every change of the feed moves its newest event: sorting a claim into a topic does not."""
    return not question.topic and question.claimant is None


def hub_url() -> str:
    """Return the WebSub hub of this installation, "" where it has none."""
    return str(getattr(settings, "WEBSUB_HUB_URL", ""))


def site_facts() -> tuple[str, ...]:
    """Return what bodies are made of beside rows."""
    return settings.SITE_URL, settings.ORGANISATION_NAME, hub_url()


def _render(name: str, question: FeedQuestion, before: str, names: list[str]) -> Kept:
    """Render one page. Rows that changed since the fingerprint was read give a newer body under the older
    key, whose ETag is its own; the next request finds the new fingerprint."""
    window = feed_window(question, before)
    self_url = feed_address(name, question, before=before)
    next_url = feed_address(name, question, before=window.cursor) if window.cursor else ""
    channel = channel_of(
        question,
        names,
        self_url=self_url,
        next_url=next_url,
        first_url=feed_address(name, question) if before else "",
        updated=window.newest_event or BEGINNING,
    )
    render, content_type = FORMATS[name]
    return Kept(
        body=render(channel, window.entries),
        content_type=content_type,
        newest=(window.newest_event or BEGINNING) if told_by_date(question) else None,
        language=question.language or "en, uk, ru",
        links=links(self_url, next_url=next_url),
    )


@require_safe
def history_head(request: HttpRequest) -> JsonResponse:
    """Answer with how many events there are and the hash of the last, for others to keep."""
    head = HistoryHead.objects.first()
    count, hash = (head.count, head.hash) if head else (0, "")
    response = JsonResponse({"count": count, "hash": hash})
    response["Cache-Control"] = "no-cache"
    return response
