"""The first page: for readers what was checked last, for a signed-in person their desk today."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.selectors.claims import desk_today
from claims.selectors.publications import public_publications
from claims.web.edges import actor
from claims.web.public import public_page


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Show the newest checks, or the desk."""
    if not request.user.is_authenticated:
        checks = list(public_publications()[:6])
        return render(request, "claims/home.html", {"checks": checks})
    who = actor(request)
    today = desk_today(who.roles, who.person_id) if who.roles else None
    return render(request, "claims/desk.html", {"today": today, "checks": list(public_publications()[:3])})
