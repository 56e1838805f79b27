"""The first page: for readers what was checked last, for a signed-in person their day."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.selectors.help_pages import tour_of
from claims.selectors.my_day import day_of
from claims.selectors.publications import public_publications
from claims.web.edges import actor
from claims.web.public import public_page


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Show the newest checks, or what concerns the person today."""
    if not request.user.is_authenticated:
        checks = list(public_publications()[:6])
        return render(request, "claims/home.html", {"checks": checks})
    who = actor(request)
    context = {"day": day_of(who), "tour": tour_of(who)} if who.roles else {}
    return render(request, "claims/desk.html", context)
