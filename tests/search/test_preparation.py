"""What is settled before an engine sees it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from claims.search.base import Query, WeightedToken
from claims.search.preparation import LONGEST_TOKEN, MOST_QUERY_TOKENS, clean_tokens, heaviest_tokens


def test_only_the_heaviest_tokens_are_kept_heaviest_first() -> None:
    tokens = tuple(WeightedToken("terms", f"w{number}", float(number % 1_000)) for number in range(3_000))
    kept = heaviest_tokens(Query(tokens))
    assert len(kept) == MOST_QUERY_TOKENS
    assert kept[0].weight == 999
    assert min(token.weight for token in kept) == 914


def test_the_same_token_in_two_fields_is_two_tokens() -> None:
    query = Query((WeightedToken("terms", "a"), WeightedToken("names", "a"), WeightedToken("terms", "a", 2)))
    assert heaviest_tokens(query) == (WeightedToken("terms", "a", 3.0), WeightedToken("names", "a", 1.0))


@given(st.text())
def test_clean_tokens_can_be_written_and_hold_no_white_space(text: str) -> None:
    tokens = clean_tokens(text)
    assert " ".join(tokens).encode().decode().split() == tokens
    assert all(0 < len(token) <= LONGEST_TOKEN for token in tokens)
