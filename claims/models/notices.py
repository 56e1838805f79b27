"""What people of the newsroom tell each other about a claim, what they follow, and what reached them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.articles import Article
from claims.models.claims import Claim
from claims.models.people import Person


class Comment(models.Model):
    """What somebody asked or answered about a claim; never changed, for the history names it too.

    ``mentioned`` are the colleagues that it was put to. An answer belongs to a question, never to an answer.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="comments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="comments")
    words = models.TextField(_("words"))
    answers = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="replies", null=True, blank=True
    )
    mentioned = models.ManyToManyField(Person, related_name="+", blank=True)
    said_at = models.DateTimeField(_("said at"))

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(words=""), name="a_comment_says_something"),
        ]
        indexes = [models.Index(fields=["claim", "id"], name="comments_of_claim")]

    def __str__(self) -> str:
        return self.words[:75]


class Follow(models.Model):
    """A person who wants to hear of one claim or one article.

    ``seen_version`` is the number of the article's version that the person looked at last.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="follows", null=True, blank=True)
    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="follows", null=True, blank=True
    )
    seen_version = models.PositiveIntegerField(default=0)
    followed_at = models.DateTimeField(_("followed since"), auto_now_add=True)

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(fields=["person", "claim"], name="a_person_follows_a_claim_once"),
            models.UniqueConstraint(fields=["person", "article"], name="a_person_follows_an_article_once"),
            models.CheckConstraint(
                condition=models.Q(claim__isnull=True) ^ models.Q(article__isnull=True),
                name="a_follow_is_of_one_claim_or_article",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.claim or self.article}"


class Notice(models.Model):
    """Word to one person of something that happened. It may be forgotten: what happened stands elsewhere.

    ``once`` names the happening where a job that runs again could tell it again; one person hears it once.
    """

    class Kind(models.TextChoices):
        MENTIONED = "mentioned", _("asked you")
        ANSWERED = "answered", _("answered")
        HANDED_OVER = "handed_over", _("handed over to you")
        CHANGES_REQUESTED = "changes_requested", _("changes requested")
        APPROVED = "approved", _("approved")
        PUBLISHED = "published", _("published")
        UPDATED = "updated", _("updated")
        CORRECTED = "corrected", _("corrected")
        RETRACTED = "retracted", _("retracted")
        CONTRADICTED = "contradicted", _("contradicting evidence")
        PASSAGE_CHANGED = "passage_changed", _("cited passage changed")
        QUOTATION_CHANGED = "quotation_changed", _("quotation changed")
        QUOTATION_GONE = "quotation_gone", _("quotation deleted")
        WATCH_ENDED = "watch_ended", _("no longer watched")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+", null=True, blank=True)
    from_name = models.CharField(_("from"), max_length=160, blank=True, default="")
    note = models.CharField(_("note"), max_length=500, blank=True, default="")
    once = models.CharField(max_length=120, blank=True, default="")
    at = models.DateTimeField(_("moment"))
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "once"],
                condition=~models.Q(once=""),
                name="a_happening_is_told_to_a_person_once",
            ),
            models.CheckConstraint(
                condition=models.Q(claim__isnull=False) | models.Q(article__isnull=False),
                name="a_notice_is_about_something",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="notices_of_person"),
            models.Index(
                fields=["person", "id"], condition=models.Q(read_at__isnull=True), name="notices_unread"
            ),
            models.Index(
                fields=["person", "at"],
                condition=models.Q(read_at__isnull=True, mailed_at__isnull=True),
                name="notices_unmailed",
            ),
            models.Index(fields=["at"], name="notices_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.claim or self.article}"


class Preference(models.Model):
    """What a person chose for themself: how notices reach them by mail, and how far their tour is.

    ``tour_step`` counts from 1; 0 is a tour that was put away.
    """

    class Mail(models.TextChoices):
        OFF = "off", _("no mail")
        DAILY = "daily", _("once a day")
        AT_ONCE = "at_once", _("at once")

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, related_name="preference", primary_key=True
    )
    mail = models.CharField(_("mail"), max_length=8, choices=Mail.choices, default=Mail.OFF)
    mailed_at = models.DateTimeField(_("last mail sent at"), null=True, blank=True)
    tour_step = models.PositiveSmallIntegerField(_("step of the tour"), default=1)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        indexes = [models.Index(fields=["mail", "mailed_at"], name="preference_by_mail")]

    def __str__(self) -> str:
        return f"{self.person}"
