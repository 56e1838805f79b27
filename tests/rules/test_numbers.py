"""Numbers in forms and addresses: plain digits that an id can be, or none."""

from __future__ import annotations

import pytest

from claims.rules.numbers import LARGEST, whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("17", 17), ("007", 7), (str(LARGEST), LARGEST)])
def test_plain_digits_are_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    "text",
    [None, "", "-1", "+1", "1_0", " 1", "1.0", "１７", "²", str(LARGEST + 1), "9" * 5_000],
    ids=["none", "empty", "minus", "plus", "underscore", "blank", "point", "wide", "raised", "large", "long"],
)
def test_anything_else_is_none(text: str | None) -> None:
    assert whole_number(text) is None
