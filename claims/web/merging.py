"""The page that asks what one claim is to another, and the buttons that merge them and take that back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from claims.actions.merging import merge_claim, unmerge_claim
from claims.actions.refusals import Invalid, NotAllowed, NotFound
from claims.models import Claim
from claims.rules import permissions
from claims.rules.lifecycle import CLAIM_MOVES, ClaimState
from claims.rules.merging import MergeAnswer
from claims.selectors.merging import merge_candidates, merge_refusal
from claims.selectors.queue import visible_claims
from claims.web.edges import actor, desk_page, id_in, number


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Choose the other claim, then answer what this one is to it; ``?into=`` names the other."""
    claim = _editable_claim(request, claim_id)
    if request.method == "POST":
        return _answered(request, claim)
    asked = request.GET.get("into", "")
    other = _seen(request, _claim_number(asked)) if asked else None
    if other is not None and other.merged_into is not None:
        other = None
        messages.warning(request, _("The other claim has itself been merged: choose the one that it joined."))
    context = {
        "claim": claim,
        "other": other,
        "candidates": [] if other else merge_candidates(claim, actor(request)),
        "refusal": merge_refusal(claim, other) if other else "",
        "is_mergeable": ClaimState(claim.state) in CLAIM_MOVES["merge"],
        # A template would call the class itself, as anything that can be called, and print nothing.
        "answers": {answer.name: answer.value for answer in MergeAnswer},
    }
    return render(request, "claims/claim_merge.html", context)


@desk_page
@require_POST
def unmerge(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Let a merged claim stand alone again."""
    claim = unmerge_claim(
        claim_id=id_in(claim_id),
        seen_version=_version(request),
        reason=request.POST.get("reason", ""),
        actor=actor(request),
    )
    messages.success(request, _("The claim stands alone again and is back in the queue."))
    return redirect(claim)


def _answered(request: HttpRequest, claim: Claim) -> HttpResponse:
    answer = request.POST.get("answer", "")
    if answer == MergeAnswer.DIFFERENT:
        messages.info(request, _("They stay two claims; nothing was merged."))
        return redirect(claim)
    merged = merge_claim(
        claim_id=claim.pk,
        seen_version=_version(request),
        into_id=_claim_number(request.POST.get("into", "")),
        answer=answer,
        actor=actor(request),
    )
    assert merged.merged_into is not None
    messages.success(request, _("Merged: “%(claim)s” is now part of this claim.") % {"claim": merged})
    return redirect(merged.merged_into)


def _editable_claim(request: HttpRequest, claim_id: int) -> Claim:
    claim = _seen(request, id_in(claim_id))
    if not permissions.can_triage(actor(request), claim.desk_id):
        raise NotAllowed("merge", _("Only editors of this desk merge claims."))
    return claim


def _seen(request: HttpRequest, claim_id: int) -> Claim:
    rows = visible_claims(actor(request)).select_related("claimant", "desk", "merged_into")
    claim = rows.prefetch_related("appearances__article__outlet").filter(pk=claim_id).first()
    if claim is None:
        raise NotFound(_("claim"))
    return claim


def _claim_number(typed: str) -> int:
    """Return the number of a claim as it stands in an address or was typed, with or without a “#”."""
    found = number(typed.strip().removeprefix("#"), least=1)
    if found is None:
        raise Invalid(_("Give the number of the other claim."))
    return found


def _version(request: HttpRequest) -> int:
    seen = number(request.POST.get("seen_version"))
    if seen is None:
        raise Invalid(_("The form is incomplete. Open the page again."))
    return seen
