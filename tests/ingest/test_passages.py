"""Passages: short, exact, within one update, and nothing left out."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.ingest.passages import split_passages
from claims.ingest.plaintext import read_pasted
from tests.ingest.samples import SEEN, sample

SENTENCE = "The committee met again on the upper floor and agreed on nothing at all."  # 14 words


def test_a_short_text_is_one_passage() -> None:
    (passage,) = split_passages(f"  {SENTENCE}\n")
    assert (passage.ordinal, passage.start, passage.end, passage.text) == (1, 2, 2 + len(SENTENCE), SENTENCE)


def test_a_long_text_is_cut_between_sentences_with_one_repeated() -> None:
    text = " ".join(f"{number} {SENTENCE}" for number in range(20))
    passages = split_passages(text)
    assert all(len(passage.text.split()) <= 80 for passage in passages)
    for first, second in pairwise(passages):
        assert first.start < second.start < first.end < second.end
        assert first.text.endswith(text[second.start : first.end])


def test_an_update_and_a_section_never_share_a_passage() -> None:
    article = read_pasted(
        sample("liveblog_pasted.txt"), outlet_zone="Europe/Kyiv", seen_at=SEEN, published=date(2025, 5, 1)
    )
    passages = split_passages(article.text, article.updates, article.sections)
    of_updates = {p.update_ordinal: p.text for p in passages if p.update_ordinal}
    assert of_updates == {update.ordinal: update.text for update in article.updates}
    assert [p.text.split("\n")[0] for p in passages if not p.update_ordinal][1:] == [
        "Background",
        "What happens next",
    ]
    assert not any("p.m." in passage.text for passage in passages)


def test_a_sentence_without_end_is_cut_at_blanks() -> None:
    text = "word " * 5000
    passages = split_passages(text)
    assert all(len(passage.text) <= 1200 for passage in passages)
    assert sum(len(passage.text.split()) for passage in passages) >= 5000


def test_a_word_of_a_megabyte_is_cut_and_kept() -> None:
    passages = split_passages("x" * 1_000_000)
    assert "".join(passage.text for passage in passages) == "x" * 1_000_000


def test_a_text_without_words_has_no_passage() -> None:
    assert split_passages("") == ()
    assert split_passages(" \n— …\n") == ()


@given(st.text(alphabet="abвгді .!?\n«»-0", max_size=600), st.integers(3, 40))
def test_every_word_is_in_a_passage_and_every_passage_is_exact(text: str, max_words: int) -> None:
    passages = split_passages(text, max_words=max_words)
    covered = set()
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text == passage.text.strip()
        covered.update(range(passage.start, passage.end))
    assert [passage.ordinal for passage in passages] == list(range(1, len(passages) + 1))
    assert all(position in covered for position, character in enumerate(text) if character.isalnum())
