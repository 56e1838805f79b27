"""Typed words: read in every language that so few of them may be of, and asked for once."""

from __future__ import annotations

import pytest

from claims.selectors.typed_words import LONGEST_QUESTION, is_sentence, read_typed, tidied, typed_tokens


@pytest.mark.parametrize("typed", ["переговори", "переговоры", "talks"])
def test_a_word_of_either_cyrillic_language_asks_for_what_it_means(typed: str) -> None:
    assert "talks" in {token.token for token in typed_tokens(read_typed(typed)) if token.field == "concepts"}


def test_no_token_is_asked_for_twice() -> None:
    tokens = [(token.field, token.token) for token in typed_tokens(read_typed("президент Молдови"))]
    assert tokens
    assert len(tokens) == len(set(tokens))


def test_a_sentence_is_read_in_its_own_language_and_told_from_two_words_read_twice() -> None:
    sentence = read_typed("Переговори тривали дві години")
    assert is_sentence(sentence)
    assert len({term.span for term in sentence.terms}) == len(sentence.terms)
    assert not is_sentence(read_typed("переговори тривали"))


def test_blanks_and_length_are_bounded() -> None:
    assert tidied("  two \n words ") == "two words"
    assert len(tidied("word " * 1_000)) == LONGEST_QUESTION
