"""API tokens for the role admin: whose they are, what for, when they were used; and the way to end them.

Nobody makes a token here: people make their own, under “My account”, so that no step is taken in another's name.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.actions.tokens import revoke_token
from claims.admin.access import ReadOnly, Rows
from claims.admin.site import actor, desk
from claims.models import ApiToken
from claims.rules import permissions


@admin.register(ApiToken, site=desk)
class ApiTokenAdmin(ReadOnly, Rows):
    """Reading, and revoking by the list's action. The hash of a secret is nobody's to read."""

    list_display = ("person", "name", "prefix", "scope_words", "last_used_at", "expires_at", "revoked_at")
    list_select_related = ("person",)
    fields = (
        *("person", "name", "prefix", "scope_words"),
        *("created_at", "expires_at", "last_used_at", "revoked_at"),
    )
    ordering = ("-pk",)
    show_full_result_count = False
    actions = ["revoke"]

    @admin.display(description=_("scopes"))
    def scope_words(self, token: ApiToken) -> str:
        return ", ".join(token.scopes)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return permissions.can_administer(actor(request))

    @admin.action(description=_("Revoke"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, rows: QuerySet[ApiToken]) -> None:
        revoked = [revoke_token(token_id=token.pk, actor=actor(request)) for token in rows]
        told = ngettext("%(count)s token is revoked.", "%(count)s tokens are revoked.", len(revoked))
        messages.success(request, told % {"count": len(revoked)})

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.can_administer(actor(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.can_administer(actor(request))
