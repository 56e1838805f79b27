"""People, desks and who holds which role where: the work of the role admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.admin.access import Accounts, Administered, Rows, Table
from claims.admin.site import actor, desk
from claims.models import Desk, Membership, Person
from claims.rules import permissions


class MembershipInline(Administered, Table):
    model = Membership
    fk_name = "person"
    extra = 1

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A role can be taken away; what was decided in it stays in the history."""
        return permissions.can_administer(actor(request))


@admin.register(Person, site=desk)
class PersonAdmin(Administered, Accounts):
    """Someone who signs in. Neither the superuser flag nor Django's own permissions are on offer."""

    list_display = ("username", "first_name", "last_name", "email", "is_active")
    list_filter = ("is_active",)
    search_fields = ("username", "first_name", "last_name")
    filter_horizontal = ()
    ordering = ("username",)
    inlines = [MembershipInline]
    actions = None
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email", "language")}),
        (_("Access"), {"fields": ("is_active", "is_staff")}),
    )
    add_fieldsets = (
        (None, {"classes": ("wide",), "fields": ("username", "usable_password", "password1", "password2")}),
        (_("Access"), {"fields": ("is_staff",)}),
    )


@admin.register(Desk, site=desk)
class DeskAdmin(Administered, Rows):
    list_display = ("name", "zone", "approvals_required", "is_demonstration")
    actions = None
