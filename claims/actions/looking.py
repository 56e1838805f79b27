"""Asking for the looks that are due: one job per page and tick, however many beats there are.

Bounded per host and per day, so that an installation with thousands of verdicts is a polite visitor everywhere.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from claims import jobs
from claims.actions.cited_watch import WATCHED_STATES
from claims.models import ArticleWatch, Citation, Document, DocumentWatch, Job

LOOK_AT_ARTICLE = "look_at_article"
LOOK_AT_CITED = "look_at_cited"
#: A tick enqueues no more than this; the rest is due at the next one.
AT_ONCE = 200
#: A page gets at most one job in so many seconds; the slot is the version of its job.
SLOT = 10
#: Finished looks are kept so long, to be looked at.
KEPT = timedelta(days=1)
#: How often cited documents are enrolled, in seconds, and how many citations one tick looks through.
ENROL_EVERY = 600
ENROLLED_AT_ONCE = 2_000
#: A page that was cited just now is looked at first after so many hours.
FIRST_LOOK_HOURS = 6


def request_due_looks() -> int:
    """Enqueue a look for each watched article whose time has come; return for how many."""
    now = timezone.now()
    due = ArticleWatch.objects.filter(active=True, next_look_at__lte=now).exclude(
        Exists(unfinished(LOOK_AT_ARTICLE, "article_id"))
    )
    ids = list(due.order_by("next_look_at", "id").values_list("article_id", flat=True)[:AT_ONCE])
    # The look plans the next one; a page whose job never ends is not tried again at every tick.
    later = now + timedelta(seconds=settings.WATCH_LONGEST_SECONDS)
    ArticleWatch.objects.filter(article_id__in=ids, active=True).update(next_look_at=later)
    enqueue_looks(LOOK_AT_ARTICLE, ids)
    return len(ids)


def unfinished(kind: str, subject: str) -> QuerySet[Job]:
    """Return the waiting and running jobs of ``kind`` for the outer row's ``subject``."""
    return Job.objects.filter(kind=kind, subject=OuterRef(subject), state__in=Job.UNFINISHED)


def enqueue_looks(kind: str, ids: list[int]) -> None:
    """Enqueue one job for each id, and forget the jobs of this kind that ended days ago."""
    now = timezone.now()
    for subject in ids:
        with transaction.atomic():
            jobs.enqueue(kind, subject, subject_version=int(now.timestamp()) // SLOT)
    Job.objects.filter(kind=kind, state=Job.State.DONE, finished_at__lt=now - KEPT).delete()


def request_cited_looks() -> int:
    """Enrol what was cited lately and enqueue the looks that are due, within the bounds; return how many."""
    now = timezone.now()
    # Once a day all citations are gone through, so that nothing that was missed stays missed.
    is_daily = int(now.timestamp()) // ENROL_EVERY % (86_400 // ENROL_EVERY) == 0
    enrol_cited(None if is_daily else ENROLLED_AT_ONCE)
    due = DocumentWatch.objects.filter(next_look_at__lte=now).exclude(
        Exists(unfinished(LOOK_AT_CITED, "document_id"))
    )
    looked = DocumentWatch.objects.filter(looked_at__gt=now - timedelta(days=1))
    left = min(max(0, settings.CITED_LOOKS_A_DAY - looked.count()), AT_ONCE)
    candidates = list(due.order_by("next_look_at", "id").values_list("document_id", "host")[: 10 * AT_ONCE])
    hosts = {host for _document, host in candidates}
    spent = Counter(dict(looked.filter(host__in=hosts).values_list("host").annotate(Count("pk"))))
    chosen: list[int] = []
    for document_id, host in candidates:
        if len(chosen) < left and spent[host] < settings.CITED_LOOKS_PER_SITE:
            spent[host] += 1
            chosen.append(document_id)
    later = now + timedelta(hours=settings.CITED_LOOK_HOURS)
    DocumentWatch.objects.filter(document_id__in=chosen).update(next_look_at=later)
    enqueue_looks(LOOK_AT_CITED, chosen)
    return len(chosen)


def enrol_cited(newest: int | None = None) -> int:
    """Begin to watch documents that living verdicts cite; look at the ``newest`` citations only, or at all.

    Return how many were new. What a demonstration cites is made up and has no page.
    """
    citations = Citation.objects.filter(verdict__state__in=WATCHED_STATES).order_by("-pk")
    listed = citations.values_list("evidence__passage__document_id", flat=True)
    ids = set(listed[:newest] if newest else listed.iterator(chunk_size=2_000))
    enrolled = 0
    for start in range(0, len(ids), 500):
        some = sorted(ids)[start : start + 500]
        fresh = Document.objects.filter(pk__in=some, watch__isnull=True, is_demonstration=False)
        rows = [
            DocumentWatch(
                document_id=pk, host=(urlsplit(url).hostname or "")[:253], next_look_at=_first_look()
            )
            for pk, url in fresh.exclude(url="").values_list("pk", "url")
        ]
        DocumentWatch.objects.bulk_create(rows, ignore_conflicts=True)
        enrolled += len(rows)
    return enrolled


def _first_look() -> datetime:
    """Return when a page that was cited just now is looked at first: it was read when it was cited."""
    return timezone.now() + timedelta(hours=min(FIRST_LOOK_HOURS, settings.CITED_LOOK_HOURS))
