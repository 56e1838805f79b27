"""Help: by role, the keys, and the tour."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from claims.actions.preferences import go_to_step
from claims.selectors import help_pages
from claims.selectors.keys import all_keys
from claims.web.edges import actor, desk_page, number


@desk_page
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The help of the person's own roles, and the way to the rest."""
    context = {
        "own": [(name, help_pages.ROLES[name]) for name in help_pages.roles_of(actor(request))],
        "pages": help_pages.ROLES.items(),
    }
    return render(request, "claims/help.html", context)


@desk_page
@require_safe
def role(request: HttpRequest, name: str) -> HttpResponse:
    """What one role does here."""
    if name not in help_pages.ROLES:
        raise Http404
    context = {"own": [(name, help_pages.ROLES[name])], "pages": help_pages.ROLES.items(), "name": name}
    return render(request, "claims/help.html", context)


@desk_page
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Every key of every page."""
    return render(request, "claims/help_keys.html", {"places": all_keys()})


@desk_page
@require_POST
def tour(request: HttpRequest) -> HttpResponse:
    """Go to a step of the tour, put it away, or begin it again."""
    step = number(request.POST.get("step")) or 0
    go_to_step(step=step if step <= len(help_pages.TOUR) else 0, actor=actor(request))
    return redirect("home")
