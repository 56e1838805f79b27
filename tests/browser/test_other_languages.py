"""The pages in Ukrainian and Russian in a real browser: longer words still fit, and Cyrillic keys work."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from claims.models import Article, Evidence, Person
from tests.browser.conftest import Open
from tests.browser.test_every_page import _addresses
from tests.newsroom import Newsroom

pytestmark = pytest.mark.browser


def _speak(page: Any, language: str) -> None:
    page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": page.url}])


@pytest.mark.parametrize(("language", "width"), [("uk", 390), ("ru", 1280)])
def test_no_page_sticks_out_in_another_language(
    newsroom: Newsroom, article: Article, open_page: Open, language: str, width: int
) -> None:
    screen = {"viewport": {"width": width, "height": 800}}
    reader, writer = open_page("/", **screen), open_page("/", "jonas", **screen)
    wide = []
    for page in (reader, writer):
        _speak(page, language)
    for address, person in _addresses(newsroom, article):
        page = writer if person else reader
        page.goto(address)
        assert page.locator("html").get_attribute("lang") == language, address
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(address)
    assert wide == []


def test_evidence_is_weighed_by_the_same_keys_on_a_cyrillic_keyboard(
    newsroom: Newsroom, open_page: Open
) -> None:
    claim = newsroom.claim()
    piece = newsroom.evidence(claim, "supports", origin="harbour log")
    Person.objects.update(is_staff=True)
    page = open_page(reverse("admin:claims_claim_change", args=[claim.pk]), "rita")
    _speak(page, "uk")
    page.reload()
    for letter, place in (("о", "KeyJ"), ("ф", "KeyA")):
        page.evaluate(
            """([key, code]) => document.activeElement.dispatchEvent(
                new KeyboardEvent("keydown", {key, code, bubbles: true, cancelable: true}))""",
            [letter, place],
        )
    page.get_by_text("прийнято", exact=True).wait_for()
    assert Evidence.objects.get(pk=piece.pk).state == Evidence.State.ACCEPTED
