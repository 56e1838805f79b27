"""A live blog is followed while it grows, edits and deletes: by mouse, by keyboard, without a script, on a phone.

The blog is served by a real local server; only the worker is played by the test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from claims.models import Appearance, Article, Claim
from claims.web import reading_room
from tests.actions.test_article_watch import logged, look, taken_in
from tests.browser.conftest import Open, expect
from tests.browser.looking import faults
from tests.browser.test_logging_in_a_browser import LOG_FORM, select_by_mouse
from tests.live_pages import LivePage, live_page
from tests.newsroom import Newsroom

pytestmark = pytest.mark.browser

TALKS = "Talks with the port authority lasted about three hours, local media report. They go on tomorrow."
UNION = "The union counts 320 dockers at the gate, and more are on their way from the city tonight."
ROAD = "Police have closed the road to the second pier, a traffic report says."
FERRY = "A ferry waits outside the port with forty cars on board, its operator says in a short notice."
#: Everything that moved without anybody having clicked, since the page was opened.
SHIFTS = """() => {
  window.shifted = [];
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    const moved = entry.sources.map(source => source.node && source.node.nodeName);
    if (!entry.hadRecentInput) window.shifted.push(moved);
  })).observe({type: 'layout-shift', buffered: false});
}"""


@pytest.fixture
def blog(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[LivePage]:
    monkeypatch.setattr(reading_room, "NEWS_SECONDS", 1)
    with live_page(settings) as live:
        for minutes in range(240, 100, -10):
            live.post(
                f"Report {minutes}: the port stays shut, and the ships wait for another hour. " * 3,
                minutes_ago=minutes,
            )
        live.post(ROAD, minutes_ago=80)
        live.post(TALKS, minutes_ago=50)
        live.post(UNION, minutes_ago=20)
        yield live


@pytest.fixture
def article(newsroom: Newsroom, blog: LivePage) -> Article:
    return taken_in(newsroom, blog)


def _go_on(blog: LivePage, article: Article) -> None:
    """The blog adds an update, edits one and deletes one; the watch sees it."""
    blog.post(FERRY)
    blog.edit("about three hours", "about five hours")
    blog.delete("second pier")
    look(article)


def _top_of(page: Any, words: str) -> float:
    top: float = page.locator(".stretch:not(.gone)", has_text=words).evaluate(
        "e => e.getBoundingClientRect().top"
    )
    return top


def test_by_mouse_with_the_claim_beside_and_the_news_put_in(
    article: Article, blog: LivePage, newsroom: Newsroom, open_page: Open
) -> None:
    page = open_page(article.get_absolute_url(), "jonas", viewport={"width": 1280, "height": 800})
    select_by_mouse(page, "lasted about three hours")
    page.keyboard.press("l")
    # The address is reached when the page is loaded: its scripts have run, and nothing is set in place any more.
    page.wait_for_url(LOG_FORM)
    page.get_by_role("button", name="Log and go on reading").click()
    page.wait_for_url(re.compile(r"/articles/\d+/\?.*#said-\d+$"))
    page.get_by_role("link", name="Open the claim").wait_for()
    claim = Claim.objects.get()
    page.evaluate("window.stayed = true")
    page.evaluate(SHIFTS)

    # Evidence comes in beside the text.
    newsroom.evidence(claim, "contradicts", origin="Harbour log")
    page.locator("#chosen").get_by_text("names four tugs").wait_for()

    # The blog goes on; a notice floats up, and nothing moves.
    page.locator(".stretch", has_text="Report 150:").scroll_into_view_if_needed()
    _go_on(blog, article)
    notice = page.get_by_role("link", name=re.compile("1 new update, 1 changed, 1 taken out"))
    notice.wait_for()
    assert page.evaluate("window.shifted") == []
    before = _top_of(page, "Report 150:")
    notice.click()
    page.locator(".stretch.news", has_text="A ferry waits").wait_for()
    assert abs(_top_of(page, "Report 150:") - before) < 2
    assert page.evaluate("window.stayed")
    assert page.locator(".reading").get_attribute("data-version") == "2"
    assert page.locator(".news-bar").count() == 0

    # What was edited and taken out is told, and the claim that quotes it is flagged.
    page.get_by_text("said", exact=False).locator("visible=true").first.wait_for()
    edited = page.locator(".stretch", has_text="about five hours")
    edited.locator("summary").click()
    assert edited.locator("del").inner_text().strip() == "three"
    assert page.locator(".stretch.gone").inner_text().count("second pier") == 1
    assert page.get_by_text("the quoted words were changed").count() == 1
    assert Appearance.objects.get().words_state == "changed"

    # Logging goes on, with the words where they stand now.
    select_by_mouse(page, "forty cars on board")
    page.keyboard.press("l")
    page.get_by_role("button", name="Log the claim").click()
    page.wait_for_url(re.compile(r"/claims/\d+/$"))
    assert Appearance.objects.latest("pk").exact == "forty cars on board"


def test_by_keyboard_alone_on_a_phone(article: Article, blog: LivePage, open_page: Open) -> None:
    page = open_page(article.get_absolute_url(), "jonas", viewport={"width": 390, "height": 800})
    page.evaluate("window.stayed = true")
    _go_on(blog, article)
    page.locator("a[data-news]").wait_for()
    page.keyboard.press("n")
    page.locator(".stretch.news", has_text="A ferry waits").wait_for()
    assert page.evaluate("window.stayed")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("j")
    page.keyboard.press("l")
    page.wait_for_url(LOG_FORM)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/claims/\d+/$"))
    assert Appearance.objects.get().exact == FERRY
    page.goto(article.get_absolute_url())
    page.locator(".said").focus()
    page.keyboard.press("Enter")
    page.locator("#chosen h2 a:focus").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Escape")
    expect(page.locator("#chosen .chosen")).to_have_count(0)
    expect(page.locator(".said")).to_be_focused()


def test_what_was_selected_before_the_blog_changed_is_logged_as_it_was_seen(
    article: Article, blog: LivePage, open_page: Open
) -> None:
    page = open_page(article.get_absolute_url(), "jonas")
    select_by_mouse(page, "about three hours")
    _go_on(blog, article)
    page.keyboard.press("l")
    page.wait_for_url(LOG_FORM)
    page.get_by_text("The article changed while you read: these words were altered.").wait_for()
    assert page.locator(".quotation mark").inner_text() == "about three hours"
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/claims/\d+/$"))
    assert page.get_by_text("the quoted words were changed").count() == 1


def test_without_a_script_everything_is_a_link(article: Article, blog: LivePage, open_page: Open) -> None:
    page = open_page(f"{article.get_absolute_url()}", "jonas", java_script_enabled=False)
    _go_on(blog, article)
    page.goto(f"{article.get_absolute_url()}?seen=1")
    assert page.locator(".stretch.news").count() == 2
    page.locator("p", has_text="A ferry waits").get_by_role("link", name="log from here").click()
    page.get_by_role("link", name="A ferry waits outside").click()
    page.get_by_role("button", name="Log and go on reading").click()
    expect(page.get_by_role("link", name="Open the claim")).to_be_visible()
    assert page.locator(".said").inner_text() == FERRY
    page.get_by_role("button", name="Stop watching").click()
    expect(page.get_by_text("The watch is over: a person ended it.")).to_be_visible()


def test_a_selection_across_updates_is_asked_about(article: Article, open_page: Open) -> None:
    page = open_page(article.get_absolute_url(), "jonas")
    page.evaluate(
        """() => {
          const words = [...document.querySelectorAll('.reading p[data-start]')].map(paragraph =>
            document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT).nextNode());
          getSelection().setBaseAndExtent(words[0], 10, words[1], 20);
        }"""
    )
    page.keyboard.press("l")
    page.get_by_text("Your selection runs over several updates.").wait_for()
    page.get_by_role("link", name="Talks with the port").click()
    expect(page.locator(".quotation mark")).to_have_text(TALKS[:20].strip())


def test_the_room_of_a_changed_blog_has_no_faults(
    article: Article, blog: LivePage, newsroom: Newsroom, open_page: Open
) -> None:
    said = logged(newsroom, article, "lasted about three hours")
    newsroom.evidence(said.claim, "contradicts", origin="Harbour log")
    _go_on(blog, article)
    pages = [
        f"{article.get_absolute_url()}?seen=1&claim={said.claim_id}",
        f"/articles/{article.pk}/versions/",
        f"/articles/{article.pk}/log/?version=1&start={said.start}&end={said.end}",
    ]
    assert list(faults(open_page, [(address, "jonas") for address in pages])) == []
