"""What a passage says about a claim, across the three languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claims.language.readings import Language
from tests.corroboration.readings import compared


@pytest.mark.parametrize(
    ("claim", "language", "passage", "passage_language"),
    [
        ("The summit in Vienna lasted about three hours.", "en", "Саммит в Вене длился три часа.", "ru"),
        ("The summit in Vienna lasted about three hours.", "en", "Саміт у Відні тривав 180 хвилин.", "uk"),
        ("У пожежі загинули семеро людей.", "uk", "Seven people were killed in the fire.", "en"),
        ("Более 40 школ повреждены наводнением.", "ru", "Повінь пошкодила 46 шкіл.", "uk"),
        (
            "Инфляция в августе составила 4,2 процента.",
            "ru",
            "Inflation stood at 4.2 percent in August.",
            "en",
        ),
    ],
)
def test_the_same_measure_with_an_agreeing_figure_supports(
    claim: str, language: Language, passage: str, passage_language: Language
) -> None:
    outcome = compared(claim, language, passage, passage_language)

    assert outcome.stance == "supports"
    assert outcome.figures[0].agreement == "same"


@pytest.mark.parametrize(
    ("claim", "language", "passage", "passage_language"),
    [
        ("The summit in Vienna lasted about three hours.", "en", "Саммит в Вене длился семь часов.", "ru"),
        ("У пожежі загинули семеро людей.", "uk", "Eleven people were killed in the fire.", "en"),
        (
            "Инфляция в августе составила 4,2 процента.",
            "ru",
            "Inflation stood at 6.1 percent in August.",
            "en",
        ),
    ],
)
def test_the_same_measure_with_another_figure_contradicts(
    claim: str, language: Language, passage: str, passage_language: Language
) -> None:
    outcome = compared(claim, language, passage, passage_language)

    assert outcome.stance == "contradicts"
    assert outcome.reasons[0].code == "figure_differs"


@pytest.mark.parametrize(
    ("passage", "language", "code"),
    [
        ("Seven people were killed in the fire in Lviv on 2 March 2024.", "en", "other_day"),
        ("У пожежі в Одесі загинули семеро людей.", "uk", "other_place"),
        ("Семь человек были ранены при пожаре во Львове.", "ru", "other_counted"),
    ],
)
def test_another_occasion_or_measure_is_context_with_the_reason(
    passage: str, language: Language, code: str
) -> None:
    outcome = compared("Seven people were killed in the fire in Lviv.", "en", passage, language)

    assert outcome.stance == "context"
    assert code in {reason.code for reason in outcome.reasons}


def test_a_plan_does_not_contradict_a_result() -> None:
    outcome = compared(
        "The plant produced 900 buses in August.",
        "en",
        "The plant plans to produce 1,200 buses in August.",
        "en",
    )

    assert outcome.stance == "context"


def test_a_round_that_the_claim_does_not_name_is_no_contradiction() -> None:
    outcome = compared(
        "The trade negotiations lasted five hours.",
        "en",
        "Первый раунд торговых переговоров длился два часа.",
        "ru",
    )

    assert outcome.stance != "contradicts"


def test_a_passage_that_came_out_before_the_day_says_nothing_of_it() -> None:
    outcome = compared(
        "The meeting on 20 September 2025 lasted two hours.",
        "en",
        "The meeting lasted six hours.",
        "en",
        at=datetime(2025, 9, 17, 12, tzinfo=UTC),
    )

    assert outcome.stance == "context"
    assert outcome.reasons[0].code == "before_the_day"


def test_a_text_of_another_matter_is_unrelated() -> None:
    outcome = compared(
        "The summit in Vienna lasted three hours.", "en", "Врожай кавунів цього року добрий.", "uk"
    )

    assert outcome.stance == "unrelated"


@pytest.mark.parametrize("text", ["", " ", "½", "1e999", "0/0", "MMXXVI", "٣ ٣", "\ud800"])
def test_odd_texts_are_compared_without_an_error(text: str) -> None:
    assert compared(text, "en", text, "en").stance in {"supports", "context", "unrelated"}
