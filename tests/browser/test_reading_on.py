"""Reading on in a browser: the next part of a long article comes below this one, a chosen claim opens each time."""

from __future__ import annotations

import pytest

from claims.models import Article
from claims.selectors import article_parts
from tests.actions.test_article_watch import logged
from tests.browser.conftest import Open
from tests.newsroom import Newsroom

pytestmark = pytest.mark.browser


def test_the_next_part_comes_below_what_was_read(
    article: Article, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(article_parts, "PART", 120)
    page = open_page(article.get_absolute_url(), "jonas")
    assert page.get_by_text("Talks with the port authority").count() == 0
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Next part").first.click()
    page.locator(".reading").get_by_text("Talks with the port authority").wait_for()
    assert page.evaluate("window.stayed")
    assert page.locator(".reading").get_by_text("The union counts 320 dockers").count() == 1


def test_a_claim_that_was_closed_opens_again(newsroom: Newsroom, article: Article, open_page: Open) -> None:
    first = logged(newsroom, article, "320 dockers").claim
    second = logged(newsroom, article, "lasted about three hours").claim
    page = open_page(article.get_absolute_url(), "jonas")
    page.locator("a.said", has_text="320 dockers").click()
    page.locator("#chosen h2", has_text=str(first)).wait_for()
    page.get_by_role("button", name="Close").click()
    assert page.locator("#chosen .chosen").count() == 0
    page.locator("a.said", has_text="lasted about three hours").click()
    page.locator("#chosen h2", has_text=str(second)).wait_for()
    page.locator("a.said", has_text="320 dockers").click()
    page.locator("#chosen h2", has_text=str(first)).wait_for()
