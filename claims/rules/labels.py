"""Blind labelling: the second person rates before seeing the first rating, so that they do not lean on it.

A disagreement does not stop the verdict: it opens a discussion, and who approves nevertheless says why.
"""

from __future__ import annotations

from claims.rules.lifecycle import UNDECIDED_VERDICT_STATES


def sees_verdict(*, desk_labels_blind: bool, state: str, may_decide: bool, has_labelled: bool) -> bool:
    """Say whether a person is shown a verdict in ``state``: who may decide on it, on a blind desk, labels first.

    That holds from its first draft on, or they would label what they had read while it was written.
    """
    is_undecided = state in UNDECIDED_VERDICT_STATES
    return has_labelled or not (desk_labels_blind and is_undecided and may_decide)
