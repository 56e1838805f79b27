"""All readers together, the tokens of a reading, and what two readings have in common."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.language.reading import read
from claims.language.readings import Quantity, Span, TimeExpression
from claims.language.tokens import date_tokens, figure_tokens, index_tokens

FIELDS = {"terms", "names", "concepts", "figures", "dates"}


def test_a_text_is_read_once_and_its_language_found() -> None:
    text = "У Конотопі відремонтували шість мостів."
    assert read(text) is read(text)
    assert read(text).language == "uk"
    assert read(text, language="ru").language == "ru"


def test_tokens_of_names_and_concepts_are_the_same_in_three_languages() -> None:
    readings = [
        read("Elections in Konotop and Oslo"),
        read("Вибори у Конотопі та в Осло"),
        read("Выборы в Конотопе и в Осло"),
    ]
    shared = set.intersection(*(set(index_tokens(one)["names"].split()) for one in readings))
    assert {"place:konotop", "place:oslo", "n:konotop"} <= shared
    assert set.intersection(*(set(index_tokens(one)["concepts"].split()) for one in readings))


def test_a_body_of_a_country_is_also_found_by_the_country() -> None:
    names = index_tokens(read("МЗС Латвії заперечило."))["names"].split()
    assert {"body:foreign+ministry:lv", "place:lv"} <= set(names)


def figure(low: float | None, high: float | None, unit: str = "s") -> set[str]:
    return set(figure_tokens(Quantity(Span(0, 1), low, high, unit, "=")))


def test_figures_that_agree_share_a_step_and_figures_that_do_not_share_none() -> None:
    assert figure(7200, 7200) & figure(6480, 7920) > {"s:"}
    assert figure(7200, 7200) & figure(14400, 14400) == {"s:"}
    assert figure(7200, 7200) & figure(7200, 7200, "count") == set()


@pytest.mark.parametrize("value", [0.0, -25.0, 1e300, 1e-300, float("inf"), float("nan")])
def test_any_number_has_tokens(value: float) -> None:
    assert all(" " not in token for token in figure(value, value) | figure(None, value) | figure(value, None))


def test_dates_are_the_civil_days_of_the_interval() -> None:
    def days(start: datetime, end: datetime) -> list[str]:
        return list(date_tokens(TimeExpression(Span(0, 1), start, end, "date")))

    day = datetime(2024, 2, 28, tzinfo=UTC)
    assert days(day, datetime(2024, 3, 1, tzinfo=UTC)) == ["2024-02-28", "2024-02-29"]
    assert days(day, day) == ["2024-02-28"]
    assert days(day, datetime(2025, 2, 28, tzinfo=UTC)) == []
    assert days(datetime(9999, 12, 31, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)) == ["9999-12-31"]


@pytest.mark.parametrize(
    "text", ["", "\ud800", "\u200b", "½ 1e999 0/0 MMXXVI ٣", "а" * 1_000_000, "Kиїв і Мocква"]
)
def test_broken_texts_are_read(text: str) -> None:
    reading = read(text)
    assert reading.text == text
    assert index_tokens(reading).keys() == FIELDS


@settings(max_examples=100)
@given(st.text(max_size=150))
def test_tokens_hold_no_white_space_within(text: str) -> None:
    tokens = index_tokens(read(text))
    assert tokens.keys() == FIELDS
    assert all(value == " ".join(value.split()) for value in tokens.values())
