"""The figures that suites are judged by."""

from __future__ import annotations

import pytest

from claims.evaluation.metrics import (
    average_precision_at,
    count_class,
    ndcg_at,
    percentile,
    recall_at,
    reciprocal_rank,
)


def test_ranking_figures_reward_what_stands_first() -> None:
    assert ndcg_at(["a", "x", "b"], {"a", "b"}, 10) == pytest.approx(0.9197, abs=1e-4)
    assert average_precision_at(["x", "a", "b"], {"a", "b"}, 5) == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert recall_at(["a", "x", "b"], {"a", "b"}, 2) == 0.5
    assert reciprocal_rank(["x", "a"], {"a"}) == 0.5


def test_a_class_is_counted_against_all_others() -> None:
    counts = count_class([("differs", "differs"), ("agrees", "differs"), ("differs", "agrees")], "differs")

    assert (counts.right, counts.wrong, counts.missed) == (1, 1, 1)
    assert counts.f1 == pytest.approx(0.5)


def test_nothing_expected_and_nothing_found_is_no_success() -> None:
    assert count_class([], "differs").f1 == 0.0


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([5.0, 1.0, 3.0], 0.95) == 5.0
    assert percentile([], 0.5) == 0.0
