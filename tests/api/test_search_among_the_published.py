"""Public search finds a published claim behind any number of unpublished ones, on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from claims import search
from claims.actions.drift import Drift
from claims.actions.indexing import find_and_repair_drift, index_claim
from claims.actions.rebuilding import rebuild_index
from claims.models import Claim, Job
from claims.search.base import IndexDocument
from claims.selectors import published
from claims.selectors.published import Asked, find_checks, similar_checks
from tests.newsroom import Newsroom
from tests.search.conftest import backend, bare_backend

__all__ = ["backend", "bare_backend"]
pytestmark = pytest.mark.django_db

WORDS = "Nine barges of gravel passed the lock at dawn."
#: More claims of the desk than the engine is asked for, each nearer to the question than the published one.
UNPUBLISHED = 30


@pytest.fixture
def engine(backend: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(published, "ASKED", 10)
    monkeypatch.setattr(search, "get_backend", lambda: backend)
    return backend


@pytest.fixture
def check(newsroom: Newsroom, engine: Any) -> int:
    """Publish a check of a longer claim, among many of the desk that say just what is asked for."""
    longer = (
        f"{WORDS} The keeper wrote their names into the book, and the mayor thanked everybody for the work."
    )
    draft = newsroom.draft(newsroom.weighed_claim(text=longer))
    revision = newsroom.published(newsroom.approved(newsroom.submitted(draft)))
    for _ in range(UNPUBLISHED):
        index_claim(newsroom.claim(WORDS).pk)
    return revision.publication_id


def found() -> tuple[list[int], list[int]]:
    rows, _ = find_checks(Asked(words=WORDS), start=0, size=10)
    return [row.pk for row in rows], [similar.publication.pk for similar in similar_checks(WORDS)]


def test_a_published_claim_is_found_behind_many_that_are_not(check: int, engine: Any) -> None:
    claim = Claim.objects.get(publications=check)
    assert Job.objects.filter(kind="index_claim", subject=claim.pk, subject_version=claim.version).exists()
    index_claim(claim.pk)
    engine.refresh("claims")
    assert found() == ([check], [check])


def test_a_rebuilt_index_knows_what_is_published(check: int, engine: Any) -> None:
    rebuild_index("claims", lambda done, all_rows: None)
    assert found() == ([check], [check])


def test_an_index_from_before_is_repaired_by_the_claims_version(check: int, engine: Any) -> None:
    claim = Claim.objects.get(publications=check)
    engine.write("claims", [IndexDocument(str(claim.pk), claim.version - 1, {"terms": "barges"})])
    engine.refresh("claims")
    assert found() == ([], [])
    drift = find_and_repair_drift("claims")
    assert isinstance(drift, Drift)
    assert found() == ([check], [check])
