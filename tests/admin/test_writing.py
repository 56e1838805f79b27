"""Writing a verdict on the desk: the live checklist, what is kept, and that no refusal loses a word."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.actions.decisions import request_changes
from claims.actions.queue import reassign_claim
from claims.models import Claim, ClaimEvent, KeptDraft, Membership, Rating, Verdict
from tests.admin.conftest import SignedIn
from tests.admin.test_desk import press, screen, written
from tests.newsroom import Newsroom, fresh


def keep(client: Client, claim: Claim, **form: object) -> Any:
    return client.post(reverse("admin:claims_claim_keep", args=[claim.pk]), form)


# --- The live checklist -------------------------------------------------------------------------------


def test_the_checklist_follows_what_is_typed_and_saves_nothing(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.draft()
    events = ClaimEvent.objects.count()
    rita = at_desk("rita")
    page = keep(rita, verdict.claim, **written(verdict, justification="Because.", rating="")).content.decode()
    assert "The justification has 8 characters" in page
    assert "Choose a rating." in page
    assert "what you typed is kept for you" in page
    page = keep(rita, verdict.claim, **written(verdict)).content.decode()
    assert "The justification has" not in page
    assert fresh(verdict).version == verdict.version
    assert fresh(verdict).justification == verdict.justification
    assert ClaimEvent.objects.count() == events


def test_the_checklist_of_a_form_is_that_of_the_saved_draft(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.draft()
    changes = {"claim_reviewed": "No tugs came, which is false.", "citations": [], "none_found": "both"}
    typed = keep(at_desk("rita"), verdict.claim, **written(verdict, **changes)).content.decode()
    press(at_desk("rita"), verdict.claim, "save", **written(verdict, **changes))
    saved = at_desk("rita").get(screen(verdict.claim)).content.decode()
    start, end = '<ul class="checklist">', "</ul>"
    first = typed[typed.index(start) : typed.index(end)]
    assert first.count("<li") >= 4
    assert first in saved


def test_none_found_is_doubted_while_something_found_waits_for_a_decision(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.draft()
    newsroom.evidence(verdict.claim, "contradicts", origin="harbour-log")
    doubt = "Passages that seem to contradict it and that nobody has decided on: 1."
    rita = at_desk("rita")
    typed = keep(rita, verdict.claim, **written(verdict, none_found="against")).content.decode()
    assert doubt in typed
    assert doubt not in keep(rita, verdict.claim, **written(verdict)).content.decode()
    press(rita, verdict.claim, "save", **written(verdict, none_found="against"))
    assert doubt in rita.get(screen(verdict.claim)).content.decode()


def test_only_who_may_write_gets_a_live_checklist(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.draft()
    for name in ("pavlo", "ada", "adam"):
        assert keep(at_desk(name), verdict.claim, **written(verdict)).status_code == 404
    assert at_desk("rita").get(reverse("admin:claims_claim_keep", args=[verdict.claim_id])).status_code == 405
    verdict = newsroom.submitted(verdict)
    assert keep(at_desk("rita"), verdict.claim, **written(verdict)).status_code == 404
    assert not KeptDraft.objects.exists()


def test_autosave_never_touches_the_version_of_another(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.draft()
    newsroom.saved(verdict, summary="Saved by the other window.")
    page = keep(at_desk("rita"), verdict.claim, **written(verdict, summary="Typed here.")).content.decode()
    assert "Rita saved another version meanwhile." in page
    assert fresh(verdict).summary == "Saved by the other window."
    assert KeptDraft.objects.get().words["summary"] == ["Typed here."]


# --- What is kept -------------------------------------------------------------------------------------


def test_what_was_typed_is_offered_back_with_its_difference(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.draft()
    keep(at_desk("rita"), verdict.claim, **written(verdict, summary="Typed and not saved <b>yet</b>."))
    page = at_desk("rita").get(screen(verdict.claim)).content.decode()
    assert "is not saved" in page
    assert "&lt;b&gt;yet&lt;/b&gt;.</ins>" in page
    assert "<b>yet</b>" not in page
    form = at_desk("rita").get(screen(verdict.claim) + "?draft=kept").content.decode()
    assert 'maxlength="500">Typed and not saved &lt;b&gt;yet&lt;/b&gt;.</textarea>' in form
    assert "is not saved" not in at_desk("remi").get(screen(verdict.claim)).content.decode()


def test_saving_or_forgetting_ends_the_offer(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.draft()
    rita = at_desk("rita")
    keep(rita, verdict.claim, **written(verdict, summary="Typed."))
    press(rita, verdict.claim, "drop", verdict=verdict.pk, seen_version=verdict.version)
    assert not KeptDraft.objects.exists()
    keep(rita, verdict.claim, **written(verdict, summary="Typed again."))
    press(rita, verdict.claim, "save", **written(verdict, summary="Typed again."))
    assert not KeptDraft.objects.exists()
    assert fresh(verdict).summary == "Typed again."


def test_nobody_forgets_what_another_typed(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.draft()
    keep(at_desk("rita"), verdict.claim, **written(verdict, summary="Typed."))
    press(at_desk("remi"), verdict.claim, "drop", verdict=verdict.pk, seen_version=verdict.version)
    assert KeptDraft.objects.get().person == newsroom.people["rita"]


# --- Refusals while writing ---------------------------------------------------------------------------


def test_a_lease_that_was_lost_while_writing_keeps_the_text_and_offers_it_back(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.draft()
    claim = Claim.objects.get(pk=verdict.claim_id)
    reassign_claim(
        claim_id=claim.pk,
        seen_version=claim.version,
        to_person_id=newsroom.people["remi"].pk,
        reason="Rita is ill.",
        actor=newsroom.actor("anna"),
    )
    answer = press(at_desk("rita"), claim, "save", **written(verdict, summary="Written too late."))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Remi is working on this claim until" in page
    assert "Written too late." in page
    assert fresh(verdict).summary == verdict.summary
    Claim.objects.filter(pk=claim.pk).update(held_until=timezone.now() - timedelta(seconds=1))
    assert "Written too late." in at_desk("rita").get(screen(claim) + "?draft=kept").content.decode()
    press(at_desk("rita"), claim, "save", **written(verdict, summary="Written too late."))
    assert fresh(verdict).summary == "Written too late."


def test_after_a_sign_in_that_ended_the_text_comes_back(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.draft()
    rita = at_desk("rita")
    rita.get(screen(verdict.claim))
    Session.objects.all().delete()
    answer = press(rita, verdict.claim, "save", **written(verdict, summary="Typed over the end."))
    assert answer.status_code == 302
    assert reverse("sign_in") in answer["Location"]
    assert fresh(verdict).summary == verdict.summary
    form = {"username": newsroom.people["rita"].username, "password": "a long pass phrase"}
    page = rita.post(answer["Location"], form, follow=True).content.decode()
    assert "What you typed before your sign-in ended is kept below." in page
    assert "<ins>Typed over the end.</ins>" in page
    assert "Typed over the end." in rita.get(screen(verdict.claim) + "?draft=kept").content.decode()


def test_who_signs_in_next_and_may_not_write_is_offered_nothing(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.draft()
    client = Client()
    answer = press(client, verdict.claim, "save", **written(verdict, summary="Not for Ada."))
    form = {"username": newsroom.people["ada"].username, "password": "a long pass phrase"}
    assert "Not for Ada." not in client.post(answer["Location"], form, follow=True).content.decode()
    assert not KeptDraft.objects.exists()


def test_autosave_without_a_sign_in_says_so_and_keeps_the_text_in_the_session(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.draft()
    client = Client(headers={"X-Requested-With": "fetch"})
    answer = keep(client, verdict.claim, **written(verdict, summary="Typed over the end."))
    assert answer.status_code == 401
    assert answer.content.decode().startswith("Your sign-in has ended.")
    assert client.session["typed_before_sign_in"]["words"]["summary"] == ["Typed over the end."]


def test_no_stranger_fills_the_sessions_with_what_nobody_types(newsroom: Newsroom) -> None:
    verdict = newsroom.draft()
    client = Client()
    press(client, verdict.claim, "save", **written(verdict, justification="a" * 200_000))
    press(client, verdict.claim, "take", seen_version=1)
    assert "typed_before_sign_in" not in client.session


def test_an_approver_who_wants_to_become_its_recorder_is_told_and_loses_nothing(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.submitted()
    request_changes(
        verdict_id=verdict.pk,
        seen_version=verdict.version,
        comment="Name the log.",
        actor=newsroom.actor("anna"),
    )
    Claim.objects.filter(pk=verdict.claim_id).update(held_by=None, held_until=None)
    verdict = fresh(verdict)
    page = press(at_desk("anna"), verdict.claim, "save", **written(verdict, summary="I write it myself."))
    assert page.status_code == 403
    assert "who have not decided on this revision may edit it" in page.content.decode()
    assert fresh(verdict).summary == verdict.summary
    assert fresh(verdict).state == "changes_requested"


def test_a_role_that_was_taken_while_writing_is_told(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.draft()
    Membership.objects.create(person=newsroom.people["rita"], desk=newsroom.desk, role="auditor")
    Membership.objects.filter(person=newsroom.people["rita"], role="reviewer").delete()
    answer = press(at_desk("rita"), verdict.claim, "save", **written(verdict, summary="Too late."))
    assert answer.status_code == 403
    assert "Only reviewers of this desk" in answer.content.decode()


def test_evidence_that_is_gone_or_rejected_cannot_be_cited_and_the_text_stays(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.draft()
    for cited in ([10**12], [newsroom.evidence(verdict.claim, "supports", origin="new").pk]):
        answer = press(
            at_desk("rita"), verdict.claim, "save", **written(verdict, citations=cited, summary="Kept here.")
        )
        page = answer.content.decode()
        assert answer.status_code == 400
        assert "Only accepted evidence of this claim can be cited." in page
        assert "Kept here." in page
        assert KeptDraft.objects.get().words["summary"] == ["Kept here."]


def test_evidence_rejected_after_it_was_cited_closes_the_way_with_a_sentence(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.draft()
    piece = verdict.claim.evidence.first()
    assert piece is not None
    press(
        at_desk("rita"), verdict.claim, "reject", evidence=piece.pk, seen_version=piece.version, reason="Old."
    )
    press(at_desk("rita"), verdict.claim, "submit", verdict=verdict.pk, seen_version=verdict.version)
    page = at_desk("rita").get(screen(verdict.claim)).content.decode()
    assert fresh(verdict).state == "draft"
    assert "Some cited evidence is not accepted any more." in page


def test_a_rating_that_nobody_offers_is_refused_with_a_sentence(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.draft()
    answer = press(at_desk("rita"), verdict.claim, "save", **written(verdict, rating=10**15))
    assert answer.status_code == 400
    assert "Choose a rating of the scale." in answer.content.decode()
    assert fresh(verdict).rating == Rating.objects.get(key="true")


def test_the_conflict_page_keeps_what_a_co_author_typed(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.draft()
    Claim.objects.filter(pk=verdict.claim_id).update(held_by=None, held_until=None)
    newsroom.saved(verdict, by="remi", summary="Remi's version.")
    answer = press(at_desk("rita"), verdict.claim, "save", **written(verdict, summary="Rita's version."))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<del>Remi&#x27;s</del>" in page
    assert "<ins>Rita&#x27;s</ins>" in page
    assert Verdict.objects.get().summary == "Remi's version."
    assert KeptDraft.objects.get().person == newsroom.people["rita"]
