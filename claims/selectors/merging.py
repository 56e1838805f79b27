"""Claims that were merged: what joined a claim, at any remove, and what may still be merged into it.

Nothing is moved by a merge. The appearances and the evidence of a merged claim stay its own and are shown
with the claim that it joined, so that taking the merge back needs no guess at what belonged to whom.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import Appearance, Claim, Claimant, Publication, Verdict
from claims.rules.lifecycle import FROZEN_VERDICT_STATES, OPEN_VERDICT_STATES, ClaimState
from claims.rules.merging import MergeAnswer, MergeRefusal, MergeSide, why_not_merge
from claims.rules.permissions import Actor
from claims.search.base import SearchUnavailable
from claims.selectors.evidence import StanceGroup, by_stance, evidence_of_claims
from claims.selectors.queue import visible_claims
from claims.selectors.search import SimilarClaim, find_similar_claims

REFUSALS: dict[MergeRefusal, Promise] = {
    MergeRefusal.ITSELF: _("A claim is not merged into itself."),
    MergeRefusal.OTHER_DESK: _("Claims are merged within one desk."),
    MergeRefusal.INTO_MERGED: _("The other claim has itself been merged: choose the one that it joined."),
    MergeRefusal.PUBLISHED: _(
        "This claim has been published and keeps its own page: merge the other one into it instead."
    ),
    MergeRefusal.VERDICT_OPEN: _("A verdict on it is on its way: withdraw that first."),
    MergeRefusal.UNDER_DECISION: _(
        "A second person has the verdict on the other claim, or has approved it, and it would change under "
        "them: ask for changes first, or wait until it is published."
    ),
    MergeRefusal.OTHER_CLAIMANT: _(
        "The two claims name different claimants: that is another claimant, not another appearance."
    ),
    MergeRefusal.SAME_CLAIMANT: _(
        "The two claims name the same claimant: that is another appearance, not another claimant."
    ),
    MergeRefusal.NO_CLAIMANT: _("No claimant is recorded for this claim, so it adds none to the other."),
}
#: How many merges one after the other are followed; far more than people make of one claim.
_LONGEST_CHAIN = 50


def joined_claims(claim: Claim) -> list[Claim]:
    """Return the claims that were merged into ``claim``, those merged into them among them, by id.

    One query where nothing was merged, else one more for each remove. Read once per instance of the claim.
    """
    held: list[Claim] | None = claim.__dict__.get("_joined_claims")
    if held is None:
        held, level = [], [claim.pk]
        while level and len(held) < _LONGEST_CHAIN:
            rows = Claim.objects.filter(merged_into_id__in=level).select_related("claimant", "merged_into")
            found = list(rows.prefetch_related("appearances__article__outlet", "appearances__update"))
            held, level = held + found, [row.pk for row in found]
        held.sort(key=lambda row: row.pk)
        claim.__dict__["_joined_claims"] = held
    return held


def note_nothing_joined(claim: Claim) -> None:
    """Spare ``joined_claims`` its query where the statement that read ``claim`` has told that none did."""
    claim.__dict__["_joined_claims"] = []


def places_said(claim: Claim) -> list[Appearance]:
    """Return every appearance of the claim and of those that joined it; the first stays the claim's own."""
    own = list(claim.appearances.all())
    joined = [place for each in joined_claims(claim) for place in each.appearances.all()]
    for place in joined:
        # In memory alone: each claim keeps its own first appearance for the day that it stands alone again.
        place.is_first = False
    return own + joined


@dataclass(frozen=True, slots=True)
class JoinedClaim:
    """A claim that was merged into another, with the evidence that it brought, by stance."""

    claim: Claim
    groups: tuple[StanceGroup, ...]


def joined_with_evidence(claim: Claim) -> list[JoinedClaim]:
    """Return the claims that joined ``claim``, each with its evidence. At most two queries for all of it."""
    joined = joined_claims(claim)
    pieces = evidence_of_claims(joined) if joined else []
    return [
        JoinedClaim(each, tuple(by_stance([piece for piece in pieces if piece.claim_id == each.pk])))
        for each in joined
    ]


def other_claimants(claim: Claim) -> list[Claimant]:
    """Return who else made the claim: the claimants of those that joined it as another author, once each."""
    others: dict[int, Claimant] = {}
    for each in joined_claims(claim):
        is_author = each.merged_as == Claim.MergedAs.AUTHOR
        if is_author and each.claimant is not None and each.claimant_id != claim.claimant_id:
            others.setdefault(each.claimant.pk, each.claimant)
    return list(others.values())


def final_claim(claim: Claim) -> Claim:
    """Return the claim that ``claim`` has become part of, through all merges; itself where it stands alone."""
    for _step in range(_LONGEST_CHAIN):
        if claim.merged_into is None:
            break
        claim = claim.merged_into
    return claim


def merge_side(claim: Claim) -> MergeSide:
    """Return the claim as the rules of merging see it. Two queries."""
    states = set(Verdict.objects.filter(claim=claim).values_list("state", flat=True))
    on_its_way = states & OPEN_VERDICT_STATES
    return MergeSide(
        claim_id=claim.pk,
        desk_id=claim.desk_id,
        state=claim.state,
        claimant_id=claim.claimant_id,
        was_published=Publication.objects.filter(claim=claim).exists(),
        has_open_verdict=bool(on_its_way),
        is_under_decision=bool((on_its_way & FROZEN_VERDICT_STATES) - {"changes_requested"}),
    )


def merge_refusal(merged: Claim, kept: Claim, answer: MergeAnswer | None = None) -> str:
    """Return the sentence that says why ``merged`` may not join ``kept``, "" where it may."""
    refusal = why_not_merge(merge_side(merged), merge_side(kept), answer)
    return str(REFUSALS[refusal]) if refusal else ""


def merge_candidates(claim: Claim, actor: Actor) -> list[SimilarClaim] | None:
    """Return claims of the same desk that say much the same, nearest first: suggested, never merged by itself.

    None while the search engine is away, for then nobody knows.
    """
    try:
        near = find_similar_claims(claim.text, [claim.desk_id], limit=8)
    except SearchUnavailable:
        return None
    seen = set(
        visible_claims(actor)
        .filter(pk__in=[found.claim.pk for found in near])
        .exclude(state=ClaimState.MERGED)
        .values_list("pk", flat=True)
    )
    return [found for found in near if found.claim.pk in seen - {claim.pk}]
