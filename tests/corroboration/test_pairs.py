"""The comparison against the judgement of a careful reader, kind by kind."""

from __future__ import annotations

import pytest

from tests.corroboration.pairs import PAIRS, Pair
from tests.corroboration.readings import compared


@pytest.mark.parametrize(
    "pair", [pytest.param(pair, id=f"{pair.kind}: {pair.claim} | {pair.passage}") for pair in PAIRS]
)
def test_a_passage_is_judged_as_a_careful_reader_would(pair: Pair) -> None:
    outcome = compared(pair.claim, pair.claim_language, pair.passage, pair.passage_language)
    called = outcome.stance if outcome.stance in ("supports", "contradicts") else "neither"

    assert called == pair.expected
