"""One setting chooses the engine; a throw-away engine leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from pytest_django import Settings

from claims.search import EngineName, get_backend, reset_backend, throwaway_backend
from tests.search.conftest import elasticsearch_url
from tests.search.documents import found, passage


def test_without_a_server_the_embedded_index_is_used(settings: Settings, tmp_path: Path) -> None:
    settings.ELASTICSEARCH_URL = ""
    settings.SEARCH_FOLDER = str(tmp_path)
    backend = get_backend()
    assert backend.name == "embedded"
    assert get_backend() is backend
    backend.ensure()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "claims", "passages"]
    reset_backend()
    assert get_backend() is not backend


def test_a_changed_setting_changes_the_engine(settings: Settings, tmp_path: Path) -> None:
    settings.ELASTICSEARCH_URL = ""
    settings.SEARCH_FOLDER = tmp_path
    before = get_backend()
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    assert get_backend().name == "elasticsearch"
    settings.ELASTICSEARCH_URL = ""
    assert get_backend() is before


@pytest.mark.parametrize("name", ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def test_a_throwaway_engine_is_empty_and_leaves_nothing_behind(settings: Settings, name: EngineName) -> None:
    if name == "elasticsearch":
        settings.ELASTICSEARCH_URL = elasticsearch_url()
        settings.SEARCH_INDEX_PREFIX = "test-choice"
    with throwaway_backend(name) as backend:
        backend.write("passages", [passage("1", 1, "river")])
        assert found(backend, "river") == ["1"]
        with throwaway_backend(name) as another:
            assert found(another, "river") == []
    if name == "elasticsearch":
        left = httpx.get(f"{elasticsearch_url()}/test-choice-*").json()
        assert left == {}
