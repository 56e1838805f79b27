"""Filters of the list of claims under a name: kept, opened by their address, and deleted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.actions.filters import forget_filter, save_filter
from claims.actions.refusals import Invalid, NotFound
from claims.models import SavedFilter
from claims.selectors.queue_filters import filter_of
from claims.web.claim_list import question_in
from claims.web.edges import actor, desk_page, id_in, number


@desk_page
@require_POST
def filter_save(request: HttpRequest) -> HttpResponse:
    """Keep the list that the form stood on, for the person or for a desk of theirs."""
    desk = request.POST.get("desk", "")
    saved = save_filter(
        name=request.POST.get("name", ""),
        query=request.POST.get("question", ""),
        desk_id=_desk(desk) if desk else None,
        actor=actor(request),
        place=SavedFilter.Place.CLAIMS,
    )
    messages.success(request, _("Saved as “%(name)s”.") % {"name": saved.name})
    return redirect(list_at(saved.query))


@desk_page
@require_safe
def filter_open(request: HttpRequest, kept_id: int) -> HttpResponse:
    """Lead to the list that a filter stands for; its address may be passed on within its desk."""
    saved = filter_of(id_in(kept_id), actor(request), SavedFilter.Place.CLAIMS)
    if saved is None:
        raise NotFound(_("saved filter"))
    return redirect(list_at(saved.query))


@desk_page
@require_POST
def filter_forget(request: HttpRequest, kept_id: int) -> HttpResponse:
    """Delete a filter of one's own."""
    forget_filter(filter_id=id_in(kept_id), actor=actor(request))
    messages.success(request, _("The filter is deleted."))
    return back_to_list(request)


def back_to_list(request: HttpRequest) -> HttpResponse:
    """Lead back to the list that the form stood on, at the same page of it."""
    typed = QueryDict(request.POST.get("question", ""))
    try:
        asked = question_in(typed, request)
    except Invalid:
        return redirect(list_at(""))
    place = {name: typed[name] for name in ("after", "before") if typed.get(name)}
    return redirect(list_at(asked.address(**place)))


def list_at(query: str) -> str:
    """Return the address of the list that ``query`` asks for."""
    address = reverse("claim_list")
    return f"{address}?{query}" if query else address


def _desk(typed: str) -> int:
    found = number(typed, least=1)
    if found is None:
        raise NotFound(_("desk"))
    return found
