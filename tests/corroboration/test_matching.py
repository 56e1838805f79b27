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


def test_every_reason_has_a_sentence() -> None:
    match = explain_match(
        reading("The bridge in Riga is closed.", "en"), reading("Мост в Риге закрыт.", "ru")
    )

    assert match.reasons
    assert all(reason.code in REASONS for reason in match.reasons)
