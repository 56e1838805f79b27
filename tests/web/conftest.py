"""What the pages are tested with: a newsroom, a live blog of its desk, and a search index of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from claims import search
from claims.actions.articles import take_in_text
from claims.models import Article
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]

LIVE_BLOG = """Strike at the port, day two

14:40

The union counts 320 dockers at the gate. “Nobody will unload a ship tonight,” said its head, Olha Marchenko.

14:05

Talks with the port authority lasted about three hours, local media report. They go on tomorrow.
"""


@pytest.fixture(autouse=True)
def own_index(settings: object, tmp_path: Path) -> Iterator[None]:
    """Give each test an empty embedded index, so that a page never searches another test's."""
    settings.ELASTICSEARCH_URL = ""  # type: ignore[attr-defined]
    settings.SEARCH_FOLDER = tmp_path / "search"  # type: ignore[attr-defined]
    search.reset_backend()
    search.get_backend().ensure()
    yield
    search.reset_backend()


@pytest.fixture
def article(newsroom: Newsroom) -> Article:
    return take_in_text(
        desk_id=newsroom.desk.pk,
        text=LIVE_BLOG,
        actor=newsroom.actor("jonas"),
        outlet="Harbour Live",
        title="Strike at the port",
        published=date(2026, 3, 4),
        zone="Europe/Kyiv",
    )


@pytest.fixture
def signed_in(newsroom: Newsroom) -> Callable[[str], Client]:
    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(newsroom.people[name])
        return client

    return sign_in


@pytest.fixture
def jonas(signed_in: Callable[[str], Client]) -> Client:
    """The browser of Jonas, a journalist of the desk."""
    return signed_in("jonas")
