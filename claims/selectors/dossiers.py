"""How far the dossier of a verdict is: not asked for, being made, ready, out of date, or failed."""

from __future__ import annotations

from dataclasses import dataclass

from claims.models import Dossier, Job, Verdict
from claims.selectors.dossier_files import dossier_mark


@dataclass(frozen=True, slots=True)
class DossierStanding:
    """``dossier`` is None until it is first asked for; its ``content`` is not loaded."""

    verdict: Verdict
    dossier: Dossier | None
    job: Job | None
    is_current: bool

    @property
    def is_under_way(self) -> bool:
        return self.job is not None and self.job.state in Job.UNFINISHED

    @property
    def is_ready(self) -> bool:
        return self.dossier is not None and self.dossier.made_at is not None

    @property
    def failure(self) -> str:
        return self.job.last_error if self.job is not None and self.job.state == Job.State.DEAD else ""


def dossier_standing(verdict: Verdict) -> DossierStanding:
    """Return how the dossier of ``verdict`` (with its claim) stands. Six queries at most."""
    dossier = Dossier.objects.select_related("asked_by").defer("content").filter(verdict=verdict).first()
    if dossier is None:
        return DossierStanding(verdict, None, None, False)
    jobs = Job.objects.filter(kind="make_dossier", subject=dossier.pk, subject_version=dossier.version)
    return DossierStanding(verdict, dossier, jobs.first(), dossier.mark == dossier_mark(verdict))
