"""How many people have to approve a verdict, and whose approvals count.

The database holds the same numbers in a trigger (``claims/migrations/_guards.py``): whoever changes them
here changes them there in a new migration.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

#: The risk of a claim that one approval is enough for; every other one is high (rule 2).
ORDINARY_RISK = "ordinary"
#: The risk of a claim that rests on a source whose name is withheld (gate E15).
ANONYMOUS_RISK = "anonymous_source"
#: The tier of a correction that always needs a second approver (rule 8).
SUBSTANTIAL_TIER = "substantial"


@dataclass(frozen=True, slots=True)
class GivenApproval:
    """One decision that a person gave on a revision, for the content with ``content_hash``."""

    approver_id: int
    approved: bool
    content_hash: str


def approvals_required(desk_asks_for: int, *, risk: str, tier: str, rests_on_anonymous: bool = False) -> int:
    """Return how many people have to approve: what the desk asks for, two at least where much is at stake."""
    much_at_stake = risk != ORDINARY_RISK or tier == SUBSTANTIAL_TIER or rests_on_anonymous
    return max(desk_asks_for, 2 if much_at_stake else 1)


def valid_approvers(
    approvals: Iterable[GivenApproval], *, content_hash: str, author_ids: frozenset[int]
) -> frozenset[int]:
    """Return the people whose approval counts: for exactly this content, and by none of its authors."""
    return frozenset(
        given.approver_id
        for given in approvals
        if given.approved and given.content_hash == content_hash and given.approver_id not in author_ids
    )
