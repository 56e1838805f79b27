"""Earlier claims: the same, the same words with another figure, or merely related."""

from __future__ import annotations

from claims.corroboration.matching import explain_match
from claims.corroboration.reasons import REASONS
from tests.corroboration.readings import reading


def test_the_same_claim_in_another_language_is_found_the_same() -> None:
    match = explain_match(
        reading("The minister visited 12 schools in Lviv.", "en"),
        reading("Міністр відвідав 12 шкіл у Львові.", "uk"),
    )

    assert match.kinship == "same"
    assert {reason.code for reason in match.reasons} >= {"shared_name", "shared_concept"}


def test_the_same_words_with_another_figure_are_not_the_same_claim() -> None:
    match = explain_match(
        reading("The minister visited 12 schools in Lviv.", "en"),
        reading("Міністр відвідав 30 шкіл у Львові.", "uk"),
    )

    assert match.kinship == "other_figure"
    assert match.reasons[-1].code == "same_words_other_figure"


def test_words_without_the_figure_of_an_earlier_claim_do_not_say_it_again() -> None:
    earlier = reading("The Finnish delegation in Oslo exceeds 40 people.", "en")

    assert (
        explain_match(reading("The Finnish delegation arrived in Oslo.", "en"), earlier).kinship == "related"
    )
    assert explain_match(reading("Финская делегация прибыла в Осло.", "ru"), earlier).kinship == "related"
    assert (
        explain_match(reading("Фінська делегація в Осло перевищує 40 осіб.", "uk"), earlier).kinship == "same"
    )


def test_a_figure_that_the_earlier_claim_did_not_state_leaves_it_the_same() -> None:
    match = explain_match(
        reading("Aino Laine, 55, leads the Finnish delegation in Oslo.", "en"),
        reading("Aino Laine leads the Finnish delegation in Oslo.", "en"),
    )

    assert match.kinship == "same"


def test_every_reason_has_a_sentence() -> None:
    match = explain_match(
        reading("The bridge in Riga is closed.", "en"), reading("Мост в Риге закрыт.", "ru")
    )

    assert match.reasons
    assert all(reason.code in REASONS for reason in match.reasons)
