"""Rebuilding the search index: a new generation is filled beside the one in use, then switched to.

Search is never empty meanwhile, ordinary writes reach both, and a kill at any moment leaves the old one.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from claims import jobs, search
from claims.actions.acknowledging import acknowledge, raise_for, taken
from claims.actions.article_passages import cut_what_is_whole
from claims.actions.reading import keep_readings
from claims.models import Job
from claims.search.base import INDEX_KINDS, IndexDocument, IndexKind, RejectedItem, SearchUnavailable
from claims.selectors import indexing as rows
from claims.selectors.jobs import newest_job
from claims.selectors.reading_pool import pages_of_rows

#: How many rows are read and written at a time.
BATCH = 1_000

#: Called with (rows done, rows there are).
Progress = Callable[[int, int], None]


#: The kind of the job whose row stands for a rebuild.
REBUILD_INDEX = "rebuild_index"


class RebuildStopped(Exception):
    """A person stopped the rebuild; the former index is in use as before."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A finished rebuild: the generation now read, the rows in it, and those that no engine would take."""

    generation: int
    rows: int
    rejected: tuple[RejectedItem, ...]


def rebuild_index(kind: IndexKind, progress: Progress, *, processes: int = 1) -> Rebuilt:
    """Fill a new generation from the database, then switch to it. ``processes`` read the texts.

    Raises ``SearchUnavailable``, and ``GenerationGone`` when a later rebuild has taken over.
    """
    backend = search.get_backend()
    if kind == "articles":
        cut_what_is_whole()
    generation = backend.begin_generation(kind)
    try:
        rebuilt, waiting = _fill(kind, generation, progress, processes)
        backend.activate_generation(kind, generation)
    except BaseException:
        # Else every write would go to the unfinished one too. Where the engine is away, the next
        # rebuild drops it.
        with suppress(SearchUnavailable):
            backend.abandon_generation(kind, generation)
        raise
    # Only now, for until the switch nobody could find them.
    acknowledge(kind, waiting)
    return rebuilt


def rebuild_in_sight(kind: IndexKind, progress: Progress, *, processes: int = 1) -> Rebuilt:
    """Rebuild like ``rebuild_index``, with the row of a job that tells how far it is and by which it is stopped.

    The work is done here and not by a worker, whose time limit a large index would exceed. Raises
    ``RebuildStopped`` besides.
    """
    rebuilt: list[Rebuilt] = []
    failures: list[Exception] = []

    def body(_subject: int, report: jobs.Progress) -> None:
        def told(done: int, there: int) -> None:
            progress(done, there)
            report(done, there, kind)

        try:
            rebuilt.append(rebuild_index(kind, told, processes=processes))
        except jobs.LeaseLost:
            raise
        except Exception as error:
            failures.append(error)
            raise jobs.GiveUp(str(error)) from error

    row = _row_of(kind)
    jobs.run(row.pk, {REBUILD_INDEX: body})
    if failures:
        raise failures[0]
    if rebuilt:
        return rebuilt[0]
    if Job.objects.filter(pk=row.pk, state=Job.State.CANCELLED).exists():
        raise RebuildStopped(kind)
    # The row was taken by another rebuild that began in the same moment: this one is done unseen.
    return rebuild_index(kind, progress, processes=processes)


def bury_rebuild(_subject: int) -> None:
    """End the row of a rebuild whose process was killed: no worker does that work."""
    raise jobs.GiveUp("The rebuild was ended from outside. Search is as before; run manage.py reindex again.")


def _row_of(kind: IndexKind) -> Job:
    subject = INDEX_KINDS.index(kind) + 1
    former = newest_job(REBUILD_INDEX, subject)
    # Whoever is given a moment hints at nothing, so that no worker is told of it; it has passed already.
    return jobs.enqueue(
        REBUILD_INDEX,
        subject,
        subject_version=former.subject_version + 1 if former else 1,
        due_at=timezone.now() - timedelta(seconds=1),
    )


def _fill(
    kind: IndexKind, generation: int, progress: Progress, processes: int
) -> tuple[Rebuilt, list[IndexDocument]]:
    """Write all rows to one generation; return also those that were waiting to be acknowledged."""
    backend = search.get_backend()
    everything = rows.count_findable(kind)
    done = 0
    rejected: list[RejectedItem] = []
    waiting: list[IndexDocument] = []
    progress(0, everything)
    for ids, read in pages_of_rows(kind, page=BATCH, processes=processes):
        documents = read.documents
        keep_readings(read.readings)
        unacknowledged = rows.waiting_among(kind, ids)
        outcome = backend.write(kind, documents, generation=generation)
        raise_for([item for item in outcome.rejected if item.retryable])
        rejected += outcome.rejected
        waiting += [
            IndexDocument(document.id, document.version)
            for document in taken(documents, outcome)
            if int(document.id) in unacknowledged
        ]
        done += len(ids)
        progress(done, max(done, everything))
    return Rebuilt(generation, done - len(rejected), tuple(rejected)), waiting
