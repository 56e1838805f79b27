"""The durable job: the row is the task, the Celery message only a hint that it is due."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """One side effect on one subject at one version of it.

    ``token`` is the fencing token: it grows with every lease, and a write-back with an old one changes
    nothing. ``starts`` is committed before the work begins. Progress is ``done_steps`` of ``all_steps``.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        DEAD = "dead", _("given up")
        CANCELLED = "cancelled", _("stopped")

    #: The states of a job that is still to end; the index ``job_due`` holds only these.
    UNFINISHED = (State.WAITING, State.RUNNING)

    kind = models.CharField(_("kind"), max_length=40)
    subject = models.PositiveBigIntegerField(_("subject"))
    subject_version = models.PositiveIntegerField(_("version of the subject"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(_("due at"))
    starts = models.PositiveSmallIntegerField(_("starts"), default=0)
    token = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(_("leased until"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=1000, blank=True, default="")
    done_steps = models.PositiveIntegerField(default=0)
    all_steps = models.PositiveIntegerField(default=0)
    note = models.CharField(_("what it is doing"), max_length=200, blank=True, default="")
    created_at = models.DateTimeField(_("created at"))
    started_at = models.DateTimeField(_("last started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "subject_version"], name="a_job_stands_once_per_version"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="job_due",
            ),
            models.Index(fields=["state", "-id"], name="jobs_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}/{self.subject_version}"
