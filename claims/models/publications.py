"""What readers see: a publication per claim and language, and its immutable revisions."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.articles import LanguageChoice
from claims.models.claims import Claim
from claims.models.people import Person
from claims.models.verdicts import Verdict
from claims.rules.lifecycle import PublicationState


class PublicationStateChoice(models.TextChoices):
    EMBARGOED = PublicationState.EMBARGOED.value, _("embargoed")
    LIVE = PublicationState.LIVE.value, _("live")
    UNDER_CORRECTION = PublicationState.UNDER_CORRECTION.value, _("under correction")
    RETRACTED = PublicationState.RETRACTED.value, _("retracted")


class Publication(models.Model):
    """An approved verdict made public. ``event_at`` is the newest public event, a retraction included;
    ``modified_at`` moves on significant change only; ``first_published_at`` never changes."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="publications")
    language = models.CharField(_("language"), max_length=8, choices=LanguageChoice.choices[:3])
    slug = models.SlugField(_("slug"), max_length=80)
    state = models.CharField(_("state"), max_length=20, choices=PublicationStateChoice.choices)
    current = models.ForeignKey(
        "PublishedRevision", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    first_published_at = models.DateTimeField(_("first published"), null=True, blank=True)
    modified_at = models.DateTimeField(_("last changed"), null=True, blank=True)
    event_at = models.DateTimeField(_("newest event"), null=True, blank=True)
    retraction_note = models.TextField(_("why it was retracted"), blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "language"], name="one_publication_per_claim_and_language"
            ),
            models.CheckConstraint(
                condition=models.Q(state=PublicationState.EMBARGOED.value)
                | models.Q(first_published_at__isnull=False),
                name="what_was_public_has_a_first_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=PublicationState.RETRACTED.value) | ~models.Q(retraction_note=""),
                name="a_retraction_says_why",
            ),
        ]
        indexes = [models.Index(fields=["-event_at", "-id"], name="publication_newest_event")]

    def __str__(self) -> str:
        return str(self.claim)

    def get_absolute_url(self) -> str:
        return reverse("publication_detail", args=[self.pk, self.slug])


class PublishedRevision(models.Model):
    """The one immutable snapshot that page, markup and feeds of a revision are rendered from."""

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="published_revision")
    snapshot = models.JSONField()
    content_hash = models.CharField(max_length=64)
    tier = models.CharField(max_length=12, choices=Verdict.Tier.choices)
    note = models.TextField(blank=True, default="")
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("published revision")
        verbose_name_plural = _("published revisions")
        ordering = ["publication_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "number"], name="revisions_of_a_publication_are_numbered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication} · {self.number}"


class PublicationRating(models.Model):
    """A rating that a publication has (``is_current``) or once had, with the publication's newest event.

    It is an order to read by: a list by rating is one stretch of its index. It follows from the revisions and is
    written with every public event (``actions.rating_lists``).
    """

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="ratings")
    key = models.SlugField(max_length=40, db_index=False)
    is_current = models.BooleanField()
    event_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "key"], name="a_publication_has_a_rating_listed_once"
            ),
        ]
        indexes = [
            models.Index(fields=["key", "-event_at", "-publication"], name="rating_newest_event"),
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} · {self.key}"
