"""Triage, the two ways out of the queue without a verdict, and the way back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.conf import settings

from claims.actions.refusals import Conflict, IllegalMove, Invalid, NotAllowed, NotFound
from claims.actions.triage import Triage, dismiss_claim, link_checked_claim, reopen_claim, triage_claim
from claims.models import Claim, ClaimEvent
from tests.newsroom import Newsroom, open_newsroom


def triaged(newsroom: Newsroom, claim: Claim, by: str = "anna", **wanted: object) -> Claim:
    triage = Triage(**wanted)  # type: ignore[arg-type]
    return triage_claim(
        claim_id=claim.pk, seen_version=claim.version, triage=triage, actor=newsroom.actor(by)
    )


def dismissed(newsroom: Newsroom, claim: Claim, reason: str = "It is an opinion.") -> Claim:
    return dismiss_claim(
        claim_id=claim.pk, seen_version=claim.version, reason=reason, actor=newsroom.actor("anna")
    )


def linked(newsroom: Newsroom, claim: Claim, earlier: str) -> Claim:
    return link_checked_claim(
        claim_id=claim.pk, seen_version=claim.version, earlier=earlier, actor=newsroom.actor("anna")
    )


def test_what_was_set_and_what_it_was_before_is_kept(newsroom: Newsroom) -> None:
    due = datetime(2026, 7, 1, 9, tzinfo=UTC)
    claim = triaged(newsroom, newsroom.claim(), priority=1, deadline=due, risk="health")
    assert (claim.priority, claim.deadline, claim.risk) == (1, due, "health")
    assert ClaimEvent.objects.get(verb="triage").details == {
        "priority": ["3", "1"],
        "deadline": ["", "2026-07-01T09:00:00+00:00"],
        "risk": ["ordinary", "health"],
    }


@pytest.mark.parametrize("wanted", [{"priority": 9}, {"risk": "none"}, {}, {"priority": 3}])
def test_what_is_no_choice_or_no_change_is_refused(newsroom: Newsroom, wanted: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        triaged(newsroom, newsroom.claim(), **wanted)
    assert not ClaimEvent.objects.filter(verb="triage").exists()


def test_a_risk_is_not_lowered_under_a_verdict_that_is_on_its_way(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted(newsroom.draft(newsroom.weighed_claim(risk="health")))
    claim = Claim.objects.get(pk=verdict.claim_id)
    with pytest.raises(Invalid, match="it stays high"):
        triaged(newsroom, claim, risk="ordinary")
    claim.refresh_from_db()
    assert triaged(newsroom, claim, risk="election").risk == "election"


@pytest.mark.parametrize("name", ["rita", "jonas", "pavlo", "ada", "adam"])
def test_only_an_editor_triages(newsroom: Newsroom, name: str) -> None:
    with pytest.raises(NotAllowed):
        triaged(newsroom, newsroom.claim(), by=name, priority=1)


def test_a_stale_view_and_another_desk_are_refused(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    triaged(newsroom, claim, priority=1)
    with pytest.raises(Conflict):
        triaged(newsroom, claim, priority=2)
    with pytest.raises(NotFound):
        triaged(newsroom, open_newsroom().claim(), priority=1)


def test_a_claim_that_cannot_be_checked_leaves_the_queue_with_the_reason_and_comes_back(
    newsroom: Newsroom,
) -> None:
    claim = dismissed(newsroom, newsroom.claim(), "  It is   an opinion. ")
    assert (claim.state, claim.state_reason) == ("not_checkable", "It is an opinion.")
    again = reopen_claim(
        claim_id=claim.pk,
        seen_version=claim.version,
        reason="He gave a number.",
        actor=newsroom.actor("anna"),
    )
    assert (again.state, again.state_reason) == ("checking", "")
    moved = ClaimEvent.objects.filter(verb__in=["dismiss", "reopen"]).order_by("sequence")
    assert [(event.from_state, event.to_state, event.note) for event in moved] == [
        ("logged", "not_checkable", "It is an opinion."),
        ("not_checkable", "checking", "He gave a number."),
    ]


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 501])
def test_a_dismissal_needs_a_reason_that_can_be_kept(newsroom: Newsroom, reason: str) -> None:
    with pytest.raises(Invalid):
        dismissed(newsroom, newsroom.claim(), reason)


def test_a_claim_under_work_is_not_dismissed_over_the_workers_head(newsroom: Newsroom) -> None:
    with pytest.raises(NotAllowed, match="Rita is working on this claim"):
        dismissed(newsroom, newsroom.weighed_claim())


def test_a_claim_with_a_verdict_on_its_way_is_not_dismissed(newsroom: Newsroom) -> None:
    claim = newsroom.submitted().claim
    Claim.objects.filter(pk=claim.pk).update(held_by=None, held_until=None)
    with pytest.raises(Invalid, match="withdraw that first"):
        dismissed(newsroom, Claim.objects.get(pk=claim.pk))


def test_a_concluded_claim_is_corrected_and_not_opened_again(newsroom: Newsroom) -> None:
    claim = Claim.objects.get(pk=newsroom.published().publication.claim_id)
    with pytest.raises(IllegalMove):
        reopen_claim(
            claim_id=claim.pk, seen_version=claim.version, reason="Again.", actor=newsroom.actor("anna")
        )


def test_an_earlier_check_is_named_by_its_address_or_by_the_claims_number(newsroom: Newsroom) -> None:
    elsewhere = linked(newsroom, newsroom.claim(text="One."), " https://checks.example.org/7 ")
    assert (elsewhere.state, elsewhere.already_checked_url) == (
        "already_checked",
        "https://checks.example.org/7",
    )
    publication = newsroom.published().publication
    ours = linked(newsroom, newsroom.claim(text="Two."), str(publication.claim_id))
    assert ours.already_checked_url == settings.SITE_URL + publication.get_absolute_url()
    unpublished = newsroom.claim(text="Three.")
    theirs = linked(newsroom, newsroom.claim(text="Four."), str(unpublished.pk))
    assert theirs.already_checked_url == settings.SITE_URL + unpublished.get_absolute_url()


@pytest.mark.parametrize(
    "earlier",
    [
        "",
        "javascript:alert(1)",
        "ftp://checks.example.org/",
        "https://",
        "https://[",
        "http://a\\@b.example/",
        "999999999",
        "-1",
        "https://checks.example.org/" + "x" * 2_000,
    ],
)
def test_what_names_no_earlier_check_is_refused(newsroom: Newsroom, earlier: str) -> None:
    with pytest.raises(Invalid):
        linked(newsroom, newsroom.claim(), earlier)


def test_a_claim_of_another_desk_is_no_earlier_check_nor_is_the_claim_itself(newsroom: Newsroom) -> None:
    claim, there = newsroom.claim(), open_newsroom().claim()
    for earlier in (there.pk, claim.pk):
        with pytest.raises(Invalid):
            linked(newsroom, claim, str(earlier))
