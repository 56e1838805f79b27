"""What readers see: the snapshot, its markup, its corrections, and nothing before it is published."""

from __future__ import annotations

import json
import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from claims.actions.publication import retract_publication, start_correction
from claims.models import Publication
from tests.newsroom import Newsroom


def _page(client: Client, publication: Publication) -> str:
    return client.get(publication.get_absolute_url()).content.decode()


def test_a_check_shows_claim_verdict_evidence_and_people(newsroom: Newsroom, client: Client) -> None:
    page = _page(client, newsroom.published().publication)
    assert "How many tugs entered the harbour?" in page
    assert "Port Authority" in page
    assert "Supports the claim" in page
    assert "Contradicts the claim" in page
    assert "Rita</b> recorded the verdict" in page
    assert "Anna</b> approved it" in page
    assert "of 5" in page


def test_the_markup_is_one_claim_review(newsroom: Newsroom, client: Client) -> None:
    publication = newsroom.published().publication
    markup = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', _page(client, publication), re.S
    )
    assert markup is not None
    review = json.loads(markup.group(1))
    assert review["@type"] == "ClaimReview"
    assert review["url"].endswith(publication.get_absolute_url())


def test_a_text_that_would_end_the_script_cannot(newsroom: Newsroom, client: Client) -> None:
    title = "</script><script>alert(1)</script>"
    page = _page(client, newsroom.published(title=title).publication)
    assert title not in page
    assert "<script>alert" not in page


def test_a_wrong_slug_leads_to_the_right_address(newsroom: Newsroom, client: Client) -> None:
    publication = newsroom.published().publication
    for address in (f"/checks/{publication.pk}/", f"/checks/{publication.pk}/old-name/"):
        answer = client.get(address)
        assert answer.status_code == 301
        assert answer["Location"] == publication.get_absolute_url()


def test_an_embargoed_check_exists_for_nobody(newsroom: Newsroom, client: Client, jonas: Client) -> None:
    verdict = newsroom.approved()
    newsroom.scheduled(verdict, publish_at=timezone.now() + timedelta(hours=3))
    for publication in Publication.objects.all():
        assert client.get(publication.get_absolute_url()).status_code == 404
        assert jonas.get(publication.get_absolute_url()).status_code == 404
    for browser in (client, jonas):
        assert "How many tugs" not in browser.get("/").content.decode()
        assert "How many tugs" not in browser.get("/checks/").content.decode()


def test_a_check_under_correction_says_so(newsroom: Newsroom, client: Client) -> None:
    publication = newsroom.published().publication
    start_correction(
        publication_id=publication.pk,
        seen_version=publication.version,
        actor=newsroom.actor("pavlo"),
        reason="A figure.",
    )
    assert "A correction of this check is being prepared." in _page(client, publication)


def test_a_retracted_check_is_a_tombstone_with_its_reason(newsroom: Newsroom, client: Client) -> None:
    publication = newsroom.published().publication
    retract_publication(
        publication_id=publication.pk,
        seen_version=publication.version,
        actor=newsroom.actor("pavlo"),
        note="The log was misread.",
    )
    answer = client.get(publication.get_absolute_url())
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The log was misread." in page
    assert "ClaimReview" not in page
    assert "Our verdict" not in page


def test_public_pages_name_the_feeds(client: Client, db: None) -> None:
    page = client.get("/checks/").content.decode()
    for kind in ("application/rss+xml", "application/atom+xml", "application/feed+json"):
        assert f'<link rel="alternate" type="{kind}"' in page


def test_every_page_forbids_inline_script_and_style(newsroom: Newsroom, client: Client) -> None:
    publication = newsroom.published().publication
    for address in ("/", "/checks/", publication.get_absolute_url(), "/nothing-here/"):
        answer = client.get(address)
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert "unsafe" not in answer["Content-Security-Policy"]
        page = answer.content.decode()
        assert not re.search(r"<[^>]* style=", page)
        assert "<style" not in page
        assert " onclick=" not in page
