"""Articles that claims are logged from: outlet, article, its versions, updates and passages."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.indexed import IndexedWords
from claims.models.people import Desk, Person


class LanguageChoice(models.TextChoices):
    EN = "en", _("English")
    UK = "uk", _("Ukrainian")
    RU = "ru", _("Russian")
    OTHER = "other", _("other")


class Outlet(models.Model):
    """Who published an article or document; also the body that evidence comes from."""

    name = models.CharField(_("name"), max_length=200)
    domain = models.CharField(_("domain"), max_length=253, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    language = models.CharField(
        _("language"), max_length=8, choices=LanguageChoice.choices, default=LanguageChoice.OTHER
    )
    zone = models.CharField(_("time zone"), max_length=64, default="Europe/Kyiv")
    ownership = models.CharField(_("ownership"), max_length=300, blank=True, default="")
    interest = models.CharField(_("interest in the matter"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["domain"], condition=~models.Q(domain=""), name="a_domain_belongs_to_one_outlet"
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(domain=""),
                name="an_outlet_without_domain_is_known_by_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """One article or live blog. Its words live in numbered versions; ``current`` is the newest."""

    class Kind(models.TextChoices):
        ARTICLE = "article", _("article")
        LIVE_BLOG = "live_blog", _("live blog")

    class State(models.TextChoices):
        FETCHING = "fetching", _("being fetched")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="articles")
    outlet = models.ForeignKey(
        Outlet, on_delete=models.PROTECT, related_name="articles", null=True, blank=True
    )
    url = models.URLField(_("address"), max_length=2000, blank=True, default="")
    canonical_url = models.URLField(_("canonical address"), max_length=2000, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.ARTICLE)
    language = models.CharField(
        _("language"), max_length=8, choices=LanguageChoice.choices, default=LanguageChoice.OTHER
    )
    title = models.CharField(_("title"), max_length=500, blank=True, default="")
    byline = models.CharField(_("byline"), max_length=300, blank=True, default="")
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, default="Europe/Kyiv")
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.READY)
    failure = models.CharField(_("why it failed"), max_length=500, blank=True, default="")
    current = models.ForeignKey(
        "ArticleVersion",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("current version"),
    )
    etag = models.CharField(max_length=300, blank=True, default="")
    last_modified = models.CharField(max_length=100, blank=True, default="")
    taken_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    taken_in_at = models.DateTimeField(_("taken in at"), auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "canonical_url"],
                condition=~models.Q(canonical_url=""),
                name="a_desk_takes_in_an_address_once",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(published_on__isnull=True),
                name="an_article_has_a_moment_or_a_bare_date",
            ),
        ]
        indexes = [
            models.Index(fields=["desk", "-id"], name="article_by_desk_newest"),
            # The list of articles: what follows the id is there to be read from the index alone.
            models.Index(
                fields=["taken_in_at", "id", "desk", "kind", "language"], name="article_by_taking_in"
            ),
            models.Index(fields=["outlet", "taken_in_at", "id", "desk"], name="article_by_outlet"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("article_detail", args=[self.pk])


class ArticleVersion(models.Model):
    """The words of an article as they stood at one moment; never changed."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=500, blank=True, default="")
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    raw = models.BinaryField(_("raw page"), default=bytes)
    raw_sha256 = models.CharField(max_length=64, blank=True, default="")
    diff = models.JSONField(_("difference from the version before"), default=list)
    fetched_at = models.DateTimeField()

    class Meta:
        verbose_name = _("article version")
        verbose_name_plural = _("article versions")
        ordering = ["article_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="versions_of_an_article_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.article} · {self.number}"


class Update(models.Model):
    """One time-stamped post of a live blog, or an undated section: a stretch of one version's text.

    ``start``/``end`` are code points of ``article_version.text``; the words begin at ``body_start``, after the
    printed time or heading. ``moment`` is UTC; ``printed_time`` is
    as the page shows it; ``zone_stated`` is False where the outlet's zone was assumed.
    """

    class Kind(models.TextChoices):
        POST = "post", _("update")
        SECTION = "section", _("section")

    article_version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="updates")
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.POST)
    printed_time = models.CharField(_("printed time"), max_length=60, blank=True, default="")
    moment = models.DateTimeField(_("moment"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, blank=True, default="")
    zone_stated = models.BooleanField(_("zone stated by the page"), default=False)
    title = models.CharField(_("title"), max_length=500, blank=True, default="")
    start = models.PositiveIntegerField()
    body_start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("update")
        verbose_name_plural = _("updates")
        ordering = ["article_version_id", "ordinal"]
        constraints = [
            models.UniqueConstraint(
                fields=["article_version", "ordinal"], name="updates_of_a_version_are_ordered"
            ),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="an_update_ends_after_its_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.printed_time} {self.title}".strip() or f"#{self.ordinal}"


class ArticlePassage(IndexedWords):
    """The indexed stretch of an article's current version, within one update where it has them.

    A row stands for its words at their printed time, whatever version they are in: what a new version leaves as
    it was keeps its row, so that little is read and indexed anew. All rows are made anew from the current version
    where an article has none. ``moment``, ``printed_time`` and ``zone`` are those of the update.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="passages")
    printed_time = models.CharField(_("printed time"), max_length=60, blank=True, default="")
    moment = models.DateTimeField(_("moment"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("passage of an article")
        verbose_name_plural = _("passages of articles")
        indexes = [
            models.Index(
                fields=["article"],
                condition=models.Q(indexed_version__lt=models.F("version")),
                name="article_waiting_for_index",
            )
        ]
