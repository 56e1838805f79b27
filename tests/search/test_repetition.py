"""Earlier claims are ordered by how much of each the new words repeat."""

from __future__ import annotations

from claims.language.reading import read
from claims.language.readings import Language
from claims.search.encoder import RERANKED, FoundText
from claims.search.repetition import letter_runs, order_by_repetition, order_claims

POST = "Сусіди пишуть, що міська рада таємно продала старий трамвайний парк, а гроші поділили між собою."


def found(id: int, text: str, score: float, language: Language = "uk", summary: str = "") -> FoundText:
    return FoundText(id, text, language, score, summary=summary)


def order(text: str, *held: FoundText) -> list[int]:
    return [each.id for each in order_by_repetition(text, "uk", held)]


def test_a_short_claim_that_is_repeated_goes_before_a_long_one_that_shares_more_words() -> None:
    long = "Міська рада старого міста розглянула гроші на трамвайний рух і між іншим сусідні парки"
    assert order(POST, found(1, long, 9.0), found(2, "Трамвайні парки продали", 8.0)) == [2, 1]


def test_the_summary_counts_where_the_words_as_said_differ() -> None:
    said = "Вони це зробили вночі"
    assert order(POST, found(1, said, 9.0), found(2, said, 8.5, summary="Рада продала парк")) == [2, 1]


def test_between_two_alphabets_the_order_is_the_engines() -> None:
    held = [found(3, "The tram depot was sold", 5.0, "en"), found(1, "A dam broke", 4.0, "en")]
    assert order(POST, *held) == [3, 1]


def test_what_is_beyond_the_reordered_keeps_its_place() -> None:
    held = [found(id, "Греблю полагодили", 100.0 - id) for id in range(RERANKED)]
    assert order(POST, *held, found(999, POST, 0.1))[-1] == 999


def test_nothing_found_and_nothing_asked_are_answers() -> None:
    assert order(POST) == []
    assert order("", found(1, "Греблю полагодили", 2.0), found(2, "", 1.0)) == [1, 2]
    assert order(POST, found(1, "Греблю полагодили", 0.0)) == [1]


def test_without_an_encoder_the_order_is_by_repetition() -> None:
    asked = read(POST, language="uk")
    held = [found(1, "Греблю полагодили", 1.0), found(2, "Трамвайний парк продали", 0.9)]
    assert [each.id for each in order_claims(asked, held, None)] == [2, 1]


def test_stop_words_have_no_runs_and_short_words_stand_whole() -> None:
    assert letter_runs("що між нами ГЕС", "uk") == {"гес"}
