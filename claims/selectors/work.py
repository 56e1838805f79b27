"""Long work that is under way at a person's desks: what it is about, how far it is, how long it may still take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Model, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Article, Claim, Dossier, Export, Import, Job
from claims.rules import permissions
from claims.rules.permissions import Actor
from claims.selectors.exports import may_export

#: Jobs that are read, those at work first; beyond them the page only says that more wait.
MOST_READ = 100

KINDS: dict[str, Promise] = {
    "fetch_article": _("Fetching an article"),
    "gather_evidence": _("Gathering evidence"),
    "run_import": _("Taking in an import"),
    "make_export": _("Exporting everything"),
    "make_dossier": _("Making a dossier"),
    "rebuild_index": _("Rebuilding the search index"),
}
_MODELS: dict[str, type[Model]] = {
    "fetch_article": Article,
    "gather_evidence": Claim,
    "run_import": Import,
    "make_export": Export,
    "make_dossier": Dossier,
}
#: Where the desk of each subject stands that belongs to one.
_DESKS = {
    "fetch_article": "desk",
    "gather_evidence": "desk",
    "run_import": "desk",
    "make_dossier": "verdict__claim__desk",
}


@dataclass(frozen=True, slots=True)
class Work:
    """One job under way. ``subject`` is what it is about, None where that is the whole installation.

    ``seconds_left`` is None until there is something to reckon from.
    """

    job: Job
    name: Promise
    subject: Model | None
    may_stop: bool
    seconds_left: int | None

    @property
    def is_running(self) -> bool:
        return self.job.state == Job.State.RUNNING

    @property
    def minutes_left(self) -> int:
        """Return the time left in minutes, rounded up."""
        return -(-(self.seconds_left or 0) // 60)


@dataclass(frozen=True, slots=True)
class UnderWay:
    """``rows`` are bounded; ``is_more`` says that there is work beyond them."""

    rows: list[Work]
    is_more: bool

    @property
    def stamp(self) -> tuple[object, ...]:
        """Return what changes when anything that is shown does."""
        jobs = [row.job for row in self.rows]
        told = [
            (job.pk, job.state, job.starts, job.done_steps, job.all_steps, job.last_error) for job in jobs
        ]
        return (*told, *(row.minutes_left for row in self.rows), self.is_more)


def work_under_way(actor: Actor) -> UnderWay:
    """Return the work at the actor's desks, what runs first. A query, and one for each kind of subject."""
    unfinished = Job.objects.filter(state__in=Job.UNFINISHED)
    found = list(unfinished.filter(_seen_by(actor)).order_by("state", "due_at", "pk")[: MOST_READ + 1])
    subjects = _subjects(found[:MOST_READ])
    now = timezone.now()
    rows = [
        Work(
            job,
            KINDS[job.kind],
            subjects.get(job.pk),
            may_stop(actor, job, subjects.get(job.pk)),
            _left(job, now),
        )
        for job in found[:MOST_READ]
    ]
    return UnderWay(rows, len(found) > MOST_READ)


def _seen_by(actor: Actor) -> Q:
    """Return which jobs the actor is shown: those of the own desks, and those of the whole installation."""
    seen = Q()
    if permissions.can_administer(actor):
        seen |= Q(kind__in=KINDS.keys() - _MODELS.keys())
    for kind, model in _MODELS.items():
        subject = model._default_manager.filter(pk=OuterRef("subject"))
        if kind in _DESKS:
            subject = subject.filter(**{f"{_DESKS[kind]}__in": list(actor.roles)})
        seen |= Q(Exists(subject), kind=kind)
    return seen


def may_stop(actor: Actor, job: Job, subject: Model | None) -> bool:
    """Say whether the actor may stop ``job``, which is about ``subject``."""
    if isinstance(subject, Claim):
        return permissions.can_start_gathering(actor, subject.desk_id)
    if isinstance(subject, Article):
        return permissions.can_log_claim(actor, subject.desk_id)
    if isinstance(subject, Import):
        return permissions.can_add_source(actor, subject.desk_id)
    if isinstance(subject, Export):
        return may_export(actor)
    return job.kind == "rebuild_index" and permissions.can_administer(actor)


def _subjects(found: Collection[Job]) -> dict[int, Model]:
    """Return by the job's id what it is about."""
    by_kind: dict[str, list[Job]] = defaultdict(list)
    for job in found:
        if job.kind in _MODELS:
            by_kind[job.kind].append(job)
    subjects: dict[int, Model] = {}
    for kind, jobs in by_kind.items():
        rows = _MODELS[kind]._default_manager.all()
        if kind == "make_dossier":
            # The page is polled, and a dossier that is made anew still holds its former content, all captures.
            rows = rows.select_related("verdict__claim").defer("content")
        held = rows.in_bulk([job.subject for job in jobs])
        subjects |= {job.pk: held[job.subject] for job in jobs if job.subject in held}
    return subjects


def _left(job: Job, now: datetime) -> int | None:
    """Reckon from the share of the steps that is done since the last start; a bare stage tells too little."""
    if job.state != Job.State.RUNNING or job.started_at is None or job.all_steps < 10 or not job.done_steps:
        return None
    spent = (now - job.started_at).total_seconds()
    return max(0, round(spent * (job.all_steps - job.done_steps) / job.done_steps))
