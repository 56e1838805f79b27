"""The append-only history: one row per change, chained by hash, guarded by database triggers."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.people import Person


class ClaimEvent(models.Model):
    """Who did what to which subject, when, from which state to which. ``sequence`` has no gaps.

    ``hash`` is the SHA-256 of the canonical JSON of all other fields, ``previous_hash`` among them.
    """

    sequence = models.PositiveBigIntegerField(_("sequence number"), unique=True)
    claim = models.ForeignKey("Claim", on_delete=models.PROTECT, related_name="events", null=True, blank=True)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.PositiveBigIntegerField()
    verb = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    person_name = models.CharField(_("person"), max_length=160)
    from_state = models.CharField(max_length=20, blank=True, default="")
    to_state = models.CharField(max_length=20, blank=True, default="")
    note = models.TextField(_("note"), blank=True, default="")
    details = models.JSONField(default=dict)
    at = models.DateTimeField(_("moment"))
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("history")
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["claim", "-sequence"], name="events_of_claim"),
            models.Index(fields=["subject_kind", "subject_id", "-sequence"], name="events_about_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"


class HistoryHead(models.Model):
    """How many events there are and the hash of the last; one row, also published outside the table."""

    only = models.BooleanField(primary_key=True, default=True)
    count = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("head of the history")
        verbose_name_plural = _("head of the history")
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="there_is_one_head")]

    def __str__(self) -> str:
        return f"{self.count} {self.hash[:12]}"
