"""Claims, who made them, and where."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article, LanguageChoice, Update
from claims.models.people import Desk, Person
from claims.models.quoted import QuotedWords, WordsChoice
from claims.models.topics import Topic
from claims.rules.lifecycle import OPEN_CLAIM_STATES, ClaimState


class ClaimStateChoice(models.TextChoices):
    LOGGED = ClaimState.LOGGED.value, _("logged")
    CHECKING = ClaimState.CHECKING.value, _("being checked")
    CONCLUDED = ClaimState.CONCLUDED.value, _("concluded")
    NOT_CHECKABLE = ClaimState.NOT_CHECKABLE.value, _("not checkable")
    ALREADY_CHECKED = ClaimState.ALREADY_CHECKED.value, _("already checked")
    MERGED = ClaimState.MERGED.value, _("merged")


class Claimant(models.Model):
    """The person or body who made a claim. An unknown claimant is no row, never “Unknown”."""

    class Kind(models.TextChoices):
        PERSON = "Person", _("person")
        ORGANIZATION = "Organization", _("organisation")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    same_as = models.URLField(_("page about them"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("claimant")
        verbose_name_plural = _("claimants")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "kind"], name="a_claimant_is_recorded_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Claim(models.Model):
    """One checkable assertion: ``text`` as said, ``summary`` in at most 75 characters."""

    class Kind(models.TextChoices):
        DURATION = "duration", _("duration")
        COUNT = "count", _("count or amount")
        DATE = "date", _("date or time")
        ATTENDANCE = "attendance", _("who took part")
        QUOTE = "quote", _("quotation")
        EVENT = "event", _("event")
        IMAGE = "image", _("picture")
        VIDEO = "video", _("video")
        OTHER = "other", _("other")

    class Risk(models.TextChoices):
        ORDINARY = "ordinary", _("ordinary")
        ELECTION = "election", _("election")
        CASUALTIES = "casualties", _("casualties")
        HEALTH = "health", _("health")
        PRIVATE_PERSON = "private_person", _("named private person")
        ANONYMOUS_SOURCE = "anonymous_source", _("anonymous source")

    class Priority(models.IntegerChoices):
        URGENT = 1, _("urgent")
        HIGH = 2, _("high")
        NORMAL = 3, _("normal")
        LOW = 4, _("low")

    class MergedAs(models.TextChoices):
        """What a merged claim is to the other, in the words of schema.org."""

        APPEARANCE = "appearance", _("another appearance")
        AUTHOR = "author", _("another claimant")

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="claims")
    text = models.TextField(_("claim as said"))
    summary = models.CharField(_("summary"), max_length=300, blank=True, default="")
    language = models.CharField(_("language"), max_length=8, choices=LanguageChoice.choices)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.OTHER)
    claimant = models.ForeignKey(
        Claimant, on_delete=models.PROTECT, related_name="claims", null=True, blank=True
    )
    attribution = models.CharField(_("reported by"), max_length=300, blank=True, default="")
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)
    made_on = models.DateField(_("made on"), null=True, blank=True)
    topic = models.CharField(_("topic"), max_length=80, blank=True, default="")
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics for readers"), related_name="claims", blank=True
    )
    state = models.CharField(
        _("state"), max_length=16, choices=ClaimStateChoice.choices, default=ClaimStateChoice.LOGGED
    )
    state_reason = models.CharField(_("reason for the state"), max_length=500, blank=True, default="")
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="merged_claims", null=True, blank=True
    )
    merged_as = models.CharField(
        _("merged as"), max_length=12, choices=MergedAs.choices, blank=True, default=""
    )
    already_checked_url = models.URLField(_("earlier check"), max_length=2000, blank=True, default="")
    risk = models.CharField(_("risk"), max_length=20, choices=Risk.choices, default=Risk.ORDINARY)
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority.choices, default=Priority.NORMAL
    )
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    held_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, related_name="held_claims", null=True, blank=True
    )
    held_until = models.DateTimeField(_("held until"), null=True, blank=True)
    logged_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="logged_claims", null=True, blank=True
    )
    logged_at = models.DateTimeField(_("logged at"), auto_now_add=True)
    gather_round = models.PositiveIntegerField(_("times evidence was asked for"), default=0)
    gathered_at = models.DateTimeField(_("evidence gathered at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="a_claim_says_something"),
            models.CheckConstraint(
                condition=models.Q(made_at__isnull=True) | models.Q(made_on__isnull=True),
                name="a_claim_has_a_moment_or_a_bare_date",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ClaimState.MERGED.value, merged_into__isnull=False)
                | (~models.Q(state=ClaimState.MERGED.value) & models.Q(merged_into__isnull=True)),
                name="a_merged_claim_names_the_other",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=False, merged_as__in=["appearance", "author"])
                | models.Q(merged_into__isnull=True, merged_as=""),
                name="a_merged_claim_says_what_it_is_to_the_other",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("id")),
                name="a_claim_is_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(held_by__isnull=True) | models.Q(held_until__isnull=False),
                name="a_held_claim_has_a_lease_that_ends",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "state", "priority", "id"], name="claim_queue"),
            # The desk is no leading column here: a person of several desks gets one ordered queue of all.
            # What follows the id in these indexes is there to be read from the index alone.
            models.Index(
                fields=["priority", "logged_at", "id", "desk", "held_until", "deadline"],
                condition=models.Q(state__in=sorted(OPEN_CLAIM_STATES)),
                name="claim_queue_open",
            ),
            models.Index(fields=["priority", "logged_at", "id", "desk"], name="claim_queue_all"),
            models.Index(fields=["desk", "-id"], name="claim_by_desk_newest"),
            models.Index(fields=["held_by", "id"], name="claim_by_holder"),
            # The fields that the queue is narrowed by, each a choice (see claims/selectors/queue_page.py).
            models.Index(
                fields=[
                    *("desk", "state", "risk", "language", "priority", "id"),
                    *("logged_at", "deadline", "held_until"),
                ],
                name="claim_facets",
            ),
            models.Index(
                fields=["deadline", "id", "state", "desk", "priority", "logged_at", "held_until"],
                condition=models.Q(deadline__isnull=False),
                name="claim_by_deadline",
            ),
            models.Index(
                fields=["logged_at", "id", "state", "desk", "priority", "deadline", "held_until"],
                name="claim_by_logging",
            ),
            # The same for the list of claims, which is narrowed by the kind of claim and by people as well.
            models.Index(
                fields=["desk", "state", "kind", "language", "risk", "logged_at", "id"],
                name="claim_list_facets",
            ),
            models.Index(
                fields=["claimant", "logged_at", "id", "desk", "state", "kind", "language", "risk"],
                name="claim_by_claimant",
            ),
            models.Index(
                fields=["logged_by", "logged_at", "id", "desk", "state", "kind", "language", "risk"],
                name="claim_by_logger",
            ),
        ]

    def __str__(self) -> str:
        return self.summary or self.text[:75]

    def get_absolute_url(self) -> str:
        return reverse("claim_detail", args=[self.pk])


class Appearance(QuotedWords):
    """One place where a claim was made: the article, the update, the words, the moment.

    ``exact`` with ``prefix``/``suffix`` is a W3C text-quote selector; ``start``/``end`` are code points
    of the article version's text. ``fingerprint`` is equal for the same quotation at the same place.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="appearances")
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="appearances", null=True, blank=True
    )
    update = models.ForeignKey(
        Update, on_delete=models.PROTECT, related_name="appearances", null=True, blank=True
    )
    url = models.URLField(_("address"), max_length=2000, blank=True, default="")
    offline_origin = models.CharField(
        _("where it was said, if not online"), max_length=500, blank=True, default=""
    )
    exact = models.TextField(_("quotation"), blank=True, default="")
    prefix = models.CharField(max_length=100, blank=True, default="")
    suffix = models.CharField(max_length=100, blank=True, default="")
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    printed_time = models.CharField(_("printed time"), max_length=60, blank=True, default="")
    moment = models.DateTimeField(_("moment"), null=True, blank=True)
    is_first = models.BooleanField(_("first known appearance"), default=False)
    fingerprint = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["-is_first", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "fingerprint"],
                condition=~models.Q(fingerprint=""),
                name="a_quotation_is_logged_once_per_article",
            ),
            models.UniqueConstraint(
                fields=["claim"], condition=models.Q(is_first=True), name="one_first_appearance_per_claim"
            ),
            models.CheckConstraint(
                condition=~models.Q(article__isnull=True, url="", offline_origin=""),
                name="an_appearance_is_somewhere",
            ),
        ]
        indexes = [
            models.Index(
                fields=["claim"],
                condition=~models.Q(words_state=WordsChoice.STANDS.value),
                name="appearance_altered",
            )
        ]

    def __str__(self) -> str:
        return self.exact[:75] or self.url or self.offline_origin
