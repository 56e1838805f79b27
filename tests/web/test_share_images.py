"""The picture beside a shared link says what the page says: claim, rating, and whether it was corrected."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image

from claims.models import Publication
from claims.publish import share_image
from claims.publish.share_image import HEIGHT, WIDTH, can_draw, words_of
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not can_draw(), reason="DejaVu Sans is not installed (.ci/run installs it)"),
]


def picture_of(client: Client, publication: Publication) -> Any:
    address = f"{settings.SITE_URL}/checks/{publication.pk}/image-{publication.version}.png"
    page = client.get(publication.get_absolute_url()).content.decode()
    assert f'<meta property="og:image" content="{address}">' in page
    return client.get(address.removeprefix(settings.SITE_URL))


def test_a_page_names_its_picture_and_the_picture_has_the_size_that_it_says(
    newsroom: Newsroom, client: Client
) -> None:
    publication = newsroom.published().publication
    answer = picture_of(client, publication)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    picture = Image.open(io.BytesIO(answer.content))
    assert picture.size == (WIDTH, HEIGHT)
    assert len(picture.getcolors(maxcolors=WIDTH * HEIGHT)) > 10, "something is drawn"
    address = f"/checks/{publication.pk}/image-{publication.version}.png"
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_correction_and_a_retraction_have_pictures_of_their_own(newsroom: Newsroom, client: Client) -> None:
    first = newsroom.published(rating="true")
    published = Publication.objects.get(pk=first.publication_id)
    pictures = {picture_of(client, published).content}
    second = newsroom.corrected(first, rating="mixture")
    corrected = Publication.objects.get(pk=first.publication_id)
    words = words_of(second.snapshot, corrected.state)
    assert words.headline.startswith("CORRECTED: ")
    assert (words.rating, words.value, words.best) == ("Mixture", 3, 5)
    pictures.add(picture_of(client, corrected).content)
    retracted = newsroom.retracted(second)
    words = words_of(second.snapshot, retracted.state)
    assert words.headline.startswith("RETRACTED: ")
    assert (words.rating, words.value) == ("", None)
    pictures.add(picture_of(client, retracted).content)
    assert len(pictures) == 3
    old = client.get(f"/checks/{published.pk}/image-{published.version}.png").content
    assert old == picture_of(client, retracted).content, "no address shows a verdict that was withdrawn"


def test_an_embargoed_check_has_no_picture(newsroom: Newsroom, client: Client) -> None:
    verdict = newsroom.approved()
    newsroom.scheduled(verdict, publish_at=timezone.now() + timedelta(days=1))
    embargoed = Publication.objects.get(claim=verdict.claim)
    assert client.get(f"/checks/{embargoed.pk}/image-1.png").status_code == 404


def test_without_the_font_there_is_no_picture_and_the_page_names_none(
    newsroom: Newsroom, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication = newsroom.published().publication
    monkeypatch.setattr(share_image, "_REGULAR", "no-such-font.ttf")
    can_draw.cache_clear()
    try:
        assert "og:image" not in client.get(publication.get_absolute_url()).content.decode()
        assert client.get(f"/checks/{publication.pk}/image-1.png").status_code == 404
    finally:
        can_draw.cache_clear()


@pytest.mark.parametrize(
    "text", ["", "слово " * 200, "x" * 1_000, "\u202eback\u202c \x07", "🙂 emoji", "نص عربي"]
)
def test_whatever_is_written_can_be_drawn(newsroom: Newsroom, text: str) -> None:
    snapshot = newsroom.published().snapshot
    told = snapshot | {"title": text or "?", "claim_reviewed": text}
    words = words_of(told, "live", note="Demonstration")
    assert Image.open(io.BytesIO(share_image.share_image(words))).size == (WIDTH, HEIGHT)
