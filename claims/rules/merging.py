"""May one claim be merged into another? Asked in the words of schema.org.

The same claim by the same claimant elsewhere is another ``appearance``; by another claimant another
``author``; a different claim is no merge. What has been published is only ever merged *into*: its address,
its markup and its feed entry stand under its own name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claims.rules.lifecycle import ClaimState


class MergeAnswer(StrEnum):
    APPEARANCE = "appearance"
    AUTHOR = "author"
    DIFFERENT = "different"


class MergeRefusal(StrEnum):
    ITSELF = "itself"
    OTHER_DESK = "other_desk"
    INTO_MERGED = "into_merged"
    PUBLISHED = "published"
    VERDICT_OPEN = "verdict_open"
    UNDER_DECISION = "under_decision"
    OTHER_CLAIMANT = "other_claimant"
    SAME_CLAIMANT = "same_claimant"
    NO_CLAIMANT = "no_claimant"


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of the two claims. ``has_open_verdict``: one is on its way; ``is_under_decision``: a second person
    has it or has approved it, so what they read may not change under them."""

    claim_id: int
    desk_id: int
    state: str
    claimant_id: int | None
    was_published: bool
    has_open_verdict: bool
    is_under_decision: bool


def why_not_merge(merged: MergeSide, kept: MergeSide, answer: MergeAnswer | None) -> MergeRefusal | None:
    """Return why ``merged`` may not become part of ``kept``, or None. Without an answer, whether at all.

    A claim that is merged takes nothing in, so that merges form no circle.
    """
    refusals = (
        (merged.claim_id == kept.claim_id, MergeRefusal.ITSELF),
        (merged.desk_id != kept.desk_id, MergeRefusal.OTHER_DESK),
        (kept.state == ClaimState.MERGED, MergeRefusal.INTO_MERGED),
        (merged.was_published, MergeRefusal.PUBLISHED),
        (merged.has_open_verdict, MergeRefusal.VERDICT_OPEN),
        (kept.is_under_decision, MergeRefusal.UNDER_DECISION),
    )
    found = next((refusal for holds, refusal in refusals if holds), None)
    return found or (_contradiction(merged, kept, answer) if answer else None)


def _contradiction(merged: MergeSide, kept: MergeSide, answer: MergeAnswer) -> MergeRefusal | None:
    """Return how the answer contradicts what is recorded of the two claimants."""
    both_known = merged.claimant_id is not None and kept.claimant_id is not None
    is_same = merged.claimant_id == kept.claimant_id
    if answer == MergeAnswer.APPEARANCE and both_known and not is_same:
        return MergeRefusal.OTHER_CLAIMANT
    if answer == MergeAnswer.AUTHOR and merged.claimant_id is None:
        return MergeRefusal.NO_CLAIMANT
    if answer == MergeAnswer.AUTHOR and is_same:
        return MergeRefusal.SAME_CLAIMANT
    return None
