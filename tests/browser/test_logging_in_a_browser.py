"""A claim is logged by mouse, by keyboard alone, and without a script, each time with the very words."""

from __future__ import annotations

import re
from typing import Any

import pytest

from claims.models import Appearance, Article, Claim
from tests.browser.conftest import Open, expect

pytestmark = pytest.mark.browser

#: The form of a claim whose words stand in an article.
LOG_FORM = re.compile(r"/articles/\d+/log/")
#: Where words of a paragraph stand on the screen: [left, top, right, bottom] of their first and last letter.
WHERE = """(words) => {
  const paragraphs = [...document.querySelectorAll('.reading [data-start]')];
  const paragraph = paragraphs.find(p => p.textContent.includes(words));
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at); range.setEnd(node, at + words.length);
    const boxes = [...range.getClientRects()];
    const first = boxes[0], last = boxes[boxes.length - 1];
    return [first.left, first.top + first.height / 2, last.right, last.top + last.height / 2];
  }
}"""


def select_by_mouse(page: Any, words: str) -> None:
    left, top, right, bottom = page.evaluate(WHERE, words)
    page.mouse.move(left + 1, top)
    page.mouse.down()
    page.mouse.move((left + right) / 2, bottom)
    page.mouse.move(right - 1, bottom)
    page.mouse.up()


def test_by_mouse(article: Article, open_page: Open) -> None:
    page = open_page(article.get_absolute_url(), "jonas")
    select_by_mouse(page, "The union counts 320 dockers")
    page.get_by_role("link", name="Log claim").click()
    page.get_by_text("Claim as said").wait_for()
    assert page.locator(".quotation mark").inner_text() == "The union counts 320 dockers"
    page.get_by_label("Summary").fill("The union counts 320 dockers at the port")
    page.get_by_role("button", name="Log the claim").click()
    page.get_by_role("heading", name="The union counts 320 dockers").wait_for()
    assert Appearance.objects.get().exact == "The union counts 320 dockers"


def test_by_keyboard_alone(article: Article, open_page: Open) -> None:
    page = open_page(article.get_absolute_url(), "jonas")
    for _ in range(4):
        page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("l")
    page.wait_for_url(LOG_FORM)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/claims/\d+/"))
    assert Appearance.objects.get().exact == "The union counts 320 dockers at the gate."


def test_without_a_script(article: Article, open_page: Open) -> None:
    page = open_page(article.get_absolute_url(), "jonas", java_script_enabled=False)
    page.locator("p", has_text="Talks with the port").get_by_role("link", name="log from here").click()
    page.get_by_role("link", name="Talks with the port authority lasted").click()
    assert page.get_by_label("Reported by").input_value() == "local media"
    page.get_by_role("button", name="Log the claim").click()
    page.wait_for_url(re.compile(r"/claims/\d+/"))
    claim = Claim.objects.get()
    assert claim.kind == "duration"
    assert claim.made_at is not None


def test_without_a_script_pasted_words_are_found(article: Article, open_page: Open) -> None:
    page = open_page(f"/articles/{article.pk}/log/?from=0", "jonas", java_script_enabled=False)
    page.get_by_label("Or paste the exact words").fill("320 dockers")
    page.get_by_role("button", name="Go on with these words").click()
    expect(page.locator(".quotation mark")).to_have_text("320 dockers")


def test_marked_words_lead_to_their_claim_and_back(article: Article, open_page: Open) -> None:
    page = open_page(article.get_absolute_url(), "jonas")
    select_by_mouse(page, "320 dockers")
    page.keyboard.press("l")
    page.get_by_role("button", name="Log the claim").click()
    page.wait_for_url(re.compile(r"/claims/\d+/$"))
    page.get_by_role("link", name="Strike at the port").click()
    page.wait_for_url(re.compile(r"#said-\d+$"))
    assert page.locator(".said:target").inner_text() == "320 dockers"
    page.locator(".said").click()
    page.locator("#chosen").get_by_role("link", name="Open the claim").click()
    page.wait_for_url(re.compile(r"/claims/\d+/"))


def test_the_counter_tells_when_a_summary_is_too_long(article: Article, open_page: Open) -> None:
    page = open_page(f"/articles/{article.pk}/log/?start=0&end=10", "jonas")
    page.get_by_label("Summary").fill("x" * 76)
    assert page.locator(".counter.over").inner_text() == "76 / 75"
