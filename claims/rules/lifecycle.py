"""The states of a claim, a verdict and a publication, and the one table of moves between them.

No other module names a move: an action asks ``move`` and gets the new state or a named refusal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

S = TypeVar("S", bound=StrEnum)


class ClaimState(StrEnum):
    LOGGED = "logged"
    CHECKING = "checking"
    CONCLUDED = "concluded"
    NOT_CHECKABLE = "not_checkable"
    ALREADY_CHECKED = "already_checked"
    MERGED = "merged"


class VerdictState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class PublicationState(StrEnum):
    EMBARGOED = "embargoed"
    LIVE = "live"
    UNDER_CORRECTION = "under_correction"
    RETRACTED = "retracted"


#: States in which the content of a verdict may not change any more.
FROZEN_VERDICT_STATES = frozenset(VerdictState) - {VerdictState.DRAFT}
#: States in which nobody has decided on a verdict yet, or somebody has to decide anew.
UNDECIDED_VERDICT_STATES = frozenset(
    {
        VerdictState.DRAFT,
        VerdictState.SUBMITTED,
        VerdictState.IN_REVIEW,
        VerdictState.CHANGES_REQUESTED,
    }
)
#: States of a verdict that is still on its way; a claim has at most one such verdict.
OPEN_VERDICT_STATES = UNDECIDED_VERDICT_STATES | {VerdictState.APPROVED, VerdictState.SCHEDULED}
#: States of a verdict that was decided on, and approved.
DECIDED_VERDICT_STATES = frozenset(
    {VerdictState.APPROVED, VerdictState.SCHEDULED, VerdictState.PUBLISHED, VerdictState.SUPERSEDED}
)
#: Claims that evidence is gathered for.
OPEN_CLAIM_STATES = frozenset({ClaimState.LOGGED, ClaimState.CHECKING})


@dataclass(eq=False)
class IllegalMove(Exception):
    """A verb that the present state does not allow."""

    verb: str
    state: str

    def __str__(self) -> str:
        return f"“{self.verb}” is not possible while the state is “{self.state}”."


_C, _V, _P = ClaimState, VerdictState, PublicationState

CLAIM_MOVES: dict[str, dict[ClaimState, ClaimState]] = {
    "take": {_C.LOGGED: _C.CHECKING, _C.CHECKING: _C.CHECKING},
    "conclude": {_C.LOGGED: _C.CONCLUDED, _C.CHECKING: _C.CONCLUDED, _C.CONCLUDED: _C.CONCLUDED},
    "reopen": dict.fromkeys((_C.CONCLUDED, _C.NOT_CHECKABLE, _C.ALREADY_CHECKED), _C.CHECKING),
    "dismiss": dict.fromkeys((_C.LOGGED, _C.CHECKING), _C.NOT_CHECKABLE),
    "link_checked": dict.fromkeys((_C.LOGGED, _C.CHECKING), _C.ALREADY_CHECKED),
    "merge": dict.fromkeys((_C.LOGGED, _C.CHECKING), _C.MERGED),
    "unmerge": {_C.MERGED: _C.LOGGED},
}
VERDICT_MOVES: dict[str, dict[VerdictState, VerdictState]] = {
    "edit": {_V.DRAFT: _V.DRAFT, _V.CHANGES_REQUESTED: _V.DRAFT},
    "submit": {_V.DRAFT: _V.SUBMITTED},
    "review": {_V.SUBMITTED: _V.IN_REVIEW, _V.IN_REVIEW: _V.IN_REVIEW},
    "request_changes": dict.fromkeys((_V.SUBMITTED, _V.IN_REVIEW, _V.APPROVED), _V.CHANGES_REQUESTED),
    "approve": dict.fromkeys((_V.SUBMITTED, _V.IN_REVIEW), _V.APPROVED),
    "schedule": {_V.APPROVED: _V.SCHEDULED},
    "unschedule": {_V.SCHEDULED: _V.APPROVED},
    "publish": dict.fromkeys((_V.APPROVED, _V.SCHEDULED), _V.PUBLISHED),
    "supersede": {_V.PUBLISHED: _V.SUPERSEDED},
    "withdraw": dict.fromkeys(
        (_V.DRAFT, _V.SUBMITTED, _V.IN_REVIEW, _V.CHANGES_REQUESTED, _V.APPROVED), _V.WITHDRAWN
    ),
}
PUBLICATION_MOVES: dict[str, dict[PublicationState, PublicationState]] = {
    "publish": {_P.EMBARGOED: _P.LIVE, _P.UNDER_CORRECTION: _P.LIVE, _P.LIVE: _P.LIVE},
    "start_correction": {_P.LIVE: _P.UNDER_CORRECTION},
    "cancel_correction": {_P.UNDER_CORRECTION: _P.LIVE},
    "retract": dict.fromkeys((_P.LIVE, _P.UNDER_CORRECTION), _P.RETRACTED),
}


def move(moves: Mapping[str, Mapping[S, S]], verb: str, state: S) -> S:
    """Return the state that ``verb`` leads to from ``state``; raise ``IllegalMove`` where there is none."""
    try:
        return moves[verb][state]
    except KeyError:
        raise IllegalMove(verb, state) from None
