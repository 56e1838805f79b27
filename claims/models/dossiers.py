"""The dossier of a verdict: the newest zip that was made of it, kept for those who may read it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.people import Person
from claims.models.verdicts import Verdict


class Dossier(models.Model):
    """One zip per verdict, made by a job and replaced when the verdict's history has gone on.

    ``version`` rises with every job that is asked for; ``mark`` names the state of the claim and verdict
    that ``content`` was made of, so that asking again without a change makes nothing.
    """

    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="dossier")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked for at"))
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
    mark = models.CharField(max_length=200, blank=True, default="")
    content = models.BinaryField(default=bytes)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")

    def __str__(self) -> str:
        return f"{self.verdict_id} · {self.sha256[:12]}"
