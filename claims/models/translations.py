"""Passages in another language, made by the operator's service and kept: shown to readers, never compared."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.articles import LanguageChoice
from claims.models.evidence import Passage


class PassageTranslation(models.Model):
    """One passage in one language. A passage's words never change, so neither does its translation."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being translated")
        READY = "ready", _("translated")
        FAILED = "failed", _("not translated")

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="translations")
    target = models.CharField(_("language"), max_length=8, choices=LanguageChoice.choices)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    text = models.TextField(_("text"), blank=True, default="")
    service = models.CharField(_("translated by"), max_length=200, blank=True, default="")
    failure = models.CharField(_("why it failed"), max_length=500, blank=True, default="")
    requests = models.PositiveIntegerField(_("times asked for"), default=1)
    asked_at = models.DateTimeField(_("asked for at"), auto_now_add=True)

    class Meta:
        verbose_name = _("translation of a passage")
        verbose_name_plural = _("translations of passages")
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "target"], name="a_passage_is_translated_once_per_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} → {self.target}"
