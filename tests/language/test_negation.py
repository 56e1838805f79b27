"""Negating words in three languages."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.language.negation import read_negations
from claims.language.readings import Language


@pytest.mark.parametrize(
    ("text", "language", "negating"),
    [
        ("The bridge was not damaged and nobody was hurt", "en", ["not", "nobody"]),
        ("The crew hasn’t left; it failed to radio", "en", ["hasn’t", "failed to"]),
        ("Not only the bridge, no fewer than six piers", "en", []),
        ("Міст не пошкоджено, ніхто не постраждав", "uk", ["не", "ніхто", "не"]),
        ("Не лише міст, а й не менше шести опор", "uk", []),
        ("Света нет, никто не приехал без воды", "ru", ["нет", "никто", "не", "без"]),
        ("Не только мост, не более шести опор", "ru", []),
        ("Nicht beschädigt", "other", []),
    ],
)
def test_negating_words_are_found_and_idioms_are_not(
    text: str, language: Language, negating: list[str]
) -> None:
    assert [span.of(text) for span in read_negations(text, language)] == negating


@settings(max_examples=100)
@given(st.text(max_size=150), st.sampled_from(["en", "uk", "ru", "other"]))
def test_spans_lie_inside_the_text(text: str, language: Language) -> None:
    assert all(0 <= span.start < span.end <= len(text) for span in read_negations(text, language))
