"""Two people, or two tabs, on one claim: the later one sees what stands now beside what they wrote.

Invariant: nothing is overwritten and nothing that was written is lost; saving again is a decision of the person who
has seen both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.models import Claim
from claims.web.forms import EditClaimForm


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that stands otherwise than it was written; both as the page shows them."""

    label: str
    now: str
    written: str


def edit_conflict(request: HttpRequest, claim: Claim, written: Mapping[str, Any]) -> HttpResponse:
    """Answer 409 with the fields that differ and the form as it was written, ready to be saved over the present."""
    form = EditClaimForm(initial={**written, "version": claim.version})
    context = {"claim": claim, "form": form, "differences": _differences(claim, form, written)}
    return render(request, "claims/claim_conflict.html", context, status=409)


def _differences(claim: Claim, form: EditClaimForm, written: Mapping[str, Any]) -> list[Difference]:
    found = []
    for name, value in written.items():
        now = getattr(claim, name)
        if now != value:
            choices = dict(getattr(form.fields[name], "choices", ()))
            label = str(form.fields[name].label or name)
            found.append(Difference(label, str(choices.get(now, now)), str(choices.get(value, value))))
    return found
