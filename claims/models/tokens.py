"""What the API keeps: tokens of people, answers to repeated writes, and how often somebody asked.

A token's secret is kept nowhere, only its SHA-256: it is 256 random bits, which no table of hashes reaches.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.models.people import Person


class ScopeChoice(models.TextChoices):
    """What a token may be used for; whether its person may do it is decided by their roles, as in the pages."""

    READ = "read", _("read what the desk reads")
    ARTICLES = "articles", _("take in articles")
    CLAIMS = "claims", _("log and edit claims, and take them")
    EVIDENCE = "evidence", _("weigh evidence")
    VERDICTS = "verdicts", _("write and decide on verdicts")
    PUBLICATIONS = "publications", _("publish, correct and retract")
    SOURCES = "sources", _("add sources")


class ApiToken(models.Model):
    """A key to the API in the name of one person.

    It is void once it is revoked or expired, its person is disabled, or ``sign_in_round`` is not the person's
    any more: whoever signs out everywhere means their programs as well.
    """

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(_("what it is for"), max_length=80)
    prefix = models.CharField(_("begins with"), max_length=12)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(_("scopes"), default=list)
    sign_in_round = models.PositiveIntegerField()
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="a_token_says_what_it_is_for"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class IdempotencyKey(models.Model):
    """One write that a program named, and its answer, for a day.

    ``fingerprint`` is the SHA-256 of method, address, condition and body. While ``status`` is null the write is
    under way until ``claimed_until``; ``attempt`` fences off an attempt that was given up for dead.
    """

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="idempotency_keys")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    attempt = models.PositiveIntegerField(default=1)
    claimed_until = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True, default="")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("idempotency key")
        verbose_name_plural = _("idempotency keys")
        constraints = [
            models.UniqueConstraint(fields=["token", "key"], name="a_token_names_a_write_once"),
        ]
        indexes = [models.Index(fields=["created_at"], name="idempotency_by_age")]

    def __str__(self) -> str:
        return self.key


class RequestCount(models.Model):
    """How many requests ``caller`` (a keyed hash, never an address) made in the minute ``minute``.

    One row per caller; ``minute`` counts from 1970, so that a later minute begins at one again.
    """

    caller = models.CharField(max_length=64, primary_key=True)
    minute = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("count of requests")
        verbose_name_plural = _("counts of requests")
        indexes = [models.Index(fields=["minute"], name="request_count_by_minute")]

    def __str__(self) -> str:
        return f"{self.minute}: {self.count}"
