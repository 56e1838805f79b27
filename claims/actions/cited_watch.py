"""Looking again at the pages that verdicts cite, so that the desk knows of a dead link before a reader does.

Invariant: a capture that accepted evidence rests on is never lost, and a document that was not captured from its
page keeps its words: of its address it is only asked whether it still answers.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from claims.actions.documents import read_again, store_document
from claims.actions.history import append_event
from claims.actions.notices import notify_followers
from claims.ingest.fetch import FetchedPage, fetch
from claims.ingest.fetch_errors import FetchError, RobotsRefused, RobotsUnavailable, StatusRefused
from claims.ingest.parse_errors import ParseError
from claims.ingest.parse_subprocess import parse_fetched
from claims.ingest.robots import RobotsRules
from claims.models import Citation, Claim, Document, DocumentWatch, Notice
from claims.rules.lifecycle import OPEN_VERDICT_STATES, VerdictState
from claims.rules.looking import jitter_of, spread
from claims.rules.permissions import MACHINE

#: So many failures in a row make a link dead; a page that says it is gone is believed the second time.
DEAD_AFTER = 3
GONE_AFTER = 2
#: A failing page is tried again after so many hours, and not only after the usual pause.
TRIED_AGAIN_HOURS = 6
#: A verdict in these states can still be read or become public; the pages that it cites are looked at.
WATCHED_STATES = frozenset({*OPEN_VERDICT_STATES, VerdictState.PUBLISHED})
_GONE_STATUSES = frozenset({404, 410})
_robots = RobotsRules()


def look_at_cited(document_id: int) -> None:
    """Look at the page of a cited document; the job's body. What went wrong is noted and told, never raised."""
    watch = (
        DocumentWatch.objects.select_related("document__outlet")
        .defer("document__raw")
        .filter(document_id=document_id)
        .first()
    )
    if watch is None:
        return
    if not _is_cited(document_id):
        watch.delete()
        return
    document = watch.document
    try:
        _robots.check(document.url)
        page = fetch(document.url, etag=watch.etag, last_modified=watch.last_modified)
        is_new = not page.not_modified and _take_in(document, page)
    except (RobotsRefused, RobotsUnavailable) as refusal:
        # The page may well answer its readers: a wish of the site is no dead link.
        _plan_next(watch, last_error=str(refusal)[:500])
        return
    except (FetchError, ParseError) as error:
        _note_failure(watch, error)
        return
    _note_answer(watch, page, is_new=is_new)


def _is_cited(document_id: int) -> bool:
    citing = Citation.objects.filter(evidence__passage__document_id=document_id)
    return citing.filter(verdict__state__in=WATCHED_STATES).exists()


def _take_in(document: Document, page: FetchedPage) -> bool:
    """Store what the page says now and say whether that is new; a document by hand only had to answer."""
    if document.captured_at is None:
        return False
    read = parse_fetched(page, outlet_zone=document.outlet.zone)
    _stored, outcome = store_document(read_again(document, page, read))
    return outcome == "changed"


def _note_answer(watch: DocumentWatch, page: FetchedPage, *, is_new: bool) -> None:
    with transaction.atomic():
        _plan_next(
            watch,
            failures=0,
            last_error="",
            # A 304 need not repeat the validators that it answers to.
            etag=(page.etag or watch.etag)[:300],
            last_modified=(page.last_modified or watch.last_modified)[:100],
            changed_at=timezone.now() if is_new else watch.changed_at,
        )
        was_dead = Document.objects.filter(pk=watch.document_id).exclude(failure="")
        if was_dead.update(failure=""):
            _tell_claims(watch.document, "source_back", "")


def _note_failure(watch: DocumentWatch, error: FetchError | ParseError) -> None:
    """Count it; from the second or third in a row on the link is dead, and the claims are told once."""
    failures = watch.failures + 1
    is_gone = isinstance(error, StatusRefused) and error.status in _GONE_STATUSES
    with transaction.atomic():
        _plan_next(watch, hours=TRIED_AGAIN_HOURS, failures=failures, last_error=str(error)[:500])
        if failures < (GONE_AFTER if is_gone else DEAD_AFTER):
            return
        was_alive = not watch.document.failure
        Document.objects.filter(pk=watch.document_id).update(failure=str(error)[:500])
        if was_alive:
            _tell_claims(watch.document, "source_dead", str(error))


def _plan_next(watch: DocumentWatch, *, hours: float | None = None, **noted: Any) -> None:
    now = timezone.now()
    pause = min(hours or settings.CITED_LOOK_HOURS, settings.CITED_LOOK_HOURS)
    # Pages that were cited in one hour are not all looked at in one hour for ever.
    next_look_at = now + timedelta(hours=spread(pause, jitter_of(watch.pk)))
    DocumentWatch.objects.filter(pk=watch.pk).update(looked_at=now, next_look_at=next_look_at, **noted)


def _tell_claims(document: Document, verb: str, reason: str) -> None:
    """Write it into the history of every claim whose verdict cites the document; tell who answers for it."""
    citing = Citation.objects.filter(evidence__passage__document=document, verdict__state__in=WATCHED_STATES)
    recorders: dict[int, set[int]] = {}
    for claim_id, recorder_id in citing.values_list("verdict__claim_id", "verdict__recorder_id").distinct():
        recorders.setdefault(claim_id, set()).add(recorder_id)
    for claim in Claim.objects.filter(pk__in=recorders).order_by("pk"):
        event = append_event(
            actor=MACHINE,
            subject=document,
            verb=verb,
            claim_id=claim.pk,
            note=f"{document.outlet}: {reason or document.title}"[:500],
        )
        if verb == "source_dead":
            notify_followers(
                Notice.Kind.PASSAGE_CHANGED,
                about=claim,
                note=f"{document.outlet}: {reason}",
                once=f"dead:{event.sequence}",
                also=recorders[claim.pk],
            )
