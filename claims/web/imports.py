"""Pages of imports: ask for one, see how far it has come, stop it, read what did not map."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.actions.imports import ask_import, resume_import, stop_import
from claims.actions.refusals import Invalid, NotFound
from claims.models import Import
from claims.rules import permissions
from claims.selectors import imports as rows
from claims.web.csv_files import csv_file
from claims.web.edges import (
    POLL_SECONDS,
    actor,
    desk_page,
    id_in,
    job_stamp,
    number,
    own_desk,
    unchanged_or,
)
from claims.web.forms import ChecksForm, explain


@desk_page
def import_list(request: HttpRequest) -> HttpResponse:
    """List the imports of the person's desks, and take in fact-checks of others from a file or an address."""
    who = actor(request)
    sent = request.method == "POST"
    form = ChecksForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            run = ask_import(
                desk_id=own_desk(request),
                actor=who,
                kind=Import.Kind.CHECKS,
                stream=given.file if given else None,
                name=given.name if given else "",
                url=form.cleaned_data["url"],
            )
            return redirect(run)
        except Invalid as refusal:
            explain(form, refusal)
    context = {
        "form": form,
        "page": rows.imports_of(who.roles, number(request.GET.get("before"), least=1)),
        "may_import": any(permissions.can_add_source(who, desk_id) for desk_id in who.roles),
    }
    return render(request, "claims/import_list.html", context, status=400 if sent else 200)


@desk_page
@require_safe
def import_detail(request: HttpRequest, import_id: int) -> HttpResponse:
    """One import: how far it is, what became of its entries, which were left out."""
    standing = _standing(request, import_id)
    return render(request, "claims/import_detail.html", _context(request, standing))


@desk_page
@require_safe
def import_state(request: HttpRequest, import_id: int) -> HttpResponse:
    """The moving part of the page alone; it asks for it while the import is under way."""
    standing = _standing(request, import_id)
    run = standing.run

    def answer() -> HttpResponse:
        return render(request, "claims/partials/_import.html", _context(request, standing))

    return unchanged_or(request, (run.pk, run.entries, run.ended_at, *job_stamp(standing.job)), answer)


@desk_page
@require_POST
def stop(request: HttpRequest, import_id: int) -> HttpResponse:
    """Stop an import; what was taken in stays."""
    run = stop_import(import_id=id_in(import_id), actor=actor(request))
    messages.success(request, _("The import is stopped. What was taken in stays."))
    return redirect(run)


@desk_page
@require_POST
def resume(request: HttpRequest, import_id: int) -> HttpResponse:
    """Have an import go on that was stopped or given up."""
    return redirect(resume_import(import_id=id_in(import_id), actor=actor(request)))


@desk_page
@require_safe
def report(request: HttpRequest, import_id: int) -> HttpResponseBase:
    """What did not map, as a table for a spreadsheet."""
    run = _standing(request, import_id).run
    return csv_file(rows.report_rows(run), f"import-{run.pk}.csv")


def _standing(request: HttpRequest, import_id: int) -> rows.ImportStanding:
    standing = rows.standing_of(id_in(import_id), actor(request).roles)
    if standing is None:
        raise NotFound(_("import"))
    return standing


def _context(request: HttpRequest, standing: rows.ImportStanding) -> dict[str, object]:
    return {
        "standing": standing,
        "run": standing.run,
        "job": standing.job,
        "may_import": permissions.can_add_source(actor(request), standing.run.desk_id),
        "poll_seconds": POLL_SECONDS,
    }
