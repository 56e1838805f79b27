"""Text as every database takes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.rules.storing import storable


@pytest.mark.parametrize(
    ("given_words", "stored"),
    [
        ("Four tugs, “чотири” 🚢\n\tat six", "Four tugs, “чотири” 🚢\n\tat six"),
        ("a\x00b\x00", "ab"),
        ("half \ud83d of a ship", "half \ufffd of a ship"),
        ("\udea2\ud83d", "\ufffd\ufffd"),
    ],
    ids=["plain", "NUL", "a lone half", "halves in the wrong order"],
)
def test_a_nul_goes_and_half_a_character_is_shown_to_have_been_there(given_words: str, stored: str) -> None:
    assert storable(given_words) == stored


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_all_else_stays_and_once_is_enough(words: str) -> None:
    stored = storable(words)
    assert stored.encode("utf-8").decode("utf-8") == storable(stored) == stored
    assert "\x00" not in stored
    kept = [mark for mark in words if mark != "\x00"]
    assert [mark for mark in kept if not 0xD800 <= ord(mark) <= 0xDFFF] == [
        new for new, old in zip(stored, kept, strict=True) if not 0xD800 <= ord(old) <= 0xDFFF
    ]
