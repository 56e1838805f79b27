"""The search page: one box over claims, articles and passages, answered while somebody types.

The part below the box is fetched alone by ``search.js``; without a script the form sends the same address.
"""

from __future__ import annotations

import hashlib
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from claims.selectors.people import zone_of
from claims.selectors.search import LOOKED_THROUGH, Where, find
from claims.web.edges import actor, desk_page, unchanged_or

#: What a person may search alone, by its name in the address.
PLACES = {"claims": _("claims"), "articles": _("articles"), "passages": _("sources")}


@desk_page
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer ``q``, in one kind of thing or in all; ``part`` asks for the answer alone."""
    question = " ".join(request.GET.get("q", "").replace("\x00", " ").split())
    asked = request.GET.get("in", "")
    where = cast(Where, asked) if asked in PLACES else None
    context = {
        "question": question,
        "where": where,
        "places": PLACES.items(),
        "answer": find(question, actor(request).roles, where) if question else None,
        "looked_through": LOOKED_THROUGH,
        "zone": zone_of(actor(request)),
    }
    if request.GET.get("part") != "1":
        return render(request, "claims/search.html", context)
    found = render_to_string("claims/partials/_found.html", context, request)
    stamp = hashlib.sha256(found.encode()).hexdigest()
    return unchanged_or(request, (stamp,), lambda: HttpResponse(found))
