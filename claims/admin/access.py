"""What stock forms may do: read at one's own desks, or, for the role admin, look after people and scales.

Django's own permissions, and with them the superuser flag, are not asked at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext

from claims.admin.site import actor
from claims.admin.widgets import LabelledDateTime
from claims.rules import permissions
from claims.selectors.people_page import deeds_about

if TYPE_CHECKING:
    Rows = admin.ModelAdmin[Any]
    Table = admin.TabularInline[Any, Any]
else:
    Rows, Table = admin.ModelAdmin, admin.TabularInline


class ReadOnly:
    """Nothing is added, changed or deleted by a form here, and no filter counts its rows."""

    show_facets = admin.ShowFacets.NEVER
    #: Django's redirect “view on site” would tell which ids of other desks exist.
    view_on_site: Any = False
    opts: Any

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Title the form by its noun alone, which fits every language."""
        context["title"] = capfirst(str(self.opts.verbose_name))
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]

    def get_urls(self) -> list[Any]:
        """Return the addresses without the one that leads from anything below a list to “change”."""
        return [route for route in super().get_urls() if route.name is not None]  # type: ignore[misc]

    def _get_obj_does_not_exist_redirect(
        self, request: HttpRequest, opts: Any, object_id: str | None
    ) -> HttpResponse:
        """Answer what is missing and what is another desk's alike; stock admin leads away with a message."""
        raise Http404(gettext("There is no such page."))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Refuse an address that the list cannot be asked by; stock admin shows the whole list instead."""
        # Stock admin writes “Select %s to change”, which no case of a Ukrainian or Russian noun fits.
        context = {"title": capfirst(str(self.opts.verbose_name_plural))} | (extra_context or {})
        answer: HttpResponse = super().changelist_view(request, context)  # type: ignore[misc]
        if ERROR_FLAG in parse_qs(urlsplit(answer.get("Location", "")).query) or ERROR_FLAG in request.GET:
            raise BadRequest(gettext("The list cannot be asked for that."))
        return answer

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

    formfield_overrides: ClassVar[Mapping[type[models.Field[Any, Any]], Mapping[str, Any]]] = {
        models.DateTimeField: {"form_class": forms.SplitDateTimeField, "widget": LabelledDateTime}
    }

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.can_administer(actor(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.can_administer(actor(request))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.can_administer(actor(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return permissions.can_administer(actor(request))


class WrittenByActions(Administered, Rows):
    """A form that actions write; its history is the newsroom's own."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        subject = self.get_object(request, object_id)
        if subject is None:
            raise Http404(gettext("There is no such page."))
        context = self.admin_site.each_context(request) | {
            "title": str(subject),
            "subject": subject,
            "deeds": deeds_about(subject),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/claims/person/history.html", context)

    def log_addition(self, *args: Any) -> None:  # type: ignore[override]
        """The history of the newsroom tells it; Django's own log would tell it twice."""

    def log_change(self, *args: Any) -> None:  # type: ignore[override]
        """As above."""
