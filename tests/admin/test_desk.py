"""The queue and the one-claim screen, by their buttons, from taking a claim to correcting it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.actions.refusals import Invalid
from claims.admin.moments import local_moment
from claims.models import Claim, ClaimEvent, Evidence, Publication, Rating, Verdict
from claims.selectors.desk_cards import marked_pieces
from tests.admin.conftest import SignedIn
from tests.newsroom import JUSTIFICATION, Newsroom, fresh

QUEUE = "/admin/claims/claim/"


def screen(claim: Claim) -> str:
    return reverse("admin:claims_claim_change", args=[claim.pk])


def press(client: Client, claim: Claim, verb: str, **fields: object) -> Any:
    return client.post(reverse("admin:claims_claim_step", args=[claim.pk, verb]), fields)


def written(verdict: Verdict, **changes: object) -> dict[str, object]:
    accepted = verdict.claim.evidence.filter(state="accepted").values_list("pk", flat=True)
    fields: dict[str, object] = {
        "verdict": verdict.pk,
        "seen_version": verdict.version,
        "rating": Rating.objects.get(key="true").pk,
        "claim_reviewed": "Four tugs entered the harbour.",
        "summary": "The log says four.",
        "justification": JUSTIFICATION,
        "tier": "first",
        "citations": list(accepted),
    }
    return fields | changes


# --- The whole way ------------------------------------------------------------------------------------


def test_a_claim_travels_from_the_queue_to_its_page_by_buttons(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim = newsroom.claim()
    newsroom.evidence(claim, "supports", origin="log", is_primary=True)
    newsroom.evidence(claim, "contradicts", origin="agency")
    rita, anna, pavlo = at_desk("rita"), at_desk("anna"), at_desk("pavlo")

    press(rita, claim, "take", seen_version=claim.version)
    for piece in claim.evidence.all():
        press(rita, claim, "accept", evidence=piece.pk, seen_version=piece.version)
    claim.refresh_from_db()
    entry = {"channel": "phone", "outcome": "answered", "words": "The press office stands by four."}
    press(rita, claim, "contact", seen_version=claim.version, **entry)
    claim.refresh_from_db()
    press(rita, claim, "start", seen_version=claim.version, language="en")
    verdict = Verdict.objects.get()
    press(rita, claim, "save", **written(verdict, then="submit"))
    assert fresh(verdict).state == "submitted"

    verdict = fresh(verdict)
    decision = {"verdict": verdict.pk, "seen_version": verdict.version, "seen_hash": verdict.content_hash}
    press(anna, claim, "approve", **decision, comment="Well sourced.")
    verdict = fresh(verdict)
    assert verdict.state == "approved"
    press(pavlo, claim, "publish", verdict=verdict.pk, seen_version=verdict.version)
    publication = Publication.objects.get()
    assert publication.state == "live"
    page = pavlo.get(screen(claim)).content.decode()
    assert "Start a correction" in page
    press(
        pavlo,
        claim,
        "start_correction",
        publication=publication.pk,
        seen_version=publication.version,
        reason="A reader wrote.",
    )
    assert Publication.objects.get().state == "under_correction"


def test_the_buttons_that_are_shown_are_those_that_would_work(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.submitted()
    shown = {
        name: at_desk(name).get(screen(verdict.claim)).content.decode()
        for name in ("rita", "anna", "pavlo", "ada")
    }
    assert "do/approve/" in shown["anna"]
    assert "do/approve/" not in shown["rita"] + shown["pavlo"] + shown["ada"]
    assert "do/withdraw/" in shown["rita"]
    assert "do/" not in shown["ada"]
    verdict = newsroom.approved(verdict)
    assert "do/publish/" in at_desk("pavlo").get(screen(verdict.claim)).content.decode()


# --- Refusals -----------------------------------------------------------------------------------------


def test_a_stale_form_gets_a_conflict_that_loses_no_word_and_can_be_kept(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.draft()
    newsroom.saved(verdict, summary="Saved by the other window.")
    form = written(verdict, summary="Typed in this window.")
    answer = press(at_desk("rita"), verdict.claim, "save", **form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<del>Saved by the other</del>" in page
    assert fresh(verdict).summary == "Saved by the other window."
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert kept["summary"] == "Typed in this window."
    press(at_desk("rita"), verdict.claim, "save", **(form | {"seen_version": kept["seen_version"]}))
    assert fresh(verdict).summary == "Typed in this window."


def test_words_that_cannot_be_taken_stay_in_the_form(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.draft()
    form = written(verdict, title="t" * 201, summary="Kept <b>here</b>.")
    answer = press(at_desk("rita"), verdict.claim, "save", **form)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Kept &lt;b&gt;here&lt;/b&gt;." in page
    assert "Shorten this to 200 characters" in page


def test_a_closed_gate_is_told_and_the_draft_is_kept(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.draft()
    answer = press(
        at_desk("rita"), verdict.claim, "save", **written(verdict, justification="Because.", then="submit")
    )
    assert answer.status_code == 302
    assert fresh(verdict).justification == "Because."
    page = at_desk("rita").get(screen(verdict.claim)).content.decode()
    assert "The justification has 8 characters" in page


def test_two_approvers_at_once_are_one_approval_and_one_conflict(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.submitted(newsroom.draft(newsroom.weighed_claim(risk="health")))
    decision = {"verdict": verdict.pk, "seen_version": verdict.version, "seen_hash": verdict.content_hash}
    assert press(at_desk("anna"), verdict.claim, "approve", **decision).status_code == 302
    assert press(at_desk("remi"), verdict.claim, "approve", **decision).status_code == 409


@pytest.mark.parametrize("verb", ["destroy", "delete_selected", "approve-all"])
def test_a_forged_verb_is_no_page(newsroom: Newsroom, at_desk: SignedIn, verb: str) -> None:
    assert press(at_desk("rita"), newsroom.claim(), verb).status_code == 404


@pytest.mark.parametrize("id", ["0", "-1", str(2**63), "9" * 30, "x", "../1", "１"])
def test_an_id_that_no_claim_has_is_no_page(at_desk: SignedIn, id: str) -> None:
    assert at_desk("rita").get(f"{QUEUE}{id}/change/").status_code == 404


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40, "1.5"])
def test_a_broken_form_is_told_and_changes_nothing(newsroom: Newsroom, at_desk: SignedIn, seen: str) -> None:
    claim = newsroom.claim()
    assert press(at_desk("rita"), claim, "take", seen_version=seen).status_code == 302
    assert Claim.objects.get(pk=claim.pk).held_by is None


def test_a_step_is_taken_by_post_alone(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim = newsroom.claim()
    assert at_desk("rita").get(reverse("admin:claims_claim_step", args=[claim.pk, "take"])).status_code == 405


def test_a_step_without_the_csrf_token_is_refused(newsroom: Newsroom) -> None:
    claim, client = newsroom.claim(), Client(enforce_csrf_checks=True)
    client.force_login(newsroom.people["rita"])
    assert press(client, claim, "take", seen_version=claim.version).status_code == 403


def test_one_claim_asks_a_fixed_number_of_questions(
    newsroom: Newsroom, at_desk: SignedIn, django_assert_max_num_queries: Any
) -> None:
    claim = newsroom.draft().claim
    for number in range(30):
        newsroom.evidence(claim, "context", origin=f"origin {number}")
    client = at_desk("rita")
    with django_assert_max_num_queries(12):
        client.get(screen(claim))


# --- What is shown ------------------------------------------------------------------------------------


def test_an_approver_sees_what_changed_since_changes_were_asked_for(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.submitted()
    fields = {"verdict": verdict.pk, "seen_version": verdict.version}
    press(at_desk("anna"), verdict.claim, "request_changes", **fields, comment="Name the log.")
    newsroom.submitted(newsroom.saved(fresh(verdict), summary="The harbour log of 3 February says four."))
    page = at_desk("anna").get(screen(verdict.claim)).content.decode()
    assert "Changed since it was last looked at" in page
    assert "<ins>of 3 February says</ins>" in page
    assert "Name the log." in page


def test_words_from_outside_are_shown_and_never_run(newsroom: Newsroom, at_desk: SignedIn) -> None:
    nasty = "<script>alert(1)</script> & “two” hours"
    claim = newsroom.weighed_claim(text=nasty, attribution=nasty)
    Evidence.objects.update(origin_name=nasty)
    page = at_desk("rita").get(screen(claim)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_no_page_of_the_desk_holds_inline_script_or_style(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim = newsroom.draft().claim
    pages = [QUEUE, screen(claim), reverse("admin:claims_claim_history", args=[claim.pk])]
    pages += ["/admin/claims/claimevent/", "/admin/claims/publication/", "/admin/claims/source/"]
    for address in pages:
        answer = at_desk("rita").get(address)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", page), address
        assert not re.search(r"<[^>]+\s(style|on\w+)=", page), address
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_history_reads_as_sentences(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.approved()
    address = reverse("admin:claims_claim_history", args=[verdict.claim_id])
    page = at_desk("ada").get(address).content.decode()
    for words in ("took the claim", "accepted evidence", "submitted the verdict", "approved the verdict"):
        assert words in page
    assert ClaimEvent.objects.filter(claim=verdict.claim).count() == page.count('class="hash"')


def test_the_history_of_the_desk_tells_each_moment_with_its_zone(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    newsroom.weighed_claim()
    event = ClaimEvent.objects.latest("sequence")
    page = at_desk("ada").get(reverse("admin:claims_claimevent_changelist")).content.decode()
    assert f"{event.at:%Y-%m-%d %H:%M} UTC" in page


def test_marks_cut_a_passage_into_pieces_that_join_to_it() -> None:
    text = "about two hours of talks"
    for marks in ([(6, 15)], [(6, 9), (8, 15), (6, 7)], [(0, 99)], [(15, 3)], []):
        pieces = marked_pieces(text, marks)
        assert "".join(words for words, _marked in pieces) == text
    assert ("two hours", True) in marked_pieces(text, [(6, 15)])


@pytest.mark.parametrize(
    "typed", ["2026-03-29T03:30", "2026-10-25T03:30", "tomorrow", "", "0000-01-01T00:00"]
)
def test_a_moment_that_does_not_exist_once_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        local_moment(typed, "Europe/Kyiv")


def test_a_typed_moment_is_the_desks(db: None) -> None:
    assert local_moment("2026-07-01T12:00", "Europe/Kyiv").isoformat() == "2026-07-01T09:00:00+00:00"
    assert local_moment("2026-01-01T12:00", "Europe/Kyiv").isoformat() == "2026-01-01T10:00:00+00:00"
