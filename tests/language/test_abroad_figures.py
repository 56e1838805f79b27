"""Figures with units, and countries, in texts of other European languages."""

from __future__ import annotations

import time

import pytest

from claims.language.abroad import AbroadText
from claims.language.abroad_figures import read_amounts_abroad, read_cldr_countries
from claims.language.reading import read


@pytest.mark.parametrize(
    ("text", "words", "low", "high", "unit"),
    [
        ("Die Werft zahlte rund 40 Millionen Euro.", "rund 40 Millionen Euro", 36e6, 44e6, "EUR"),
        ("Les prix ont monté de 4,5 pour cent.", "4,5 pour cent", 4.5, 4.5, "%"),
        ("Il ponte è lungo 2,5 chilometri.", "2,5 chilometri", 2500, 2500, "m"),
        ("Zebrano 300 tys. złotych.", "300 tys. złotych", 300_000, 300_000, "PLN"),
        ("La presa costó más de 12 millones de dólares.", "más de 12 millones de dólares", 12e6, None, "USD"),
        ("Spálili 1.200 hektarů lesa.", "1.200 hektarů", 12e6, 12e6, "m2"),
    ],
)
def test_figures_are_read_with_their_scale_and_unit(
    text: str, words: str, low: float, high: float | None, unit: str
) -> None:
    (figure,) = read_amounts_abroad(text, AbroadText(text))
    assert (figure.span.of(text), figure.unit) == (words, unit)
    assert figure.low == pytest.approx(low)
    assert figure.high == (None if high is None else pytest.approx(high))


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Portugal et l'Irlande ont signé", ["place:pt", "place:ie"]),
        ("Norwegen und das ferne Saudi-Arabien", ["place:no", "place:sa"]),
        ("Норвегия и Исландия", ["place:no", "place:is"]),
        ("chili con carne", []),
    ],
)
def test_countries_are_read_by_their_cldr_names(text: str, places: list[str]) -> None:
    assert [name.canonical for name in read_cldr_countries(AbroadText(text))] == places


def test_a_year_is_no_figure_and_a_unit_is_no_name() -> None:
    reading = read("Im Jahr 2019 lieferte die Fabrik 30 Tonnen Stahl.", language="other")
    assert [(figure.low, figure.unit) for figure in reading.quantities] == [(30_000.0, "kg")]
    assert "Tonnen" not in " ".join(name.surface for name in reading.names)


@pytest.mark.parametrize(
    "text", ["1 " * 25_000, "1." * 25_000, "111." * 12_500, "5 mil " * 9_000, "A " * 25_000]
)
def test_texts_made_to_stall_are_read_in_linear_time(text: str) -> None:
    abroad = AbroadText(text)
    started = time.process_time()
    read_amounts_abroad(text, abroad)
    read_cldr_countries(abroad)
    assert time.process_time() - started < 1
