"""Readers who ask for a correction, and what the desk answered."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.articles import LanguageChoice
from claims.models.people import Person
from claims.models.publications import Publication


class CorrectionRequest(models.Model):
    """What a reader holds to be wrong in a published check. ``due_on`` is when they are to have an answer.

    Name and address are for the answer alone: they stand in no history and on no public page.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("received")
        ANSWERED = "answered", _("answered")
        DECLINED = "declined", _("declined")
        CORRECTED = "corrected", _("led to a correction")

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="correction_requests")
    words = models.TextField(_("what is wrong"))
    name = models.CharField(_("name"), max_length=120, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    language = models.CharField(_("language"), max_length=8, choices=LanguageChoice.choices)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.RECEIVED)
    received_at = models.DateTimeField(_("received at"))
    due_on = models.DateField(_("to be answered by"))
    answer = models.TextField(_("answer"), blank=True, default="")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("request for a correction")
        verbose_name_plural = _("requests for corrections")
        constraints = [
            models.CheckConstraint(condition=~models.Q(words=""), name="a_correction_request_says_something"),
            models.CheckConstraint(
                condition=models.Q(
                    state="received", decided_by__isnull=True, decided_at__isnull=True, answer=""
                )
                | (
                    ~models.Q(state="received")
                    & ~models.Q(answer="")
                    & models.Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="a_decided_request_says_by_whom_when_and_what",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="correction_request_by_state")]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("correction_request", args=[self.pk])
