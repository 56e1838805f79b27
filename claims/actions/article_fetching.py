"""Fetching the page of an article: because a person asked, or because the article is watched.

Three steps each time: read the plan, fetch and parse with no transaction open, record in a new transaction that
checks that the plan is still current.
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from claims import jobs
from claims.actions.article_versions import store_version
from claims.actions.article_watch import begin_if_fresh, look_soon, note_look
from claims.ingest.extracted import ExtractedArticle
from claims.ingest.fetch import FetchedPage, fetch
from claims.ingest.fetch_errors import FetchError
from claims.ingest.parse_errors import ParseError
from claims.ingest.parse_subprocess import parse_fetched
from claims.ingest.robots import RobotsRules
from claims.models import Article, ArticleWatch
from claims.rules.looking import Seen
from claims.rules.permissions import MACHINE

Progress = Callable[[int, int, str], None]
#: robots.txt of each site, remembered by this process.
_robots = RobotsRules()


def fetch_article(article_id: int, progress: Progress) -> None:
    """Fetch and read one article; the job's body. A reason that will not pass is kept on the article.

    Raises ``jobs.RetryLater`` for a reason that may pass, ``jobs.GiveUp`` otherwise.
    """
    plan = _plan(article_id)
    if plan is None:
        return
    try:
        progress(0, 3, "fetch")
        page = fetch(plan.url, etag=plan.etag, last_modified=plan.last_modified)
        if page.not_modified:
            # A try before this one may have failed, and left its reason.
            asked = Article.objects.filter(pk=plan.pk, version=plan.version)
            asked.update(state=Article.State.READY, failure="")
            return
        progress(1, 3, "read")
        extracted = _read(plan, page)
    except FetchError as error:
        _note_failure(plan, str(error), final=not error.retryable)
        raise (jobs.RetryLater if error.retryable else jobs.GiveUp)(str(error)) from error
    except ParseError as error:
        _note_failure(plan, str(error), final=True)
        raise jobs.GiveUp(str(error)) from error
    progress(2, 3, "record")
    with transaction.atomic():
        if _record(plan, extracted, page) is not None:
            begin_if_fresh(plan, extracted)
    progress(3, 3, "")


def look_at_article(article_id: int) -> None:
    """Look again at a watched article; the job's body. What went wrong is noted on the watch and told there."""
    plan = _plan(article_id)
    is_watched = ArticleWatch.objects.filter(article_id=article_id, active=True).exists()
    if plan is None or not is_watched:
        return
    if plan.state == Article.State.FETCHING:
        # A person asked for it just now; that fetch finds what there is.
        look_soon(plan)
        return
    try:
        _robots.check(plan.url)
        page = fetch(plan.url, etag=plan.etag, last_modified=plan.last_modified)
        extracted = None if page.not_modified else _read(plan, page)
    except (FetchError, ParseError) as error:
        with transaction.atomic():
            note_look(plan, Seen.FAILED, error=error)
        return
    with transaction.atomic():
        is_new = extracted is not None and _record(plan, extracted, page)
        note_look(plan, Seen.CHANGED if is_new else Seen.UNCHANGED)


def _plan(article_id: int) -> Article | None:
    articles = Article.objects.select_related("outlet", "current").defer("current__raw", "current__diff")
    return articles.filter(pk=article_id).first()


def _read(plan: Article, page: FetchedPage) -> ExtractedArticle:
    return parse_fetched(page, outlet_zone=plan.outlet.zone if plan.outlet else plan.zone)


def _record(plan: Article, extracted: ExtractedArticle, page: FetchedPage) -> bool | None:
    """Store what was read and say whether its words are new; None where somebody asked for it anew meanwhile."""
    if not Article.objects.select_for_update().filter(pk=plan.pk, version=plan.version).exists():
        return None
    is_new = store_version(plan, extracted, page.body, MACHINE)
    Article.objects.filter(pk=plan.pk).update(etag=page.etag[:300], last_modified=page.last_modified[:100])
    return is_new


def _note_failure(article: Article, sentence: str, *, final: bool) -> None:
    state = Article.State.FAILED if final else Article.State.FETCHING
    if final and article.current_id:
        state = Article.State.READY
    Article.objects.filter(pk=article.pk, version=article.version).update(state=state, failure=sentence[:500])
