"""Pages of sources: documents, feeds with their errors, and the four ways to add some."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.actions.feeds import add_feed, add_source_url
from claims.actions.imports import ask_import
from claims.actions.refusals import Invalid, NotFound
from claims.actions.sources import add_source_by_hand
from claims.models import Import, LanguageChoice
from claims.selectors import sources as rows
from claims.selectors.people import zone_of
from claims.web.edges import actor, desk_page, id_in, number, own_desk
from claims.web.forms import ByHandForm, FeedForm, ImportForm, SourceUrlForm, explain
from claims.web.narrowing import narrowed, pages_around
from claims.web.translations import translations_shown


@desk_page
@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """List documents, newest first, narrowed by the address; and before all of them the feeds."""
    asked = narrowed(request)
    zone = zone_of(actor(request))
    page = rows.document_page(asked, zone)
    context = {
        "asked": asked,
        "page": page,
        "feeds": [] if asked.cursor or asked.is_narrowed else rows.feeds(),
        "languages": LanguageChoice.choices,
        "zone": zone,
    }
    return render(request, "claims/source_list.html", context | pages_around(page))


@desk_page
def add(request: HttpRequest) -> HttpResponse:
    """Add sources: one page by address, a feed, a text by hand, or a file of many."""
    way = request.POST.get("way", "")
    sent = request.method == "POST"
    forms_by_way: dict[str, forms.Form] = {
        "page": SourceUrlForm(request.POST if sent and way == "page" else None),
        "feed": FeedForm(request.POST if sent and way == "feed" else None),
        "hand": ByHandForm(request.POST if sent and way == "hand" else None),
        "import": ImportForm(*((request.POST, request.FILES) if sent and way == "import" else ())),
    }
    if sent:
        form = forms_by_way.get(way)
        if form is None:
            raise Invalid(_("Choose one of the four ways to add a source."))
        if form.is_valid():
            try:
                return redirect(_add(request, way, form.cleaned_data))
            except Invalid as refusal:
                explain(form, refusal)
    context = {
        "forms": forms_by_way,
        "way": way or request.GET.get("way", "page"),
        "claim": number(request.GET.get("claim") or request.POST.get("claim"), least=1),
    }
    return render(request, "claims/source_form.html", context, status=400 if sent else 200)


def _add(request: HttpRequest, way: str, given: dict[str, Any]) -> str:
    """Call the action of ``way``; return where to go from there."""
    who, desk = actor(request), own_desk(request)
    if way == "page":
        add_source_url(desk_id=desk, actor=who, url=given["source_url"])
        messages.success(request, _("The page is being fetched; it is searched as soon as it is read."))
    elif way == "feed":
        add_feed(desk_id=desk, actor=who, url=given["feed_url"], outlet=given["feed_outlet"])
        messages.success(request, _("The feed is being polled; new documents appear in the list."))
    elif way == "hand":
        add_source_by_hand(
            desk_id=desk,
            actor=who,
            outlet=given["outlet"],
            title=given["title"],
            text=given["text"],
            url=given["url"],
            published_on=given["published_on"] or None,
        )
        messages.success(request, _("The source is taken in; it is searched within seconds."))
    else:
        file = given["file"]
        run = ask_import(desk_id=desk, actor=who, kind=Import.Kind.SOURCES, stream=file.file, name=file.name)
        return run.get_absolute_url()
    return _back(request)


def _back(request: HttpRequest) -> str:
    """Lead back to the claim that the source was added for, else to the sources."""
    claim = number(request.POST.get("claim"), least=1)
    return reverse("claim_detail", args=[claim]) if claim else reverse("source_list")


@desk_page
@require_safe
def document_detail(request: HttpRequest, document_id: int) -> HttpResponse:
    """One document with its passages, the cited one marked by the address's fragment."""
    found = rows.document_with_passages(id_in(document_id))
    if found is None:
        raise NotFound(_("document"))
    context = {"document": found[0], "passages": found[1], "zone": zone_of(actor(request))}
    context["quoted_before"] = rows.quoted_before(found[0])
    context |= translations_shown(request, [passage.pk for passage in found[1]])
    return render(request, "claims/document_detail.html", context)
