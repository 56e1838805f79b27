"""The comparison against the judgement of a careful reader, kind by kind."""

from __future__ import annotations

import pytest

from tests.corroboration.pairs import PAIRS, Pair
from tests.corroboration.readings import compared

#: What is not understood yet. Each must fail: once it does not, it leaves the list.
NOT_UNDERSTOOD: set[tuple[str, str]] = set()


def _case(pair: Pair) -> object:
    unknown = (pair.claim, pair.passage) in NOT_UNDERSTOOD
    marks = [pytest.mark.xfail(strict=True)] if unknown else []
    return pytest.param(pair, id=f"{pair.kind}: {pair.claim} | {pair.passage}", marks=marks)


@pytest.mark.parametrize("pair", [_case(pair) for pair in PAIRS])
def test_a_passage_is_judged_as_a_careful_reader_would(pair: Pair) -> None:
    outcome = compared(pair.claim, pair.claim_language, pair.passage, pair.passage_language)
    called = outcome.stance if outcome.stance in ("supports", "contradicts") else "neither"

    assert called == pair.expected


def test_the_pairs_that_are_not_understood_are_among_the_pairs() -> None:
    assert {(pair.claim, pair.passage) for pair in PAIRS} >= NOT_UNDERSTOOD
