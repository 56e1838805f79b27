"""Pages that are looked at again: articles that claims were logged from, and documents that verdicts cite."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article
from claims.models.evidence import Document
from claims.models.people import Person


class Watch(models.Model):
    """When a page was looked at, and when it will be. ``failures`` are those in a row."""

    looked_at = models.DateTimeField(_("last looked at"), null=True, blank=True)
    changed_at = models.DateTimeField(_("last seen to change"), null=True, blank=True)
    next_look_at = models.DateTimeField(_("next look"), null=True, blank=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    last_error = models.CharField(_("last error"), max_length=500, blank=True, default="")

    class Meta:
        abstract = True


class ArticleWatch(Watch):
    """The watch over one article. It ends by itself when nothing changes any more, or by a person."""

    class Ended(models.TextChoices):
        SILENCE = "silence", _("nothing changed any more")
        PERSON = "person", _("a person ended it")
        ROBOTS = "robots", _("the site asks programs not to read it")
        GONE = "gone", _("the page is gone")

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="watch")
    active = models.BooleanField(_("watched"), default=True)
    interval = models.FloatField(_("seconds between looks"))
    started_at = models.DateTimeField(_("watched since"))
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_because = models.CharField(
        _("why it ended"), max_length=8, choices=Ended.choices, blank=True, default=""
    )

    class Meta:
        verbose_name = _("watch over an article")
        verbose_name_plural = _("watches over articles")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(active=True, ended_because="")
                | (models.Q(active=False) & ~models.Q(ended_because="")),
                name="a_watch_that_ended_says_why",
            )
        ]
        indexes = [
            models.Index(
                fields=["next_look_at", "id"], condition=models.Q(active=True), name="article_look_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article}"


class DocumentWatch(Watch):
    """The watch over a document that a verdict cites; the row goes when no verdict cites it any more."""

    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="watch")
    host = models.CharField(max_length=253)
    etag = models.CharField(max_length=300, blank=True, default="")
    last_modified = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        verbose_name = _("watch over a cited page")
        verbose_name_plural = _("watches over cited pages")
        indexes = [
            models.Index(fields=["next_look_at", "id"], name="cited_look_due"),
            models.Index(fields=["looked_at"], name="cited_looked_at"),
        ]

    def __str__(self) -> str:
        return f"{self.document}"


class DocumentCapture(models.Model):
    """An earlier capture of a document that evidence rests on; kept when the page changes, never changed."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="captures")
    number = models.PositiveIntegerField()
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    raw = models.BinaryField(_("capture"), default=bytes)
    captured_at = models.DateTimeField(_("captured at"), null=True, blank=True)

    class Meta:
        verbose_name = _("earlier capture")
        verbose_name_plural = _("earlier captures")
        ordering = ["document_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="captures_of_a_document_are_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.number}"
