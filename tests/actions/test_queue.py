"""Taking, giving back and handing over a claim."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from claims.actions.queue import LEASE, reassign_claim, release_claim, take_claim
from claims.actions.refusals import Conflict, Invalid, NotAllowed, NotFound
from claims.actions.weighing import accept_evidence
from claims.models import Claim, ClaimEvent, Desk
from tests.newsroom import Newsroom


def take(newsroom: Newsroom, claim: Claim, name: str) -> Claim:
    return take_claim(claim_id=claim.pk, seen_version=claim.version, actor=newsroom.actor(name))


def test_taking_a_logged_claim_starts_its_checking(newsroom: Newsroom) -> None:
    claim = take(newsroom, newsroom.claim(), "rita")
    assert (claim.state, claim.held_by) == ("checking", newsroom.people["rita"])
    event = ClaimEvent.objects.get(verb="take")
    assert (event.from_state, event.to_state, event.person) == ("logged", "checking", newsroom.people["rita"])


@pytest.mark.parametrize("name", ["jonas", "pavlo", "ada", "adam"])
def test_only_a_reviewer_takes(newsroom: Newsroom, name: str) -> None:
    with pytest.raises(NotAllowed):
        take(newsroom, newsroom.claim(), name)


def test_a_held_claim_is_taken_by_nobody_else_until_the_lease_runs_out(newsroom: Newsroom) -> None:
    claim = take(newsroom, newsroom.claim(), "rita")
    with pytest.raises(NotAllowed, match="Rita is working on this claim"):
        take(newsroom, claim, "remi")
    with time_machine.travel(timezone.now() + LEASE + timedelta(seconds=1), tick=False):
        assert take(newsroom, claim, "remi").held_by == newsroom.people["remi"]


def test_work_prolongs_the_lease_and_leaves_the_version(newsroom: Newsroom) -> None:
    claim = take(newsroom, newsroom.claim(), "rita")
    piece = newsroom.evidence(claim, "supports", origin="log")
    with time_machine.travel(timezone.now() + LEASE - timedelta(minutes=1), tick=False):
        accept_evidence(evidence_id=piece.pk, seen_version=piece.version, actor=newsroom.actor("rita"))
        prolonged = Claim.objects.get(pk=claim.pk)
        assert prolonged.held_until == timezone.now() + LEASE
    assert prolonged.version == claim.version


def test_a_stale_view_is_a_conflict(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    take(newsroom, claim, "rita")
    with pytest.raises(Conflict):
        take(newsroom, claim, "rita")


def test_another_desk_finds_nothing(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    newsroom.join("olha", "reviewer", desk=Desk.objects.create(name="Culture"))
    with pytest.raises(NotFound):
        take(newsroom, claim, "olha")


def test_only_the_holder_gives_back(newsroom: Newsroom) -> None:
    claim = take(newsroom, newsroom.claim(), "rita")
    with pytest.raises(NotAllowed):
        release_claim(claim_id=claim.pk, seen_version=claim.version, actor=newsroom.actor("remi"))
    freed = release_claim(claim_id=claim.pk, seen_version=claim.version, actor=newsroom.actor("rita"))
    assert (freed.held_by, freed.held_until, freed.state) == (None, None, "checking")


def test_an_editor_hands_over_with_a_reason_to_a_reviewer_of_the_desk(newsroom: Newsroom) -> None:
    claim = take(newsroom, newsroom.claim(), "rita")
    remi, jonas = newsroom.people["remi"], newsroom.people["jonas"]

    def hand(to: int | None, reason: str, by: str) -> Claim:
        return reassign_claim(
            claim_id=claim.pk,
            seen_version=claim.version,
            to_person_id=to,
            reason=reason,
            actor=newsroom.actor(by),
        )

    with pytest.raises(NotAllowed):
        hand(remi.pk, "She is ill.", "rita")
    with pytest.raises(Invalid, match="Say why"):
        hand(remi.pk, " ", "anna")
    with pytest.raises(Invalid, match="reviewer of this desk"):
        hand(jonas.pk, "She is ill.", "anna")
    assert hand(remi.pk, "She is ill.", "anna").held_by == remi
    assert ClaimEvent.objects.get(verb="reassign").note == "She is ill."
