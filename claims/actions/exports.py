"""Exports of everything that are asked for on a page: asked, made by a job, stopped, and deleted again.

The reading has one transaction, so how far it is can only be told from another thread than reads. The file is
named in the row once it is whole; a job that is killed begins anew.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.exporting import Written, sha256_of_file, write_export
from claims.actions.gatekeeping import person_of
from claims.actions.history import append_event
from claims.actions.refusals import NotFound
from claims.jobs import GiveUp, Progress
from claims.models import Export, Job
from claims.publish.signing import UnusableKey
from claims.rules.permissions import Actor, NotAllowed
from claims.selectors.exports import KEPT, MAKE_EXPORT, file_of, may_export

_LOOK_EVERY = 0.5
#: Share of a job's time limit after which it ends by itself, with a sentence; at the limit it would be killed.
_SHARE_OF_LIMIT = 0.9


def ask_export(*, actor: Actor) -> Export:
    """Have everything exported. While one is under way, that one is returned and none is begun."""
    person_id = _require_auditor(actor)
    with transaction.atomic():
        under_way = Job.objects.filter(kind=MAKE_EXPORT, state__in=Job.UNFINISHED)
        standing = Export.objects.filter(pk__in=under_way.values("subject")).first()
        if standing is not None:
            return standing
        run = Export.objects.create(asked_by_id=person_id, asked_at=timezone.now())
        append_event(actor=actor, subject=run, verb="export", claim_id=None)
        jobs.enqueue(MAKE_EXPORT, run.pk)
    return run


def stop_export(*, export_id: int, actor: Actor) -> Export:
    """Stop an export that has not ended; one that has is left as it is."""
    _require_auditor(actor)
    with transaction.atomic():
        run = Export.objects.filter(pk=export_id).first()
        if run is None:
            raise NotFound(_("export"))
        job = Job.objects.filter(kind=MAKE_EXPORT, subject=run.pk).first()
        if job is not None and jobs.cancel(job.pk):
            append_event(actor=actor, subject=run, verb="stop_export", claim_id=None)
    return run


def make_export(export_id: int, progress: Progress) -> Export | None:
    """Write the file; the body of a job, safe to repeat."""
    run = Export.objects.filter(pk=export_id, made_at__isnull=True).first()
    if run is None:
        return None
    path = file_of(run)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.unlink(missing_ok=True)
        written = _Reading(lambda told: write_export(path, told)).watched(progress)
        sha256 = sha256_of_file(path)
    except (OSError, UnusableKey) as reason:
        raise GiveUp(str(reason)) from reason
    with transaction.atomic():
        Export.objects.filter(pk=run.pk).update(
            made_at=timezone.now(), size=written.size, sha256=sha256, counts=written.counts
        )
    for earlier in Export.objects.filter(pk__lt=run.pk, made_at__isnull=False, forgotten_at__isnull=True):
        _forget(earlier)
    run.refresh_from_db()
    return run


def forget_old_exports() -> int:
    """Delete the files that were kept long enough; return how many."""
    old = Export.objects.filter(made_at__lt=timezone.now() - KEPT, forgotten_at__isnull=True)
    return sum(_forget(run) for run in old)


def _forget(run: Export) -> int:
    file_of(run).unlink(missing_ok=True)
    return Export.objects.filter(pk=run.pk).update(forgotten_at=timezone.now())


def _require_auditor(actor: Actor) -> int:
    if not may_export(actor):
        raise NotAllowed("export", _("Only somebody who audits every desk may export everything."))
    return person_of(actor)


class _Stopped(Exception):
    """Nobody waits for this reading any more."""


@dataclass(eq=False)
class _Reading:
    """``work`` in a thread with a database connection of its own, and how far it is."""

    work: Callable[[Callable[[int, int, str], None]], Written]
    far: tuple[int, int, str] = (0, 1, "")
    stopped: threading.Event = field(default_factory=threading.Event)
    written: Written | None = None
    problem: BaseException | None = None

    def watched(self, progress: Progress) -> Written:
        """Run to the end and tell how far it is. Raises what the work raised, and ``LeaseLost`` when cancelled."""
        until = time.monotonic() + settings.JOB_TIME_LIMIT_SECONDS * _SHARE_OF_LIMIT
        thread = threading.Thread(target=self._run, name="export", daemon=True)
        thread.start()
        try:
            while thread.is_alive():
                progress(*self.far)
                thread.join(_LOOK_EVERY)
                if time.monotonic() > until:
                    raise GiveUp(
                        _(
                            "It takes longer than a job may. Run “manage.py export_everything” on the server, "
                            "or raise JOB_TIME_LIMIT_SECONDS."
                        )
                    )
        finally:
            self.stopped.set()
            thread.join()
        if self.problem is not None:
            raise self.problem
        assert self.written is not None
        return self.written

    def _run(self) -> None:
        try:
            self.written = self.work(self._told)
        except BaseException as problem:  # noqa: BLE001 (it is raised again, in the thread that waits)
            self.problem = problem
        finally:
            connection.close()

    def _told(self, done: int, total: int, note: str) -> None:
        if self.stopped.is_set():
            raise _Stopped
        self.far = (done, total, note)
