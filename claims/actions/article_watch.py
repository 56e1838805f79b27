"""The watch over an article: begun by a person or with a fresh live blog, paced by what is seen, ended with reason.

Invariant: an article has at most one watch, and what a person decided about it stands: the machine begins a watch
only where there never was one.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.history import append_event
from claims.actions.notices import notify_followers
from claims.actions.quoted_words import note_page_gone
from claims.actions.refusals import Invalid, NotFound
from claims.ingest.extracted import ExtractedArticle
from claims.ingest.fetch_errors import FetchError, RobotsRefused, StatusRefused
from claims.ingest.parse_errors import ParseError
from claims.models import Article, ArticleWatch, Notice
from claims.rules import permissions
from claims.rules.looking import Pace, Seen, jitter_of, next_look
from claims.rules.permissions import MACHINE, Actor, NotAllowed

#: A page that answers “not found” or “gone” so often in a row is gone.
GONE_AFTER = 3
_GONE_STATUSES = frozenset({404, 410})


def article_pace() -> Pace:
    """Return the bounds that the settings give; a blog that wakes up after a night is followed closely at once."""
    longest = max(settings.WATCH_LONGEST_SECONDS, settings.WATCH_SHORTEST_SECONDS)
    return Pace(
        shortest=settings.WATCH_SHORTEST_SECONDS,
        longest=longest,
        longest_failing=longest,
        silence=settings.WATCH_SILENCE_DAYS * 86_400,
    )


def start_watch(*, article_id: int, actor: Actor) -> ArticleWatch:
    """Have an article looked at again and again, beginning now. Watching a watched article changes nothing.

    Raises ``NotFound``, ``NotAllowed``, ``Invalid`` for an article without an address.
    """
    with transaction.atomic():
        article = _article(article_id, actor)
        if not article.url:
            raise Invalid(_("This article has no address, so it cannot be watched."))
        return _begin(article, actor)


def end_watch(*, article_id: int, actor: Actor) -> ArticleWatch | None:
    """End the watch over an article; None where it was never watched. Ending it twice changes nothing."""
    with transaction.atomic():
        article = _article(article_id, actor)
        watch = ArticleWatch.objects.filter(article=article).first()
        if watch is not None and watch.active:
            _end(watch, ArticleWatch.Ended.PERSON)
            append_event(actor=actor, subject=article, verb="end_watch", claim_id=None)
    return watch


def begin_if_fresh(article: Article, extracted: ExtractedArticle) -> None:
    """Watch a live blog that is still written, unless somebody decided about it before."""
    if article.kind != Article.Kind.LIVE_BLOG or ArticleWatch.objects.filter(article=article).exists():
        return
    moments = [update.moment for update in extracted.updates if update.moment]
    newest = max([*moments, *([article.published_at] if article.published_at else [])], default=None)
    oldest_fresh = timezone.now() - timedelta(hours=settings.WATCH_FRESH_HOURS)
    if newest is not None and newest >= oldest_fresh:
        _begin(article, MACHINE)


def look_soon(article: Article) -> None:
    """Plan the next look after the shortest pause, whatever was planned."""
    at = timezone.now() + timedelta(seconds=settings.WATCH_SHORTEST_SECONDS)
    ArticleWatch.objects.filter(article_id=article.pk, active=True).update(next_look_at=at)


def note_look(article: Article, seen: Seen, *, error: FetchError | ParseError | None = None) -> None:
    """Keep what a look found and plan the next one, or end the watch. Call inside a transaction."""
    watch = ArticleWatch.objects.select_for_update().filter(article_id=article.pk, active=True).first()
    if watch is None:
        return
    now = timezone.now()
    watch.looked_at = now
    watch.failures = watch.failures + 1 if error else 0
    watch.last_error = str(error)[:500] if error else ""
    if seen is Seen.CHANGED:
        watch.changed_at = now
    plan = next_look(
        now,
        article_pace(),
        seen=seen,
        interval=watch.interval,
        changed_at=watch.changed_at or watch.started_at,
        failures=watch.failures,
        retry_after=error.retry_after if isinstance(error, StatusRefused) else None,
        jitter=jitter_of(watch.pk),
    )
    watch.interval, watch.next_look_at = plan.interval, plan.at
    watch.save()
    reason = _reason_to_end(watch, error)
    if reason is not None:
        _end_by_itself(watch, article, reason)


def _reason_to_end(watch: ArticleWatch, error: FetchError | ParseError | None) -> ArticleWatch.Ended | None:
    if isinstance(error, RobotsRefused):
        return ArticleWatch.Ended.ROBOTS
    is_missing = isinstance(error, StatusRefused) and error.status in _GONE_STATUSES
    if is_missing and watch.failures >= GONE_AFTER:
        return ArticleWatch.Ended.GONE
    return ArticleWatch.Ended.SILENCE if watch.next_look_at is None else None


def _end_by_itself(watch: ArticleWatch, article: Article, reason: ArticleWatch.Ended) -> None:
    _end(watch, reason)
    if reason == ArticleWatch.Ended.GONE:
        note_page_gone(article)
    append_event(
        actor=MACHINE, subject=article, verb="end_watch", claim_id=None, details={"because": reason.value}
    )
    notify_followers(
        Notice.Kind.WATCH_ENDED,
        about=article,
        note=str(reason.label),
        once=f"{article.pk}:{int(watch.started_at.timestamp())}",
    )


def _begin(article: Article, actor: Actor) -> ArticleWatch:
    now = timezone.now()
    standing = ArticleWatch.objects.select_for_update().filter(article=article).first()
    if standing is not None and standing.active:
        return standing
    # Who asks for a watch wants to see it at work; the machine begins one with a page that it has just fetched.
    pause = timedelta(seconds=0 if actor.person_id else settings.WATCH_SHORTEST_SECONDS)
    watch, _created = ArticleWatch.objects.update_or_create(
        article=article,
        defaults={
            "active": True,
            "ended_because": "",
            "started_at": now,
            "started_by_id": actor.person_id,
            "changed_at": None,
            "interval": settings.WATCH_SHORTEST_SECONDS,
            "next_look_at": now + pause,
            "failures": 0,
            "last_error": "",
        },
    )
    append_event(actor=actor, subject=article, verb="start_watch", claim_id=None)
    return watch


def _end(watch: ArticleWatch, reason: ArticleWatch.Ended) -> None:
    watch.active, watch.ended_because, watch.next_look_at = False, reason, None
    watch.save(update_fields=["active", "ended_because", "next_look_at"])


def _article(article_id: int, actor: Actor) -> Article:
    article = Article.objects.filter(pk=article_id).first()
    if article is None or not permissions.can_read_desk(actor, article.desk_id):
        raise NotFound(_("article"))
    if not permissions.can_log_claim(actor, article.desk_id):
        raise NotAllowed("watch", _("Only people who write for this desk may have its articles watched."))
    return article
