"""Accepting, rejecting, changing the stance of evidence, and taking decisions back."""

from __future__ import annotations

import pytest

from claims.actions.queue import take_claim
from claims.actions.refusals import Conflict, IllegalMove, Invalid, NotAllowed
from claims.actions.weighing import accept_evidence, change_stance, reject_evidence, undo_decision
from claims.models import Claim, ClaimEvent, Evidence, EvidenceDecision
from tests.newsroom import Newsroom


@pytest.fixture
def piece(newsroom: Newsroom) -> Evidence:
    return newsroom.evidence(newsroom.claim(), "supports", origin="log")


def accept(newsroom: Newsroom, piece: Evidence, by: str = "rita") -> Evidence:
    return accept_evidence(evidence_id=piece.pk, seen_version=piece.version, actor=newsroom.actor(by))


def undo(newsroom: Newsroom, piece: Evidence) -> Evidence:
    return undo_decision(evidence_id=piece.pk, seen_version=piece.version, actor=newsroom.actor("rita"))


def test_accepting_records_who_decided_what(newsroom: Newsroom, piece: Evidence) -> None:
    assert accept(newsroom, piece).state == "accepted"
    decision = EvidenceDecision.objects.get()
    assert (decision.person, decision.state_before, decision.state_after) == (
        newsroom.people["rita"],
        "found",
        "accepted",
    )
    assert ClaimEvent.objects.get().verb == "accept"


def test_the_suggestion_stays_beside_a_changed_stance(newsroom: Newsroom, piece: Evidence) -> None:
    changed = change_stance(
        evidence_id=piece.pk,
        seen_version=piece.version,
        stance="context",
        reason="It speaks of another morning.",
        actor=newsroom.actor("rita"),
    )
    assert (changed.stance, changed.machine_stance, changed.state) == ("context", "supports", "found")


def test_rejecting_and_changing_the_stance_need_a_reason(newsroom: Newsroom, piece: Evidence) -> None:
    actor = newsroom.actor("rita")
    with pytest.raises(Invalid):
        reject_evidence(evidence_id=piece.pk, seen_version=piece.version, reason=" ", actor=actor)
    with pytest.raises(Invalid):
        change_stance(
            evidence_id=piece.pk, seen_version=piece.version, stance="context", reason="", actor=actor
        )
    with pytest.raises(Invalid):
        reject_evidence(evidence_id=piece.pk, seen_version=piece.version, reason="x" * 501, actor=actor)
    assert not EvidenceDecision.objects.exists()


def test_a_stance_that_does_not_exist_is_refused(newsroom: Newsroom, piece: Evidence) -> None:
    with pytest.raises(Invalid):
        change_stance(
            evidence_id=piece.pk,
            seen_version=piece.version,
            stance="approves",
            reason="Why not.",
            actor=newsroom.actor("rita"),
        )


def test_undo_goes_back_decision_by_decision_and_deletes_none(newsroom: Newsroom, piece: Evidence) -> None:
    piece = accept(newsroom, piece)
    piece = change_stance(
        evidence_id=piece.pk,
        seen_version=piece.version,
        stance="contradicts",
        reason="Read again.",
        actor=newsroom.actor("rita"),
    )
    piece = undo(newsroom, piece)
    assert (piece.state, piece.stance) == ("accepted", "supports")
    piece = undo(newsroom, piece)
    assert (piece.state, piece.stance) == ("found", "supports")
    with pytest.raises(Invalid, match="no decision"):
        undo(newsroom, piece)
    assert EvidenceDecision.objects.count() == 4


@pytest.mark.parametrize("name", ["jonas", "pavlo", "ada", "adam"])
def test_only_a_reviewer_weighs(newsroom: Newsroom, piece: Evidence, name: str) -> None:
    with pytest.raises(NotAllowed):
        accept(newsroom, piece, by=name)


def test_a_stale_view_of_the_evidence_is_a_conflict(newsroom: Newsroom, piece: Evidence) -> None:
    accept(newsroom, piece)
    with pytest.raises(Conflict):
        accept(newsroom, piece)


def test_what_another_person_holds_is_left_alone(newsroom: Newsroom, piece: Evidence) -> None:
    claim = piece.claim
    take_claim(claim_id=claim.pk, seen_version=claim.version, actor=newsroom.actor("remi"))
    with pytest.raises(NotAllowed, match="Remi is working"):
        accept(newsroom, piece)


def test_evidence_of_a_concluded_claim_is_not_weighed_any_more(newsroom: Newsroom) -> None:
    revision = newsroom.published()
    claim = Claim.objects.get(pk=revision.publication.claim_id)
    with pytest.raises(IllegalMove):
        undo(newsroom, claim.evidence.first())
