"""Conflicts of interest: hidden from the queue, refused at every step, ended with a reason, never deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.actions.conflicts import declare_conflict, end_conflict
from claims.actions.decisions import approve_verdict, request_changes
from claims.actions.publication import (
    publish_scheduled,
    publish_verdict,
    retract_publication,
    schedule_verdict,
    start_correction,
)
from claims.actions.queue import reassign_claim, take_claim
from claims.actions.refusals import Invalid, NotAllowed, NotFound
from claims.actions.verdicts import start_verdict, withdraw_verdict
from claims.actions.weighing import accept_evidence
from claims.models import (
    Appearance,
    Approval,
    Article,
    Claim,
    ClaimEvent,
    ConflictOfInterest,
    Desk,
    Outlet,
    Publication,
    Verdict,
)
from claims.selectors.conflicts import conflict_with
from claims.selectors.queue import visible_claims
from tests.newsroom import Newsroom, fresh


def declare(newsroom: Newsroom, name: str = "rita", **subject: object) -> ConflictOfInterest:
    person = newsroom.people[name]
    return declare_conflict(person_id=person.pk, actor=newsroom.actor(name), **subject)  # type: ignore[arg-type]


def article_of(claim: Claim) -> Outlet:
    outlet = Outlet.objects.create(name="Harbour Live", domain="harbour-live.example.org")
    article = Article.objects.create(desk=claim.desk, outlet=outlet, url="https://harbour-live.example.org/1")
    Appearance.objects.create(claim=claim, article=article, exact=claim.text)
    return outlet


@pytest.mark.parametrize("kind", ["claimant", "outlet", "topic", "claim"])
def test_what_a_person_keeps_out_of_is_neither_in_their_queue_nor_theirs_to_take(
    newsroom: Newsroom, kind: str
) -> None:
    claim = newsroom.claim(topic="Порт")
    other = newsroom.claim("Rain fell all day.", claimant=None, topic="Погода")
    subject = {
        "claimant": {"claimant_id": claim.claimant_id},
        "outlet": {"outlet_id": article_of(claim).pk},
        "topic": {"topic": "порт"},
        "claim": {"claim_id": claim.pk},
    }[kind]
    declare(newsroom, **subject)
    assert set(visible_claims(newsroom.actor("rita"))) == {other}
    assert set(visible_claims(newsroom.actor("remi"))) == {claim, other}
    with pytest.raises(NotAllowed, match="You declared a conflict of interest"):
        take_claim(claim_id=claim.pk, seen_version=claim.version, actor=newsroom.actor("rita"))
    take_claim(claim_id=claim.pk, seen_version=claim.version, actor=newsroom.actor("remi"))


@pytest.mark.parametrize(
    ("address", "kept_out"),
    [
        ("https://harbour-live.example.org/1", True),
        ("http://www.harbour-live.example.org/a?b=1", True),
        ("https://HARBOUR-LIVE.example.org", True),
        ("https://not-harbour-live.example.org/1", False),
        ("https://harbour-live.example.org.example.net/1", False),
    ],
)
def test_an_outlet_covers_claims_logged_by_a_bare_address(
    newsroom: Newsroom, address: str, kept_out: bool
) -> None:
    claim = newsroom.claim()
    Appearance.objects.create(claim=claim, url=address)
    outlet = Outlet.objects.create(name="Harbour Live", domain="harbour-live.example.org")
    declare(newsroom, outlet_id=outlet.pk)
    assert (conflict_with(claim, newsroom.people["rita"].pk) is not None) is kept_out
    assert (claim not in visible_claims(newsroom.actor("rita"))) is kept_out


def test_a_publisher_who_keeps_out_neither_publishes_nor_corrects_nor_retracts(newsroom: Newsroom) -> None:
    verdict = newsroom.approved(newsroom.submitted(newsroom.draft(newsroom.weighed_claim())), by="anna")
    conflict = declare(newsroom, "pavlo", claim_id=verdict.claim_id)
    pavlo = newsroom.actor("pavlo")
    with pytest.raises(NotAllowed, match="You declared a conflict of interest"):
        publish_verdict(verdict_id=verdict.pk, seen_version=fresh(verdict).version, actor=pavlo)
    assert not Publication.objects.exists()
    end_conflict(conflict_id=conflict.pk, reason="Declared by mistake", actor=pavlo)
    publication = publish_verdict(
        verdict_id=verdict.pk, seen_version=fresh(verdict).version, actor=pavlo
    ).publication
    declare(newsroom, "pavlo", claim_id=verdict.claim_id, note="Again")
    for step in (start_correction, retract_publication):
        words = {"reason" if step is start_correction else "note": "We erred."}
        with pytest.raises(NotAllowed, match="Somebody else has to do this"):
            step(publication_id=publication.pk, seen_version=publication.version, actor=pavlo, **words)  # type: ignore[operator]


def test_an_embargo_that_ends_after_its_publisher_declared_a_conflict_publishes_nothing(
    newsroom: Newsroom,
) -> None:
    verdict = newsroom.approved(newsroom.submitted(newsroom.draft(newsroom.weighed_claim())), by="anna")
    verdict = schedule_verdict(
        verdict_id=verdict.pk,
        seen_version=fresh(verdict).version,
        publish_at=timezone.now() + timedelta(hours=1),
        actor=newsroom.actor("pavlo"),
    )
    declare(newsroom, "pavlo", claim_id=verdict.claim_id)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert publish_scheduled(verdict.pk) is None
    assert fresh(verdict).state == "approved"
    assert "conflict of interest" in ClaimEvent.objects.get(verb="unschedule").note


def test_an_editor_hands_nobody_what_they_keep_out_of(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    declare(newsroom, claim_id=claim.pk)
    with pytest.raises(Invalid, match="Choose another reviewer"):
        reassign_claim(
            claim_id=claim.pk,
            seen_version=claim.version,
            to_person_id=newsroom.people["rita"].pk,
            reason="Free",
            actor=newsroom.actor("anna"),
        )


def test_declaring_gives_back_what_is_held_and_closes_evidence_and_verdict(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    piece = newsroom.evidence(claim, "supports", origin="log")
    take_claim(claim_id=claim.pk, seen_version=claim.version, actor=newsroom.actor("rita"))
    declare(newsroom, claimant_id=claim.claimant_id)
    claim.refresh_from_db()
    assert claim.held_by is None
    rita = newsroom.actor("rita")
    with pytest.raises(NotAllowed, match="Somebody else has to do this"):
        accept_evidence(evidence_id=piece.pk, seen_version=piece.version, actor=rita)
    with pytest.raises(NotAllowed, match="Somebody else has to do this"):
        start_verdict(claim_id=claim.pk, seen_version=claim.version, language="en", actor=rita)
    assert not Verdict.objects.exists()


def test_a_recorder_who_declares_may_only_withdraw(newsroom: Newsroom) -> None:
    verdict = newsroom.draft()
    declare(newsroom, claim_id=verdict.claim_id)
    verdict = fresh(verdict)
    with pytest.raises(NotAllowed, match="Somebody else has to do this"):
        newsroom.saved(verdict)
    withdraw_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=newsroom.actor("rita"))


def test_an_approver_who_keeps_out_decides_nothing_and_what_was_decided_before_stays(
    newsroom: Newsroom,
) -> None:
    verdict = newsroom.submitted(newsroom.draft(newsroom.weighed_claim(risk="election")))
    newsroom.approved(verdict, by="remi")
    for name in ("remi", "anna"):
        declare(newsroom, name, claim_id=verdict.claim_id)
    verdict = fresh(verdict)
    anna = newsroom.actor("anna")
    with pytest.raises(NotAllowed, match="You declared a conflict of interest"):
        approve_verdict(
            verdict_id=verdict.pk, seen_version=verdict.version, seen_hash=verdict.content_hash, actor=anna
        )
    with pytest.raises(NotAllowed, match="You declared a conflict of interest"):
        request_changes(verdict_id=verdict.pk, seen_version=verdict.version, comment="No", actor=anna)
    assert Approval.objects.count() == 1
    newsroom.join("olha", "editor")
    assert newsroom.approved(verdict, by="olha").state == "approved"


def test_a_declaration_ends_with_a_reason_and_stays_in_the_history(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    conflict = declare(newsroom, claim_id=claim.pk, note="My brother works there")
    rita = newsroom.actor("rita")
    with pytest.raises(Invalid, match="Say why"):
        end_conflict(conflict_id=conflict.pk, reason=" ", actor=rita)
    with pytest.raises(NotFound):
        end_conflict(conflict_id=conflict.pk, reason="Not mine", actor=newsroom.actor("remi"))
    end_conflict(conflict_id=conflict.pk, reason="He has left", actor=rita)
    end_conflict(conflict_id=conflict.pk, reason="Again", actor=rita)
    take_claim(claim_id=claim.pk, seen_version=claim.version, actor=rita)
    told = ClaimEvent.objects.filter(verb__endswith="_conflict", claim=claim).values_list("verb", "note")
    assert list(told) == [("declare_conflict", "My brother works there"), ("end_conflict", "He has left")]
    call_command("verify_history")


def test_declaring_twice_is_declaring_once(newsroom: Newsroom) -> None:
    first = declare(newsroom, topic="Ports")
    assert declare(newsroom, topic=" Ports ") == first
    assert ConflictOfInterest.objects.count() == 1


@pytest.mark.parametrize(
    "subject",
    [
        {},
        {"topic": " "},
        {"topic": "Ports", "claim_id": 1},
        {"topic": "p" * 81},
        {"topic": "Ports", "note": "n" * 501},
        {"claimant_id": 10**6},
        {"outlet_id": 10**6},
    ],
)
def test_a_declaration_names_one_thing_that_is_there(newsroom: Newsroom, subject: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        declare(newsroom, **subject)


def test_another_desks_claim_is_not_there_to_declare(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    newsroom.join("olha", "reviewer", desk=Desk.objects.create(name="Culture"))
    for claim_id in (claim.pk, 0, -1, 2**40):
        with pytest.raises(NotFound):
            declare(newsroom, "olha", claim_id=claim_id)


def test_people_declare_for_themselves_and_the_admin_for_others(newsroom: Newsroom) -> None:
    rita = newsroom.people["rita"].pk
    with pytest.raises(NotAllowed):
        declare_conflict(person_id=rita, topic="Ports", actor=newsroom.actor("anna"))
    declare_conflict(person_id=rita, topic="Ports", actor=newsroom.actor("adam"))


def test_the_database_takes_no_declaration_of_two_things(newsroom: Newsroom) -> None:
    claim, rita = newsroom.claim(), newsroom.people["rita"]
    for columns in ({}, {"claim": claim, "topic": "Ports"}, {"claim": claim, "claimant": claim.claimant}):
        with pytest.raises(DatabaseError), transaction.atomic():
            ConflictOfInterest.objects.create(person=rita, **columns)


def test_a_person_without_a_declaration_asks_the_queue_as_before(newsroom: Newsroom) -> None:
    assert "NOT (" not in str(visible_claims(newsroom.actor("rita")).query).split("WHERE")[-1]


@pytest.mark.parametrize(
    ("kind", "name", "subject"),
    [
        ("claimant", "Port Authority", "Port Authority"),
        ("outlet", "harbour-live.example.org", "Harbour Live"),
        ("topic", "Страйк", "Страйк"),
        ("claim", "{claim}", "Four tugs entered"),
    ],
)
def test_the_account_page_declares_and_ends(newsroom: Newsroom, kind: str, name: str, subject: str) -> None:
    claim = newsroom.claim()
    article_of(claim)
    client = Client()
    client.force_login(newsroom.people["rita"])
    form = {"kind": kind, "name": name.format(claim=claim.pk), "note": "Family"}
    page = client.post(reverse("account_conflict_declare"), form, follow=True).content.decode()
    assert subject in page
    conflict = ConflictOfInterest.objects.get()
    client.post(reverse("account_conflict_end", args=[conflict.pk]), {"reason": "Over"})
    conflict.refresh_from_db()
    assert conflict.ended_at is not None


@pytest.mark.parametrize("form", [{"kind": "claimant", "name": "Nobody"}, {"kind": "x", "name": "y"}, {}])
def test_what_cannot_be_declared_is_told_at_its_field(newsroom: Newsroom, form: dict[str, str]) -> None:
    client = Client()
    client.force_login(newsroom.people["rita"])
    answer = client.post(reverse("account_conflict_declare"), form)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert not ConflictOfInterest.objects.exists()
