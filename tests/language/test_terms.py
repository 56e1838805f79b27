"""Content words as they are indexed."""

from __future__ import annotations

import pytest

from claims.language.readings import Language
from claims.language.terms import read_terms


@pytest.mark.parametrize(
    ("text", "language", "surfaces"),
    [
        ("The dam has been repaired by the engineers", "en", ["dam", "repaired", "engineers"]),
        ("Греблю вже полагодили, але води ще немає", "uk", ["Греблю", "полагодили", "води"]),
        ("Плотину уже починили, но воды ещё нет", "ru", ["Плотину", "починили", "воды"]),
        ("Le barrage 2024", "other", ["Le", "barrage", "2024"]),
    ],
)
def test_stop_words_are_left_out(text: str, language: Language, surfaces: list[str]) -> None:
    assert [term.surface for term in read_terms(text, language)] == surfaces


def test_spans_point_at_the_printed_words() -> None:
    text = "П’ять суден"
    assert [term.span.of(text) for term in read_terms(text, "uk")] == ["П’ять", "суден"]


def test_terms_of_inflected_texts_meet() -> None:
    printed = {term.stem for term in read_terms("ремонтом греблі займалися інженери", "uk")}
    asked = {term.stem for term in read_terms("ремонт гребля інженер", "uk")}
    assert asked <= printed
