"""Which figure of a passage measures what the claim measures."""

from __future__ import annotations

import pytest

from claims.corroboration.lengths import implied_lengths
from claims.corroboration.stance import compare
from claims.language.readings import Language
from tests.corroboration.readings import compared, reading


@pytest.mark.parametrize(
    ("text", "language", "seconds"),
    [
        ("The hearing began at 10:05 and ended at 10:30.", "en", [1500]),
        ("Засідання розпочалося о 9:00 і завершилося об 11:15.", "uk", [8100]),
        ("Совет начался в 14:00, а разошлись депутаты в 18:30.", "ru", [16200]),
        ("The train leaves at 10:05 and the bus at 10:30.", "en", []),
        ("The hearing began at 10:05.", "en", []),
    ],
)
def test_a_beginning_and_an_end_make_a_length(text: str, language: Language, seconds: list[float]) -> None:
    assert [length.low for length in implied_lengths(reading(text, language))] == seconds


@pytest.mark.parametrize(
    ("claim", "passage", "language", "expected"),
    [
        (
            "Border guards detained 31 smugglers.",
            "Прикордонники затримали 31 контрабандиста.",
            "uk",
            "supports",
        ),
        ("Border guards detained 31 smugglers.", "Border guards rescued 31 smugglers.", "en", "context"),
        (
            "On 9 September 45 crew members returned.",
            "9 сентября вернулись 30 матросов и пять офицеров, всего 35 членов экипажа.",
            "ru",
            "contradicts",
        ),
        (
            "In Gdansk nine people were injured.",
            "У регіоні поранено дев’ятнадцять людей, з них дев’ятеро в Гданську.",
            "uk",
            "supports",
        ),
        (
            "Ministers sat for two hours on the first day of the summit.",
            "Саммит шёл два дня: 14 сентября министры заседали семь часов, а 15 сентября два.",
            "ru",
            "contradicts",
        ),
        (
            "The summit lasted about five hours.",
            "The two-day summit ended on Tuesday.",
            "en",
            "context",
        ),
        (
            "As of 9 am the storm had injured 12 people.",
            "На 09:00 шторм травмировал 12 человек.",
            "ru",
            "supports",
        ),
        (
            "Turnout in Riga reached 71 percent by the close of polls.",
            "На 12:00 явка в Риге достигла 30 процентов.",
            "ru",
            "context",
        ),
    ],
)
def test_a_figure_is_held_against_its_like(
    claim: str, passage: str, language: Language, expected: str
) -> None:
    assert compared(claim, "en", passage, language).stance == expected


def test_only_words_of_the_passage_are_marked_in_it() -> None:
    told = "It held out for about six hours."
    page = f"Flood in Odense: the dike of the harbour was the last to go, said the mayor. {told}"
    claim = reading("The harbour dike in Odense held out for six hours.", "en")
    found = compare(claim, reading(told, "en"), reading(page, "en"))
    assert found.stance == "supports"
    assert {told[mark.start : mark.end] for mark in found.marks} <= {"held", "held out", "about six hours"}
