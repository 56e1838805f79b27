"""A passage in the reader's language: a button, a translation that says it is a machine's, and the original."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from claims.actions.translation import translate_passage
from claims.models import Claim, Document, Passage, PassageTranslation
from tests.ingest.libretranslate import LibreTranslate, libretranslate
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db

UKRAINIAN = "Чотири буксири увійшли до порту."


@pytest.fixture
def service(settings: LazySettings) -> Iterator[LibreTranslate]:
    with libretranslate() as running:
        settings.TRANSLATOR_URL = running.url
        running.words[UKRAINIAN, "en"] = "Four <tugs> entered the port."
        yield running


@pytest.fixture
def claim(newsroom: Newsroom) -> Claim:
    claim = newsroom.claim()
    piece = newsroom.evidence(claim, "supports", origin="harbour log")
    Document.objects.filter(pk=piece.passage.document_id).update(language="uk", text=UKRAINIAN)
    Passage.objects.filter(pk=piece.passage_id).update(text=UKRAINIAN)
    return claim


@pytest.fixture
def jonas(newsroom: Newsroom, client: Client) -> Client:
    client.force_login(newsroom.people["jonas"])
    return client


def test_the_button_has_the_passage_translated_and_both_texts_are_shown(
    service: LibreTranslate, claim: Claim, jonas: Client
) -> None:
    passage = Passage.objects.get()
    document_page = reverse("document_detail", args=[passage.document_id])
    for page in (claim.get_absolute_url(), document_page):
        assert "Translate</button>" in jonas.get(page).content.decode()
    address = reverse("passage_translation", args=[passage.pk])
    answer = jonas.post(address, {"target": "en", "next": claim.get_absolute_url()})
    assert answer["Location"] == f"{claim.get_absolute_url()}#translation-{passage.pk}"
    assert "Being translated" in jonas.get(claim.get_absolute_url()).content.decode()
    translate_passage(PassageTranslation.objects.get().pk)
    for page in (claim.get_absolute_url(), document_page, f"{address}?target=en"):
        shown = jonas.get(page).content.decode()
        assert "machine translation by 127.0.0.1" in shown
        assert "Four &lt;tugs&gt; entered the port." in shown
        assert (UKRAINIAN in shown) == (page != f"{address}?target=en")


def test_a_service_that_is_away_is_told_with_the_button_to_try_again(
    service: LibreTranslate, settings: LazySettings, claim: Claim, jonas: Client
) -> None:
    address = reverse("passage_translation", args=[Passage.objects.get().pk])
    with libretranslate() as gone:
        settings.TRANSLATOR_URL = gone.url
    jonas.post(address, {"target": "en"})
    translate_passage(PassageTranslation.objects.get().pk)
    shown = jonas.get(claim.get_absolute_url()).content.decode()
    assert "does not answer now" in shown
    assert "Translate</button>" in shown


def test_without_a_service_and_for_a_passage_in_the_readers_language_there_is_no_button(
    claim: Claim, jonas: Client, settings: LazySettings
) -> None:
    settings.TRANSLATOR_URL = ""
    assert "Translate</button>" not in jonas.get(claim.get_absolute_url()).content.decode()
    address = reverse("passage_translation", args=[Passage.objects.get().pk])
    assert jonas.post(address, {"target": "en"}).status_code == 400
    settings.TRANSLATOR_URL = "http://127.0.0.1:9"
    Document.objects.update(language="en")
    assert "Translate</button>" not in jonas.get(claim.get_absolute_url()).content.decode()


def test_one_is_only_sent_back_to_a_page_of_this_site_and_strangers_are_asked_to_sign_in(
    service: LibreTranslate, claim: Claim, jonas: Client
) -> None:
    passage = Passage.objects.get()
    address = reverse("passage_translation", args=[passage.pk])
    for elsewhere in ("https://evil.example.org/", "//evil.example.org", "javascript:alert(1)", ""):
        answer = jonas.post(address, {"target": "en", "next": elsewhere})
        assert answer["Location"] == f"/#translation-{passage.pk}"
    assert jonas.post(address, {"target": "de"}).status_code == 400
    assert jonas.get(f"{address}?target=de").status_code == 200
    assert Client().post(address, {"target": "en"}).status_code == 302
    assert PassageTranslation.objects.count() == 1
