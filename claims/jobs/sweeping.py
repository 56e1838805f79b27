"""The sweep: sends again what is due and was not started, takes back what its worker left behind.

``leased_until`` reserves a row: for its worker while it runs, for the hint that was just sent while it
waits, so that two sweeps at once, or one every five seconds, do not flood a busy queue with hints.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.jobs.clock import FromNow
from claims.jobs.leases import MAX_STARTS
from claims.jobs.sending import get_sender
from claims.models import Job

#: So many jobs are sent by one sweep, and each again only after so many seconds.
SENT_AT_ONCE = 1000
SEND_AGAIN_AFTER = 15.0
#: A sweep may wait longer for the broker than a request: nobody looks on. In seconds.
SWEEP_BUDGET = 4.0


def sweep() -> int:
    """Bury what was started too often, hint at everything else that is due; return how many were sent."""
    bury_abandoned()
    due = reserve_due()
    sent = get_sender().send(due, budget=SWEEP_BUDGET)
    # What was not sent is free for the next sweep at once.
    Job.objects.filter(pk__in=due[sent:], state=Job.State.WAITING).update(leased_until=None)
    return sent


def bury_abandoned() -> int:
    """Give up jobs whose last start ended without a word; return how many."""
    abandoned = _lapsed(Job.objects.filter(state=Job.State.RUNNING, starts__gte=MAX_STARTS))
    return abandoned.update(
        state=Job.State.DEAD,
        finished_at=FromNow(),
        leased_until=None,
        last_error=_(
            "Its worker ended without a word each time: it was killed, ran out of memory, or worked past the "
            "time limit."
        ),
        note="",
    )


def reserve_due() -> list[int]:
    """Return the ids of due jobs that nobody works on, and reserve each for its hint.

    PostgreSQL skips rows that another sweep holds; SQLite has one writer, and the transaction is immediate.
    """
    with transaction.atomic():
        rows = _lapsed(Job.objects.filter(due_at__lte=FromNow(), starts__lt=MAX_STARTS)).order_by(
            "due_at", "id"
        )
        locked = rows.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
        due = list(locked.values_list("pk", flat=True)[:SENT_AT_ONCE])
        Job.objects.filter(pk__in=due).update(state=Job.State.WAITING, leased_until=FromNow(SEND_AGAIN_AFTER))
    return due


def oldest_due_age() -> float:
    """Return for how many seconds the oldest due job has waited to be worked on; 0.0 where none waits."""
    oldest = _lapsed_or_waiting().order_by("due_at").values_list("due_at", flat=True).first()
    return max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0


def _lapsed(rows: QuerySet[Job]) -> QuerySet[Job]:
    unreserved = Q(leased_until__isnull=True) | Q(leased_until__lt=FromNow())
    return rows.filter(unreserved, state__in=Job.UNFINISHED)


def _lapsed_or_waiting() -> QuerySet[Job]:
    lapsed = Q(state=Job.State.RUNNING, leased_until__lt=FromNow())
    return Job.objects.filter(Q(state=Job.State.WAITING) | lapsed, due_at__lte=FromNow())
