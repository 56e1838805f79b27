"""Blind labelling: the second person rates before seeing the first rating, so that they do not lean on it.

A disagreement does not stop the verdict: it opens a discussion, and who approves nevertheless says why.
"""

from __future__ import annotations


def sees_verdict(*, desk_labels_blind: bool, may_decide: bool, has_labelled: bool) -> bool:
    """Say whether a person is shown a verdict that waits: who is to decide on a blind desk labels first."""
    return has_labelled or not (desk_labels_blind and may_decide)
