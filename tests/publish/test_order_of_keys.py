"""PostgreSQL keeps the keys of a JSON column in an order of its own; what readers get must not follow it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from claims.api.check_shapes import GivenRating
from claims.publish.claimreview import retraction, script_json
from claims.publish.snapshot import Snapshot, rating_of
from claims.publish.webhook import Told, body_of
from tests.newsroom import Newsroom


def _in_order(content: Any, order: Callable[[str], Any]) -> Any:
    """Return ``content`` with the keys of all its objects in ``order``."""
    if isinstance(content, dict):
        return {key: _in_order(content[key], order) for key in sorted(content, key=order)}
    return [_in_order(one, order) for one in content] if isinstance(content, list) else content


@pytest.fixture
def orders(newsroom: Newsroom) -> tuple[Snapshot, Snapshot]:
    """One snapshot in the order of the alphabet, and in that of jsonb: by length, then by bytes."""
    snapshot = newsroom.published().snapshot
    written: Snapshot = _in_order(snapshot, str)
    kept: Snapshot = _in_order(snapshot, lambda key: (len(key), key))
    assert kept == written
    assert json.dumps(kept) != json.dumps(written)
    return written, kept


def test_markup_and_webhooks_have_the_same_bytes(orders: tuple[Snapshot, Snapshot]) -> None:
    written, kept = orders
    assert script_json(kept) == script_json(written)
    assert json.dumps(retraction(kept, "Forged.", "2026-02-03")) == json.dumps(
        retraction(written, "Forged.", "2026-02-03")
    )
    told = [body_of(Told("published", "2026-02-03T00:00:00Z", 1, "", one), "key") for one in orders]
    assert told[0] == told[1]


def test_the_api_gives_a_rating_in_one_order(orders: tuple[Snapshot, Snapshot]) -> None:
    told = [GivenRating.model_validate(rating_of(one)).model_dump_json() for one in orders]
    assert told[0] == told[1]
