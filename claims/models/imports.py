"""What came in from outside: files taken in by a job, what did not map, and the fact-checks of others."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models.articles import LanguageChoice
from claims.models.claims import Claim
from claims.models.people import Desk, Person


class Import(models.Model):
    """One file or address that a job takes in, with how far it has come.

    ``position`` (bytes) and ``entries`` (read so far) are written together with what the entries became, so
    that a job that is stopped or killed goes on after the last of them and counts none twice. ``unmapped``
    tells how often each field stood in an entry that has no place here.
    """

    class Kind(models.TextChoices):
        SOURCES = "sources", _("sources")
        CHECKS = "checks", _("fact-checks of others")

    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="imports")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("file or address"), max_length=300)
    url = models.URLField(_("address"), max_length=2000, blank=True, default="")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    asked_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    began_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    position = models.PositiveBigIntegerField(default=0)
    entries = models.PositiveIntegerField(_("entries"), default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("known already"), default=0)
    left_out = models.PositiveIntegerField(_("left out"), default=0)
    unmapped = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["desk", "-id"], name="import_by_desk_newest")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("import_detail", args=[self.pk])


class ImportPart(models.Model):
    """A stretch of the bytes to take in, kept until the import has ended. Every worker can read it."""

    import_run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="parts")
    ordinal = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = _("part of an import")
        verbose_name_plural = _("parts of imports")
        constraints = [
            models.UniqueConstraint(fields=["import_run", "ordinal"], name="a_part_stands_once_per_import"),
        ]

    def __str__(self) -> str:
        return f"{self.import_run_id}/{self.ordinal}"


class ImportProblem(models.Model):
    """An entry that was left out: which one, at which line or byte, and why."""

    import_run = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="problems")
    entry = models.PositiveIntegerField(_("entry"))
    line = models.PositiveIntegerField(_("line"), null=True, blank=True)
    offset = models.PositiveBigIntegerField(_("byte"), null=True, blank=True)
    sentence = models.CharField(_("reason"), max_length=500)
    sample = models.CharField(_("beginning"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("entry left out")
        verbose_name_plural = _("entries left out")
        constraints = [
            models.UniqueConstraint(fields=["import_run", "entry"], name="an_entry_is_left_out_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.sentence}"


class OutsideCheck(models.Model):
    """What another organisation published about a claim: never a verdict of this newsroom, in none of its feeds.

    ``rating`` is in their words. ``key`` is a hash of the page's address and the claim's words, so that one
    page may check several claims and each is taken in once.
    """

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="outside_check")
    key = models.CharField(max_length=64, unique=True)
    url = models.URLField(_("address"), max_length=2000)
    publisher = models.CharField(_("publisher of the check"), max_length=200)
    publisher_site = models.CharField(_("site of the publisher"), max_length=500, blank=True, default="")
    title = models.CharField(_("title"), max_length=500, blank=True, default="")
    rating = models.CharField(_("rating in their words"), max_length=300)
    claimant = models.CharField(_("claimant"), max_length=200, blank=True, default="")
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    language = models.CharField(_("language of the check"), max_length=8, choices=LanguageChoice.choices)
    import_run = models.ForeignKey(Import, on_delete=models.PROTECT, related_name="checks")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("fact-check of others")
        verbose_name_plural = _("fact-checks of others")

    def __str__(self) -> str:
        return f"{self.publisher}: {self.rating}"
