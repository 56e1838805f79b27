"""Feeds and single pages that documents come from: registered by people, read by jobs.

A feed entry is taken in with the feed's own words at once; a job then fetches the page behind it, where
the site's robots.txt allows, and its full words take their place.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.documents import (
    NewDocument,
    document_key,
    outlet_named,
    read_again,
    store_document,
)
from claims.actions.refusals import Invalid
from claims.ingest.feeds import FeedEntry
from claims.ingest.fetch import FetchedPage, fetch
from claims.ingest.fetch_errors import FetchError, StatusRefused
from claims.ingest.parse_errors import ParseError
from claims.ingest.parse_subprocess import parse_feed, parse_fetched
from claims.ingest.robots import RobotsRules
from claims.models import Document, Source
from claims.rules import permissions
from claims.rules.identity import canonical_url, given_address
from claims.rules.looking import Pace, Seen, jitter_of, next_look
from claims.rules.permissions import Actor, NotAllowed

#: robots.txt of each site, remembered by this process.
_robots = RobotsRules()
#: How often feeds are polled: news brings the next poll forward, and no silence ends them.
FEED_PACE = Pace(shortest=300.0, longest=7200.0, longest_failing=21_600.0, quickening=2.0)


def add_feed(*, desk_id: int, actor: Actor, url: str, outlet: str = "") -> Source:
    """Register a feed to be polled; the first poll is due at once. Raises ``Invalid``, ``NotAllowed``."""
    address = _address_for(actor, desk_id, url)
    with transaction.atomic():
        known = outlet_named(name=outlet, domain=_domain(address))
        source, created = Source.objects.get_or_create(
            feed_url=_known_feed(address) or address, defaults={"outlet": known}
        )
        if not created and not source.active:
            Source.objects.filter(pk=source.pk).update(active=True, next_poll_at=None, failures=0)
        jobs.enqueue("poll_source", source.pk, subject_version=int(timezone.now().timestamp()) // 60)
    return source


def add_source_url(*, desk_id: int, actor: Actor, url: str) -> Document:
    """Register one page as a source; a job fetches it. Raises ``Invalid``, ``NotAllowed``."""
    address = _address_for(actor, desk_id, url)
    with transaction.atomic():
        document, created = Document.objects.get_or_create(
            key=document_key(canonical_url(address)),
            defaults={
                "outlet": outlet_named(name="", domain=_domain(address)),
                "url": address,
                "text": "",
                "language": "other",
                "text_sha256": "",
            },
        )
        if not created:
            Document.objects.filter(pk=document.pk).update(failure="")
        jobs.enqueue("fetch_document", document.pk, subject_version=int(timezone.now().timestamp()) // 60)
    return document


def poll_source(source_id: int) -> None:
    """Fetch one feed conditionally, take in its new entries, plan the next poll; errors stay on the source."""
    source = Source.objects.select_related("outlet").filter(pk=source_id, active=True).first()
    if source is None:
        return
    try:
        _robots.check(source.feed_url)
        page = fetch(
            source.feed_url,
            etag=source.etag,
            last_modified=source.last_modified,
            accept="application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5",
        )
        fresh = 0 if page.not_modified else _take_in_entries(source, page)
    except (FetchError, ParseError) as error:
        retry_after = error.retry_after if isinstance(error, StatusRefused) else None
        _plan_next(source, Seen.FAILED, error=str(error), retry_after=retry_after)
        return
    _plan_next(source, Seen.CHANGED if fresh else Seen.UNCHANGED, page=page)


def fetch_document(document_id: int) -> None:
    """Fetch the page of a document and let its words replace what is known of it.

    Raises ``jobs.RetryLater`` for a reason that may pass, ``jobs.GiveUp`` otherwise.
    """
    document = Document.objects.select_related("outlet").filter(pk=document_id).first()
    if document is None or not document.url:
        return
    try:
        if document.source_id:
            _robots.check(document.url)
        page = fetch(document.url)
        read = parse_fetched(page, outlet_zone=document.outlet.zone)
    except (FetchError, ParseError) as error:
        Document.objects.filter(pk=document.pk).update(failure=str(error)[:500])
        passing = isinstance(error, FetchError) and error.retryable
        raise (jobs.RetryLater if passing else jobs.GiveUp)(str(error)) from error
    store_document(read_again(document, page, read))
    Document.objects.filter(pk=document.pk).update(failure="")


def _take_in_entries(source: Source, page: FetchedPage) -> int:
    """Store what the feed holds and was not known; return how many entries were new."""
    feed = parse_feed(page.body, url=page.final_url, content_type=page.content_type)
    keys = {document_key(entry.canonical_url): entry for entry in feed.entries}
    known = set(Document.objects.filter(key__in=keys).values_list("key", flat=True))
    fresh = [(key, entry) for key, entry in keys.items() if key not in known]
    for key, entry in fresh:
        _take_in_entry(source, key, entry)
    return len(fresh)


def _take_in_entry(source: Source, key: str, entry: FeedEntry) -> None:
    with transaction.atomic():
        document, _outcome = store_document(
            NewDocument(
                key=key,
                outlet_id=source.outlet_id,
                title=entry.title,
                text=entry.summary or entry.title,
                language=entry.language,
                url=entry.url,
                published_at=entry.published_at,
                captured_at=timezone.now(),
                source_id=source.pk,
            )
        )
        jobs.enqueue("fetch_document", document.pk)


def _plan_next(
    source: Source,
    seen: Seen,
    *,
    page: FetchedPage | None = None,
    error: str = "",
    retry_after: float | None = None,
) -> None:
    now = timezone.now()
    failures = source.failures + 1 if seen is Seen.FAILED else 0
    plan = next_look(
        now,
        FEED_PACE,
        seen=seen,
        interval=source.interval,
        failures=failures,
        retry_after=retry_after,
        jitter=jitter_of(source.pk),
    )
    heard = {"etag": page.etag[:300], "last_modified": page.last_modified[:100]} if page else {}
    Source.objects.filter(pk=source.pk).update(
        polled_at=now,
        next_poll_at=plan.at,
        interval=plan.interval,
        failures=failures,
        last_error=error[:500],
        **heard,
    )


def _address_for(actor: Actor, desk_id: int, url: str) -> str:
    if not permissions.can_add_source(actor, desk_id):
        raise NotAllowed("add_source", _("Only people who write for this desk may add sources."))
    address = given_address(url)
    if not address:
        sentence = _("This is not a web address. Write it like https://example.org/page.")
        raise Invalid(sentence, {"url": sentence})
    return address


def _known_feed(address: str) -> str:
    """Return the stored address of this very feed, "" for a new one; the feeds of a newsroom are few."""
    key = canonical_url(address)
    stored = Source.objects.order_by("pk").values_list("feed_url", flat=True)
    return next((known for known in stored if canonical_url(known) == key), "")


def _domain(address: str) -> str:
    return (urlsplit(canonical_url(address)).hostname or "").removeprefix("www.")
