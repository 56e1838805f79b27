"""The admin site of the newsroom: open to active staff who hold a role, and to nobody because of a flag."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.models import Person
from claims.rules.permissions import Actor
from claims.selectors.people import actor_of


def actor(request: HttpRequest) -> Actor:
    """Return who asks, read once per request."""
    held: Actor | None = getattr(request, "_desk_actor", None)
    if held is None:
        user = request.user
        assert isinstance(user, Person | AnonymousUser)
        held = actor_of(user)
        request._desk_actor = held  # type: ignore[attr-defined]
    return held


class ReviewDesk(admin.AdminSite):
    site_header = _("Review desk")
    site_title = _("Review desk")
    index_title = _("Review desk")
    empty_value_display = "—"
    # The way back to the pages of the newsroom stands in the header already.
    site_url = None

    def has_permission(self, request: HttpRequest) -> bool:
        """Ask for a role: a superuser without one is a stranger here."""
        user = request.user
        return bool(user.is_active and getattr(user, "is_staff", False) and actor(request).roles)

    def index(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The desk begins at its queue."""
        return HttpResponseRedirect(reverse("admin:claims_claim_changelist", current_app=self.name))


desk = ReviewDesk(name="admin")
