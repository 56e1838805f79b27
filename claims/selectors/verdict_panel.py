"""The verdict beside the evidence: its checklist, approvals, what changed, and what this person may do to it.

Who may decide on a desk that labels blind is shown nothing of the verdict until they rated it themselves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.models import (
    Approval,
    BlindLabel,
    Citation,
    Claim,
    ClaimEvent,
    Evidence,
    KeptDraft,
    Person,
    Publication,
    Rating,
    Verdict,
)
from claims.rules import permissions
from claims.rules.gates import Phase, checklist
from claims.rules.lifecycle import OPEN_VERDICT_STATES, VERDICT_MOVES, VerdictState
from claims.rules.permissions import Actor
from claims.selectors.blindness import is_hidden
from claims.selectors.diffs import FieldDiff, diff_of
from claims.selectors.gate_dossier import Surroundings, dossier_of
from claims.selectors.gate_wording import WordedGate, worded
from claims.selectors.history import words_at_last_submission
from claims.selectors.precedents import Precedent, rated_unlike
from claims.selectors.verdicts import (
    approvers_that_count,
    author_ids,
    decided_by,
    labels_among,
    present_hash,
    required_approvals,
    with_content,
    written_words,
)

#: What the panel reads of the history.
PANEL_VERBS = ("request_changes", "edit", "label", "discuss")


@dataclass(frozen=True, slots=True)
class Said:
    """One contribution to the discussion of a verdict."""

    who: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class VerdictPanel:
    """The verdict that is on its way or, where none is, the newest one.

    ``is_hidden``: this person rates first; as long as it is written they may join its authors instead.
    ``void_since_submission``: the claim or its evidence is not what was submitted any more.
    ``own_approval_is_void``: so is, for whatever reason, this person's approval.
    """

    verdict: Verdict
    gates: tuple[WordedGate, ...]
    given: int
    asked: int
    changes: tuple[FieldDiff, ...]
    unlike: tuple[Precedent, ...]
    discussion: tuple[Said, ...]
    labels: tuple[BlindLabel, ...]
    own_label: BlindLabel | None
    kept: KeptDraft | None
    around: Surroundings
    is_hidden: bool
    void_since_submission: bool
    own_approval_is_void: bool
    verbs: frozenset[str]

    @property
    def open_gates(self) -> list[WordedGate]:
        """What is still to be done, and what is only to be thought about."""
        return [gate for gate in self.gates if gate.mark != "ok"]

    @property
    def standing_gates(self) -> list[WordedGate]:
        return [gate for gate in self.gates if gate.mark == "ok"]


def panel_of(
    verdict: Verdict,
    claim: Claim,
    actor: Actor,
    *,
    former: Verdict | None,
    evidence: Sequence[Evidence],
    events: Sequence[ClaimEvent],
    publications: Sequence[Publication],
    co_authors: list[Person],
    ratings: Sequence[Rating],
    precedents: Sequence[Precedent],
    claimant_asked: bool,
) -> VerdictPanel:
    """Return the panel from what the screen has read. One statement; one more at a desk that labels blind,
    and one for who has typed something that is not saved."""
    approvals = list(Approval.objects.filter(verdict=verdict).select_related("approver").order_by("pk"))
    with_content(
        verdict,
        claim,
        citations=_citations(verdict, evidence, "cited"),
        approvals=approvals,
        co_authors=co_authors,
    )
    is_open = verdict.state in OPEN_VERDICT_STATES
    labels = _labels(verdict)
    own_label = next((label for label in labels if label.person_id == actor.person_id), None)
    hidden = is_hidden(verdict, actor, has_labelled=own_label is not None)
    around = Surroundings(
        publication=next((own for own in publications if own.language == verdict.language), None),
        active_labels=labels_among(ratings),
        weighed=Counter((piece.state, piece.stance) for piece in evidence),
        claimant_asked=claimant_asked,
    )
    counting = approvers_that_count(verdict)
    void = bool(verdict.content_hash) and is_open and present_hash(verdict) != verdict.content_hash
    return VerdictPanel(
        verdict=verdict,
        gates=gates_of(verdict, around) if is_open else (),
        given=len(counting),
        asked=required_approvals(verdict),
        changes=tuple(_changes(verdict, former, evidence, events, claim)),
        unlike=tuple(rated_unlike(precedents, verdict.rating)) if is_open else (),
        discussion=tuple(_discussion(verdict, events)),
        labels=labels,
        own_label=own_label,
        kept=_kept(verdict, actor),
        around=around,
        is_hidden=hidden,
        void_since_submission=void,
        own_approval_is_void=is_open and _own_approval_is_void(approvals, actor, counting, void),
        verbs=_blind_verbs(verdict, actor) if hidden else verdict_verbs(verdict, actor),
    )


def gates_of(verdict: Verdict, around: Surroundings | None = None) -> tuple[WordedGate, ...]:
    """Return the checklist of ``verdict`` for the phase that it is in. No statement where ``around`` is given."""
    phase = Phase.SUBMISSION if verdict.state == VerdictState.DRAFT else Phase.PUBLICATION
    return tuple(worded(checklist(dossier_of(verdict, around=around), phase)))


def verdict_verbs(verdict: Verdict, actor: Actor) -> frozenset[str]:
    """Return what the person may do to the verdict in the state that it is in."""
    desk_id = verdict.claim.desk_id
    may_decide = permissions.can_approve_verdict(actor, desk_id, author_ids=author_ids(verdict))
    may_edit = permissions.can_edit_verdict(actor, desk_id, decided_by=decided_by(verdict))
    may_publish = permissions.can_publish(actor, desk_id)
    allowed = {
        "edit": may_edit,
        "submit": may_edit,
        "review": may_decide and verdict.state == VerdictState.SUBMITTED,
        "approve": may_decide and actor.person_id not in approvers_that_count(verdict),
        "request_changes": may_decide,
        "withdraw": permissions.can_withdraw_verdict(actor, desk_id, recorder_id=verdict.recorder_id),
        "schedule": may_publish,
        "unschedule": may_publish,
        "publish": may_publish,
    }
    state = VerdictState(verdict.state)
    verbs = {verb for verb, may in allowed.items() if may and state in VERDICT_MOVES[verb]}
    if state in OPEN_VERDICT_STATES and permissions.can_discuss_verdict(actor, desk_id):
        verbs.add("discuss")
    return frozenset(verbs)


def _blind_verbs(verdict: Verdict, actor: Actor) -> frozenset[str]:
    """Return what a person may do to a verdict that they are not shown: rate it, or give that up to write it."""
    if verdict.state in VERDICT_MOVES["approve"]:
        return frozenset({"label"})
    return frozenset({"co_write"} if "edit" in verdict_verbs(verdict, actor) else ())


def _citations(verdict: Verdict, evidence: Sequence[Evidence], place: str) -> list[Citation]:
    cited = [piece for piece in evidence if getattr(piece, place) is not None]
    return [
        Citation(verdict=verdict, evidence=piece, ordinal=getattr(piece, place))
        for piece in sorted(cited, key=lambda piece: getattr(piece, place))
    ]


def _labels(verdict: Verdict) -> tuple[BlindLabel, ...]:
    if not verdict.claim.desk.labels_blind or not verdict.content_hash:
        return ()
    labels = BlindLabel.objects.filter(verdict=verdict, content_hash=verdict.content_hash)
    return tuple(labels.select_related("person", "rating").order_by("pk"))


def _kept(verdict: Verdict, actor: Actor) -> KeptDraft | None:
    if not getattr(verdict, "has_kept", True):
        return None
    return KeptDraft.objects.filter(verdict=verdict, person_id=actor.person_id or 0).first()


def _own_approval_is_void(
    approvals: Sequence[Approval], actor: Actor, counting: frozenset[int], void: bool
) -> bool:
    """Say whether the person approved this revision, and that approval does not stand any more."""
    own = [approval for approval in approvals if approval.approver_id == actor.person_id]
    approved = bool(own) and own[-1].decision == Approval.Decision.APPROVED
    return approved and (void or actor.person_id not in counting)


def _discussion(verdict: Verdict, events: Sequence[ClaimEvent]) -> Iterable[Said]:
    for event in events:
        if event.verb == "discuss" and event.subject_id == verdict.pk:
            yield Said(event.person_name, event.at, event.note)


def _changes(
    verdict: Verdict,
    former: Verdict | None,
    evidence: Sequence[Evidence],
    events: Sequence[ClaimEvent],
    claim: Claim,
) -> list[FieldDiff]:
    """Return what an approver has to look at anew: since the last request for changes, else since what is
    published; nothing for a first submission."""
    words = written_words(verdict)
    before: dict[str, Any] = words_at_last_submission(verdict, events)
    if not before and former is not None:
        cited = _citations(former, evidence, "cited_before")
        before = written_words(with_content(former, claim, citations=cited, approvals=[], co_authors=[]))
    return diff_of(before, {name: words[name] for name in before if name in words})
