"""Taking in one check by another organisation, as a claim that was already checked, with its origin kept.

Invariant: it is never a verdict of ours and no evidence; the claim is found like any other when somebody logs
or looks for one that says the same. The same check again changes nothing; a changed rating is told in the history.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import F

from claims.actions.documents import Outcome
from claims.actions.history import append_event
from claims.ingest.outside_reviews import OutsideReview
from claims.models import Appearance, Claim, Claimant, Import, OutsideCheck
from claims.rules.lifecycle import ClaimState
from claims.rules.permissions import Actor


def record_check(run: Import, review: OutsideReview, actor: Actor) -> tuple[Outcome, int]:
    """Write one check in the caller's transaction; return what became of it and the id of its claim."""
    key = hashlib.sha256(f"{run.desk_id}\n{review.key_words}".encode("utf-8", "replace")).hexdigest()
    told: dict[str, Any] = {
        "url": review.url,
        "publisher": review.publisher,
        "publisher_site": review.publisher_site,
        "title": review.title,
        "rating": review.rating,
        "claimant": review.claimant,
        "checked_on": review.checked_on,
        "language": review.language,
    }
    standing = OutsideCheck.objects.filter(key=key).first()
    if standing is not None:
        return _change(standing, told, actor), standing.claim_id
    claim = _new_claim(run, review)
    OutsideCheck.objects.create(claim=claim, key=key, import_run=run, **told)
    append_event(
        actor=actor,
        subject=claim,
        verb="import_check",
        claim_id=claim.pk,
        to_state=claim.state,
        note=f"{review.publisher}: {review.rating}",
    )
    return "created", claim.pk


def _change(standing: OutsideCheck, told: dict[str, Any], actor: Actor) -> Outcome:
    changes = {
        name: [str(getattr(standing, name) or ""), str(value or "")]
        for name, value in told.items()
        if getattr(standing, name) != value
    }
    if not changes:
        return "unchanged"
    OutsideCheck.objects.filter(pk=standing.pk).update(version=F("version") + 1, **told)
    # A claim that somebody has taken up again since is theirs to describe.
    untouched = Claim.objects.filter(pk=standing.claim_id, state=ClaimState.ALREADY_CHECKED.value)
    untouched.update(
        version=F("version") + 1,
        state_reason=_in_short(told["publisher"], told["rating"]),
        already_checked_url=told["url"],
    )
    append_event(
        actor=actor, subject=standing, verb="change_check", claim_id=standing.claim_id, details=changes
    )
    return "changed"


def _in_short(publisher: str, rating: str) -> str:
    """Return who checked it and what they found, as long as the claim can hold."""
    return f"{publisher}: {rating}"[:500]


def _new_claim(run: Import, review: OutsideReview) -> Claim:
    claimant = None
    if review.claimant and review.claimant_kind:
        claimant = Claimant.objects.get_or_create(name=review.claimant, kind=review.claimant_kind)[0]
    claim = Claim.objects.create(
        desk_id=run.desk_id,
        text=review.claim_text,
        language=review.claim_language,
        claimant=claimant,
        made_on=review.claimed_on,
        state=ClaimState.ALREADY_CHECKED.value,
        state_reason=_in_short(review.publisher, review.rating),
        already_checked_url=review.url,
        logged_by_id=run.asked_by_id,
    )
    if review.appearance_url:
        Appearance.objects.create(claim=claim, url=review.appearance_url, is_first=True)
    return claim
