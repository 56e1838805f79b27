"""Topics for readers: named by the role admin, seen by everybody at the desk. None is deleted, for it has feeds."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.access import Rows
from claims.admin.site import desk
from claims.admin.sources import SeenByAll
from claims.models import Topic


@admin.register(Topic, site=desk)
class TopicAdmin(SeenByAll, Rows):
    list_display = ("slug", "label_en", "label_uk", "label_ru")
    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The name in addresses stays: pages, feeds and their subscribers are found by it."""
        return ("slug",) if obj is not None else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
