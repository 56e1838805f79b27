"""A claim said again: in a document or article that came after it was logged."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article, Outlet
from claims.models.claims import Claim
from claims.models.evidence import Document


class Repeat(models.Model):
    """One place that says a claim again, found by the standing watch and not by a person.

    ``words`` are the sentence that repeats it; ``fingerprint`` is equal for equal words, so that a document
    that changes around the sentence, or a live blog that is read again, counts once.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="repeats")
    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, related_name="repeats", null=True, blank=True
    )
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="repeats", null=True, blank=True
    )
    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, related_name="repeats", null=True, blank=True
    )
    words = models.TextField(_("words"))
    fingerprint = models.CharField(max_length=64)
    moment = models.DateTimeField(_("moment"), null=True, blank=True)
    said_on = models.DateField(_("day"), null=True, blank=True)
    found_at = models.DateTimeField(_("found at"), auto_now_add=True)

    class Meta:
        verbose_name = _("repeat of a claim")
        verbose_name_plural = _("repeats of claims")
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "document", "fingerprint"], name="a_document_repeats_a_claim_once_in_words"
            ),
            models.UniqueConstraint(
                fields=["claim", "article", "fingerprint"], name="an_article_repeats_a_claim_once_in_words"
            ),
            models.CheckConstraint(
                condition=models.Q(document__isnull=True) ^ models.Q(article__isnull=True),
                name="a_repeat_is_in_one_place",
            ),
        ]
        indexes = [models.Index(fields=["claim", "-id"], name="repeat_of_claim_newest")]

    def __str__(self) -> str:
        return self.words[:75]
