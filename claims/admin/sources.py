"""Feeds and outlets: errors for all to see, settings for the role admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.admin.access import Administered, Rows
from claims.admin.site import actor, desk
from claims.models import Outlet, Source


class SeenByAll(Administered):
    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(actor(request).roles)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(actor(request).roles)


@admin.register(Source, site=desk)
class SourceAdmin(SeenByAll, Rows):
    list_display = ("outlet", "feed_url", "active", "polled_at", "next_poll_at", "failures", "last_error")
    list_filter = ("active",)
    list_select_related = ("outlet",)
    ordering = ("-failures", "pk")
    fields = ("outlet", "feed_url", "active", "polled_at", "next_poll_at", "failures", "last_error")
    readonly_fields = ("polled_at", "next_poll_at", "failures", "last_error")
    actions = ["stop_polling", "start_polling"]

    @admin.action(description=_("Poll no longer"), permissions=["change"])
    def stop_polling(self, request: HttpRequest, sources: QuerySet[Source]) -> None:
        sources.update(active=False)

    @admin.action(description=_("Poll again"), permissions=["change"])
    def start_polling(self, request: HttpRequest, sources: QuerySet[Source]) -> None:
        sources.update(active=True)


@admin.register(Outlet, site=desk)
class OutletAdmin(SeenByAll, Rows):
    list_display = ("name", "domain", "country", "language", "zone", "ownership", "interest")
    list_filter = ("language",)
    search_fields = ("name", "domain")
    actions = None
