"""What is read of texts in other European languages: heads, lengths, days and countries."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest

from claims.language.reading import read
from claims.language.readings import Reading

THURSDAY = datetime(2025, 10, 9, 12, tzinfo=UTC)


def _read(text: str) -> Reading:
    return read(text, language="other", published_at=THURSDAY)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Die Anhörung dauerte drei Stunden.", 10800, 10800),
        ("La audiencia terminó tras casi cuatro horas.", 12240, 14400),
        ("L'audience a duré environ 40 minutes.", 2160, 2640),
        ("La seduta è finita dopo poco meno di cinque ore.", 15300, 18000),
        ("Posiedzenie trwało ponad sześć godzin.", 21600, None),
        ("A reunião durou menos de duas horas.", None, 7200),
        ("Ședința a durat opt ore.", 28800, 28800),
        ("Sastanak je trajao sedam sati.", 25200, 25200),
    ],
)
def test_a_span_of_time_is_read_in_seconds(text: str, low: float | None, high: float | None) -> None:
    figures = [figure for figure in _read(text).quantities if figure.unit == "s"]

    assert [(figure.low, figure.high) for figure in figures] == [(low, high)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Am Mittwoch tagte der Ausschuss.", ["2025-10-08"]),
        ("La comisión se reunió ayer.", ["2025-10-08"]),
        ("Il vertice si è tenuto il 2 e 3 ottobre.", ["2025-10-02", "2025-10-03"]),
        ("Sastanak je održan 30. septembra.", ["2025-09-30"]),
    ],
)
def test_days_are_reckoned_from_publication(text: str, days: list[str]) -> None:
    assert [str(time.start.date()) for time in _read(text).times] == days


def test_core_words_and_countries_are_concepts_and_names() -> None:
    reading = _read("Il capo della delegazione norvegese e il negoziatore turco")

    assert {"leader", "delegation", "negotiator"} <= {concept.concept for concept in reading.concepts}
    assert "place:tr" in {name.canonical for name in reading.names}


def test_a_noun_with_a_capital_letter_is_no_name() -> None:
    assert "Verhandlungen" not in {name.surface for name in _read("Die Verhandlungen gehen weiter.").names}


@pytest.mark.parametrize("text", ["2 ore " * 8_000, "a" * 50_000, "17. " * 12_000, "mehr als " * 5_000])
def test_hostile_texts_are_read_in_time(text: str) -> None:
    _read("warm")
    start = process_time()
    _read(text)

    assert process_time() - start < 3.0
