"""Blind labels: rated before seeing, once per content, kept for ever, and counted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from claims.actions.decisions import approve_verdict, request_changes
from claims.actions.labels import discuss_verdict, label_verdict
from claims.actions.refusals import Conflict, Invalid, NotAllowed
from claims.models import BlindLabel, ClaimEvent, Rating, Verdict
from claims.selectors.labels import agreement_between, rating_pairs
from tests.newsroom import Newsroom, fresh


@pytest.fixture
def blind(newsroom: Newsroom) -> Newsroom:
    newsroom.desk.labels_blind = True
    newsroom.desk.save()
    return newsroom


def label(newsroom: Newsroom, verdict: Verdict, rating: str, by: str = "anna", note: str = "") -> BlindLabel:
    verdict = fresh(verdict)
    return label_verdict(
        verdict_id=verdict.pk,
        seen_version=verdict.version,
        seen_hash=verdict.content_hash,
        rating_id=Rating.objects.get(scale__key="default", key=rating).pk,
        note=note,
        actor=newsroom.actor(by),
    )


def approve(newsroom: Newsroom, verdict: Verdict, comment: str = "", by: str = "anna") -> Verdict:
    verdict = fresh(verdict)
    return approve_verdict(
        verdict_id=verdict.pk,
        seen_version=verdict.version,
        seen_hash=verdict.content_hash,
        comment=comment,
        actor=newsroom.actor(by),
    )


def test_nobody_approves_on_a_blind_desk_without_an_own_rating(blind: Newsroom) -> None:
    verdict = blind.submitted()
    with pytest.raises(Invalid, match="Record your own rating first"):
        approve(blind, verdict)
    assert label(blind, verdict, "true").agrees
    assert approve(blind, verdict).state == "approved"


def test_who_rated_differently_says_why_they_approve(blind: Newsroom) -> None:
    verdict = blind.submitted()
    assert not label(blind, verdict, "false", note="The log counts five.").agrees
    with pytest.raises(Invalid, match="You rated it differently"):
        approve(blind, verdict)
    discuss_verdict(
        verdict_id=verdict.pk,
        seen_version=fresh(verdict).version,
        comment="The fifth was a pilot boat.",
        actor=blind.actor("rita"),
    )
    assert approve(blind, verdict, "Convinced: the fifth was no tug.").state == "approved"
    verbs = list(ClaimEvent.objects.filter(subject_kind="verdict").values_list("verb", flat=True))
    assert verbs[-3:] == ["label", "discuss", "approve"]


def test_a_content_is_rated_once_and_a_changed_one_anew(blind: Newsroom) -> None:
    verdict = blind.submitted()
    label(blind, verdict, "true")
    with pytest.raises(Invalid, match="rated this content already"):
        label(blind, verdict, "false")
    request_changes(
        verdict_id=verdict.pk,
        seen_version=fresh(verdict).version,
        comment="Name the log.",
        actor=blind.actor("anna"),
    )
    verdict = blind.submitted(blind.saved(fresh(verdict), summary="The log of 3 February says four."))
    with pytest.raises(Invalid, match="Record your own rating first"):
        approve(blind, verdict)
    assert label(blind, verdict, "true").agrees


def test_an_author_does_not_rate_their_own_verdict_blind(blind: Newsroom) -> None:
    verdict = blind.submitted()
    for name in ("rita", "jonas", "pavlo", "ada"):
        with pytest.raises(NotAllowed):
            label(blind, verdict, "true", by=name)


def test_a_stale_view_or_another_content_is_not_rated(blind: Newsroom) -> None:
    verdict = blind.submitted()
    with pytest.raises(Conflict):
        label_verdict(
            verdict_id=verdict.pk,
            seen_version=verdict.version,
            seen_hash="0" * 64,
            rating_id=Rating.objects.filter(key="true").values_list("pk", flat=True)[0],
            note="",
            actor=blind.actor("anna"),
        )
    assert not BlindLabel.objects.exists()


def test_a_desk_that_does_not_rate_blind_takes_no_label(newsroom: Newsroom) -> None:
    with pytest.raises(Invalid, match="does not rate blind"):
        label(newsroom, newsroom.submitted(), "true")


@pytest.mark.django_db(transaction=True)
def test_a_label_is_never_changed_forged_or_deleted(blind: Newsroom) -> None:
    verdict = blind.submitted()
    kept = label(blind, verdict, "true")
    verdict = fresh(verdict)
    other = Rating.objects.get(scale__key="default", key="false")
    forged = BlindLabel(
        verdict=verdict,
        person=blind.people["rita"],
        rating=other,
        recorded_rating=verdict.rating,
        agrees=False,
        content_hash=verdict.content_hash,
    )
    rows = BlindLabel.objects.filter(pk=kept.pk)
    for attempt in (
        lambda: rows.update(rating=other, agrees=False),
        lambda: rows._raw_delete("default"),  # type: ignore[attr-defined]
        forged.save,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert BlindLabel.objects.get().rating == verdict.rating


def test_agreement_is_counted_with_what_chance_would_give(blind: Newsroom) -> None:
    for number, (recorded, rated) in enumerate(
        [("true", "true"), ("true", "true"), ("false", "false"), ("false", "true")]
    ):
        claim = blind.weighed_claim(text=f"Tug number {number} came in.")
        label(blind, blind.submitted(blind.draft(claim, rating=recorded)), rated)
    now = timezone.now()
    counted = agreement_between(now - timedelta(days=1), now + timedelta(days=1), [blind.desk.pk])
    # Recorded: half true, half false; labelled: three quarters true. Chance: .5 * .75 + .5 * .25 = .5.
    assert (counted.labels, counted.agreeing, counted.share) == (4, 3, 0.75)
    assert counted.expected == pytest.approx(0.5)
    assert counted.kappa == pytest.approx(0.5)
    pairs = rating_pairs(now - timedelta(days=1), now + timedelta(days=1), [blind.desk.pk])
    assert next((pair.recorded, pair.labelled, pair.times) for pair in pairs) == ("true", "true", 2)
    nobody = agreement_between(now - timedelta(days=2), now - timedelta(days=1), [blind.desk.pk])
    assert (nobody.labels, nobody.share, nobody.kappa) == (0, None, None)
    assert agreement_between(now - timedelta(days=1), now + timedelta(days=1), []).labels == 0
