"""Searching while typing, and working on the list of claims with the keyboard, in a real browser."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from claims.actions.filters import save_filter
from claims.actions.indexing import index_claim
from claims.models import Article, Claim, SavedFilter
from tests.browser.conftest import Open, expect
from tests.browser.looking import faults
from tests.newsroom import Newsroom

pytestmark = pytest.mark.browser


def test_answers_come_while_typing_and_arrows_go_through_them(
    newsroom: Newsroom, article: Article, open_page: Open
) -> None:
    claim = newsroom.claim("Vladimir Medinsky left the talks after an hour.")
    index_claim(claim.pk)
    page = open_page("/search/", "jonas")
    page.evaluate("window.stayed = true")
    page.locator("body").press("/")
    page.keyboard.type("Мединский")
    page.locator("#found mark", has_text="Medinsky").wait_for()
    # The address names the question once its answers stand there: those to a part of the word are over.
    page.wait_for_url(re.compile(re.escape(f"?q={quote('Мединский')}") + "$"))
    assert page.evaluate("window.stayed")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('href')") == claim.get_absolute_url()
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "q"
    page.get_by_label("articles", exact=True).check()
    page.get_by_text("Nothing was found.").wait_for()
    page.locator("form[data-instant] input[type=search]").fill("strike")
    page.locator("#found mark", has_text="Strike").wait_for()


def test_claims_are_ticked_and_sorted_with_the_keyboard(newsroom: Newsroom, open_page: Open) -> None:
    claims = [newsroom.claim(f"Tug number {number} came in.") for number in range(3)]
    page = open_page("/claims/", "jonas")
    page.locator("[data-all]").wait_for()
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    expect(page.locator(".row input:checked")).to_have_count(2)
    page.get_by_label("Put into the topic").select_option("war")
    page.get_by_role("button", name="Sort into topics").click()
    page.get_by_text("Done for 2 claims.").wait_for()
    assert set(Claim.objects.filter(topics__slug="war")) == set(claims[1:])


def test_a_filter_that_is_chosen_narrows_the_list_at_once(newsroom: Newsroom, open_page: Open) -> None:
    newsroom.claim("Four tugs came in.")
    newsroom.claim("“Nobody will unload a ship.”", kind="quote")
    page = open_page("/claims/", "jonas", viewport={"width": 390, "height": 800})
    page.locator("html.script").wait_for()
    page.get_by_label("Kind").select_option("quote")
    page.wait_for_url(re.compile("kind=quote"))
    assert page.locator(".row").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_lists_and_the_search_have_no_faults(
    newsroom: Newsroom, article: Article, open_page: Open
) -> None:
    claim = newsroom.claim("Vladimir Medinsky left the talks after an hour.", risk="health")
    newsroom.evidence(claim, "supports", origin="agency")
    index_claim(claim.pk)
    save_filter(
        name="Counts",
        query="kind=count",
        desk_id=None,
        actor=newsroom.actor("anna"),
        place=SavedFilter.Place.CLAIMS,
    )
    addresses = ["/claims/?kind=count", "/search/?q=Мединский", "/articles/?outlet=harbour", "/sources/"]
    assert list(faults(open_page, [(address, "anna") for address in addresses])) == []
