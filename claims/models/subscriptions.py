"""Who is told of published checks, of what, and how each telling went.

One ``PublicEvent`` stands for each thing that readers could see happen to a publication; a ``Delivery`` is one
event on its way to one subscription. No secret is kept: it is derived from SECRET_KEY and the salt that stands
here (``claims.publish.webhook``), so that a copy of the database signs nothing.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.publications import Publication, PublishedRevision


class EventChoice(models.TextChoices):
    """What readers see happen. A minor revision and one with a dated note are both ``updated``."""

    PUBLISHED = "published", _("published")
    UPDATED = "updated", _("updated")
    CORRECTED = "corrected", _("corrected")
    CORRECTION_STARTED = "correction_started", _("correction begun")
    CORRECTION_CANCELLED = "correction_cancelled", _("correction called off")
    RETRACTED = "retracted", _("retracted")


class Subscription(models.Model):
    """An address that is told of published checks; an empty filter means all of them.

    ``languages`` are codes, ``topics`` slugs, ``ratings`` keys of ratings, ``events`` of ``EventChoice``.
    ``failing_since`` is when deliveries began to fail without a success since. ``former_salt`` still counts
    until ``former_until``.
    """

    name = models.CharField(_("who it is"), max_length=80)
    url = models.CharField(_("address"), max_length=2048)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    topics = models.JSONField(_("topics"), default=list, blank=True)
    ratings = models.JSONField(_("ratings"), default=list, blank=True)
    events = models.JSONField(_("events"), default=list, blank=True)
    salt = models.CharField(max_length=64)
    former_salt = models.CharField(max_length=64, blank=True, default="")
    former_until = models.DateTimeField(null=True, blank=True)
    active = models.BooleanField(_("active"), default=True)
    disabled_because = models.CharField(_("why it is disabled"), max_length=500, blank=True, default="")
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("webhook subscription")
        verbose_name_plural = _("webhook subscriptions")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="a_subscription_says_whose_it_is"),
            models.CheckConstraint(
                condition=models.Q(active=True) | ~models.Q(disabled_because=""),
                name="a_disabled_subscription_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("admin:claims_subscription_change", args=[self.pk])


class PublicEvent(models.Model):
    """One public event of a publication; ``version`` is the publication's own, which each event raises."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="public_events")
    version = models.PositiveIntegerField()
    revision = models.ForeignKey(PublishedRevision, on_delete=models.PROTECT, related_name="+")
    event = models.CharField(_("event"), max_length=24, choices=EventChoice.choices)
    note = models.TextField(_("note"), blank=True, default="")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("public event")
        verbose_name_plural = _("public events")
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "version"], name="one_public_event_per_version_of_a_publication"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.publication_id}/{self.version}"


class Delivery(models.Model):
    """One event on its way to one subscription. ``key`` names it to the receiver over all attempts and replays.

    ``status`` is the receiver's last HTTP status, null where none came; ``held_revision`` the number of the
    revision that the receiver says it shows, where it says so.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("on its way")
        DELIVERED = "delivered", _("delivered")
        FAILED = "failed", _("given up")

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="deliveries")
    event = models.ForeignKey(PublicEvent, on_delete=models.PROTECT, related_name="deliveries")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    #: Raised by each replay, so that each is a job of its own.
    round = models.PositiveIntegerField(default=1)
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, blank=True)
    problem = models.CharField(_("what went wrong"), max_length=500, blank=True, default="")
    held_revision = models.PositiveIntegerField(_("revision that the receiver shows"), null=True, blank=True)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    begun_at = models.DateTimeField(_("tries count from"))
    attempted_at = models.DateTimeField(_("last attempt"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            models.UniqueConstraint(
                fields=["subscription", "event"], name="one_delivery_per_subscription_and_event"
            ),
        ]
        indexes = [models.Index(fields=["subscription", "-id"], name="delivery_log")]

    def __str__(self) -> str:
        return str(self.key)
