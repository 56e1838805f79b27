"""From a word in the search box to the update of a live blog that says it, in a real browser."""

from __future__ import annotations

import pytest

from claims.actions.indexing import index_article
from claims.models import Article, ArticlePassage
from tests.browser.conftest import Open, expect
from tests.browser.looking import faults

pytestmark = pytest.mark.browser


def test_a_typed_word_leads_with_the_keyboard_to_the_update_that_says_it(
    article: Article, open_page: Open
) -> None:
    index_article(article.pk)
    page = open_page("/search/?in=articles", "jonas")
    page.locator("form[data-instant] input[type=search]").fill("переговоры")
    page.locator("#found mark", has_text="Talks").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*/?passage=*#found-words")
    found = page.locator(".is-found", has_text="Talks with the port authority")
    expect(found).to_have_count(1)
    expect(found).to_be_in_viewport()


def test_found_updates_have_no_faults(article: Article, open_page: Open) -> None:
    index_article(article.pk)
    passage = ArticlePassage.objects.get(text__contains="dockers")
    addresses = ["/search/?q=dockers", f"{article.get_absolute_url()}?passage={passage.pk}"]
    assert list(faults(open_page, [(address, "anna") for address in addresses])) == []
