"""Jobs that were given up, with their cause, and the button that gives them a new set of starts."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from claims import jobs
from claims.admin.paging import KeysetRows
from claims.admin.site import actor, desk
from claims.models import Job
from claims.rules import permissions
from claims.selectors.paging import Order


@admin.register(Job, site=desk)
class JobAdmin(KeysetRows):
    keyset = Order(descending=True)
    list_display = ("kind", "subject", "state", "starts", "due_at", "finished_at", "last_error")
    list_filter = ("state",)
    actions = ["requeue"]

    def has_requeue_permission(self, request: HttpRequest) -> bool:
        return permissions.can_administer(actor(request))

    @admin.action(description=_("Try again"), permissions=["requeue"])
    def requeue(self, request: HttpRequest, rows: QuerySet[Job]) -> None:
        """Each job is told by name where it is neither given up nor stopped."""
        tried = 0
        for job in rows:
            if jobs.requeue(job.pk):
                tried += 1
            else:
                messages.warning(request, gettext("%(job)s has not been given up.") % {"job": job})
        if tried:
            told = ngettext("%(count)s job starts again.", "%(count)s jobs start again.", tried)
            messages.success(request, told % {"count": tried})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        """Jobs name internal work of every desk, so only the role admin and auditors see them."""
        found = super().get_queryset(request)
        return found if self._may_see(request) else found.none()

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may_see(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_see(request)

    def _may_see(self, request: HttpRequest) -> bool:
        who = actor(request)
        return permissions.can_administer(who) or any(permissions.can_audit(who, id) for id in who.roles)
