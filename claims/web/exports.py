"""Pages of exports of everything: ask for one, see how far it is, stop it, take the file."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.actions.exports import ask_export, stop_export
from claims.actions.refusals import NotAllowed, NotFound
from claims.selectors.export_decisions import left_out, spoken_name
from claims.selectors.exports import ExportStanding, export_standing, file_of, may_export, newest_exports
from claims.selectors.people import zone_of
from claims.web.edges import POLL_SECONDS, actor, desk_page, id_in, job_stamp, unchanged_or


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def export_list(request: HttpRequest) -> HttpResponse:
    """Tell what an export holds and what not, list the newest; a POST has one made."""
    if request.method == "POST":
        return redirect(ask_export(actor=actor(request)))
    _require_auditor(request)
    reasons: dict[str, dict[str, None]] = {}
    for name, why in left_out().items():
        reasons.setdefault(why, {})[spoken_name(name)] = None
    context = {"exports": newest_exports(), "reasons": reasons, "zone": zone_of(actor(request))}
    return render(request, "claims/export_list.html", context)


@desk_page
@require_safe
def export_detail(request: HttpRequest, export_id: int) -> HttpResponse:
    """One export: how far it is, and its file once it is made."""
    standing = _standing(request, export_id)
    return render(request, "claims/export_detail.html", _context(request, standing))


@desk_page
@require_safe
def export_state(request: HttpRequest, export_id: int) -> HttpResponse:
    """The moving part of the page alone; it asks for it while the export is under way."""
    standing = _standing(request, export_id)

    def answer() -> HttpResponse:
        return render(request, "claims/partials/_export.html", _context(request, standing))

    stamp = (export_id, standing.run.made_at, standing.has_file, *job_stamp(standing.job))
    return unchanged_or(request, stamp, answer)


@desk_page
@require_POST
def stop(request: HttpRequest, export_id: int) -> HttpResponse:
    """Stop an export; nothing of it stays."""
    run = stop_export(export_id=id_in(export_id), actor=actor(request))
    messages.success(request, _("The export is stopped. Nothing of it was kept."))
    return redirect(run)


@desk_page
@require_safe
def download(request: HttpRequest, export_id: int) -> HttpResponseBase:
    """Answer with the zip, in pieces, whatever its size."""
    standing = _standing(request, export_id)
    if not standing.has_file or standing.run.made_at is None:
        raise NotFound(_("file"))
    name = f"factcheck-{standing.run.made_at:%Y-%m-%d}-{standing.run.pk}.zip"
    response = FileResponse(
        file_of(standing.run).open("rb"), as_attachment=True, filename=name, content_type="application/zip"
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _require_auditor(request: HttpRequest) -> None:
    if not may_export(actor(request)):
        raise NotAllowed("export", _("Only somebody who audits every desk may export everything."))


def _standing(request: HttpRequest, export_id: int) -> ExportStanding:
    _require_auditor(request)
    standing = export_standing(id_in(export_id))
    if standing is None:
        raise NotFound(_("export"))
    return standing


def _context(request: HttpRequest, standing: ExportStanding) -> dict[str, object]:
    return {
        "standing": standing,
        "run": standing.run,
        "job": standing.job,
        "zone": zone_of(actor(request)),
        "poll_seconds": POLL_SECONDS,
    }
