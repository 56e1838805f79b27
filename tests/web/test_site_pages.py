"""The pages about the newsroom: written by the role admin, version by version, and shown as words alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from claims.actions.refusals import Conflict, Invalid
from claims.actions.site_pages import write_site_page
from claims.models import ClaimEvent, SitePageVersion
from claims.publish.prose import blocks
from claims.rules.permissions import NotAllowed
from tests.newsroom import Newsroom


def _written(newsroom: Newsroom, by: str = "adam", seen: int = 0, **texts: str) -> SitePageVersion:
    columns = {"text_en": "", "text_uk": "", "text_ru": ""} | texts
    return write_site_page(page="about", seen_number=seen, actor=newsroom.actor(by), **columns)


def test_text_is_read_into_headings_paragraphs_and_lists() -> None:
    found = blocks("## Who\r\nWe are six.\r\nIn one room.\r\n\r\n- Rita\r\n- Anna\r\n\r\n\r\nWrite to us.")
    assert [(block.kind, block.lines) for block in found] == [
        ("heading", ("Who",)),
        ("paragraph", ("We are six.", "In one room.")),
        ("list", ("Rita", "Anna")),
        ("paragraph", ("Write to us.",)),
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "##", "-"])
def test_signs_without_words_break_nothing(text: str) -> None:
    assert all(block.lines for block in blocks(text))


def test_readers_get_the_page_in_their_language_or_in_one_that_it_is_written_in(
    newsroom: Newsroom, client: Client
) -> None:
    _written(newsroom, text_en="We check.", text_uk="Ми перевіряємо.")
    page = {
        language: client.get("/about/", headers={"accept-language": language}).content.decode()
        for language in ("en", "uk", "ru")
    }
    assert "Ми перевіряємо." in page["uk"]
    assert '<section class="prose" lang="en"><p>We check.' in page["ru"]
    assert "We check." in page["en"]


def test_a_page_that_nobody_wrote_says_so(db: None, client: Client) -> None:
    assert "has not written this page yet" in client.get("/funding/").content.decode()


def test_markup_in_the_text_stays_words(newsroom: Newsroom, client: Client) -> None:
    _written(
        newsroom, text_en="<script>alert(1)</script> https://news.example.org/?a=1&b=2 javascript:alert(1)"
    )
    page = client.get("/about/").content.decode()
    assert "<script>alert" not in page
    assert '<a href="https://news.example.org/?a=1&amp;b=2"' in page
    assert 'href="javascript' not in page


def test_each_save_is_a_version_and_the_history_names_it(newsroom: Newsroom) -> None:
    _written(newsroom, text_en="One.")
    _written(newsroom, seen=1, text_en="Two.")
    assert list(SitePageVersion.objects.values_list("number", "text_en")) == [(2, "Two."), (1, "One.")]
    event = ClaimEvent.objects.filter(verb="write_page").latest("sequence")
    assert event.details == {"page": "about", "number": 2}


def test_whoever_saw_an_older_version_overwrites_nothing(newsroom: Newsroom) -> None:
    _written(newsroom, text_en="One.")
    with pytest.raises(Conflict):
        _written(newsroom, text_en="Mine.")
    assert SitePageVersion.objects.count() == 1


def test_a_version_is_written_once(newsroom: Newsroom) -> None:
    version = _written(newsroom, text_en="One.")
    version.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save(force_insert=True)


def test_an_empty_or_endless_page_is_refused(newsroom: Newsroom) -> None:
    for text in ("  ", "x" * 20_001):
        with pytest.raises(Invalid):
            _written(newsroom, text_en=text)


@pytest.mark.parametrize("person", ["jonas", "anna", "pavlo", "ada", "root"])
def test_nobody_but_the_role_admin_writes(newsroom: Newsroom, person: str) -> None:
    with pytest.raises(NotAllowed):
        _written(newsroom, by=person, text_en="Mine.")


def test_the_admin_writes_on_the_page(newsroom: Newsroom, signed_in: Callable[[str], Client]) -> None:
    adam = signed_in("adam")
    assert 'href="/about/edit/"' in adam.get("/about/").content.decode()
    form = {"seen_number": "0", "text_en": "We check."}
    assert adam.post("/about/edit/", form).status_code == 302
    assert adam.post("/about/edit/", form).status_code == 409
    assert "We check." in adam.get("/about/edit/").content.decode()
    assert signed_in("jonas").get("/about/edit/").status_code == 403
