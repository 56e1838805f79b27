"""Letters that a reader cannot see or tell apart are named, and plain words are not."""

from __future__ import annotations

import pytest

from claims.language.oddities import Oddities, oddities_in


@pytest.mark.parametrize(
    "words", ["Four tugs came in.", "Київ і Kyiv", "IT-шник", "п’ять п'ять", "за́мок", "ООН / UN", ""]
)
def test_plain_words_are_not_odd(words: str) -> None:
    assert not oddities_in(words)


def test_words_that_mix_look_alike_letters_are_named_once_and_as_they_stand() -> None:
    assert oddities_in("M\u0430yor, m\u0430yor, M\u0430yor and п\u043ert").mixed == (
        "M\u0430yor",
        "m\u0430yor",
    )
    assert oddities_in("К\u0438їв K\u0438їв").mixed == ("K\u0438їв",)


def test_marks_of_direction_and_invisible_characters_are_told() -> None:
    assert oddities_in("320 \u202edockers\u202c") == Oddities(has_direction_marks=True)
    assert oddities_in("two\u200b hours") == Oddities(has_invisible=True)
    assert oddities_in("שלום 12\u200f") == Oddities(has_direction_marks=True)
