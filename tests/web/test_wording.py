"""Figures, reasons and pictures as people read them."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from claims.corroboration.reasons import REASONS
from claims.selectors.figure_wording import word_figure
from claims.selectors.reason_wording import word_origin, word_reason, word_suggestion
from tests.servers import ROOT


def _figure(
    low: float | None, high: float | None, unit: str, comparator: str = "=", of: str = ""
) -> dict[str, object]:
    return {"low": low, "high": high, "unit": unit, "comparator": comparator, "of": of, "span": [0, 1]}


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (_figure(6480, 7920, "s", "≈"), "≈ 2 h"),
        (_figure(20400, 21600, "s", "range"), "5 h 40 min – 6 h"),
        (_figure(45, 45, "s"), "45 s"),
        (_figure(5 * 86400, 5 * 86400, "s"), "5 d"),
        (_figure(0, 0, "s"), "0"),
        (_figure(15, None, "count", ">", "people"), "> 15"),
        (_figure(None, 15, "count", "range"), "≤ 15"),
        (_figure(12500, 12500, "count"), "12,500"),
        (_figure(1.2e9, 1.2e9, "USD"), "1.2 billion USD"),
        (_figure(4.5, 4.5, "%"), "4.5 %"),
        (_figure(2, 2, "ordinal"), "no. 2"),
        (_figure(None, None, "count"), "?"),
    ],
)
def test_a_figure_is_told_in_units_that_people_use(figure: dict[str, object], words: str) -> None:
    with translation.override("en"):
        assert word_figure(figure) == words


def test_a_reason_becomes_a_sentence_with_its_details() -> None:
    reason = {"code": "other_day", "details": {"days": "2026-02-17"}}
    assert word_reason(reason) == "The passage is about another day (17 Feb 2026)."


def test_a_reason_without_its_details_is_still_told() -> None:
    assert word_reason({"code": "other_day", "details": {}}) == "The passage is about another day (–)."


def test_an_unknown_reason_is_told_and_not_hidden() -> None:
    assert word_reason({"code": "quite_new", "details": {"of": "x"}}) == "quite new: x"
    assert word_reason({"code": "quite_new", "details": {}}) == "quite new"


def test_an_origin_says_what_it_goes_back_to() -> None:
    assert word_origin({"code": "near_duplicate", "of": "Wire"}) == "Nearly the same text as in Wire."
    assert word_origin({}) == ""


def test_a_suggestion_says_why() -> None:
    assert word_suggestion(("figure", "quotation")) == "a figure, quoted words"


def test_the_days_of_a_reason_are_written_in_the_language_of_the_reader() -> None:
    with translation.override("uk"):
        told = word_reason({"code": "other_day", "details": {"days": "2026-02-17, 2026-02-31"}})
    assert told == "Фрагмент про інший день (17 лютого 2026, 2026-02-31)."


def test_every_reason_that_a_comparison_gives_has_a_sentence() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "claims/corroboration").glob("*.py")]
    given = {code for source in sources for code in re.findall(r'\b_?[Rr]eason\(\s*"(\w+)"', source)}
    assert "other_day" in given
    assert given <= set(REASONS)
