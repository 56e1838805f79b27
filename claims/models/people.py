"""People, desks, who holds which role where, and what a person keeps out of."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.rules.permissions import Role


class RoleChoice(models.TextChoices):
    JOURNALIST = Role.JOURNALIST.value, _("journalist")
    EDITOR = Role.EDITOR.value, _("editor")
    REVIEWER = Role.REVIEWER.value, _("reviewer")
    PUBLISHER = Role.PUBLISHER.value, _("publisher")
    AUDITOR = Role.AUDITOR.value, _("auditor")
    ADMIN = Role.ADMIN.value, _("admin")


class Person(AbstractUser):
    """Someone who signs in. What they may do follows from their memberships alone."""

    language = models.CharField(_("interface language"), max_length=8, blank=True, default="")
    #: Sessions of an earlier round are over; raising it signs the person out everywhere.
    sign_in_round = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_session_auth_hash(self) -> str:
        """Return what every session keeps of the person; Django ends a session that keeps another."""
        return f"{self.sign_in_round}.{super().get_session_auth_hash()}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Yield the same under SECRET_KEY_FALLBACKS."""
        for kept in super().get_session_auth_fallback_hash():
            yield f"{self.sign_in_round}.{kept}"


class Desk(models.Model):
    """A part of the newsroom with its own queue, zone and approval rule."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    zone = models.CharField(_("time zone"), max_length=64, default="Europe/Kyiv")
    approvals_required = models.PositiveSmallIntegerField(_("approvals required"), default=1)
    second_factor_required = models.BooleanField(
        _("second factor required to approve and publish"), default=False
    )
    labels_blind = models.BooleanField(
        _("the second person rates before seeing the first rating"), default=False
    )
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("desk")
        verbose_name_plural = _("desks")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approvals_required__gte=1, approvals_required__lte=3),
                name="a_desk_asks_for_one_to_three_approvals",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person at one desk."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships"
    )
    desk = models.ForeignKey(
        Desk, verbose_name=_("desk"), on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=16, choices=RoleChoice.choices)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["person", "desk", "role"], name="a_role_is_held_once_per_desk"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()} · {self.desk}"


class ConflictOfInterest(models.Model):
    """What a person declared to keep out of: a claimant, an outlet, a topic or one claim. Never deleted."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="conflicts"
    )
    claimant = models.ForeignKey(
        "Claimant", verbose_name=_("claimant"), on_delete=models.CASCADE, null=True, blank=True
    )
    outlet = models.ForeignKey(
        "Outlet", verbose_name=_("outlet"), on_delete=models.CASCADE, null=True, blank=True
    )
    claim = models.ForeignKey(
        "Claim", verbose_name=_("claim"), on_delete=models.CASCADE, null=True, blank=True
    )
    topic = models.CharField(_("topic"), max_length=80, blank=True, default="")
    note = models.CharField(_("note"), max_length=500, blank=True, default="")
    declared_at = models.DateTimeField(_("declared at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(claimant__isnull=False, outlet__isnull=True, claim__isnull=True, topic="")
                    | models.Q(claimant__isnull=True, outlet__isnull=False, claim__isnull=True, topic="")
                    | models.Q(claimant__isnull=True, outlet__isnull=True, claim__isnull=False, topic="")
                    | (
                        models.Q(claimant__isnull=True, outlet__isnull=True, claim__isnull=True)
                        & ~models.Q(topic="")
                    )
                ),
                name="a_conflict_of_interest_names_one_subject",
            )
        ]
        indexes = [
            models.Index(
                fields=["person"], condition=models.Q(ended_at__isnull=True), name="conflicts_that_stand"
            )
        ]

    def __str__(self) -> str:
        return str(self.claimant or self.outlet or self.claim or self.topic)


class RecoveryCode(models.Model):
    """A code that stands in once for the second factor; only its keyed hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints = [
            models.UniqueConstraint(fields=["person", "code_hash"], name="a_recovery_code_is_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person}"
