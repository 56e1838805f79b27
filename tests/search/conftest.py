"""Both search engines, empty, as the tests of the contract get them."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.search.base import SearchBackend
from claims.search.elasticsearch import ElasticsearchBackend
from claims.search.embedded import EmbeddedBackend

ENGINES = [
    pytest.param("embedded"),
    pytest.param("elasticsearch", marks=pytest.mark.elasticsearch),
]


def elasticsearch_url() -> str:
    """Return the server's address, or skip: ``.ci/run`` fails a run in which this was skipped."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url:
        pytest.skip("ELASTICSEARCH_URL is not set")
    return url


@pytest.fixture(params=ENGINES)
def bare_backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchBackend]:
    """An engine in which no index exists yet."""
    if request.param == "embedded":
        yield EmbeddedBackend(tmp_path / "index")
    else:
        server = ElasticsearchBackend(elasticsearch_url(), prefix=f"test-{uuid.uuid4().hex[:12]}")
        yield server
        server.drop_everything()


@pytest.fixture
def backend(bare_backend: SearchBackend) -> SearchBackend:
    """An engine with one empty generation of each kind."""
    bare_backend.ensure()
    return bare_backend


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedBackend:
    engine = EmbeddedBackend(tmp_path / "embedded")
    engine.ensure()
    return engine


@pytest.fixture
def elasticsearch() -> Iterator[ElasticsearchBackend]:
    server = ElasticsearchBackend(elasticsearch_url(), prefix=f"test-{uuid.uuid4().hex[:12]}")
    server.ensure()
    yield server
    server.drop_everything()
