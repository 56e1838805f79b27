"""The default scale stands, and the content hash moves with every part of the content."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from claims.rules.hashing import HashedContent, HashedEvidence, content_hash
from claims.rules.ratings import DEFAULT_SCALE, RatingStep, number_stands

CONTENT = HashedContent(
    **{  # type: ignore[arg-type]
        field.name: field.name
        for field in fields(HashedContent)
        if field.name not in {"evidence", "exceptions"}
    },
    evidence=(HashedEvidence(1, "supports", "accepted", "https://a.example.org", "00"),),
    exceptions={"E12": "One witness."},
)


def test_the_default_scale_may_be_published_in_three_languages() -> None:
    for step in DEFAULT_SCALE.steps:
        assert number_stands(step, worst=DEFAULT_SCALE.worst, best=DEFAULT_SCALE.best), step.key
        assert all(step.labels[language] for language in ("en", "uk", "ru")), step.key
    assert [step.value for step in DEFAULT_SCALE.steps] == [5, 4, 3, 2, 1, None]


def test_a_scale_whose_worst_number_is_zero_is_refused() -> None:
    assert not number_stands(RatingStep("false", {}, 0), worst=0, best=5)


def test_what_cannot_be_told_carries_no_number() -> None:
    assert not number_stands(RatingStep("satire", {}, 1), worst=1, best=5)


@pytest.mark.parametrize("name", [field.name for field in fields(HashedContent)])
def test_a_change_of_any_part_is_another_hash(name: str) -> None:
    changed = {"evidence": (), "exceptions": {}}.get(name, "something else")
    assert content_hash(replace(CONTENT, **{name: changed})) != content_hash(CONTENT)  # type: ignore[arg-type]


def test_the_order_of_exceptions_is_no_change() -> None:
    one = replace(CONTENT, exceptions={"a": "1", "b": "2"})
    other = replace(CONTENT, exceptions={"b": "2", "a": "1"})
    assert content_hash(one) == content_hash(other)
