"""Recording a verdict, submitting it, and what others decide about it."""

from __future__ import annotations

import pytest

from claims.actions.decisions import approve_verdict, request_changes, review_verdict
from claims.actions.gatekeeping import GatesClosed
from claims.actions.refusals import Conflict, IllegalMove, Invalid, NotAllowed
from claims.actions.verdicts import (
    save_verdict,
    start_verdict,
    submit_verdict,
    withdraw_verdict,
)
from claims.models import Approval, Claim, ClaimEvent, Desk, Person, Rating, Verdict
from tests.newsroom import Newsroom, fresh


def approve(newsroom: Newsroom, verdict: Verdict, by: str, **seen: object) -> Verdict:
    view: dict[str, object] = {"seen_version": verdict.version, "seen_hash": verdict.content_hash}
    return approve_verdict(verdict_id=verdict.pk, actor=newsroom.actor(by), **(view | seen))  # type: ignore[arg-type]


def ask(newsroom: Newsroom, verdict: Verdict, comment: str = "Name the ships.", by: str = "anna") -> Verdict:
    request_changes(
        verdict_id=verdict.pk, seen_version=verdict.version, comment=comment, actor=newsroom.actor(by)
    )
    return fresh(verdict)


# --- Writing ------------------------------------------------------------------------------------------


def test_a_draft_keeps_what_was_written_and_cited(newsroom: Newsroom) -> None:
    verdict = newsroom.draft()
    assert verdict.rating == Rating.objects.get(key="true")
    assert [citation.ordinal for citation in verdict.citations.all()] == [1, 2, 3]
    assert ClaimEvent.objects.filter(verb="edit").get().details["rating"] == ["", "True"]


def test_saving_over_another_persons_version_is_a_conflict_and_changes_nothing(newsroom: Newsroom) -> None:
    verdict = newsroom.draft()
    newsroom.saved(verdict, summary="Hers.")
    with pytest.raises(Conflict) as conflict:
        newsroom.saved(verdict, summary="His.")
    assert (conflict.value.seen_version, conflict.value.present_version) == (
        verdict.version,
        verdict.version + 1,
    )
    assert fresh(verdict).summary == "Hers."


def test_only_accepted_evidence_of_this_claim_can_be_cited(newsroom: Newsroom) -> None:
    verdict = newsroom.draft()
    found = newsroom.evidence(verdict.claim, "supports", origin="new")
    foreign = newsroom.weighed_claim(text="Another claim.").evidence.first()
    for piece in (found, foreign):
        with pytest.raises(Invalid) as refusal:
            newsroom.saved(verdict, citations=(piece.pk,))
        assert "citations" in refusal.value.fields


def test_words_that_do_not_fit_are_named_field_by_field(newsroom: Newsroom) -> None:
    with pytest.raises(Invalid) as refusal:
        newsroom.saved(
            newsroom.draft(), title="t" * 201, tier="enormous", rating_id=0, exceptions={"E16": "Please."}
        )
    assert set(refusal.value.fields) == {"title", "tier", "rating", "exceptions"}


def test_characters_that_no_database_takes_are_dropped(newsroom: Newsroom) -> None:
    verdict = newsroom.saved(newsroom.draft(), summary="Four\x00 tugs\ud800.")
    assert verdict.summary == "Four tugs\ufffd."


def test_a_claim_has_one_verdict_on_its_way(newsroom: Newsroom) -> None:
    claim = newsroom.draft().claim
    with pytest.raises(Invalid, match="on its way"):
        newsroom.started(Claim.objects.get(pk=claim.pk))


@pytest.mark.parametrize("name", ["jonas", "pavlo", "ada", "adam"])
def test_only_a_reviewer_records(newsroom: Newsroom, name: str) -> None:
    with pytest.raises(NotAllowed):
        newsroom.started(newsroom.claim(), by=name)


def test_a_language_without_a_page_is_refused(newsroom: Newsroom) -> None:
    claim = newsroom.claim()
    with pytest.raises(Invalid):
        start_verdict(
            claim_id=claim.pk, seen_version=claim.version, language="other", actor=newsroom.actor("rita")
        )


# --- Submitting ---------------------------------------------------------------------------------------


def test_submitting_freezes_the_content_under_its_hash(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted()
    assert (verdict.state, len(verdict.content_hash)) == ("submitted", 64)
    with pytest.raises(IllegalMove):
        newsroom.saved(verdict, summary="Later.")


def test_a_verdict_that_lacks_something_is_told_all_of_it_at_once(newsroom: Newsroom) -> None:
    verdict = newsroom.draft(justification="Because.", citations=(), rating_id=None)
    with pytest.raises(GatesClosed) as refusal:
        newsroom.submitted(verdict)
    closed_gates = {result.id for result in refusal.value.results}
    assert closed_gates == {"E3", "E12", "E12-primary", "E12-sides", "E14"}
    assert "Choose a rating." in str(refusal.value)
    assert fresh(verdict).state == "draft"


# --- Deciding -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["rita", "jonas", "pavlo", "ada", "adam"])
def test_neither_the_recorder_nor_who_does_not_review_approves(newsroom: Newsroom, name: str) -> None:
    verdict = newsroom.submitted()
    with pytest.raises(NotAllowed):
        approve(newsroom, verdict, name)
    assert not Approval.objects.exists()


def test_a_recorder_who_is_made_editor_still_does_not_approve_their_own(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted(by="anna")
    with pytest.raises(NotAllowed):
        approve(newsroom, verdict, "anna")


def test_a_co_author_does_not_approve_although_another_edited_last(newsroom: Newsroom) -> None:
    claim = newsroom.weighed_claim()
    draft = newsroom.draft(claim)
    Claim.objects.filter(pk=claim.pk).update(held_by=None, held_until=None)
    draft = newsroom.saved(draft, by="remi", summary="Remi's words.")
    draft = newsroom.saved(draft, by="rita", summary="Rita's words.")
    verdict = newsroom.submitted(draft)
    assert verdict.last_editor == newsroom.people["rita"]
    with pytest.raises(NotAllowed):
        approve(newsroom, verdict, "remi")
    assert approve(newsroom, verdict, "anna").state == "approved"


def test_the_last_editor_does_not_approve(newsroom: Newsroom) -> None:
    draft = newsroom.draft()
    Claim.objects.update(held_by=None, held_until=None)
    verdict = newsroom.submitted(newsroom.saved(draft, by="remi", summary="Remi's words."))
    with pytest.raises(NotAllowed):
        approve(newsroom, verdict, "remi")


def test_who_has_decided_on_a_revision_does_not_edit_it(newsroom: Newsroom) -> None:
    verdict = ask(newsroom, newsroom.submitted(), by="remi")
    Claim.objects.update(held_by=None, held_until=None)
    with pytest.raises(NotAllowed, match="have not decided"):
        newsroom.saved(verdict, by="remi", summary="I do it myself.")


def test_an_approval_is_for_the_content_that_was_seen(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted()
    with pytest.raises(Conflict):
        approve(newsroom, verdict, "anna", seen_hash="0" * 64)
    with pytest.raises(Conflict):
        approve(newsroom, verdict, "anna", seen_version=verdict.version - 1)


def test_high_risk_needs_two_people_and_one_person_counts_once(newsroom: Newsroom) -> None:
    claim = newsroom.weighed_claim(risk="casualties")
    verdict = approve(newsroom, newsroom.submitted(newsroom.draft(claim)), "anna")
    assert verdict.state == "in_review"
    verdict = fresh(verdict)
    with pytest.raises(Invalid, match="approved this already"):
        approve(newsroom, verdict, "anna")
    assert approve(newsroom, verdict, "remi").state == "approved"


def test_a_desk_may_ask_for_more_approvals(newsroom: Newsroom) -> None:
    Desk.objects.filter(pk=newsroom.desk.pk).update(approvals_required=2)
    assert approve(newsroom, newsroom.submitted(), "anna").state == "in_review"


def test_an_edit_voids_every_approval(newsroom: Newsroom) -> None:
    claim = newsroom.weighed_claim(risk="health")
    verdict = approve(newsroom, newsroom.submitted(newsroom.draft(claim)), "anna")
    verdict = ask(newsroom, fresh(verdict), by="remi")
    verdict = newsroom.submitted(newsroom.saved(verdict, summary="Four, by the log."))
    assert approve(newsroom, verdict, "remi").state == "in_review"
    assert approve(newsroom, fresh(verdict), "anna").state == "approved"


def test_an_approval_does_not_outlive_a_round_of_changes_that_changed_nothing(newsroom: Newsroom) -> None:
    verdict = ask(newsroom, newsroom.approved(), by="remi")
    before = Approval.objects.get(decision="approved").content_hash
    verdict = newsroom.submitted(newsroom.saved(verdict))
    assert verdict.content_hash != before
    assert verdict.state == "submitted"


def test_asking_for_changes_needs_a_comment_that_the_trail_keeps(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted()
    with pytest.raises(Invalid, match="Say what"):
        ask(newsroom, verdict, comment="  ")
    verdict = ask(newsroom, verdict)
    assert verdict.state == "changes_requested"
    assert Approval.objects.get().comment == "Name the ships."
    assert ClaimEvent.objects.get(verb="request_changes").note == "Name the ships."
    assert newsroom.saved(verdict).state == "draft"


def test_reading_is_shown_and_keeps_nobody_from_deciding(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted()
    review_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=newsroom.actor("remi"))
    assert fresh(verdict).state == "in_review"
    assert approve(newsroom, fresh(verdict), "anna").state == "approved"


def test_only_the_recorder_withdraws_and_a_new_revision_may_begin(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted()
    with pytest.raises(NotAllowed):
        withdraw_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=newsroom.actor("anna"))
    withdraw_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=newsroom.actor("rita"))
    assert fresh(verdict).state == "withdrawn"
    assert newsroom.started(Claim.objects.get(pk=verdict.claim_id)).revision == 2


def test_a_disabled_person_decides_nothing(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted()
    Person.objects.filter(pk=newsroom.people["anna"].pk).update(is_active=False)
    with pytest.raises(Exception, match="no such verdict"):
        approve(newsroom, verdict, "anna")


def test_any_move_that_the_table_does_not_name_is_refused(newsroom: Newsroom) -> None:
    verdict = newsroom.approved()
    for action in (save_verdict, submit_verdict, review_verdict):
        extra = {"content": newsroom.content(verdict.claim)} if action is save_verdict else {}
        with pytest.raises((IllegalMove, NotAllowed)):
            action(
                verdict_id=verdict.pk,
                seen_version=verdict.version,
                actor=newsroom.actor("rita"),
                **extra,  # type: ignore[arg-type]
            )
