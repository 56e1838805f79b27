"""Checks on other sites: the card in its frame, its corrections, oEmbed, and that nothing else may be framed."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from claims.actions.publication import retract_publication, start_correction
from claims.models import Publication
from tests.newsroom import Newsroom


def card(client: Client, publication: Publication) -> str:
    return client.get(f"/embed/{publication.pk}/").content.decode()


def asked(client: Client, url: str, **more: str) -> tuple[int, dict[str, Any]]:
    answer = client.get("/oembed", {"url": url, **more})
    return answer.status_code, json.loads(answer.content)


def test_the_card_shows_claim_verdict_and_the_way_to_the_page(newsroom: Newsroom, client: Client) -> None:
    publication = newsroom.published().publication
    shown = card(client, publication)
    assert "How many tugs entered the harbour?" in shown
    assert "Port Authority" in shown
    assert "of 5" in shown
    assert f'href="{settings.SITE_URL}{publication.get_absolute_url()}"' in shown


def test_the_card_needs_no_script_no_cookie_and_no_style_of_its_own(
    newsroom: Newsroom, client: Client
) -> None:
    answer = client.get(f"/embed/{newsroom.published().publication.pk}/")
    shown = answer.content.decode()
    assert "<script" not in shown
    assert "style=" not in shown
    assert not answer.cookies


@pytest.mark.parametrize(("language", "kicker"), [("uk", "Перевірка"), ("ru", "Проверка")])
def test_the_card_speaks_the_language_of_the_check_and_not_of_the_reader(
    newsroom: Newsroom, client: Client, language: str, kicker: str
) -> None:
    verdict = newsroom.approved(
        newsroom.submitted(newsroom.saved(newsroom.started(newsroom.weighed_claim(), language=language)))
    )
    publication = newsroom.published(verdict).publication
    answer = client.get(f"/embed/{publication.pk}/", headers={"Accept-Language": "en"})
    shown = answer.content.decode()
    assert f'<html lang="{language}">' in shown
    assert kicker in shown
    assert answer["Content-Language"] == language


def test_a_correction_and_a_retraction_stand_in_the_card_at_once(newsroom: Newsroom, client: Client) -> None:
    publication = newsroom.published().publication
    first = client.get(f"/embed/{publication.pk}/")
    assert "no-cache" in first["Cache-Control"]
    again = client.get(f"/embed/{publication.pk}/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    start_correction(
        publication_id=publication.pk,
        seen_version=publication.version,
        reason="A figure.",
        actor=newsroom.actor("pavlo"),
    )
    second = client.get(f"/embed/{publication.pk}/", headers={"If-None-Match": first["ETag"]})
    assert second.status_code == 200
    assert "A correction of this check is being prepared" in second.content.decode()
    publication.refresh_from_db()
    retract_publication(
        publication_id=publication.pk,
        seen_version=publication.version,
        note="The photograph was of another port.",
        actor=newsroom.actor("pavlo"),
    )
    third = client.get(f"/embed/{publication.pk}/", headers={"If-None-Match": second["ETag"]})
    shown = third.content.decode()
    assert "RETRACTED" in shown
    assert "The photograph was of another port." in shown
    assert "of 5" not in shown


def test_an_embargoed_check_has_no_card(newsroom: Newsroom, client: Client) -> None:
    verdict = newsroom.approved()
    newsroom.scheduled(verdict, publish_at=timezone.now() + timedelta(hours=3))
    publication = Publication.objects.get()
    assert client.get(f"/embed/{publication.pk}/").status_code == 404
    assert asked(client, settings.SITE_URL + publication.get_absolute_url())[0] == 404


def test_markup_in_a_title_stays_text_in_card_and_code(newsroom: Newsroom, client: Client) -> None:
    publication = newsroom.published(title='"><script>alert(1)</script>').publication
    assert "<script" not in card(client, publication)
    _status, described = asked(client, settings.SITE_URL + publication.get_absolute_url())
    assert "<script" not in described["html"]
    assert described["title"] == '"><script>alert(1)</script>'


def test_the_page_leads_to_its_description_and_offers_the_code(newsroom: Newsroom, client: Client) -> None:
    publication = newsroom.published().publication
    page = client.get(publication.get_absolute_url()).content.decode()
    link = re.search(r'type="application/json\+oembed" href="([^"]+)"', page)
    assert link is not None
    address = urlsplit(unescape(link.group(1)))
    described = json.loads(client.get(f"{address.path}?{address.query}").content)
    assert parse_qs(address.query)["url"] == [settings.SITE_URL + publication.get_absolute_url()]
    code = re.search(r"<textarea readonly[^>]*>(.*?)</textarea>", page, re.S)
    assert code is not None
    assert unescape(code.group(1)) == described["html"]
    assert f'src="{settings.SITE_URL}/embed/{publication.pk}/"' in described["html"]


def test_the_description_is_of_type_rich_and_keeps_to_the_size_asked_for(
    newsroom: Newsroom, client: Client
) -> None:
    page = settings.SITE_URL + newsroom.published().publication.get_absolute_url()
    status, described = asked(client, page, maxwidth="300", maxheight="200", format="json")
    assert (status, described["type"], described["version"]) == (200, "rich", "1.0")
    assert (described["width"], described["height"]) == (300, 200)
    assert 'width="300" height="200"' in described["html"]
    assert asked(client, page, maxwidth="5000")[1]["width"] == 560


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"url": ""}, 400),
        ({"maxwidth": "wide"}, 400),
        ({"maxwidth": "0"}, 400),
        ({"maxheight": "-5"}, 400),
        ({"format": "xml"}, 501),
        ({"url": "https://elsewhere.example.org/checks/1/"}, 404),
        ({"url": "{site}/checks/999999/"}, 404),
        ({"url": "{site}/checks/99999999999999999999/"}, 404),
        ({"url": "{site}/claims/1/"}, 404),
        ({"url": "{site}:0/checks/1/"}, 404),
        ({"url": "javascript:alert(1)"}, 404),
        ({"url": "http://[::1"}, 404),
    ],
)
def test_what_cannot_be_described_is_answered_as_the_standard_says(
    newsroom: Newsroom, client: Client, query: dict[str, str], status: int
) -> None:
    page = settings.SITE_URL + newsroom.published().publication.get_absolute_url()
    sent = {"url": page} | {key: value.format(site=settings.SITE_URL) for key, value in query.items()}
    answer = client.get("/oembed", sent if query else {})
    assert answer.status_code == status
    assert json.loads(answer.content)["error"]


def test_a_card_takes_few_queries(
    newsroom: Newsroom, client: Client, django_assert_max_num_queries: Any
) -> None:
    publication = newsroom.published().publication
    with django_assert_max_num_queries(4):
        client.get(f"/embed/{publication.pk}/")
