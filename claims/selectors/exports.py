"""How exports of everything stand: the newest, one with its job, who may ask for one, and where its file is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from claims.models import Desk, Export, Job
from claims.rules import permissions
from claims.rules.permissions import Actor
from claims.selectors.export_decisions import spoken_name

MAKE_EXPORT = "make_export"
#: A file is deleted after so long, and when a newer one is made: it holds what readers wrote, and is large.
KEPT = timedelta(days=7)
LISTED = 20


@dataclass(frozen=True, slots=True)
class ExportStanding:
    """One export with its job; ``has_file`` says whether this machine can hand it over."""

    run: Export
    job: Job | None
    has_file: bool

    @property
    def is_under_way(self) -> bool:
        return self.job is not None and self.job.state in Job.UNFINISHED

    @property
    def rows(self) -> int:
        return sum(self.run.counts.values())

    @property
    def counts(self) -> list[tuple[str, int]]:
        """Return the rows of each model that has any, under the name that people know it by."""
        return [(_known_name(label), rows) for label, rows in self.run.counts.items() if rows]

    @property
    def kept_until(self) -> datetime | None:
        return self.run.made_at + KEPT if self.run.made_at else None


def may_export(actor: Actor) -> bool:
    """Say whether the actor audits every desk there is: an export keeps no desk's things apart. One query."""
    return permissions.can_export(actor, Desk.objects.values_list("pk", flat=True))


def newest_exports() -> list[Export]:
    return list(Export.objects.select_related("asked_by").order_by("-pk")[:LISTED])


def export_standing(export_id: int) -> ExportStanding | None:
    """Return how one export stands, None where there is none. Two queries."""
    run = Export.objects.select_related("asked_by").filter(pk=export_id).first()
    if run is None:
        return None
    job = Job.objects.filter(kind=MAKE_EXPORT, subject=run.pk).first()
    is_kept = run.made_at is not None and run.forgotten_at is None
    return ExportStanding(run, job, is_kept and file_of(run).is_file())


def file_of(run: Export) -> Path:
    return Path(settings.EXPORT_FOLDER) / f"export-{run.pk}.zip"


def _known_name(label: str) -> str:
    try:
        return spoken_name(label)
    except LookupError:
        # A later version of the product may have no such model any more.
        return label
