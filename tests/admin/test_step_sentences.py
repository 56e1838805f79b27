"""Every step on the screen ends in a sentence, and what the screen tells in words is told in no code."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from claims.admin.step_sentences import DONE
from claims.admin.steps import STEPS
from claims.models import Claim, Desk, Publication, Rating, Verdict
from claims.selectors.moments import told_in
from tests.admin.conftest import SignedIn
from tests.admin.test_desk import QUEUE, press, screen, written
from tests.newsroom import Newsroom, fresh


def told(client: Client, claim: Claim, verb: str, **fields: object) -> str:
    """Press the button as it stands and return the page that the person gets."""
    answer = press(client, claim, verb, **fields)
    assert answer.status_code == 302, answer.content.decode()[:500]
    page: str = client.get(screen(claim)).content.decode()
    return page


def seen(verdict: Verdict) -> dict[str, Any]:
    verdict = fresh(verdict)
    return {"verdict": verdict.pk, "seen_version": verdict.version, "seen_hash": verdict.content_hash}


def version(claim: Claim) -> int:
    return Claim.objects.values_list("version", flat=True).get(pk=claim.pk)


# --- What was done ------------------------------------------------------------------------------------


def test_every_step_has_its_sentence_or_shows_its_outcome_on_the_card() -> None:
    told_by_outcome = {"label", "approve", "reassign", "schedule"}
    shown_on_the_card = {"accept", "reject", "stance", "undo"}
    assert set(STEPS) == set(DONE) | shown_on_the_card | told_by_outcome


def test_the_person_is_told_what_taking_and_giving_back_did(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim, rita, anna = newsroom.claim(), at_desk("rita"), at_desk("anna")
    rita.post(f"{QUEUE}next/")
    assert "The claim is yours for now." in rita.get(screen(claim)).content.decode()
    assert "The claim is back in the queue." in told(rita, claim, "release", seen_version=version(claim))
    form = {"to": newsroom.people["remi"].pk, "reason": "Knows the port."}
    page = told(anna, claim, "reassign", seen_version=version(claim), **form)
    assert "The claim is now with Remi." in page
    page = told(anna, claim, "reassign", seen_version=version(claim), reason="Remi is away.")
    assert "The claim is back in the queue." in page


def test_the_way_of_a_verdict_is_told_step_by_step(newsroom: Newsroom, at_desk: SignedIn) -> None:
    rita, anna, pavlo = at_desk("rita"), at_desk("anna"), at_desk("pavlo")
    verdict = newsroom.draft()
    claim = verdict.claim
    assert "The draft is saved." in told(rita, claim, "save", **written(verdict))
    page = told(rita, claim, "save", **written(fresh(verdict), then="submit"))
    assert "Another person decides on it now." in page
    assert "The draft is saved." not in page
    page = told(anna, claim, "request_changes", **seen(verdict), comment="Name the ships.")
    assert "went back to its recorder" in page
    told(rita, claim, "save", **written(fresh(verdict), then="submit"))
    assert "A publisher can publish or schedule it now." in told(anna, claim, "approve", **seen(verdict))
    assert "The verdict is published." in told(pavlo, claim, "publish", **seen(verdict))
    publication = Publication.objects.get()
    form = {"publication": publication.pk, "seen_version": publication.version, "reason": "Forged log."}
    assert "Its page stays and says why." in told(pavlo, claim, "retract", **form)


def test_the_first_of_two_approvals_says_that_another_is_asked_for(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.submitted(newsroom.draft(newsroom.weighed_claim(risk="health")))
    page = told(at_desk("anna"), verdict.claim, "approve", **seen(verdict))
    assert "Your approval counts: 1 of 2." in page
    page = told(at_desk("remi"), verdict.claim, "approve", **seen(verdict))
    assert "A publisher can publish or schedule it now." in page


@pytest.mark.parametrize(("rating", "sentence"), [("true", "It agrees with"), ("false", "It differs from")])
def test_a_blind_rating_says_how_it_compares(
    rating: str, sentence: str, newsroom: Newsroom, at_desk: SignedIn
) -> None:
    Desk.objects.update(labels_blind=True)
    verdict = newsroom.submitted()
    chosen = Rating.objects.get(scale__key="default", key=rating).pk
    assert sentence in told(at_desk("anna"), verdict.claim, "label", **seen(verdict), rating=chosen)


def test_a_refused_step_is_told_by_its_refusal_alone(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.submitted()
    page = told(at_desk("anna"), verdict.claim, "request_changes", **seen(verdict), comment="")
    assert "went back to its recorder" not in page
    assert fresh(verdict).state == "submitted"


# --- Moments and codes --------------------------------------------------------------------------------


def test_an_embargo_is_told_in_the_zone_in_which_it_was_typed(newsroom: Newsroom, at_desk: SignedIn) -> None:
    Desk.objects.update(zone="Asia/Tokyo")
    verdict = newsroom.approved()
    day = (timezone.now() + timedelta(days=2)).date()
    page = told(at_desk("pavlo"), verdict.claim, "schedule", **seen(verdict), publish_at=f"{day}T09:30")
    assert f"readers see it from {day} 09:30 JST on" in page
    assert f'title="{day} 00:30 UTC">{day} 09:30 JST</time>' in page


def test_a_deadline_is_shown_in_the_desks_zone_on_the_screen_and_in_the_queue(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    claim = newsroom.claim(deadline=datetime(2099, 7, 1, 9, 0, tzinfo=UTC))
    for address in (screen(claim), QUEUE):
        page = at_desk("anna").get(address).content.decode()
        assert 'title="2099-07-01 09:00 UTC">2099-07-01 12:00 EEST</time>' in page


def test_a_zone_without_letters_is_told_by_its_offset() -> None:
    assert told_in(datetime(2026, 3, 4, 12, tzinfo=UTC), "Asia/Almaty") == "2026-03-04 17:00 +05"


def test_a_frozen_verdict_tells_an_exception_by_what_it_answers(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.submitted(exceptions={"E12-primary": "The port keeps its log closed."})
    page = at_desk("anna").get(screen(verdict.claim)).content.decode()
    assert "<dt>Why no primary source is cited <small>E12-primary</small></dt>" in page
    assert "Exception E12-primary" not in page


# --- The way through a long screen --------------------------------------------------------------------


def test_each_link_through_the_screen_leads_to_a_place_that_is_there(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    claims = (newsroom.claim(), newsroom.published().publication.claim)
    for claim in claims:
        page = at_desk("rita").get(screen(claim)).content.decode()
        links = page.partition('<nav class="jumps"')[2].partition("</nav>")[0].split('href="#')[1:]
        places = [link.partition('"')[0] for link in links]
        assert {"supports", "contradicts", "context", "verdict", "contacts"} <= set(places)
        assert [place for place in places if page.count(f'id="{place}"') != 1] == []


def test_who_rates_blind_does_not_see_which_evidence_the_verdict_cites(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    Desk.objects.update(labels_blind=True)
    verdict = newsroom.submitted()
    mark = '<span class="badge cited">'
    assert mark not in at_desk("anna").get(screen(verdict.claim)).content.decode()
    rating = Rating.objects.get(scale__key="default", key="true").pk
    assert mark in told(at_desk("anna"), verdict.claim, "label", **seen(verdict), rating=rating)
