"""Taking articles in: pasted text, an HTML file, or an address that a job fetches.

Every version of the words is kept. An address is taken in once per desk; taking it in again fetches it again
and adds a version only when the words have changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.documents import outlet_named
from claims.actions.history import append_event
from claims.actions.refusals import Invalid, NotFound
from claims.ingest.extracted import ExtractedArticle, ExtractedUpdate
from claims.ingest.fetch import fetch
from claims.ingest.fetch_errors import FetchError
from claims.ingest.parse_errors import ParseError
from claims.ingest.parse_subprocess import parse_page
from claims.ingest.plaintext import read_pasted
from claims.ingest.versions import compare_versions
from claims.models import Article, ArticleVersion, Desk, Outlet, Update
from claims.rules import permissions
from claims.rules.identity import canonical_url
from claims.rules.permissions import MACHINE, Actor, NotAllowed

Progress = Callable[[int, int, str], None]


def take_in_text(
    *,
    desk_id: int,
    text: str,
    actor: Actor,
    outlet: str = "",
    title: str = "",
    url: str = "",
    published: datetime | date | None = None,
    zone: str = "",
) -> Article:
    """Take in pasted text as an article or live blog. Raises ``Invalid``, ``NotAllowed``."""
    desk = _desk_for(actor, desk_id)
    known = outlet_named(name=outlet) if outlet.strip() else None
    try:
        extracted = read_pasted(
            text,
            outlet_zone=zone or (known.zone if known else desk.zone),
            seen_at=timezone.now(),
            title=title,
            outlet_name=outlet,
            url=_checked_url(url),
            published=published,
        )
    except ParseError as refusal:
        raise Invalid(str(refusal), {"text": str(refusal)}) from refusal
    except ValueError as refusal:
        sentence = _("There is no time zone of this name; write it like Europe/Kyiv.")
        raise Invalid(sentence, {"zone": sentence}) from refusal
    return _store_new(desk, extracted, raw=text.encode("utf-8", "surrogatepass"), actor=actor, outlet=known)


def take_in_html(
    *, desk_id: int, body: bytes, actor: Actor, url: str = "", outlet: str = "", content_type: str = ""
) -> Article:
    """Take in a saved page. Raises ``Invalid`` with the parser's sentence, ``NotAllowed``."""
    desk = _desk_for(actor, desk_id)
    known = outlet_named(name=outlet) if outlet.strip() else None
    try:
        extracted = parse_page(
            body,
            url=_checked_url(url),
            content_type=content_type,
            outlet_zone=known.zone if known else desk.zone,
            seen_at=timezone.now(),
        )
    except ParseError as refusal:
        raise Invalid(str(refusal), {"file": str(refusal)}) from refusal
    return _store_new(desk, extracted, raw=body, actor=actor, outlet=known)


def take_in_url(*, desk_id: int, url: str, actor: Actor) -> Article:
    """Register an address and have a job fetch it; an address that stands already is fetched again."""
    desk = _desk_for(actor, desk_id)
    address = _checked_url(url)
    if not address:
        sentence = _("Give the address of the article, like https://example.org/page.")
        raise Invalid(sentence, {"url": sentence})
    with transaction.atomic():
        article, created = Article.objects.get_or_create(
            desk=desk,
            canonical_url=address,
            defaults={
                "url": url.strip(),
                "state": Article.State.FETCHING,
                "taken_in_by_id": actor.person_id,
                "zone": desk.zone,
            },
        )
        if not created:
            Article.objects.filter(pk=article.pk).update(
                state=Article.State.FETCHING, failure="", version=F("version") + 1
            )
            article.refresh_from_db()
        append_event(actor=actor, subject=article, verb="take_in", claim_id=None, to_state=article.state)
        jobs.enqueue("fetch_article", article.pk, subject_version=article.version)
    return article


def fetch_article(article_id: int, progress: Progress) -> None:
    """Fetch and read one article; the job's body. A reason that will not pass is kept on the article.

    Raises ``jobs.RetryLater`` for a reason that may pass, ``jobs.GiveUp`` otherwise.
    """
    plan = Article.objects.select_related("outlet", "current").filter(pk=article_id).first()
    if plan is None:
        return
    try:
        progress(0, 3, "fetch")
        page = fetch(plan.url, etag=plan.etag, last_modified=plan.last_modified)
        if page.not_modified:
            Article.objects.filter(pk=plan.pk, version=plan.version).update(state=Article.State.READY)
            return
        progress(1, 3, "read")
        extracted = parse_page(
            page.body,
            url=page.final_url,
            content_type=page.content_type,
            outlet_zone=plan.outlet.zone if plan.outlet else plan.zone,
            seen_at=page.fetched_at,
        )
    except FetchError as error:
        _note_failure(plan, str(error), final=not error.retryable)
        raise (jobs.RetryLater if error.retryable else jobs.GiveUp)(str(error)) from error
    except ParseError as error:
        _note_failure(plan, str(error), final=True)
        raise jobs.GiveUp(str(error)) from error
    progress(2, 3, "record")
    with transaction.atomic():
        if not Article.objects.select_for_update().filter(pk=plan.pk, version=plan.version).exists():
            return
        _store_version(plan, extracted, page.body, MACHINE)
        Article.objects.filter(pk=plan.pk).update(
            etag=page.etag[:300], last_modified=page.last_modified[:100]
        )
    progress(3, 3, "")


def _note_failure(article: Article, sentence: str, *, final: bool) -> None:
    state = Article.State.FAILED if final else Article.State.FETCHING
    if final and article.current_id:
        state = Article.State.READY
    Article.objects.filter(pk=article.pk, version=article.version).update(state=state, failure=sentence[:500])


def _desk_for(actor: Actor, desk_id: int) -> Desk:
    if not permissions.can_log_claim(actor, desk_id):
        raise NotAllowed("take_in", _("Only people who write for this desk may take in articles."))
    desk = Desk.objects.filter(pk=desk_id).first()
    if desk is None:
        raise NotFound(_("desk"))
    return desk


def _checked_url(url: str) -> str:
    """Return the canonical address, ``""`` for none; raise ``Invalid`` for what is no web address."""
    if not url.strip():
        return ""
    address = canonical_url(url.strip())
    if not address or len(address) > 2000:
        sentence = _("This is not a web address. Write it like https://example.org/page.")
        raise Invalid(sentence, {"url": sentence})
    return address


def _store_new(
    desk: Desk, extracted: ExtractedArticle, *, raw: bytes, actor: Actor, outlet: Outlet | None
) -> Article:
    with transaction.atomic():
        article = None
        if extracted.canonical_url:
            article = Article.objects.filter(desk=desk, canonical_url=extracted.canonical_url).first()
        if article is None:
            article = Article.objects.create(
                desk=desk,
                url=extracted.url or extracted.canonical_url,
                canonical_url=extracted.canonical_url,
                outlet=outlet,
                zone=outlet.zone if outlet else desk.zone,
                taken_in_by_id=actor.person_id,
            )
            append_event(actor=actor, subject=article, verb="take_in", claim_id=None, to_state=article.state)
        _store_version(article, extracted, raw, actor)
    return article


def _store_version(article: Article, extracted: ExtractedArticle, raw: bytes, actor: Actor) -> None:
    """Add a version when the words have changed, and bring the article's own fields up to date."""
    before = article.current
    digest = hashlib.sha256(extracted.text.encode("utf-8", "surrogatepass")).hexdigest()
    if before is None or before.text_sha256 != digest:
        article.current = ArticleVersion.objects.create(
            article=article,
            number=before.number + 1 if before else 1,
            title=extracted.title,
            text=extracted.text,
            text_sha256=digest,
            raw=raw,
            raw_sha256=hashlib.sha256(raw).hexdigest(),
            diff=_diff(before, extracted) if before else [],
            fetched_at=timezone.now(),
        )
        _store_updates(article.current, extracted)
        jobs.enqueue("watch_article", article.pk, subject_version=article.current.number)
        if before:
            append_event(actor=actor, subject=article, verb="new_version", claim_id=None)
    if article.outlet is None:
        article.outlet = _outlet_of(extracted)
    article.kind = Article.Kind.LIVE_BLOG if extracted.is_live_blog else Article.Kind.ARTICLE
    article.language = extracted.language
    article.title = extracted.title or article.title
    article.byline = extracted.byline[:300]
    article.published_at = extracted.published_at
    article.published_on = None if extracted.published_at else extracted.published_on
    article.state, article.failure = Article.State.READY, ""
    article.save()


def _diff(before: ArticleVersion, extracted: ExtractedArticle) -> list[dict[str, Any]]:
    posts = [
        ExtractedUpdate(
            ordinal=post.ordinal,
            printed_time=post.printed_time,
            zone=post.zone,
            zone_source="stated" if post.zone_stated else "outlet",
            moment=post.moment,
            title=post.title,
            text=before.text[post.body_start : post.end],
            start=post.start,
            body_start=post.body_start,
            end=post.end,
        )
        for post in before.updates.filter(kind=Update.Kind.POST)
    ]
    return [
        change.as_json() for change in compare_versions(before.text, extracted.text, posts, extracted.updates)
    ]


def _outlet_of(extracted: ExtractedArticle) -> Outlet | None:
    domain = (urlsplit(extracted.canonical_url or extracted.url).hostname or "").removeprefix("www.")
    if not (domain or extracted.outlet_name):
        return None
    return outlet_named(name=extracted.outlet_name, domain=domain, language=extracted.language)


def _store_updates(version: ArticleVersion, extracted: ExtractedArticle) -> None:
    stretches = [
        Update(
            kind=Update.Kind.POST,
            printed_time=post.printed_time[:60],
            moment=post.moment,
            zone=post.zone[:64],
            zone_stated=post.zone_source == "stated",
            title=post.title[:500],
            start=post.start,
            body_start=post.body_start,
            end=post.end,
        )
        for post in extracted.updates
    ] + [
        Update(
            kind=Update.Kind.SECTION,
            title=section.heading[:500],
            start=section.start,
            body_start=section.body_start,
            end=section.end,
        )
        for section in extracted.sections
    ]
    for ordinal, stretch in enumerate(sorted(stretches, key=lambda update: (update.start, update.end)), 1):
        stretch.article_version, stretch.ordinal = version, ordinal
    Update.objects.bulk_create(stretches)
