"""People, desks, and who holds which role where."""

from __future__ import annotations

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

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Desk(models.Model):
    """A part of the newsroom with its own queue, zone and approval rule."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    zone = models.CharField(_("time zone"), max_length=64, default="Europe/Kyiv")
    approvals_required = models.PositiveSmallIntegerField(_("approvals required"), default=1)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)

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
