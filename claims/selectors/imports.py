"""How imports stand: the newest of the desks, one with its job, what was left out, and the report of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Import, ImportProblem, Job
from claims.selectors.paging import KeysetPage, newest_first

RUN_IMPORT = "run_import"
#: How many imports a page of the list shows, and the entries left out that a page names; the report has all.
LISTED = 50
PROBLEMS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ImportStanding:
    """One import with its job. ``seconds_left`` is None until there is something to reckon from."""

    run: Import
    job: Job | None
    problems: tuple[ImportProblem, ...]
    seconds_left: int | None

    @property
    def is_under_way(self) -> bool:
        return self.job is not None and self.job.state in Job.UNFINISHED

    @property
    def problems_more(self) -> int:
        return max(0, self.run.left_out - len(self.problems))

    @property
    def minutes_left(self) -> int:
        """Return the time left in minutes, rounded up."""
        return -(-(self.seconds_left or 0) // 60)


def imports_of(desk_ids: Collection[int], before: int | None) -> KeysetPage[Import]:
    """Return a page of the imports of the desks, newest first. One query."""
    rows = Import.objects.filter(desk_id__in=list(desk_ids)).select_related("asked_by", "desk")
    return newest_first(rows, before, size=LISTED)


def standing_of(import_id: int, desk_ids: Collection[int]) -> ImportStanding | None:
    """Return how one import stands; None where the desks have none of this id. Three queries."""
    rows = Import.objects.select_related("desk", "asked_by")
    run = rows.filter(pk=import_id, desk_id__in=list(desk_ids)).first()
    if run is None:
        return None
    problems = tuple(run.problems.order_by("entry")[:PROBLEMS_SHOWN])
    return ImportStanding(run, job_of(run), problems, _seconds_left(run))


def job_of(run: Import) -> Job | None:
    return Job.objects.filter(kind=RUN_IMPORT, subject=run.pk).first()


def report_rows(run: Import) -> Iterator[list[str | int | None]]:
    """Yield the report of what did not map, as rows of a table: entries left out, then fields without a place."""
    yield [_("Entry"), _("Line"), _("Byte"), _("Reason"), _("Beginning")]
    for problem in run.problems.order_by("entry").iterator(chunk_size=1000):
        yield [problem.entry, problem.line, problem.offset, problem.sentence, problem.sample]
    for name, times in sorted(run.unmapped.items()):
        told = _("This field has no place here and was left aside in %(times)d entries.") % {"times": times}
        yield [None, None, None, told, name]


def _seconds_left(run: Import) -> int | None:
    """Reckon from the share of the bytes that is done since the work began."""
    if run.began_at is None or run.ended_at or not 0 < run.position < run.size:
        return None
    spent: timedelta = timezone.now() - run.began_at
    return round(spent.total_seconds() * (run.size - run.position) / run.position)
