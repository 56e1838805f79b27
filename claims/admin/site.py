"""The admin site of the newsroom: open to active staff who hold a role, and to nobody because of a flag."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.models import Person
from claims.rules import permissions
from claims.rules.permissions import Actor
from claims.selectors.people import actor_of
from claims.selectors.subscriptions import given_up_subscriptions


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

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one door to the whole site; who has come in and may not enter here is told why."""
        to = request.GET.get(REDIRECT_FIELD_NAME, "")
        is_here = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
        to = to if is_here else reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect_to_login(to)
        if self.has_permission(request):
            return HttpResponseRedirect(to)
        raise PermissionDenied(
            gettext("The review desk is for people who have a role there. Ask an administrator for one.")
        )

    def get_urls(self) -> list[Any]:
        """Return the addresses without the one that leads from any id to its page, whosever it is."""
        return [route for route in super().get_urls() if getattr(route, "name", None) != "view_on_site"]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Give every page, for the role admin, the webhooks that were disabled because they failed for days."""
        context: dict[str, Any] = super().each_context(request)
        who = actor(request)
        context["audits"] = any(permissions.can_audit(who, desk_id) for desk_id in who.roles)
        if permissions.can_administer(actor(request)):
            context["given_up_subscriptions"] = given_up_subscriptions()
        return context

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """One's own password is changed in one's own account, which also tells of the second factor."""
        return HttpResponseRedirect(reverse("account_password"))

    def index(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The desk begins at its queue."""
        return HttpResponseRedirect(reverse("admin:claims_claim_changelist", current_app=self.name))


desk = ReviewDesk(name="admin")
