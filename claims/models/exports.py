"""Exports of everything that were asked for on a page: how far each is, and the file that came of it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.people import Person


class Export(models.Model):
    """One export of everything, made by a job into a file of ``settings.EXPORT_FOLDER``.

    ``made_at`` is null until the file is whole; ``forgotten_at`` is when the file was deleted again.
    ``counts`` are rows by model, ``size`` is in bytes.
    """

    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked for at"))
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("deleted at"), null=True, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    counts = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("export_detail", args=[self.pk])
