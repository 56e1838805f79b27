"""The review desk in a real browser: by keyboard alone, for people who cannot see it, and while words are typed."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from claims.models import Claim, Desk, KeptDraft, Person, Verdict
from tests.browser.conftest import Open, expect
from tests.browser.looking import faults
from tests.newsroom import JUSTIFICATION, Newsroom

pytestmark = pytest.mark.browser

QUEUE = "/admin/claims/claim/"
#: More stops than any page of the desk has.
MOST_STOPS = 250


@pytest.fixture
def desk(newsroom: Newsroom) -> Newsroom:
    Person.objects.update(is_staff=True)
    return newsroom


def screen(claim: Claim) -> str:
    return reverse("admin:claims_claim_change", args=[claim.pk])


def go_to(page: Any, target: Any) -> None:
    """Press Tab until ``target`` has the focus, as a person without a mouse does."""
    target.wait_for()
    for _stop in range(MOST_STOPS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{target} cannot be reached by Tab")


def press(page: Any, target: Any, key: str = "Enter") -> None:
    go_to(page, target)
    page.keyboard.press(key)


def press_and_load(page: Any, target: Any) -> None:
    go_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def button(page: Any, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True).first


# --- By keyboard alone --------------------------------------------------------------------------------


def test_a_claim_goes_from_the_queue_to_its_approval_by_keyboard_alone(
    desk: Newsroom, open_page: Open
) -> None:
    claim = desk.claim()
    for stance, origin in (("supports", "log"), ("supports", "agency"), ("contradicts", "radio")):
        desk.evidence(claim, stance, origin=origin, is_primary=True)
    page = open_page(QUEUE, "rita")
    press_and_load(page, page.locator("#content a", has_text="Four tugs").first)
    press_and_load(page, button(page, "Take"))
    for _piece in range(3):
        page.keyboard.press("j")
        with page.expect_navigation():
            page.keyboard.press("a")
    assert claim.evidence.filter(state="accepted").count() == 3
    press(page, page.get_by_text("Write into the contact log"))
    go_to(page, page.get_by_label("Whom you asked and what, or what they said"))
    page.keyboard.type("Asked the press office for the log.")
    press_and_load(page, button(page, "Write it down"))
    press_and_load(page, button(page, "Record a verdict"))
    page.keyboard.press("v")
    assert page.evaluate("document.activeElement.name") == "rating"
    page.keyboard.type("True")
    go_to(page, page.get_by_label("Justification"))
    page.keyboard.type(JUSTIFICATION)
    for box in page.locator("input[name=citations]").all():
        press(page, box, "Space")
    expect(page.locator("#checklist li.error")).to_have_count(0)
    press_and_load(page, button(page, "Save and submit"))
    assert Verdict.objects.get().state == "submitted"

    second = open_page(QUEUE, "anna")
    press_and_load(second, second.locator("#content a", has_text="Four tugs").first)
    press_and_load(second, button(second, "Approve"))
    assert Verdict.objects.get().state == "approved"


def test_keys_change_and_take_back_a_stance_and_the_focus_stays(desk: Newsroom, open_page: Open) -> None:
    claim = desk.weighed_claim()
    piece = desk.evidence(claim, "context", origin="radio")
    page = open_page(screen(claim), "rita")
    card = page.locator(f"#evidence-{piece.pk}")
    go_to(page, card)
    for key, field, value in (
        ("1", "stance", "supports"),
        ("u", "stance", "context"),
        ("r", "state", "rejected"),
        ("u", "state", "found"),
        ("a", "state", "accepted"),
    ):
        with page.expect_navigation():
            page.keyboard.press(key)
        piece.refresh_from_db()
        assert getattr(piece, field) == value, key
        assert page.evaluate("document.activeElement.id") == f"evidence-{piece.pk}", key
    page.keyboard.press("o")
    assert page.evaluate("document.activeElement.name") == "reason_words"
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("c")
    assert "/capture/" in page.url


# --- While words are typed ----------------------------------------------------------------------------


def test_the_checklist_follows_the_typing_and_the_words_come_back(desk: Newsroom, open_page: Open) -> None:
    verdict = desk.draft(justification="Too short.")
    page = open_page(screen(verdict.claim), "rita")
    page.get_by_text("The justification has 10 characters").wait_for()
    page.get_by_label("Justification").fill(JUSTIFICATION)
    page.get_by_text("what you typed is kept for you").wait_for()
    assert page.get_by_text("The justification has").count() == 0
    assert Verdict.objects.get().justification == "Too short."
    page.reload()
    page.get_by_role("link", name="Put it into the form").click()
    expect(page.get_by_label("Justification")).to_have_value(JUSTIFICATION)
    with page.expect_navigation():
        page.get_by_role("button", name="Save the draft").click()
    assert Verdict.objects.get().justification == JUSTIFICATION
    assert not KeptDraft.objects.exists()


def test_a_quotation_is_put_where_the_cursor_is_and_cited(desk: Newsroom, open_page: Open) -> None:
    verdict = desk.draft(justification="Before. After.", citations=())
    page = open_page(screen(verdict.claim), "rita")
    text = page.get_by_label("Justification")
    text.evaluate("field => field.setSelectionRange(7, 7)")
    page.locator("[data-insert]").first.click()
    typed = text.input_value()
    assert typed.startswith("Before. “Dispatch")
    assert typed.endswith("2026-02-04) After.")
    assert page.locator("input[name=citations]:checked").count() == 1


def test_when_the_sign_in_ends_while_writing_the_page_says_so_and_keeps_the_words(
    desk: Newsroom, chromium: Any, live_server: Any, open_page: Open
) -> None:
    verdict = desk.draft()
    context = chromium.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto(f"/sign-in/?next={screen(verdict.claim)}")
    page.locator("#id_username").fill(desk.people["rita"].username)
    page.get_by_label("Password").fill("a long pass phrase")
    page.keyboard.press("Enter")
    summary = page.get_by_label("Summary")
    summary.wait_for()
    Session.objects.all().delete()
    summary.fill("Typed after the end.")
    page.get_by_text("Your sign-in has ended.").wait_for()
    assert summary.input_value() == "Typed after the end."
    page.get_by_role("button", name="Save the draft").click()
    page.locator("#id_username").fill(desk.people["rita"].username)
    page.get_by_label("Password").fill("a long pass phrase")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Put it into the form").click()
    expect(page.get_by_label("Summary")).to_have_value("Typed after the end.")
    context.close()


# --- For everyone -------------------------------------------------------------------------------------


def _pages(desk: Newsroom) -> list[tuple[str, str]]:
    published = desk.published().publication
    draft = desk.draft(desk.weighed_claim(text="Seven cranes stood still."), justification="Too short.")
    waiting = desk.submitted(desk.draft(desk.weighed_claim(text="Ten ships waited outside.", risk="health")))
    piece = draft.claim.evidence.first()
    assert piece is not None
    blind = Desk.objects.create(name="Blind desk", labels_blind=True)
    newsroom = Newsroom(blind, desk.people)
    newsroom.join("vera", "reviewer", desk=blind, is_staff=True)
    newsroom.join("maks", "reviewer", desk=blind, is_staff=True)
    hidden = newsroom.submitted(newsroom.draft(newsroom.weighed_claim(by="vera"), by="vera"), by="vera")
    unseen = newsroom.draft(newsroom.weighed_claim(by="vera", text="Three pilots were ill."), by="vera")
    return [
        (QUEUE, "anna"),
        (screen(draft.claim), "rita"),
        (screen(waiting.claim), "anna"),
        (screen(published.claim), "pavlo"),
        (screen(hidden.claim), "maks"),
        (screen(unseen.claim), "maks"),
        (reverse("admin:claims_claim_history", args=[waiting.claim_id]), "anna"),
        (reverse("admin:claims_claim_capture", args=[draft.claim_id, piece.pk]), "rita"),
        (reverse("admin:claims_claim_preview", args=[waiting.claim_id]), "anna"),
        ("/admin/claims/person/", "adam"),
        (reverse("admin:claims_person_change", args=[desk.people["jonas"].pk]), "adam"),
    ]


def test_axe_finds_nothing_on_any_page_of_the_desk(desk: Newsroom, open_page: Open) -> None:
    assert list(faults(open_page, _pages(desk))) == []
