"""The newsroom and the search engines that tests of actions work in."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from claims.search import get_backend, reset_backend
from claims.search.base import SearchBackend
from claims.search.elasticsearch import ElasticsearchBackend
from tests.newsroom import newsroom
from tests.search.conftest import ENGINES, elasticsearch_url

__all__ = ["newsroom"]


@pytest.fixture(params=ENGINES)
def bare(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[SearchBackend]:
    """The engine of the settings, in which no index exists yet."""
    reset_backend()
    settings.ELASTICSEARCH_URL = ""
    settings.SEARCH_FOLDER = tmp_path
    if request.param == "elasticsearch":
        settings.ELASTICSEARCH_URL = elasticsearch_url()
        settings.SEARCH_INDEX_PREFIX = f"test-{uuid.uuid4().hex[:12]}"
    backend = get_backend()
    yield backend
    if isinstance(backend, ElasticsearchBackend):
        backend.drop_everything()
    reset_backend()


@pytest.fixture
def backend(bare: SearchBackend) -> SearchBackend:
    bare.ensure()
    return bare
