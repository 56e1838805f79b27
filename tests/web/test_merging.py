"""The page that asks what one claim is to another, and where a merged claim leads."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from claims import search
from claims.actions.indexing import index_claim
from claims.actions.merging import merge_claim
from claims.models import Claim, Person
from tests.newsroom import Newsroom, open_newsroom

SignedIn = Callable[[str], Client]


def merging(claim: Claim) -> str:
    return reverse("claim_merge", args=[claim.pk])


@pytest.fixture
def two(newsroom: Newsroom) -> tuple[Claim, Claim]:
    kept = newsroom.claim(text="Four tugs entered the harbour that morning.")
    return kept, newsroom.claim(text="That morning four tugs came into the harbour.")


def form(claim: Claim, into: Claim, answer: str) -> dict[str, object]:
    return {"seen_version": claim.version, "into": into.pk, "answer": answer}


def test_an_editor_merges_from_the_claims_page_and_takes_it_back_there(
    two: tuple[Claim, Claim], newsroom: Newsroom, signed_in: SignedIn
) -> None:
    kept, other = two
    newsroom.evidence(other, "supports", origin="log")
    anna = signed_in("anna")
    assert merging(other) in anna.get(other.get_absolute_url()).content.decode()
    asked = anna.get(merging(other), {"into": kept.pk}).content.decode()
    assert "What is this claim to the other?" in asked
    offered = re.findall(r'type="radio" name="answer" value="([^"]*)"', asked)
    assert offered == ["appearance", "author", "different"]
    page = anna.post(merging(other), form(other, kept, offered[0]), follow=True).content.decode()
    assert "Merged into this claim" in page
    assert "That morning four tugs came into the harbour." in page
    assert "names four tugs" in page
    now = Claim.objects.get(pk=other.pk)
    parted = {"seen_version": now.version, "reason": "Two mornings."}
    answer = anna.post(reverse("claim_unmerge", args=[other.pk]), parted)
    assert answer["Location"] == other.get_absolute_url()
    assert Claim.objects.get(pk=other.pk).state == "logged"


def test_a_different_claim_is_not_merged(two: tuple[Claim, Claim], signed_in: SignedIn) -> None:
    kept, other = two
    page = signed_in("anna").post(merging(other), form(other, kept, "different"), follow=True)
    assert "They stay two claims; nothing was merged." in page.content.decode()
    assert Claim.objects.get(pk=other.pk).state == "logged"


def test_a_merged_claim_leads_to_the_end_of_its_chain_on_the_web_and_at_the_desk(
    newsroom: Newsroom, two: tuple[Claim, Claim], signed_in: SignedIn
) -> None:
    kept, other = two
    last = newsroom.claim(text="The last of three.")
    for claim, into in ((other, kept), (kept, last)):
        merge_claim(
            claim_id=claim.pk,
            seen_version=claim.version,
            into_id=into.pk,
            answer="appearance",
            actor=newsroom.actor("anna"),
        )
    Person.objects.filter(pk=newsroom.people["anna"].pk).update(is_staff=True)
    anna = signed_in("anna")
    assert anna.get(other.get_absolute_url())["Location"] == last.get_absolute_url()
    at_desk = reverse("admin:claims_claim_change", args=[other.pk])
    assert anna.get(at_desk)["Location"] == reverse("admin:claims_claim_change", args=[last.pk])
    history = anna.get(reverse("admin:claims_claim_history", args=[other.pk]))
    assert "merged the claim into another" in history.content.decode()


def test_why_two_claims_cannot_be_merged_is_said_before_anybody_answers(
    newsroom: Newsroom, signed_in: SignedIn
) -> None:
    published = Claim.objects.get(pk=newsroom.published().publication.claim_id)
    page = signed_in("anna").get(merging(published)).content.decode()
    assert "Only a claim that is still to be checked is merged into another" in page
    draft = newsroom.draft().claim
    page = signed_in("anna").get(merging(draft), {"into": published.pk}).content.decode()
    assert "withdraw that first" in page
    assert 'name="answer"' not in page


@pytest.mark.parametrize("name", ["jonas", "rita", "ada"])
def test_who_is_no_editor_is_refused_and_not_offered_it(
    two: tuple[Claim, Claim], signed_in: SignedIn, name: str
) -> None:
    kept, other = two
    client = signed_in(name)
    assert merging(other) not in client.get(other.get_absolute_url()).content.decode()
    assert client.get(merging(other)).status_code == 403
    assert client.post(merging(other), form(other, kept, "appearance")).status_code == 403


def test_another_desks_claim_is_not_there(two: tuple[Claim, Claim], signed_in: SignedIn) -> None:
    kept, _other = two
    there = open_newsroom().claim()
    anna = signed_in("anna")
    assert anna.get(merging(there)).status_code == 404
    assert anna.get(merging(kept), {"into": there.pk}).status_code == 404
    assert anna.post(merging(kept), form(kept, there, "appearance")).status_code == 404


@pytest.mark.parametrize("into", ["x", "-1", "0", str(2**63), "1;2"])
def test_what_is_no_number_of_a_claim_is_refused(
    two: tuple[Claim, Claim], signed_in: SignedIn, into: str
) -> None:
    assert signed_in("anna").get(merging(two[0]), {"into": into}).status_code == 400


def test_like_claims_are_suggested_and_an_engine_that_is_away_is_not_taken_for_none(
    newsroom: Newsroom, two: tuple[Claim, Claim], signed_in: SignedIn, settings: object
) -> None:
    kept, other = two
    for claim in two:
        index_claim(claim.pk)
    page = signed_in("anna").get(merging(other)).content.decode()
    assert f'href="?into={kept.pk}"' in page
    assert f'href="?into={other.pk}"' not in page
    settings.SEARCH_FOLDER = Path("/nowhere")  # type: ignore[attr-defined]
    search.reset_backend()
    page = signed_in("anna").get(merging(other)).content.decode()
    assert "The search engine does not answer, so nothing can be suggested now." in page


def test_a_stale_form_is_a_conflict(two: tuple[Claim, Claim], signed_in: SignedIn) -> None:
    kept, other = two
    stale = form(other, kept, "appearance") | {"seen_version": 9}
    assert signed_in("anna").post(merging(other), stale).status_code == 409
    assert Claim.objects.get(pk=other.pk).state == "logged"


def test_two_ticked_claims_of_the_queue_lead_to_the_question(
    newsroom: Newsroom, two: tuple[Claim, Claim], signed_in: SignedIn
) -> None:
    kept, other = two
    Person.objects.filter(pk=newsroom.people["anna"].pk).update(is_staff=True)
    steps = reverse("admin:claims_claim_steps", args=["merge"])
    ticked = {"claim": [f"{other.pk}:1", f"{kept.pk}:1"]}
    assert signed_in("anna").post(steps, ticked)["Location"] == f"{merging(other)}?into={kept.pk}"
    page = signed_in("anna").post(steps, {"claim": [f"{other.pk}:1"]}, follow=True).content.decode()
    assert "Tick the two claims that you mean to merge." in page
