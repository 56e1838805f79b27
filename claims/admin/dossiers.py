"""The dossier of a verdict on the review desk: ask for it, watch it being made, take it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from claims.actions.dossiers import ask_dossier, readable_verdict
from claims.actions.refusals import Invalid, NotAllowed, NotFound
from claims.admin.site import actor, desk
from claims.models import Dossier, Publication, Verdict
from claims.publish.signing import UnusableKey, described_key, ensure_signing_key
from claims.rules.lifecycle import DECIDED_VERDICT_STATES, IllegalMove
from claims.rules.numbers import LARGEST
from claims.selectors.dossiers import dossier_standing

#: What is typed to check a dossier, in every language the same.
CHECK_COMMAND = "python -m claims.verify_dossier FILE --key KEY"


def urls() -> list[URLPattern]:
    """Return the addresses below those of the publications."""
    return [
        path("dossier/<int:verdict_id>/", desk.admin_view(dossier_page), name="claims_dossier"),
        path("dossier/<int:verdict_id>/file/", desk.admin_view(dossier_file), name="claims_dossier_file"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_page(request: HttpRequest, verdict_id: int) -> HttpResponse:
    """Show how the dossier stands; a POST has it made."""
    verdict = _verdict(request, verdict_id)
    if isinstance(verdict, HttpResponse):
        return verdict
    if request.method == "POST":
        try:
            ask_dossier(verdict_id=verdict.pk, actor=actor(request))
        except (IllegalMove, Invalid) as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:claims_dossier", args=[verdict.pk]))
    context = desk.each_context(request) | {
        "title": _("Dossier"),
        "opts": Publication._meta,
        "claim": verdict.claim,
        "verdict": verdict,
        "standing": dossier_standing(verdict),
        "is_decided": verdict.state in DECIDED_VERDICT_STATES,
        "fingerprint": _fingerprint(),
        "own_site": settings.SITE_URL,
        "command": CHECK_COMMAND,
    }
    return TemplateResponse(request, "admin/claims/claim/dossier.html", context)


@require_safe
def dossier_file(request: HttpRequest, verdict_id: int) -> HttpResponse:
    """Answer with the zip that was made last."""
    verdict = _verdict(request, verdict_id)
    if isinstance(verdict, HttpResponse):
        return verdict
    dossier = Dossier.objects.filter(verdict=verdict, made_at__isnull=False).first()
    if dossier is None:
        raise Http404(_("There is no such dossier."))
    name = f"dossier-claim-{verdict.claim_id}-revision-{verdict.revision}.zip"
    response = HttpResponse(bytes(dossier.content), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _verdict(request: HttpRequest, verdict_id: int) -> Verdict | HttpResponse:
    """Return the verdict, or the answer for somebody who may not read its dossier."""
    if not 0 < verdict_id <= LARGEST:
        raise Http404(_("There is no such verdict."))
    try:
        return readable_verdict(verdict_id, actor(request))
    except NotFound as refusal:
        raise Http404(str(refusal)) from refusal
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        context = desk.each_context(request) | {"title": _("Dossier"), "opts": Publication._meta}
        return TemplateResponse(request, "admin/claims/claim/dossier.html", context, status=403)


def _fingerprint() -> str:
    try:
        return described_key(ensure_signing_key(settings.SIGNING_KEY_FILE).public_key())["fingerprint"]
    except (UnusableKey, OSError):
        return ""
