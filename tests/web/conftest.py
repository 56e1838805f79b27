"""What the pages are tested with: a newsroom, a live blog of its desk, and a search index of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

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
def _searchable(engine: None) -> None:
    """Nearly every page searches, or links to a page that does."""


@pytest.fixture
def article(newsroom: Newsroom) -> Article:
    return newsroom.live_blog(LIVE_BLOG)


@pytest.fixture
def signed_in(newsroom: Newsroom) -> Callable[[str], Client]:
    return newsroom.signed_in


@pytest.fixture
def jonas(signed_in: Callable[[str], Client]) -> Client:
    """The browser of Jonas, a journalist of the desk."""
    return signed_in("jonas")
