"""Who is still to rate blind finds the rating, and what others said of it, on no page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from claims.actions.labels import discuss_verdict, label_verdict
from claims.models import Claim, Person, Rating, Verdict
from claims.selectors.blindness import hidden_verdicts
from tests.newsroom import Newsroom, fresh, newsroom

__all__ = ["newsroom"]

NOTE, SAID = "Their own log says two.", "Which log counts?"


def rated_by(newsroom: Newsroom, verdict: Verdict, name: str, note: str = "") -> None:
    label_verdict(
        verdict_id=verdict.pk,
        seen_version=verdict.version,
        seen_hash=verdict.content_hash,
        rating_id=Rating.objects.get(scale__key="default", key="false").pk,
        note=note,
        actor=newsroom.actor(name),
    )


@pytest.fixture
def blind(newsroom: Newsroom) -> Verdict:
    """A submitted verdict that Anna has rated and talked about, and Remi has not."""
    Person.objects.update(is_staff=True)
    newsroom.desk.labels_blind = True
    newsroom.desk.save()
    verdict = newsroom.submitted(newsroom.draft(rating="mostly-true"))
    rated_by(newsroom, verdict, "anna", NOTE)
    verdict = fresh(verdict)
    discuss_verdict(
        verdict_id=verdict.pk, seen_version=verdict.version, comment=SAID, actor=newsroom.actor("anna")
    )
    return fresh(verdict)


def test_only_who_is_to_decide_and_has_not_rated_is_kept_from_it(blind: Verdict, newsroom: Newsroom) -> None:
    hidden = {name for name in newsroom.people if hidden_verdicts([blind.pk], newsroom.actor(name))}
    assert hidden == {"remi"}
    rated_by(newsroom, blind, "remi")
    assert hidden_verdicts([blind.pk], newsroom.actor("remi")) == frozenset()


def test_a_rating_of_other_content_does_not_open_it(blind: Verdict, newsroom: Newsroom) -> None:
    Claim.objects.filter(pk=blind.claim_id).update(risk="health")
    rated_by(newsroom, blind, "remi")
    assert hidden_verdicts([blind.pk], newsroom.actor("remi")) == frozenset()
    other = newsroom.submitted(newsroom.draft(newsroom.weighed_claim(text="Nine lighters left the basin.")))
    assert hidden_verdicts([blind.pk, other.pk], newsroom.actor("remi")) == {other.pk}


@pytest.mark.parametrize("desk_is_blind", [True, False])
def test_no_page_gives_it_away(desk_is_blind: bool, blind: Verdict, newsroom: Newsroom) -> None:
    newsroom.desk.labels_blind = desk_is_blind
    newsroom.desk.save()
    client = Client()
    client.force_login(newsroom.people["remi"])
    pages = {
        "claim": blind.claim.get_absolute_url(),
        "screen": reverse("admin:claims_claim_change", args=[blind.claim_id]),
        "its history": reverse("admin:claims_claim_history", args=[blind.claim_id]),
        "the history": reverse("admin:claims_claimevent_changelist"),
    }
    for name, address in pages.items():
        page = client.get(address).content.decode()
        # Where the desk does not rate blind the words are there, or this test would look in the wrong place.
        if name != "screen":
            assert (NOTE in page) is not desk_is_blind, name
        assert (SAID in page) is not desk_is_blind, name
    assert ("Mostly true" in client.get(pages["claim"]).content.decode()) is not desk_is_blind
