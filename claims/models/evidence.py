"""Where evidence comes from and what it says about a claim."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.articles import LanguageChoice, Outlet
from claims.models.claims import Claim
from claims.models.indexed import IndexedWords
from claims.models.people import Person
from claims.models.quoted import QuotedWords, WordsChoice


class Source(models.Model):
    """A feed that is polled for documents of one outlet. Documents without a feed only have an outlet."""

    outlet = models.ForeignKey(
        Outlet, verbose_name=_("outlet"), on_delete=models.PROTECT, related_name="sources"
    )
    feed_url = models.URLField(_("feed address"), max_length=2000, unique=True)
    active = models.BooleanField(_("polled"), default=True)
    etag = models.CharField(max_length=300, blank=True, default="")
    last_modified = models.CharField(max_length=100, blank=True, default="")
    polled_at = models.DateTimeField(_("last polled"), null=True, blank=True)
    next_poll_at = models.DateTimeField(_("next poll"), null=True, blank=True)
    interval = models.FloatField(_("seconds between polls"), default=900.0)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    last_error = models.CharField(_("last error"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        indexes = [models.Index(fields=["active", "next_poll_at"], name="source_due")]

    def __str__(self) -> str:
        return f"{self.outlet} · {self.feed_url}"


class Document(models.Model):
    """One page, dispatch or report. ``key`` is the importer's id or the canonical address.

    Its text is the title, a blank line, and the body: passages point into that one string.
    """

    outlet = models.ForeignKey(Outlet, on_delete=models.PROTECT, related_name="documents")
    source = models.ForeignKey(
        Source, on_delete=models.SET_NULL, related_name="documents", null=True, blank=True
    )
    key = models.CharField(max_length=500, unique=True)
    url = models.URLField(_("address"), max_length=2000, blank=True, default="")
    title = models.CharField(_("title"), max_length=500, blank=True, default="")
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=8, choices=LanguageChoice.choices)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    date_estimated = models.BooleanField(_("date estimated"), default=False)
    text_sha256 = models.CharField(max_length=64)
    raw = models.BinaryField(_("capture"), default=bytes)
    captured_at = models.DateTimeField(_("captured at"), null=True, blank=True)
    failure = models.CharField(_("why it could not be fetched"), max_length=500, blank=True, default="")
    is_primary = models.BooleanField(_("primary source"), default=False)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    taken_in_at = models.DateTimeField(_("taken in at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(published_on__isnull=True),
                name="a_document_has_a_moment_or_a_bare_date",
            )
        ]
        indexes = [
            models.Index(fields=["taken_in_at", "id"], name="document_by_taking_in"),
            models.Index(fields=["outlet", "taken_in_at", "id"], name="document_by_outlet"),
            models.Index(fields=["language", "taken_in_at", "id"], name="document_by_language"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.key


class Passage(IndexedWords):
    """The indexed stretch of a document. One that is gone is kept, for evidence may rest on it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="passages")
    ordinal = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["document_id", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "ordinal"], name="passages_of_a_document_are_ordered"
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"],
                condition=models.Q(indexed_version__lt=models.F("version")),
                name="passage_waiting_for_index",
            )
        ]


class StanceChoice(models.TextChoices):
    SUPPORTS = "supports", _("supports")
    CONTRADICTS = "contradicts", _("contradicts")
    CONTEXT = "context", _("context")


class Evidence(QuotedWords):
    """A passage about one claim. ``stance`` is the present one, ``machine_stance`` the suggestion.

    ``reasons`` is a list of ``{"code", "claim_span", "passage_span", …}``, worded at the edge; ``figures``
    pairs of readings; ``marks`` spans ``[start, end, kind]`` in the passage's text. ``origin`` is equal for
    documents that carry the same report; ``origin_reason`` says why.
    """

    class State(models.TextChoices):
        FOUND = "found", _("found")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    class Strength(models.TextChoices):
        FULL = "full", _("full")
        PARTIAL = "partial", _("partial")

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="evidence")
    passage = models.ForeignKey(Passage, on_delete=models.PROTECT, related_name="evidence")
    stance = models.CharField(_("stance"), max_length=12, choices=StanceChoice.choices)
    machine_stance = models.CharField(_("suggested stance"), max_length=12, choices=StanceChoice.choices)
    strength = models.CharField(_("strength"), max_length=8, choices=Strength.choices)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.FOUND)
    score = models.FloatField(_("score"))
    reasons = models.JSONField(_("reasons"), default=list)
    figures = models.JSONField(_("figures as read"), default=list)
    marks = models.JSONField(_("words that mattered"), default=list)
    start = models.PositiveIntegerField(_("start in the passage"), default=0)
    end = models.PositiveIntegerField(_("end in the passage"), default=0)
    origin = models.CharField(_("origin"), max_length=80)
    origin_name = models.CharField(_("origin's name"), max_length=200, blank=True, default="")
    origin_reason = models.JSONField(_("why this origin"), default=dict)
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(fields=["claim", "passage"], name="a_passage_is_evidence_once_per_claim"),
        ]
        indexes = [
            models.Index(fields=["claim", "stance", "-score"], name="evidence_of_claim"),
            models.Index(
                fields=["claim"],
                condition=~models.Q(words_state=WordsChoice.STANDS.value),
                name="evidence_altered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.passage}"


class EvidenceDecision(models.Model):
    """A person's decision on one piece of evidence; append-only, the newest counts."""

    class Decision(models.TextChoices):
        ACCEPT = "accept", _("accepted")
        REJECT = "reject", _("rejected")
        STANCE = "stance", _("stance changed")
        UNDO = "undo", _("undone")

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="decisions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=8, choices=Decision.choices)
    stance_before = models.CharField(max_length=12, choices=StanceChoice.choices)
    stance_after = models.CharField(max_length=12, choices=StanceChoice.choices)
    state_before = models.CharField(max_length=10, choices=Evidence.State.choices)
    state_after = models.CharField(max_length=10, choices=Evidence.State.choices)
    reason = models.CharField(_("reason"), max_length=500, blank=True, default="")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("decision on evidence")
        verbose_name_plural = _("decisions on evidence")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} · {self.evidence_id}"
