"""A bare claim takes its place, its parties and its day from where it stands, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claims.corroboration.ranking import Candidate, rank
from claims.corroboration.stance import compare
from claims.language.readings import Language
from tests.corroboration.readings import reading

AT = datetime(2025, 3, 12, 15, 40, tzinfo=UTC)
CLAIM = "The meeting lasted about three hours."
CONTEXT = "Fisheries talks between Norway and Iceland in Bergen: live. Delegations left at 15:30."


@pytest.mark.parametrize(
    ("passage", "language", "expected"),
    [
        ("Зустріч у Бергені тривала близько трьох годин, повідомили в міністерстві.", "uk", "supports"),
        ("Встреча в Бергене продолжалась пять с половиной часов.", "ru", "contradicts"),
    ],
)
def test_the_meeting_of_the_context_is_the_one_that_is_meant(
    passage: str, language: Language, expected: str
) -> None:
    told = reading(passage, language, AT)

    assert compare(reading(CLAIM, "en", AT), told, told, reading(CONTEXT, "en", AT)).stance == expected


def test_a_meeting_in_another_place_says_nothing_of_a_bare_claim() -> None:
    told = reading("The meeting in Lisbon lasted five hours, the Portuguese minister said.", "en", AT)
    bare = compare(reading(CLAIM, "en", AT), told, told)
    placed = compare(reading(CLAIM, "en", AT), told, told, reading(CONTEXT, "en", AT))

    assert bare.stance == "contradicts"
    assert placed.stance in {"context", "unrelated"}


def test_a_meeting_on_another_day_says_nothing_of_a_bare_claim() -> None:
    told = reading("Переговоры в Бергене 11 марта длились шесть часов.", "ru", AT)
    placed = compare(reading(CLAIM, "en", AT), told, told, reading(CONTEXT, "en", AT))

    assert placed.stance == "context"
    assert "other_day" in {reason.code for reason in placed.reasons}


def test_reasons_mark_words_of_the_claim_and_never_of_its_context() -> None:
    claim = reading(CLAIM, "en", AT)
    told = reading("The meeting in Lisbon lasted three hours, the Portuguese minister said.", "en", AT)
    placed = compare(claim, told, told, reading(CONTEXT, "en", AT))

    assert all(reason.claim_span is None or reason.claim_span.end <= len(CLAIM) for reason in placed.reasons)


def test_a_context_adds_nothing_to_a_claim_that_names_its_place() -> None:
    claim = reading("The meeting in Lisbon lasted about three hours.", "en", AT)
    told = reading("Зустріч у Лісабоні тривала три години.", "uk", AT)

    assert compare(claim, told, told, reading(CONTEXT, "en", AT)) == compare(claim, told, told)


def test_ranking_with_a_context_puts_its_own_meeting_first() -> None:
    texts = [
        "The meeting in Lisbon lasted about three hours, the Portuguese minister said.",
        "Встреча в Бергене продолжалась около трёх часов.",
    ]
    passages = [reading(text, "en" if text.isascii() else "ru", AT) for text in texts]
    candidates = [Candidate(number, passage, passage, 1.0) for number, passage in enumerate(passages)]

    assert rank(reading(CLAIM, "en", AT), candidates, reading(CONTEXT, "en", AT))[0].id == 1
