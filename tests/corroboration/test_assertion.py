"""What is said, by whom, and whether it is said the other way round."""

from __future__ import annotations

import pytest

from claims.language.readings import Language
from tests.corroboration.readings import compared


@pytest.mark.parametrize(
    ("claim", "passage", "language", "expected"),
    [
        # Who says it.
        (
            "Pedro Costa said the negotiations were not easy.",
            "Переговоры были сложными, сказал Педро Коста.",
            "ru",
            "supports",
        ),
        (
            "Marta Ruiz said the negotiations were difficult.",
            "Pedro Costa said the negotiations were difficult.",
            "en",
            "context",
        ),
        (
            "The Kremlin said that the pension reform would be postponed.",
            "Dmitry Peskov said that the pension reform would be postponed.",
            "en",
            "supports",
        ),
        # What was decided.
        (
            "The parliament in Riga approved the pension reform.",
            "Парламент у Ризі обговорив пенсійну реформу.",
            "uk",
            "context",
        ),
        (
            "The parliament in Riga approved the pension reform.",
            "Парламент в Риге отклонил пенсионную реформу.",
            "ru",
            "contradicts",
        ),
        # What is denied.
        (
            "The ministry said the airport in Split would not be closed.",
            "The ministry said the airport in Split would be closed.",
            "en",
            "contradicts",
        ),
        (
            "The ministry said the airport in Split would not be closed.",
            "The ministry said the airport in Split had new owners.",
            "en",
            "context",
        ),
        # A word of the opposite meaning about something else turns nothing.
        (
            "The railway negotiations in Split are deadlocked.",
            "The railway negotiations in Split are deadlocked, while the port reports progress.",
            "en",
            "supports",
        ),
    ],
)
def test_an_assertion_is_held_against_what_is_asserted(
    claim: str, passage: str, language: Language, expected: str
) -> None:
    assert compared(claim, "en", passage, language).stance == expected


def test_one_of_two_things_that_someone_says_is_partial_support() -> None:
    outcome = compared(
        "Pedro Costa announced that the budget would be larger and include pensions.",
        "en",
        "Pedro Costa said that pensions would be in the budget.",
        "en",
    )

    assert outcome.stance == "supports"
    assert outcome.strength == "partial"
