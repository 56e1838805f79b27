"""What is shown of a found passage: the stretch in which most of the asked words stand, cut between words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from claims.selectors.met_words import EXCERPT, excerpt

FILLER = "The weather by the lake stayed calm all day. " * 12


def _spans(text: str, *words: str) -> list[tuple[int, int]]:
    return sorted(
        (start, start + len(word))
        for word in words
        for start in range(len(text))
        if text.startswith(word, start)
    )


def test_a_short_text_is_shown_whole() -> None:
    assert excerpt("Four tugs came.", [(5, 9)]) == ("Four tugs came.", ((5, 9),))


def test_the_stretch_with_most_of_the_asked_words_is_shown_with_its_marks() -> None:
    text = f"{FILLER}A ferry left the lake with the minister. {FILLER}"
    shown, marks = excerpt(text, _spans(text, "lake", "ferry", "minister"))
    assert "A ferry left the lake with the minister." in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert {shown[start:end] for start, end in marks} == {"lake", "ferry", "minister"}


@given(some.text(alphabet="ab  \n", min_size=1, max_size=900), some.integers(0, 900), some.integers(1, 40))
def test_marks_stand_on_the_same_words_in_any_excerpt(text: str, at: int, length: int) -> None:
    start = min(at, len(text) - 1)
    end = min(start + length, len(text))
    shown, marks = excerpt(text, [(start, end)])
    assert len(shown) <= max(EXCERPT + 4, 4)
    assert all(shown[left:right] == text[start:end] for left, right in marks)
