"""A real Chromium on a live server. Every page is listened to: an error in its console fails the test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from claims.language.reading import read
from claims.language.readings import LANGUAGES
from claims.models import Article
from tests.newsroom import Newsroom, open_newsroom

playwright_api = pytest.importorskip("playwright.sync_api")
#: Looks again and again until it is so, as long as every other wait here: the machine may be busy.
expect = playwright_api.expect
expect.set_options(timeout=30_000)

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LIVE_BLOG = """Strike at the port, day two

14:40

A note with a ship 🛳 in it. The union counts 320 dockers at the gate. More are on their way.

14:05

Talks with the port authority lasted about three hours, local media report. They go on tomorrow.
"""

Open = Callable[..., Any]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed")
    # The readers of three languages load on first use; no page's patience is to be tried by that.
    for language in LANGUAGES:
        read("Nobody came.", language=language)
    # Playwright's synchronous calls run an event loop in this thread; Django would refuse the database here.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS, timeout=120_000)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def newsroom(transactional_db: None) -> Newsroom:
    return open_newsroom()


@pytest.fixture
def article(newsroom: Newsroom) -> Article:
    return newsroom.live_blog(LIVE_BLOG)


@pytest.fixture
def open_page(chromium: Any, live_server: Any, newsroom: Newsroom, engine: None) -> Iterator[Open]:
    """Open an address as a person ("" for a reader); what the console complains about fails the test."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def listen(message: Any) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{message.type}: {message.text}")

    def open_it(address: str, person: str = "", **options: Any) -> Any:
        context = chromium.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        if person:
            session = newsroom.signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.goto(address)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []
