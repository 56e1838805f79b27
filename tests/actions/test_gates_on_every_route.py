"""No route publishes against a closed gate: the button, the schedule, the job that ends an embargo, the action.

Each case breaks one gate after the verdict was approved, as the world outside or another person may do.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.actions.gatekeeping import GatesClosed
from claims.actions.publication import publish_scheduled, publish_verdict
from claims.models import (
    Claim,
    ClaimEvent,
    Document,
    Person,
    Publication,
    PublishedRevision,
    Verdict,
)
from tests.newsroom import Newsroom, fresh

Break = Callable[[Verdict, Any], None]


def _no_capture(verdict: Verdict, settings: Any) -> None:
    Document.objects.filter(passages__evidence__citations__verdict=verdict).update(captured_at=None)


def _anonymous(verdict: Verdict, settings: Any) -> None:
    Claim.objects.filter(pk=verdict.claim_id).update(risk="anonymous_source")


def _no_tls(verdict: Verdict, settings: Any) -> None:
    settings.SITE_URL = "http://check.example.org"


def _foreign_routes(verdict: Verdict, settings: Any) -> None:
    settings.ROOT_URLCONF = "claims.feeds"


def _no_name(verdict: Verdict, settings: Any) -> None:
    settings.ORGANISATION_NAME = " "


def _unasked(verdict: Verdict, settings: Any) -> None:
    """The claimant of a claim that had none becomes known: nobody has asked them."""
    events = ClaimEvent.objects.filter(claim=verdict.claim, verb="contact")
    assert not events.exists()
    claimant = Claim.objects.exclude(claimant=None).values_list("claimant_id", flat=True).first()
    Claim.objects.filter(pk=verdict.claim_id).update(claimant_id=claimant)


def _later_date(verdict: Verdict, settings: Any) -> None:
    moment = datetime(2100, 1, 1, tzinfo=UTC)
    Claim.objects.filter(pk=verdict.claim_id).update(made_on=None, made_at=moment)


#: What is broken, and what the person is told; a route that does not resolve cannot answer a page at all.
CASES: list[tuple[str, Break, str]] = [
    ("E6", _no_tls, "SITE_URL has to be set to an https address"),
    ("E7", _no_name, "The checking organisation has no name"),
    ("E9", _later_date, "The claim is dated 2100-01-01"),
    ("E13", _no_capture, "Cited pages without a capture: 3"),
    ("E15", _anonymous, "The claim rests on an anonymous source"),
    ("E15-approver", _anonymous, "A source without a name needs 2 approvals; 1 are given"),
    ("E16", _anonymous, "1 of 2 approvals are given"),
    ("E21", _unasked, "Port Authority has not been asked for comment"),
]
cases = pytest.mark.parametrize(("gate", "break_it", "told"), CASES, ids=[case[0] for case in CASES])


@pytest.fixture
def approved(newsroom: Newsroom, gate: str) -> Verdict:
    if gate != "E21":
        return newsroom.approved()
    newsroom.claim(text="Another claim by the port.")
    claim = newsroom.claim(claimant=None)
    newsroom.evidence(claim, "supports", origin="log", is_primary=True)
    newsroom.evidence(claim, "contradicts", origin="agency")
    return newsroom.approved(newsroom.submitted(newsroom.draft(newsroom.accept_all(claim))))


def nothing_is_public(verdict: Verdict) -> bool:
    public = Publication.objects.exclude(state="embargoed").exists()
    return not public and not PublishedRevision.objects.exists() and fresh(verdict).state != "published"


@cases
def test_the_action_does_not_publish_against_it(
    newsroom: Newsroom, approved: Verdict, settings: Any, gate: str, break_it: Break, told: str
) -> None:
    break_it(approved, settings)
    with pytest.raises(GatesClosed, match=told) as closed:
        publish_verdict(verdict_id=approved.pk, seen_version=approved.version, actor=newsroom.actor("pavlo"))
    assert gate in {result.id for result in closed.value.results}
    assert nothing_is_public(approved)


@cases
def test_the_button_tells_it_and_publishes_nothing(
    newsroom: Newsroom, approved: Verdict, settings: Any, gate: str, break_it: Break, told: str
) -> None:
    break_it(approved, settings)
    settings.ALLOWED_HOSTS = ["*"]
    Person.objects.update(is_staff=True)
    client = Client()
    client.force_login(newsroom.people["pavlo"])
    press = reverse("admin:claims_claim_step", args=[approved.claim_id, "publish"])
    form = {"verdict": approved.pk, "seen_version": approved.version}
    assert told in client.post(press, form, follow=True).content.decode()
    assert nothing_is_public(approved)


@cases
def test_the_end_of_an_embargo_does_not_publish_against_it(
    newsroom: Newsroom, approved: Verdict, settings: Any, gate: str, break_it: Break, told: str
) -> None:
    newsroom.scheduled(approved, publish_at=timezone.now() + timedelta(hours=1))
    break_it(approved, settings)
    Verdict.objects.filter(pk=approved.pk).update(publish_at=timezone.now() - timedelta(seconds=1))
    assert publish_scheduled(approved.pk) is None
    assert nothing_is_public(approved)
    assert fresh(approved).state == "approved"
    assert told in ClaimEvent.objects.filter(verb="unschedule").get().note


def test_an_address_that_other_routes_answer_is_not_published_at(newsroom: Newsroom, settings: Any) -> None:
    verdict = newsroom.approved()
    _foreign_routes(verdict, settings)
    with pytest.raises(GatesClosed, match="would not answer with this page alone"):
        publish_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=newsroom.actor("pavlo"))
    assert nothing_is_public(verdict)


def test_a_published_page_answers_at_its_address_without_a_redirect(
    newsroom: Newsroom, client: Client
) -> None:
    snapshot = newsroom.published().snapshot
    answer = client.get(snapshot["path"])
    assert answer.status_code == 200
    assert snapshot["url"].endswith(snapshot["path"])


def test_what_rests_on_an_anonymous_source_is_published_with_a_reason_and_two_approvals(
    newsroom: Newsroom,
) -> None:
    claim = newsroom.weighed_claim(risk="anonymous_source")
    verdict = newsroom.approved(newsroom.submitted(newsroom.draft(claim)))
    assert verdict.state == "in_review"
    verdict = newsroom.approved(verdict, by="remi")
    assert newsroom.published(verdict).snapshot["publication"]


def test_a_reason_for_an_anonymous_source_alone_asks_for_two_approvals(newsroom: Newsroom) -> None:
    verdict = newsroom.draft(exceptions={"E15": "The second witness would lose the berth."})
    verdict = newsroom.approved(newsroom.submitted(verdict))
    assert verdict.state == "in_review"
    assert newsroom.approved(verdict, by="remi").state == "approved"


@pytest.mark.django_db(transaction=True)
def test_raw_sql_approves_nothing_anonymous_with_one_approval(newsroom: Newsroom) -> None:
    verdict = newsroom.draft(exceptions={"E15": "The second witness would lose the berth."})
    verdict = newsroom.approved(newsroom.submitted(verdict))
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.filter(pk=verdict.pk).update(state="approved")
    assert fresh(verdict).state == "in_review"
