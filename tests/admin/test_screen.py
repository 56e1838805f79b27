"""What one screen shows: captures, precedents, the contact log, previews, approvals that are void, blind desks."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from claims.actions.decisions import request_changes
from claims.actions.documents import NewDocument, store_document
from claims.actions.indexing import index_claims
from claims.models import Claim, Desk, Document, Evidence, Outlet, Passage, PublishedRevision
from tests.admin.conftest import SignedIn
from tests.admin.test_desk import press, screen, written
from tests.newsroom import Newsroom, fresh


def capture(piece: Evidence) -> str:
    return reverse("admin:claims_claim_capture", args=[piece.claim_id, piece.pk])


def preview(claim: Claim) -> str:
    return reverse("admin:claims_claim_preview", args=[claim.pk])


# --- Statements ---------------------------------------------------------------------------------------


def test_every_person_gets_the_screen_in_twelve_statements_at_most(
    newsroom: Newsroom, at_desk: SignedIn, django_assert_max_num_queries: Any
) -> None:
    draft = newsroom.draft()
    Claim.objects.filter(pk=draft.claim_id).update(held_by=None, held_until=None)
    draft = newsroom.saved(fresh(draft), by="remi")
    waiting = newsroom.submitted(newsroom.draft(newsroom.weighed_claim(text="Five tugs left the harbour.")))
    corrected = newsroom.published(newsroom.approved(waiting)).publication.claim
    for verdict_claim in (draft.claim, corrected, newsroom.claim(text="Nobody weighed this.")):
        for number in range(10):
            newsroom.evidence(verdict_claim, "context", origin=f"origin {number}")
        for name in ("rita", "anna", "pavlo", "ada"):
            client = at_desk(name)
            client.get(screen(verdict_claim))
            with django_assert_max_num_queries(12):
                assert client.get(screen(verdict_claim)).status_code == 200


# --- Captures -----------------------------------------------------------------------------------------


def test_a_capture_opens_at_the_quoted_words(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim = newsroom.weighed_claim()
    outlet = Outlet.objects.create(name="Harbour Post", ownership="A fund", interest="Owns two tugs")
    words = "The harbour log names four tugs."
    document, _ = store_document(
        NewDocument(
            "p", outlet.pk, "Log", f"Before it rained. {words} Then it rained.", "en", raw=b"<p>x</p>"
        )
    )
    passage = document.passages.get()
    at = passage.text.index(words)
    piece = newsroom.evidence(claim, "supports", origin="post")
    Evidence.objects.filter(pk=piece.pk).update(passage=passage, start=at, end=at + len(words))
    page = at_desk("rita").get(capture(piece)).content.decode()
    assert f'<mark id="words" tabindex="-1">{words}</mark>' in page
    assert "Before it rained. <mark" in page
    assert "A fund" in page
    assert "Owns two tugs" in page
    assert document.text_sha256 in page
    assert "SHA-256 of the page as it came (8 bytes)" in page
    assert f"{capture(piece)}#words" in at_desk("rita").get(screen(claim)).content.decode()


def test_a_page_that_changed_since_shows_the_passage_that_was_stored(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    claim = newsroom.weighed_claim()
    piece = claim.evidence.first()
    assert piece is not None
    words = piece.passage.text
    Document.objects.filter(pk=piece.passage.document_id).update(text="Removed by the editors.")
    Passage.objects.filter(pk=piece.passage_id).update(retired=True)
    Evidence.objects.filter(pk=piece.pk).update(words_state="gone")
    page = at_desk("rita").get(capture(piece)).content.decode()
    assert "these words stand there no more" in page
    assert words in page
    verdict = newsroom.draft(claim)
    shown = at_desk("rita").get(screen(verdict.claim)).content.decode()
    assert "Cited pages on which the quoted words stand no more: 1" in shown


def test_a_capture_of_another_desk_or_claim_is_no_page(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim, other = newsroom.weighed_claim(), newsroom.weighed_claim(text="Another claim.")
    piece = claim.evidence.first()
    assert piece is not None
    wrong = reverse("admin:claims_claim_capture", args=[other.pk, piece.pk])
    assert at_desk("rita").get(wrong).status_code == 404
    assert at_desk("rita").get(f"/admin/claims/claim/{claim.pk}/capture/{2**70}/").status_code == 404
    newsroom.join("olena", "reviewer", desk=Desk.objects.create(name="Elsewhere"), is_staff=True)
    assert at_desk("olena").get(capture(piece)).status_code == 404


def test_a_hostile_capture_is_shown_as_words(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim = newsroom.weighed_claim()
    Document.objects.update(
        text="<script>alert(1)</script>", title="<img src=x>", url="https://a.example.org/"
    )
    Passage.objects.update(text="<script>alert(1)</script>")
    piece = claim.evidence.first()
    assert piece is not None
    page = at_desk("rita").get(capture(piece)).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


# --- Evidence, by one key each ------------------------------------------------------------------------


def test_evidence_is_rejected_and_read_differently_by_one_button_each_and_taken_back(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    claim = newsroom.weighed_claim()
    rita = at_desk("rita")
    piece = newsroom.evidence(claim, "supports", origin="new")
    page = rita.get(screen(claim)).content.decode()
    card = page[page.index(f'id="evidence-{piece.pk}"') :]
    card = card[: card.index("</article>")]
    assert [key for key in "ar123uo" if f'data-key="{key}"' in card] == ["a", "r", "2", "3", "o"]
    press(rita, claim, "reject", evidence=piece.pk, seen_version=1, reason="Does not bear on the claim")
    press(
        rita, claim, "stance", evidence=piece.pk, seen_version=2, stance="context", reason="Read differently"
    )
    piece.refresh_from_db()
    assert (piece.state, piece.stance) == ("rejected", "context")
    press(rita, claim, "undo", evidence=piece.pk, seen_version=3)
    press(rita, claim, "undo", evidence=piece.pk, seen_version=4)
    piece.refresh_from_db()
    assert (piece.state, piece.stance) == ("found", "supports")


def test_a_reason_in_own_words_stands_for_the_one_on_offer(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim = newsroom.weighed_claim()
    piece = newsroom.evidence(claim, "supports", origin="new")
    own = {"reason": "Does not bear on the claim", "reason_words": "It is about last year."}
    press(at_desk("rita"), claim, "reject", evidence=piece.pk, seen_version=1, **own)
    assert piece.decisions.get().reason == "It is about last year."
    assert "It is about last year." in at_desk("rita").get(screen(claim)).content.decode()


# --- Precedents ---------------------------------------------------------------------------------------


def test_a_precedent_is_shown_and_an_unlike_rating_is_warned_of(
    engine: None, newsroom: Newsroom, at_desk: SignedIn
) -> None:
    text = "Four tugs entered the harbour that morning."
    earlier = newsroom.published().publication.claim
    verdict = newsroom.draft(newsroom.weighed_claim(text=text), rating="false")
    index_claims([earlier.pk, verdict.claim_id])
    page = at_desk("rita").get(screen(verdict.claim)).content.decode()
    assert "the same claim" in page
    assert "The same claim was rated “True” before" in page
    live = reverse("admin:claims_claim_keep", args=[verdict.claim_id])
    typed = at_desk("rita").post(live, written(verdict)).content.decode()
    assert "The same claim was rated" not in typed
    retract = {"publication": earlier.publications.get().pk, "reason": "The log was forged."}
    press(at_desk("pavlo"), earlier, "retract", seen_version=earlier.publications.get().version, **retract)
    assert (
        "Nothing like it was checked here before."
        in at_desk("rita").get(screen(verdict.claim)).content.decode()
    )


def test_a_rating_that_nobody_published_is_no_precedent(
    engine: None, newsroom: Newsroom, at_desk: SignedIn
) -> None:
    earlier = newsroom.approved().claim
    verdict = newsroom.draft(newsroom.weighed_claim(), rating="false")
    index_claims([earlier.pk, verdict.claim_id])
    assert (
        "Nothing like it was checked here before."
        in at_desk("rita").get(screen(verdict.claim)).content.decode()
    )


# --- Preview ------------------------------------------------------------------------------------------


def test_a_preview_shows_page_markup_and_feed_entry_and_publishes_nothing(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.draft()
    page = at_desk("rita").get(preview(verdict.claim)).content.decode()
    assert "Preview: nobody outside can see this." in page
    assert "How many tugs entered the harbour?" in page
    assert "&quot;@type&quot;: &quot;ClaimReview&quot;" in page
    assert "&lt;atom:entry" in page
    assert "application/ld+json" not in page
    assert not PublishedRevision.objects.exists()
    assert not verdict.claim.publications.exists()


def test_what_is_typed_is_previewed_before_it_is_saved(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.draft()
    form = written(verdict, title="Typed <i>just</i> now")
    page = at_desk("rita").post(preview(verdict.claim), form).content.decode()
    assert "Typed &lt;i&gt;just&lt;/i&gt; now" in page
    assert "<i>just</i>" not in page
    assert fresh(verdict).title == verdict.title


def test_a_preview_is_for_the_desk_alone_and_needs_a_rating(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.started(newsroom.weighed_claim())
    page = at_desk("rita").get(preview(verdict.claim), follow=True).content.decode()
    assert "Choose a rating first" in page
    assert at_desk("rita").get(preview(newsroom.claim())).status_code == 404
    newsroom.join("olena", "reviewer", desk=Desk.objects.create(name="Elsewhere"), is_staff=True)
    assert at_desk("olena").get(preview(verdict.claim)).status_code == 404


# --- Approval -----------------------------------------------------------------------------------------


def test_an_edit_voids_an_approval_and_says_so_to_its_giver(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.approved(newsroom.submitted(newsroom.draft(newsroom.weighed_claim(risk="health"))))
    assert "Your approval is void" not in at_desk("anna").get(screen(verdict.claim)).content.decode()
    request_changes(
        verdict_id=verdict.pk,
        seen_version=verdict.version,
        comment="Name the log.",
        actor=newsroom.actor("remi"),
    )
    verdict = newsroom.submitted(newsroom.saved(fresh(verdict), summary="The log of 3 February says four."))
    page = at_desk("anna").get(screen(verdict.claim)).content.decode()
    assert "Your approval is void" in page
    assert "<ins>of 3 February says</ins>" in page
    assert "Your approval is void" not in at_desk("remi").get(screen(verdict.claim)).content.decode()


def test_evidence_that_changed_after_submission_is_told_to_who_approves(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.approved()
    Claim.objects.filter(pk=verdict.claim_id).update(attribution="Another paper")
    assert "Your approval is void" in at_desk("anna").get(screen(verdict.claim)).content.decode()
    told = "changed after this was submitted, so approvals for it do not count"
    assert told in at_desk("remi").get(screen(verdict.claim)).content.decode()


def test_an_approver_sees_which_reasons_for_exceptions_changed(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.submitted()
    request_changes(
        verdict_id=verdict.pk, seen_version=verdict.version, comment="Why?", actor=newsroom.actor("anna")
    )
    reasons = {"E12-primary": "The log is sealed."}
    newsroom.submitted(newsroom.saved(fresh(verdict), exceptions=reasons))
    assert (
        "<ins>Why no primary source is cited: The log is sealed.</ins>"
        in at_desk("anna").get(screen(verdict.claim)).content.decode()
    )


def test_a_blind_desk_shows_the_verdict_only_after_an_own_rating(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    newsroom.desk.labels_blind = True
    newsroom.desk.save()
    verdict = newsroom.submitted(newsroom.draft(rating="mostly-true", summary="Four is right."))
    anna = at_desk("anna")
    history = reverse("admin:claims_claim_history", args=[verdict.claim_id])
    page = anna.get(screen(verdict.claim)).content.decode()
    assert "Record my rating" in page
    assert "do/approve/" not in page
    assert "Four is right." not in page + anna.get(history).content.decode()
    assert anna.get(preview(verdict.claim)).status_code == 404
    assert "Four is right." in at_desk("rita").get(screen(verdict.claim)).content.decode()
    rating = verdict.rating
    assert rating is not None
    form = {"verdict": verdict.pk, "seen_version": verdict.version, "seen_hash": verdict.content_hash}
    press(anna, verdict.claim, "label", **form, rating=rating.scale.ratings.get(key="false").pk, note="Five.")
    page = anna.get(screen(verdict.claim)).content.decode()
    assert "Four is right." in page
    assert "rated it differently" in page
    form["seen_version"] = fresh(verdict).version
    press(anna, verdict.claim, "discuss", **form, comment="I counted five.")
    assert "I counted five." in at_desk("rita").get(screen(verdict.claim)).content.decode()
    form["seen_version"] = fresh(verdict).version
    press(anna, verdict.claim, "approve", **form, comment="Four, after all.")
    assert fresh(verdict).state == "approved"


def test_the_contact_log_is_written_on_the_screen_and_stays_inside(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    claim = newsroom.claim()
    entry = {
        "channel": "phone",
        "outcome": "waiting",
        "words": "Asked Ms Lys for the log.",
        "contacted_at": "",
    }
    press(at_desk("jonas"), claim, "contact", seen_version=claim.version, **entry)
    assert "Asked Ms Lys" not in at_desk("rita").get(screen(claim)).content.decode()
    press(at_desk("rita"), claim, "contact", seen_version=claim.version, **entry, deadline="2099-01-02T12:00")
    page = at_desk("rita").get(screen(claim)).content.decode()
    assert "Asked Ms Lys for the log." in page
    # As it was typed, in the desk's own zone; UTC is there for whoever points at it.
    assert 'title="2099-01-02 10:00 UTC">2099-01-02 12:00 EET</time>' in page
    published = newsroom.published().publication
    assert "Asked the press office" not in at_desk("rita").get(published.get_absolute_url()).content.decode()
