"""A person's day in a browser: a question rings without reloading, keys, work that moves, words of any page."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from claims import jobs
from claims.actions.comments import ask_colleague
from claims.models import Article, Claim, Follow, Job
from tests.browser.conftest import Open, expect
from tests.browser.looking import faults
from tests.newsroom import Newsroom

pytestmark = pytest.mark.browser


def ask(newsroom: Newsroom, claim: Claim, to: str = "rita") -> None:
    ask_colleague(
        claim_id=claim.pk,
        words="Do you know the harbour master?",
        person_ids=[newsroom.people[to].pk],
        actor=newsroom.actor("jonas"),
    )


def test_a_question_rings_without_reloading_and_nothing_moves(newsroom: Newsroom, open_page: Open) -> None:
    claim = newsroom.claim()
    page = open_page("/claims/", "rita")
    page.evaluate("window.stayed = true")
    before = page.locator(".masthead .person").bounding_box()
    ask(newsroom, claim)
    page.locator(".bell b").get_by_text("1").wait_for()
    assert page.evaluate("window.stayed")
    assert page.locator(".masthead .person").bounding_box() == before
    page.locator(".bell").click()
    page.get_by_text("Jonas asks you").click()
    page.locator("summary", has_text="Answer").click()
    page.get_by_label("Your answer").fill("I do.")
    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_text("I do.").wait_for()
    page.wait_for_function("!document.querySelector('.bell b')")


def test_what_is_being_written_stays_when_the_sign_in_ends(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/claims/new/", "jonas")
    page.get_by_label("Claim as said").fill("Four tugs entered.")
    Session.objects.all().delete()
    with page.expect_response(lambda told: "/notices/count/" in told.url and told.status == 204):
        pass  # The first question of the page may still be answered with the sign-in; the next one is not.
    assert page.get_by_label("Claim as said").input_value() == "Four tugs entered."


def test_keys_list_themselves_go_through_rows_and_follow(newsroom: Newsroom, open_page: Open) -> None:
    claims = [newsroom.claim(f"{number} tugs entered.") for number in range(3)]
    page = open_page("/claims/", "jonas")
    page.locator("#keys").wait_for(state="attached")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "1 tugs entered."
    keys = page.get_by_role("heading", name="Keys of this page")
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    page.keyboard.press("Escape")
    expect(keys).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("?f")
    expect(page.locator("input[type=search]:focus")).to_have_value("?f")
    expect(keys).to_be_hidden()
    page.goto(claims[0].get_absolute_url())
    page.keyboard.press("f")
    page.get_by_role("button", name="Stop following").wait_for()
    assert Follow.objects.filter(claim=claims[0], person=newsroom.people["jonas"]).exists()


def test_work_moves_on_the_page_and_is_stopped_there(newsroom: Newsroom, open_page: Open) -> None:
    claim = newsroom.claim()
    job = jobs.enqueue("gather_evidence", claim.pk)
    page = open_page("/work/", "jonas")
    page.get_by_text("waiting").wait_for()
    Job.objects.filter(pk=job.pk).update(state="running", done_steps=1, all_steps=3, token=1)
    page.locator("progress[value='1'][max='3']").wait_for()
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("It is stopped.").wait_for()
    assert Job.objects.get(pk=job.pk).state == "cancelled"


def test_the_bookmarklet_brings_selected_words_of_a_foreign_page_into_the_form(
    newsroom: Newsroom, open_page: Open, live_server: Any, settings: Any
) -> None:
    settings.SITE_URL = live_server.url
    page = open_page("/help/bookmarklet/", "jonas")
    code = unescape(page.locator("#code").input_value()).removeprefix("javascript:")
    foreign = page.context.new_page()
    foreign.set_content("<title>Порт</title><p>У порт зайшли <b>чотири</b> буксири. 🛳</p>")
    foreign.evaluate("getSelection().selectAllChildren(document.querySelector('p'))")
    with page.context.expect_page() as opened:
        foreign.evaluate(code)
    form = opened.value
    form.get_by_label("Claim as said").wait_for()
    assert form.get_by_label("Claim as said").input_value() == "У порт зайшли чотири буксири. 🛳"
    assert form.get_by_label("Language").last.input_value() == "uk"
    form.get_by_text("From the page “Порт”.").wait_for()


def test_the_pages_of_the_day_have_no_faults(newsroom: Newsroom, article: Article, open_page: Open) -> None:
    newsroom.people["anna"].memberships.create(desk=newsroom.desk, role="publisher")
    claim = newsroom.claim()
    ask(newsroom, claim, to="anna")
    newsroom.submitted()
    newsroom.approved()
    jobs.enqueue("gather_evidence", claim.pk)
    pages = [
        "/",
        "/notices/",
        f"/claims/{claim.pk}/ask/",
        "/work/",
        "/help/",
        "/help/keys/",
        "/help/bookmarklet/",
    ]
    assert list(faults(open_page, [(address, "anna") for address in pages])) == []


def test_the_list_of_keys_is_within_a_narrow_window(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/claims/", "jonas", viewport={"width": 390, "height": 700})
    page.evaluate("document.getElementById('keys').showModal()")
    box = page.locator("#keys .card").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert box["height"] <= 700
