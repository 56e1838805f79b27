"""Light and dark in a browser: one choice for the pages and the review desk, in force before anything is drawn."""

from __future__ import annotations

import pytest

from claims.models import Person
from tests.browser.conftest import Open
from tests.newsroom import Newsroom

pytestmark = pytest.mark.browser

SCHEME = "getComputedStyle(document.body).colorScheme"
#: What the page looks like when its body begins, which is before the first thing is drawn.
AT_FIRST = """new MutationObserver((_changes, watch) => {
  if (!document.body) return;
  window.seenAtFirst = document.documentElement.dataset.theme;
  watch.disconnect();
}).observe(document, {childList: true, subtree: true});"""


def test_the_theme_of_the_pages_is_that_of_the_review_desk(newsroom: Newsroom, open_page: Open) -> None:
    Person.objects.update(is_staff=True)
    page = open_page("/", "remi", color_scheme="light")
    page.add_init_script(AT_FIRST)
    page.get_by_role("button", name="Light or dark").click()
    page.goto("/admin/")
    assert page.evaluate("window.seenAtFirst") == "dark"
    assert page.evaluate(SCHEME) == "dark"
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate(SCHEME) == "light"
    page.goto("/claims/")
    assert page.evaluate("window.seenAtFirst") == "light"
    assert page.evaluate(SCHEME) == "light"


def test_without_a_choice_the_review_desk_follows_the_browser(newsroom: Newsroom, open_page: Open) -> None:
    Person.objects.update(is_staff=True)
    page = open_page("/admin/", "remi", color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Light or dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
