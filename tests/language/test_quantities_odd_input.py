"""Figures that are none, or hardly: the quantity reader answers sensibly and never raises."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.language.quantities import read_quantities
from claims.language.readings import Language
from tests.language.expected import quantities_of

LANGUAGES: tuple[Language, ...] = ("en", "uk", "ru", "other")
FRAGMENTS = (
    "1e999", "0/0", "½", "2½", "MMXXVI", "٣", "٣٫٥", "0", "-0", "1/0", "12,", ".5", "1.2.3", "1,2,3",
    "5%", "−", "–", "$", "$$", "€5bn", "10-15", "от", "до", "с", "понад", "about", "not", "more than",
    "a", "an", "half", "and a half", "тысяча", "млрд", "тис.", "сотні", "двадцять", "первый", "пів",
    "полтора", "двухчасовой", "раз", "в", "°C", "км/год", "кВт·год", "the", "past", "year", "years old",
    "2026", "17", "February", "лютого", ":", "10:40", "№", "F-16", "«", "»", "\n", " ", "\u00a0",
    "9" * 60, "million", "billion", "hundred", "and", "кожен", "каждый", "десятий", "минус", "twice",
    "times",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "text", ["1e999", "0/0", "MMXXVI", "9" * 5000, "", " ", "%", "$", "007", "1.2.3.4", "1-2-3-4"]
)
def test_what_is_no_figure_yields_nothing(text: str, language: Language) -> None:
    assert quantities_of(text, language) == []


def test_a_vulgar_fraction_alone_is_a_share() -> None:
    assert [(half.low, half.unit) for half in quantities_of("½ of the stock", "en")] == [(50, "%")]


def test_arabic_indic_digits_are_digits() -> None:
    assert [(count.low, count.unit) for count in quantities_of("٣ villages", "en")] == [(3, "count")]


def test_a_text_of_another_language_yields_digits_and_international_units() -> None:
    found = quantities_of("Die Anlage liefert 200 MW und kostet €5,5.", "other")
    assert [(figure.low, figure.unit) for figure in found] == [(2e8, "W"), (5.5, "EUR")]


def test_a_flattened_table_yields_no_figures() -> None:
    assert quantities_of("5% rise " * 400, "en") == []


def test_padding_yields_no_figures_and_the_prose_around_it_does() -> None:
    before = "On its last trip before winter the ferry to the islands carried 90 cars. "
    after = "The next morning a smaller boat took 40 cars back to the port on the mainland."
    figures = quantities_of(before + "a third. " * 2_000 + after, "en")
    assert [figures[0].low, figures[-1].low] == [90, 40]
    assert len(figures) < 200


def test_prose_with_many_figures_is_read_to_its_end() -> None:
    assert len(quantities_of("The mill sold 5 boats and 7 carts. " * 300, "en")) == 600


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "`", "‘"])
def test_any_apostrophe_spells_a_ukrainian_number(apostrophe: str) -> None:
    found = quantities_of(f"Бракує п{apostrophe}ятнадцятьох лікарів.", "uk")
    assert [(figure.low, figure.unit) for figure in found] == [(15, "count")]


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009"])
def test_any_space_groups_thousands(space: str) -> None:
    found = quantities_of(f"Продано 12{space}400 билетов.", "ru")
    assert [figure.low for figure in found] == [12400]


@given(
    st.lists(st.sampled_from(FRAGMENTS), max_size=14),
    st.sampled_from(("", " ", " ", "-")),
    st.sampled_from(LANGUAGES),
)
@settings(max_examples=300)
def test_no_mixture_of_number_words_raises_or_leaves_its_text(
    parts: list[str], glue: str, language: Language
) -> None:
    _check_spans(glue.join(parts), language)


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
@settings(max_examples=200)
def test_no_text_at_all_raises(text: str, language: Language) -> None:
    _check_spans(text, language)


def _check_spans(text: str, language: Language) -> None:
    last = 0
    for figure in read_quantities(text, language):
        assert last <= figure.span.start < figure.span.end <= len(text)
        last = figure.span.end
        assert figure.low is not None or figure.high is not None
        if figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
