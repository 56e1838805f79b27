"""Measured work on the review desk: tables with bars, for the desks of the person who asks, and as CSV."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.admin.site import actor, desk
from claims.models import ClaimEvent, Desk
from claims.publish.cells import csv_text
from claims.selectors.measure_period import PERIODS, Asked, asked
from claims.selectors.measure_tables import Measure
from claims.selectors.measures import measures
from claims.selectors.queue import desks_of


def urls() -> list[URLPattern]:
    """Return the addresses below those of the history."""
    return [
        path("measures/", desk.admin_view(measures_page), name="claims_measures"),
        path("measures/<slug:key>.csv", desk.admin_view(measures_csv), name="claims_measures_csv"),
    ]


@require_safe
def measures_page(request: HttpRequest) -> HttpResponse:
    """Show every table of the period that was asked for."""
    desks, chosen, what = _asked(request)
    context = desk.each_context(request) | {
        "title": _("Measured work"),
        "opts": ClaimEvent._meta,
        "desks": desks,
        "chosen": chosen,
        "what": what,
        "periods": [(28, _("4 weeks")), (91, _("13 weeks")), (365, _("a year"))],
        "measures": measures(what),
        "query": request.GET.urlencode(),
    }
    return TemplateResponse(request, "admin/claims/claim/measures.html", context)


@require_safe
def measures_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Answer with one table, or with ``all`` of them one below the other."""
    _desks, _chosen, what = _asked(request)
    found = [measure for measure in measures(what) if key in (measure.key, "all")]
    if not found:
        raise Http404(_("There is no such table."))
    response = HttpResponse(csv_text(_lines(found)), content_type="text/csv; charset=utf-8")
    name = f"{key}-{what.since:%Y-%m-%d}-{what.until:%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _lines(found: list[Measure]) -> list[list[str | int | float | None]]:
    lines: list[list[str | int | float | None]] = []
    for measure in found:
        lines += [[measure.title], *measure.lines, []]
    return lines[:-1]


def _asked(request: HttpRequest) -> tuple[list[Desk], Desk | None, Asked]:
    """Return the desks to choose from, the chosen one, and what is asked; unknown values mean the usual."""
    desks = desks_of(actor(request))
    chosen = next((one for one in desks if str(one.pk) == request.GET.get("desk", "")), None)
    days = next((days for days in PERIODS if str(days) == request.GET.get("days", "")), PERIODS[1])
    shown = [chosen] if chosen else desks
    zone = shown[0].zone if shown else "UTC"
    return desks, chosen, asked(desk_ids=(one.pk for one in shown), zone=zone, days=days)
