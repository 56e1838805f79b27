"""Sentences as spans in three languages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.language.sentences import split_sentences


def split(text: str) -> list[str]:
    return [span.of(text) for span in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Mr. Adeyemi left at 5.30 p.m. on Friday. He was late.",
            ["Mr. Adeyemi left at 5.30 p.m. on Friday.", "He was late."],
        ),
        ("U.S. Senator T. J. Marsh spoke. Nobody came.", ["U.S. Senator T. J. Marsh spoke.", "Nobody came."]),
        ("Rates rose to 4.75 percent. Why? Costs!", ["Rates rose to 4.75 percent.", "Why?", "Costs!"]),
        ("“Close the valve.” The crew obeyed.", ["“Close the valve.”", "The crew obeyed."]),
        (
            "Запаси зросли до 3,5 млн т. на рік. Ціни впали.",
            ["Запаси зросли до 3,5 млн т. на рік.", "Ціни впали."],
        ),
        ("О. В. Гнатюк приїхав у м. Буськ. Було тихо.", ["О. В. Гнатюк приїхав у м. Буськ.", "Було тихо."]),
        ("«Вода чиста». Так сказав еколог.", ["«Вода чиста».", "Так сказав еколог."]),
        ("Завод построен в 1998 г. Сейчас он закрыт.", ["Завод построен в 1998 г.", "Сейчас он закрыт."]),
        (
            "Он живёт в г. Торжке, на ул. Мира, д. 5. Там тихо.",
            ["Он живёт в г. Торжке, на ул. Мира, д. 5.", "Там тихо."],
        ),
        (
            "Собрали 20 тыс. тонн зерна и т.д. без потерь. Итог ясен.",
            ["Собрали 20 тыс. тонн зерна и т.д. без потерь.", "Итог ясен."],
        ),
    ],
)
def test_abbreviations_initials_and_decimal_points_end_no_sentence(text: str, sentences: list[str]) -> None:
    assert split(text) == sentences


def test_a_line_break_ends_a_sentence_unless_the_next_line_goes_on_in_lower_case() -> None:
    assert split("Headline without a stop\nThe text begins") == ["Headline without a stop", "The text begins"]
    assert split("a line that was\nwrapped by a mailer") == ["a line that was\nwrapped by a mailer"]


def test_an_empty_text_has_no_sentences() -> None:
    assert split_sentences("") == () == split_sentences(" \n\t ")


@settings(max_examples=200)
@given(st.text(alphabet=st.sampled_from('аЯb .!?…\n«»”"U.Sм г1'), max_size=120) | st.text(max_size=120))
def test_sentences_are_ordered_and_cover_every_letter(text: str) -> None:
    spans = split_sentences(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
    covered = "".join(span.of(text) for span in spans)
    assert "".join(covered.split()) == "".join(text.split())
