"""Which meeting a passage speaks of, and whether it is over."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claims.language.readings import Language
from tests.corroboration.readings import compared

CLAIM = "The fisheries talks in Tromso on 16 September lasted about three hours."


@pytest.mark.parametrize(
    ("passage", "language", "expected"),
    [
        ("Сегодняшний раунд рыболовных переговоров занял три часа.", "ru", "supports"),
        ("У вівторок у Тромсе зустріч тривала майже три години.", "uk", "supports"),
        ("Die Verhandlungen in Tromso endeten am Dienstag nach knapp drei Stunden.", "other", "supports"),
        ("Tuesday's fisheries talks in Tromso lasted six hours.", "en", "contradicts"),
        ("Monday's fisheries talks in Tromso lasted six hours.", "en", "neither"),
        (
            "After the fisheries talks in Tromso the two ministers dined for six hours on Tuesday.",
            "en",
            "neither",
        ),
        (
            "Окремо міністри Норвегії та Росії у вівторок провели ще одну зустріч: шість годин.",
            "uk",
            "neither",
        ),
        ("Делегация летела в Тромсё три часа.", "ru", "neither"),
    ],
)
def test_the_length_of_a_meeting_is_told_by_its_day_and_not_by_another_meeting(
    passage: str, language: Language, expected: str
) -> None:
    stance = compared(CLAIM, "en", passage, language).stance

    assert (stance if stance in {"supports", "contradicts"} else "neither") == expected


@pytest.mark.parametrize(
    ("passage", "language", "expected"),
    [
        ("The fisheries talks in Tromso lasted three hours.", "en", "supports"),
        ("Рыболовные переговоры в Тромсё завершились.", "ru", "supports"),
        ("I colloqui a Tromso sono finiti.", "other", "supports"),
        ("Переговори в Тромсе ще тривають.", "uk", "contradicts"),
        ("The fisheries talks in Tromso have not ended.", "en", "contradicts"),
        ("The fisheries talks in Tromso will end on Friday.", "en", "context"),
        ("Рыболовные переговоры в Тромсё начались в девять утра.", "ru", "context"),
    ],
)
def test_what_has_lasted_is_over_and_what_goes_on_is_not(
    passage: str, language: Language, expected: str
) -> None:
    assert compared("The talks in Tromso are over.", "en", passage, language).stance == expected


def test_what_went_on_earlier_may_be_over_by_now() -> None:
    told = compared(
        "The talks in Tromso are over.",
        "en",
        "The talks in Tromso are still going on.",
        "en",
        at=datetime(2025, 9, 16, 9, tzinfo=UTC),
    )

    assert told.stance == "context"


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("The crew of the ferry has 14 members.", "The crew of the ferry has at least two members."),
        ("The flight to Tromso took nine hours.", "The flight to Tromso took more than an hour."),
    ],
)
def test_a_bound_far_below_a_figure_bears_nothing_out(claim: str, passage: str) -> None:
    assert compared(claim, "en", passage, "en").stance == "context"


def test_what_each_side_gives_is_not_what_both_give() -> None:
    claim = "The exchange of prisoners was 60 for 60."

    assert compared(claim, "en", "Відбувся обмін полоненими за формулою 60 на 60.", "uk").stance == "supports"
    assert compared(claim, "en", "The exchange of prisoners freed 60 prisoners.", "en").stance == "context"
