"""Work under way: how far it is, how long it may still take, and a way to stop it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.actions.work import stop_work
from claims.selectors.work import work_under_way
from claims.web.edges import POLL_SECONDS, actor, desk_page, id_in, unchanged_or


@desk_page
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Everything that is under way at the person's desks."""
    context = {"under_way": work_under_way(actor(request)), "poll_seconds": POLL_SECONDS}
    return render(request, "claims/work.html", context)


@desk_page
@require_safe
def work_state(request: HttpRequest) -> HttpResponse:
    """The moving part alone; the page asks for it again and again."""
    under_way = work_under_way(actor(request))

    def answer() -> HttpResponse:
        return render(request, "claims/partials/_work.html", {"under_way": under_way})

    return unchanged_or(request, under_way.stamp, answer)


@desk_page
@require_POST
def stop(request: HttpRequest, job_id: int) -> HttpResponse:
    """Stop one piece of work."""
    stop_work(job_id=id_in(job_id), actor=actor(request))
    messages.success(request, _("It is stopped. What was done already stays."))
    return redirect("work")
