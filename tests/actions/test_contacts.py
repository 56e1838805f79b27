"""The contact log with the claimant: who may write into it, what an entry needs, that nothing leaves it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from claims.actions.contacts import LONGEST_ENTRY, log_contact
from claims.actions.gatekeeping import GatesClosed
from claims.actions.refusals import Conflict, Invalid, NotAllowed, NotFound
from claims.actions.verdicts import submit_verdict
from claims.models import Claim, ClaimEvent, Desk
from claims.selectors.contacts import contacts_among
from tests.newsroom import Newsroom


def entries(claim: Claim) -> list[Any]:
    return contacts_among(ClaimEvent.objects.filter(claim=claim))


def test_an_entry_tells_who_asked_how_until_when_and_what_came_of_it(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    asked, until = timezone.now() - timedelta(hours=2), timezone.now() + timedelta(days=1)
    newsroom.asked_claimant(
        claim, channel="email", contacted_at=asked, deadline=until, words="How many tugs?"
    )
    newsroom.asked_claimant(claim, by="jonas", channel="phone", outcome="declined", words="No comment.")
    answer, question = entries(claim)
    assert (question.who, question.outcome, question.words) == ("Rita", "waiting", "How many tugs?")
    assert (question.contacted_at, question.deadline) == (asked, until)
    assert (answer.who, answer.channel, answer.outcome_word) == ("Jonas", "by phone", "declined to comment")


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"channel": "pigeon"}, "channel"),
        ({"outcome": "unknown"}, "outcome"),
        ({"words": " \n"}, "words"),
        ({"words": "a" * (LONGEST_ENTRY + 1)}, "words"),
        ({"contacted_at": timezone.now() + timedelta(days=2)}, "contacted_at"),
        ({"deadline": timezone.now() - timedelta(days=1)}, "deadline"),
        ({"outcome": "answered", "deadline": timezone.now() + timedelta(days=1)}, "deadline"),
    ],
)
def test_an_entry_that_says_nothing_is_refused(
    newsroom: Newsroom, entry: dict[str, object], field: str
) -> None:
    claim = newsroom.claim()
    with pytest.raises(Invalid) as refusal:
        newsroom.asked_claimant(claim, **entry)
    assert set(refusal.value.fields) == {field}
    assert entries(claim) == []


def test_who_does_not_write_for_the_desk_writes_nothing_into_its_log(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    for name in ("ada", "adam"):
        with pytest.raises(NotAllowed):
            newsroom.asked_claimant(claim, by=name)
    newsroom.join("olena", "reviewer", desk=Desk.objects.create(name="Elsewhere"))
    for name in ("olena", "root"):
        with pytest.raises(NotFound):
            newsroom.asked_claimant(claim, by=name)


def test_a_stale_form_writes_no_second_entry(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    newsroom.asked_claimant(claim)
    with pytest.raises(Conflict):
        log_contact(
            claim_id=claim.pk,
            seen_version=claim.version,
            channel="phone",
            outcome="answered",
            words="Yes.",
            actor=newsroom.actor("rita"),
        )
    assert len(entries(claim)) == 1


@pytest.mark.django_db(transaction=True)
def test_an_entry_is_neither_changed_nor_deleted_by_raw_sql(newsroom: Newsroom) -> None:
    newsroom.asked_claimant(newsroom.claim())
    rows = ClaimEvent.objects.filter(verb="contact")
    for attempt in (
        lambda: rows.update(note="Never asked."),
        lambda: rows._raw_delete("default"),  # type: ignore[attr-defined]
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert rows.get().note.startswith("Asked")


def test_a_verdict_waits_until_the_claimant_was_asked_or_it_is_said_why_not(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    for stance, origin in (("supports", "log"), ("contradicts", "agency")):
        newsroom.evidence(claim, stance, origin=origin, is_primary=True)
    claim = newsroom.accept_all(claim)
    verdict = newsroom.draft(claim)
    with pytest.raises(GatesClosed, match="Port Authority has not been asked for comment"):
        submit_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=newsroom.actor("rita"))
    verdict = newsroom.saved(verdict, exceptions={"E21": "It was dissolved last year."})
    assert newsroom.submitted(verdict).state == "submitted"
