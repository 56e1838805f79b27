"""Correcting in public: the four tiers, what readers are told, translations that follow, the log of it all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.actions.claims import edit_claim
from claims.actions.publication import retract_publication, start_correction
from claims.actions.triage import Triage, triage_claim
from claims.actions.verification import verify_history
from claims.actions.weighing import change_stance
from claims.models import Claim, ClaimEvent, Publication, PublishedRevision
from claims.selectors import corrections
from claims.selectors.corrections import corrections_page, overtaken_by
from claims.selectors.history import history_lines
from tests.newsroom import Newsroom


def _corrected(
    newsroom: Newsroom, revision: PublishedRevision, tier: str, note: str = "One tug left.", **fields: Any
) -> PublishedRevision:
    publication = Publication.objects.get(pk=revision.publication_id)
    start_correction(
        publication_id=publication.pk,
        seen_version=publication.version,
        reason="A reader wrote.",
        actor=newsroom.actor("pavlo"),
    )
    claim = Claim.objects.get(pk=publication.claim_id)
    draft = newsroom.started(claim, language=publication.language)
    draft = newsroom.saved(draft, tier=tier, correction_note=note, **fields)
    verdict = newsroom.approved(newsroom.submitted(draft))
    if verdict.state != "approved":
        verdict = newsroom.approved(verdict, by="remi")
    return newsroom.published(verdict)


def _retract(newsroom: Newsroom, publication_id: int) -> None:
    publication = Publication.objects.get(pk=publication_id)
    retract_publication(
        publication_id=publication.pk,
        seen_version=publication.version,
        note="The log was forged.",
        actor=newsroom.actor("pavlo"),
    )


def _page(revision: PublishedRevision) -> str:
    return Client().get(revision.snapshot["path"]).content.decode()


def _in_ukrainian(newsroom: Newsroom, claim: Claim) -> PublishedRevision:
    draft = newsroom.started(Claim.objects.get(pk=claim.pk), language="uk")
    draft = newsroom.saved(
        draft, title="Скільки буксирів увійшло до порту?", claim_reviewed="Увійшло чотири."
    )
    return newsroom.published(newsroom.approved(newsroom.submitted(draft)))


# --- What readers see ---------------------------------------------------------------------------------


def test_a_substantial_correction_is_in_the_headline_and_stays_there(newsroom: Newsroom) -> None:
    revision = _corrected(newsroom, newsroom.published(), "substantial", rating="mostly-true")
    page = _page(revision)
    assert "<h1>CORRECTED: How many tugs" in page
    assert "<title>CORRECTED: How many tugs" in page
    assert "One tug left." in page
    revision = _corrected(newsroom, revision, "minor", rating="mostly-true")
    assert "<h1>CORRECTED: How many tugs" in _page(revision)
    assert "CORRECTED: " in Client().get(reverse("publication_list")).content.decode()


@pytest.mark.parametrize("tier", ["minor", "update"])
def test_a_smaller_correction_leaves_the_headline_alone(newsroom: Newsroom, tier: str) -> None:
    page = _page(_corrected(newsroom, newsroom.published(), tier))
    assert "CORRECTED" not in page
    assert ("One tug left." in page) == (tier == "update")


def test_a_retracted_check_keeps_a_page_that_says_why(newsroom: Newsroom) -> None:
    revision = newsroom.published()
    _retract(newsroom, revision.publication_id)
    answer = Client().get(revision.snapshot["path"])
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "RETRACTED: How many tugs" in page
    assert "The log was forged." in page
    assert "ClaimReview" not in page
    assert "Our verdict" not in page


# --- The log ------------------------------------------------------------------------------------------


def test_the_log_holds_every_tier_and_nothing_that_was_only_published(newsroom: Newsroom) -> None:
    newsroom.published()
    assert corrections_page().corrections == ()
    revision = newsroom.published()
    for tier in ("minor", "update", "substantial"):
        revision = _corrected(newsroom, revision, tier, note=f"Note of {tier}.")
    _retract(newsroom, revision.publication_id)
    logged = corrections_page().corrections
    assert {line.tier for line in logged} == {"minor", "update", "substantial", "retraction"}
    page = Client().get(reverse("corrections")).content.decode()
    for words in ("Note of update.", "Note of substantial.", "The log was forged.", "Retraction"):
        assert words in page
    assert "Note of minor." not in page
    assert reverse("feed_atom") in page


def test_the_pages_of_the_log_follow_each_other_without_gap_or_repetition(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corrections, "LOG_PAGE", 2)
    # All in one second, so that only the cursor tells them apart.
    with time_machine.travel(timezone.now(), tick=False):
        revision = newsroom.published()
        for _ in range(3):
            revision = _corrected(newsroom, revision, "minor")
        _retract(newsroom, revision.publication_id)
        other = newsroom.published()
        _retract(newsroom, other.publication_id)
    seen, cursor = [], ""
    for _ in range(9):
        page = corrections_page(cursor)
        seen += [(line.tier, line.path, line.revision) for line in page.corrections]
        cursor = page.cursor
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(
    "cursor", ["x", "1-2", "1-2-3", "-1-0-1", "9" * 30 + "-0-1", "1-0-" + "9" * 20, "１-０-１"]
)
def test_a_forged_cursor_is_a_bad_request(db: None, cursor: str) -> None:
    assert Client().get(reverse("corrections"), {"before": cursor}).status_code == 400


def test_the_log_asks_few_questions_of_the_database(
    newsroom: Newsroom, django_assert_max_num_queries: Any
) -> None:
    _corrected(newsroom, newsroom.published(), "update")
    with django_assert_max_num_queries(4):
        Client().get(reverse("corrections"))


# --- Translations -------------------------------------------------------------------------------------


def test_a_substantial_correction_marks_the_other_languages_until_they_follow(newsroom: Newsroom) -> None:
    english = newsroom.published()
    ukrainian = _in_ukrainian(newsroom, english.publication.claim)
    assert overtaken_by(ukrainian.publication) is None
    corrected = _corrected(newsroom, english, "substantial", rating="mostly-true")
    stale = Publication.objects.get(pk=ukrainian.publication_id)
    overtaken = overtaken_by(stale)
    assert overtaken is not None
    assert (overtaken.language, overtaken.path) == ("en", corrected.snapshot["path"])
    assert overtaken_by(Publication.objects.get(pk=corrected.publication_id)) is None
    assert "виправлено іншою мовою" in _page(ukrainian)
    event = ClaimEvent.objects.get(verb="mark_stale")
    assert (event.subject_id, event.note) == (stale.pk, "One tug left.")
    _corrected(newsroom, ukrainian, "substantial", rating="mostly-true", title="Скільки?")
    assert overtaken_by(Publication.objects.get(pk=stale.pk)) is None
    assert verify_history().holds


def test_a_smaller_correction_marks_no_translation(newsroom: Newsroom) -> None:
    english = newsroom.published()
    ukrainian = _in_ukrainian(newsroom, english.publication.claim)
    _corrected(newsroom, english, "update")
    assert overtaken_by(Publication.objects.get(pk=ukrainian.publication_id)) is None
    assert not ClaimEvent.objects.filter(verb="mark_stale").exists()


def test_a_retraction_marks_the_other_languages(newsroom: Newsroom) -> None:
    english = newsroom.published()
    ukrainian = _in_ukrainian(newsroom, english.publication.claim)
    _retract(newsroom, english.publication_id)
    overtaken = overtaken_by(Publication.objects.get(pk=ukrainian.publication_id))
    assert overtaken is not None
    assert overtaken.is_retraction
    assert "відкликано іншою мовою" in _page(ukrainian)


# --- Before its time ----------------------------------------------------------------------------------


def test_a_correction_under_embargo_is_not_in_the_log(newsroom: Newsroom) -> None:
    first = newsroom.published()
    publication = Publication.objects.get()
    start_correction(
        publication_id=publication.pk,
        seen_version=publication.version,
        reason="A reader wrote.",
        actor=newsroom.actor("pavlo"),
    )
    draft = newsroom.started(Claim.objects.get(pk=publication.claim_id))
    verdict = newsroom.approved(
        newsroom.submitted(newsroom.saved(draft, tier="update", correction_note="Not yet."))
    )
    newsroom.scheduled(verdict, publish_at=timezone.now() + timedelta(hours=2))
    assert corrections_page().corrections == ()
    assert "Not yet." not in _page(first)


# --- The history reads as what changed ----------------------------------------------------------------


def _diff(claim: Claim, verb_words: str) -> dict[str, list[tuple[str, str]]]:
    lines, _older = history_lines(claim.pk, most=20)
    line = next(line for line in lines if line.did == verb_words)
    return {change.label: list(change.pieces) for change in line.changes}


def test_edited_details_stand_in_the_history_before_and_after(newsroom: Newsroom) -> None:
    claim = newsroom.claim(attribution="local radio")
    edit_claim(
        claim_id=claim.pk,
        seen_version=claim.version,
        summary="Four tugs came in",
        kind="event",
        attribution="local radio",
        topic="shipping",
        actor=newsroom.actor("jonas"),
    )
    diff = _diff(claim, "changed the details of the claim")
    assert diff["Kind"] == [("gone", "count or amount"), ("new", "event")]
    assert ("new", "shipping") in diff["Topic"]
    assert ("same", "Four tugs") in diff["Summary"]
    assert "Reported by" not in diff


def test_triage_and_stance_stand_in_the_history_in_words(newsroom: Newsroom) -> None:
    claim = newsroom.weighed_claim()
    triage_claim(
        claim_id=claim.pk, seen_version=claim.version, triage=Triage(priority=1), actor=newsroom.actor("anna")
    )
    assert _diff(claim, "set priority, risk or deadline")["Priority"] == [
        ("gone", "normal"),
        ("new", "urgent"),
    ]
    piece = claim.evidence.order_by("pk").first()
    assert piece is not None
    change_stance(
        evidence_id=piece.pk,
        seen_version=piece.version,
        stance="context",
        reason="It tells of another day.",
        actor=newsroom.actor("rita"),
    )
    diff = _diff(claim, "changed the stance of evidence")
    assert diff["Stance"] == [("gone", "supports"), ("new", "context")]
