"""Both engines rank the same tokens alike, so that a newsroom may change the engine and nothing else."""

from __future__ import annotations

import random

import pytest

from claims.search.base import Hit
from claims.search.elasticsearch import ElasticsearchBackend
from claims.search.embedded import EmbeddedBackend
from tests.search.documents import random_passage, random_query

pytestmark = pytest.mark.elasticsearch


def test_both_engines_give_the_same_hits_in_the_same_order(
    embedded: EmbeddedBackend, elasticsearch: ElasticsearchBackend
) -> None:
    rng = random.Random(20)
    passages = [random_passage(rng, str(number)) for number in range(3_000)]
    for backend in (embedded, elasticsearch):
        assert backend.write("passages", passages).written == len(passages)
        backend.refresh("passages")
    for _ in range(60):
        query = random_query(rng, rng.randrange(1, 40))
        ours = embedded.search("passages", query, limit=20).hits
        theirs = elasticsearch.search("passages", query, limit=20).hits
        assert len(ours) == 20
        _assert_alike(ours, theirs)


def _assert_alike(ours: tuple[Hit, ...], theirs: tuple[Hit, ...]) -> None:
    """Equal place by place; only hits whose scores differ by less than rounding may have changed places."""
    assert [hit.score for hit in ours] == pytest.approx([hit.score for hit in theirs], rel=1e-4)
    for our, their in zip(ours, theirs, strict=True):
        assert our.id == their.id or our.score == pytest.approx(their.score, rel=1e-5)
