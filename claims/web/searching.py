"""The search page: one box over claims and passages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.selectors.people import zone_of
from claims.selectors.search import find
from claims.web.edges import actor, desk_page


@desk_page
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer the question of the address (``q``)."""
    question = " ".join(request.GET.get("q", "").replace("\x00", " ").split())
    answer = find(question, actor(request).roles) if question else None
    return render(
        request,
        "claims/search.html",
        {"question": question, "answer": answer, "zone": zone_of(actor(request))},
    )
