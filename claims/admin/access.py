"""What stock forms may do: read at one's own desks, or, for the role admin, look after people and scales.

Django's own permissions, and with them the superuser flag, are not asked at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from claims.admin.site import actor
from claims.rules import permissions

if TYPE_CHECKING:
    Rows = admin.ModelAdmin[Any]
    Table = admin.TabularInline[Any, Any]
else:
    Rows, Table = admin.ModelAdmin, admin.TabularInline


class ReadOnly:
    """Nothing is added, changed or deleted by a form here, and no filter counts its rows."""

    show_facets = admin.ShowFacets.NEVER

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(actor(request).roles)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(actor(request).roles)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Administered(ReadOnly):
    """Added and changed by the role admin, seen by nobody else, and deleted by nobody."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.can_administer(actor(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.can_administer(actor(request))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.can_administer(actor(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.can_administer(actor(request))
