"""Ratings, verdict revisions, what they cite, and the approvals they got."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from claims.models.articles import LanguageChoice
from claims.models.claims import Claim
from claims.models.evidence import Evidence
from claims.models.people import Person
from claims.rules.lifecycle import OPEN_VERDICT_STATES, VerdictState


class VerdictStateChoice(models.TextChoices):
    DRAFT = VerdictState.DRAFT.value, _("draft")
    SUBMITTED = VerdictState.SUBMITTED.value, _("submitted")
    IN_REVIEW = VerdictState.IN_REVIEW.value, _("in review")
    CHANGES_REQUESTED = VerdictState.CHANGES_REQUESTED.value, _("changes requested")
    APPROVED = VerdictState.APPROVED.value, _("approved")
    SCHEDULED = VerdictState.SCHEDULED.value, _("scheduled")
    PUBLISHED = VerdictState.PUBLISHED.value, _("published")
    SUPERSEDED = VerdictState.SUPERSEDED.value, _("superseded")
    WITHDRAWN = VerdictState.WITHDRAWN.value, _("withdrawn")


class RatingScale(models.Model):
    """One version of a newsroom's scale. A frozen scale and its ratings never change."""

    key = models.SlugField(_("key"), max_length=40)
    version = models.PositiveIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=120)
    worst = models.PositiveSmallIntegerField(_("worst number"), default=1)
    best = models.PositiveSmallIntegerField(_("best number"), default=5)
    active = models.BooleanField(_("active"), default=True)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)

    class Meta:
        verbose_name = _("rating scale")
        verbose_name_plural = _("rating scales")
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="versions_of_a_scale_are_numbered"),
            models.CheckConstraint(
                condition=models.Q(worst__gte=1, best__gt=models.F("worst")),
                name="a_scale_runs_from_worst_up_to_best",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class Rating(models.Model):
    """One step of a scale: a label in three languages with a number, or text only (``value`` is null)."""

    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="ratings")
    key = models.SlugField(_("key"), max_length=40)
    label_en = models.CharField(_("label in English"), max_length=80)
    label_uk = models.CharField(_("label in Ukrainian"), max_length=80, blank=True, default="")
    label_ru = models.CharField(_("label in Russian"), max_length=80, blank=True, default="")
    description = models.CharField(_("when it is given"), max_length=300, blank=True, default="")
    value = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    ordinal = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["scale_id", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "key"], name="a_rating_stands_once_in_its_scale"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(value__gte=1),
                name="a_rating_number_is_at_least_one",
            ),
        ]

    def __str__(self) -> str:
        return self.label(get_language() or "en")

    def label(self, language: str) -> str:
        """Return the label in ``language`` (``en``, ``uk``, ``ru``), or the English one where none is set."""
        return {"uk": self.label_uk, "ru": self.label_ru}.get(language[:2], "") or self.label_en


class Verdict(models.Model):
    """A numbered revision: a reviewer's rating, justification and cited evidence at a moment.

    Its content is frozen once submitted (a database trigger holds that); a later one supersedes it.
    ``exceptions`` maps a gate's id to the recorder's reason for not meeting it. ``content_hash`` covers
    claim text, rating, summary, justification, uncertainty, language, evidence and exceptions.
    """

    class Tier(models.TextChoices):
        FIRST = "first", _("first publication")
        MINOR = "minor", _("minor")
        UPDATE = "update", _("update")
        SUBSTANTIAL = "substantial", _("substantial correction")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="verdicts")
    revision = models.PositiveIntegerField(_("revision"))
    state = models.CharField(
        _("state"), max_length=20, choices=VerdictStateChoice.choices, default=VerdictStateChoice.DRAFT
    )
    language = models.CharField(_("language"), max_length=8, choices=LanguageChoice.choices[:3])
    rating = models.ForeignKey(
        Rating, on_delete=models.PROTECT, related_name="verdicts", null=True, blank=True
    )
    claim_reviewed = models.CharField(_("claim as reviewed"), max_length=500, blank=True, default="")
    title = models.CharField(_("headline"), max_length=200, blank=True, default="")
    summary = models.CharField(_("summary"), max_length=500, blank=True, default="")
    justification = models.TextField(_("justification"), blank=True, default="")
    uncertainty = models.TextField(_("what is uncertain"), blank=True, default="")
    none_found = models.CharField(
        _("sides with no evidence found"),
        max_length=20,
        choices=[
            ("for", _("no evidence for it was found")),
            ("against", _("no evidence against it was found")),
            ("both", _("no evidence either way was found")),
        ],
        blank=True,
        default="",
    )
    exceptions = models.JSONField(_("reasons for exceptions"), default=dict, blank=True)
    tier = models.CharField(_("tier"), max_length=12, choices=Tier.choices, default=Tier.FIRST)
    correction_note = models.TextField(_("note for readers"), blank=True, default="")
    recorder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="recorded_verdicts")
    last_editor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    co_authors = models.ManyToManyField(Person, related_name="+", blank=True)
    content_hash = models.CharField(max_length=64, blank=True, default="")
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        constraints = [
            models.UniqueConstraint(fields=["claim", "revision"], name="verdicts_of_a_claim_are_numbered"),
            models.UniqueConstraint(
                fields=["claim", "language"],
                condition=models.Q(state=VerdictState.PUBLISHED.value),
                name="one_current_verdict_per_claim",
            ),
            models.UniqueConstraint(
                fields=["claim", "language"],
                condition=models.Q(state__in=sorted(OPEN_VERDICT_STATES)),
                name="one_open_verdict_per_claim",
            ),
            models.CheckConstraint(
                condition=models.Q(state=VerdictState.DRAFT.value)
                | models.Q(state=VerdictState.WITHDRAWN.value)
                | (~models.Q(content_hash="") & models.Q(rating__isnull=False)),
                name="a_submitted_verdict_has_a_rating_and_a_hash",
            ),
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="verdict_queue")]

    def __str__(self) -> str:
        return f"{self.claim} · r{self.revision}"


class Citation(models.Model):
    """One piece of evidence that a verdict cites, in order."""

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="citations")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="citations")
    ordinal = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["verdict", "evidence"], name="evidence_is_cited_once_per_verdict"
            ),
        ]

    def __str__(self) -> str:
        return f"[{self.ordinal}] {self.evidence_id}"


class Approval(models.Model):
    """One person's decision on one revision, bound to its content hash.

    ``recorder``/``last_editor`` repeat the verdict's own (a trigger holds them equal), so that the
    database itself can refuse an approver who wrote the text.
    """

    class Decision(models.TextChoices):
        APPROVED = "approved", _("approved")
        CHANGES_REQUESTED = "changes_requested", _("changes requested")

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="approvals")
    approver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="approvals")
    recorder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    last_editor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=20, choices=Decision.choices)
    content_hash = models.CharField(max_length=64)
    comment = models.TextField(_("comment"), blank=True, default="")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(approver=models.F("recorder")), name="approver_is_not_the_recorder"
            ),
            models.CheckConstraint(
                condition=~models.Q(approver=models.F("last_editor")), name="approver_is_not_the_last_editor"
            ),
            models.UniqueConstraint(
                fields=["verdict", "approver", "content_hash"],
                condition=models.Q(decision="approved"),
                name="a_person_approves_a_content_once",
            ),
            models.CheckConstraint(
                condition=models.Q(decision="approved") | ~models.Q(comment=""),
                name="asking_for_changes_needs_a_comment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.approver} · {self.get_decision_display()}"


class BlindLabel(models.Model):
    """The rating that a second person gave before seeing the first; append-only.

    It is for one content hash: a verdict that changed is labelled anew. ``agrees`` says whether it was the
    recorder's own rating, as it stood then, and feeds the statistics of agreement.
    """

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="labels")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="+")
    recorded_rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="+")
    agrees = models.BooleanField(_("agrees"))
    content_hash = models.CharField(max_length=64)
    note = models.TextField(_("why"), blank=True, default="")
    labelled_at = models.DateTimeField(_("labelled at"), auto_now_add=True)

    class Meta:
        verbose_name = _("blind label")
        verbose_name_plural = _("blind labels")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["verdict", "person", "content_hash"], name="a_person_labels_a_content_once"
            ),
            models.CheckConstraint(
                condition=(models.Q(agrees=True) & models.Q(rating=models.F("recorded_rating")))
                | (models.Q(agrees=False) & ~models.Q(rating=models.F("recorded_rating"))),
                name="a_label_agrees_with_the_same_rating",
            ),
        ]
        indexes = [models.Index(fields=["labelled_at", "id"], name="label_by_time")]

    def __str__(self) -> str:
        return f"{self.person} · {self.rating}"


class KeptDraft(models.Model):
    """What a person typed into the verdict form and has not saved: theirs alone, offered back to them.

    Keeping it never touches the verdict, so nobody's version is overwritten. ``words`` is the form, field by
    field; ``seen_version`` is the version of the verdict that it was typed over.
    """

    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="kept_drafts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words = models.JSONField(default=dict)
    seen_version = models.PositiveIntegerField()
    kept_at = models.DateTimeField(_("kept at"), auto_now=True)

    class Meta:
        verbose_name = _("kept draft")
        verbose_name_plural = _("kept drafts")
        constraints = [
            models.UniqueConstraint(
                fields=["verdict", "person"], name="a_person_keeps_one_draft_of_a_verdict"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} · {self.person}"
