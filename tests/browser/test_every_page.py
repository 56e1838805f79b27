"""Every page, light and dark, wide and narrow: no console error, no forbidden code, nothing sticks out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from claims import jobs
from claims.models import Article, Claim, Job
from tests.browser.conftest import Open, expect
from tests.newsroom import Newsroom

pytestmark = pytest.mark.browser


def _addresses(newsroom: Newsroom, article: Article) -> list[tuple[str, str]]:
    check = newsroom.published().publication
    claim = Claim.objects.latest("pk")
    document = claim.evidence.first().passage.document  # type: ignore[union-attr]
    return [
        ("/", ""),
        ("/sign-in/", ""),
        ("/checks/", ""),
        (check.get_absolute_url(), ""),
        ("/", "jonas"),
        ("/articles/", "jonas"),
        ("/articles/new/", "jonas"),
        (article.get_absolute_url(), "jonas"),
        (f"/articles/{article.pk}/versions/", "jonas"),
        (f"/articles/{article.pk}/log/?from=0", "jonas"),
        (f"/articles/{article.pk}/log/?start=0&end=10", "jonas"),
        ("/claims/", "jonas"),
        ("/claims/new/", "jonas"),
        (claim.get_absolute_url(), "jonas"),
        ("/search/?q=tugs", "jonas"),
        ("/sources/", "jonas"),
        ("/sources/add/", "jonas"),
        (f"/sources/documents/{document.pk}/", "jonas"),
    ]


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1280), ("dark", 390)], ids=["light and wide", "dark and narrow"]
)
def test_no_page_complains_or_sticks_out(
    newsroom: Newsroom, article: Article, open_page: Open, scheme: str, width: int
) -> None:
    screen = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    reader, writer = open_page("/", **screen), open_page("/", "jonas", **screen)
    wide = []
    for address, person in _addresses(newsroom, article):
        page = writer if person else reader
        answer = page.goto(address)
        assert answer.status == 200, address
        assert page.locator("h1").count() == 1, address
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(address)
    assert wide == []


def test_the_theme_that_was_chosen_stays(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/", color_scheme="light")
    page.get_by_role("button", name="Light or dark").click()
    page.goto("/checks/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_the_skip_link_is_the_first_stop(newsroom: Newsroom, open_page: Open) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_utc_is_shown_when_a_time_has_the_focus(article: Article, open_page: Open) -> None:
    page = open_page(article.get_absolute_url(), "jonas")
    first: Any = page.locator(".rail .moment").first
    shown = "e => getComputedStyle(e, '::after').display"
    assert first.evaluate(shown) == "none"
    first.focus()
    assert first.evaluate(shown) == "block"
    assert first.get_attribute("data-utc") == "4 Mar 2026, 12:40 UTC"


def test_gathering_is_followed_without_reloading(newsroom: Newsroom, open_page: Open) -> None:
    claim = newsroom.claim()
    jobs.enqueue("gather_evidence", claim.pk)
    page = open_page(claim.get_absolute_url(), "jonas")
    page.evaluate("window.stayed = true")
    page.get_by_text("Waiting for a worker").wait_for()
    Job.objects.filter(subject=claim.pk).update(state="running", done_steps=1, all_steps=3, note="compare")
    page.get_by_text("Comparing what was found").wait_for()
    newsroom.evidence(claim, "contradicts", origin="Harbour log")
    Job.objects.filter(subject=claim.pk).update(state="done")
    page.get_by_text("1 document, 1 independent origin: Harbour log").wait_for()
    # A poll between the evidence and the end of its job is followed by one more.
    expect(page.locator("#evidence[hx-get]")).to_have_count(0)
    assert page.evaluate("window.stayed")


def test_when_the_sign_in_ends_a_polling_page_asks_for_it(newsroom: Newsroom, open_page: Open) -> None:
    claim = newsroom.claim()
    jobs.enqueue("gather_evidence", claim.pk)
    page = open_page(claim.get_absolute_url(), "jonas")
    Session.objects.all().delete()
    page.wait_for_url(re.compile(r"/sign-in/\?next=/claims/\d+/$"))
    expect(page.get_by_label("Password")).to_be_visible()


def test_a_forbidden_inline_style_is_noticed(newsroom: Newsroom, live_server: Any, chromium: Any) -> None:
    """The net that the other tests fish with has no hole."""
    page = chromium.new_page(base_url=live_server.url)
    page.goto("/")
    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">Red</p>')")
    page.close()
