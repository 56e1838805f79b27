"""The language of a text, also of short and broken ones."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.language.identify import identify_language

SAMPLES = [
    ("The harbour master closed the northern pier after the storm.", "en"),
    ("Inflation slows", "en"),
    ("Rutte in Oslo", "en"),
    ("Начальник порту зачинив північний причал після шторму.", "uk"),
    ("Мости закрито", "uk"),
    ("Верховна Рада", "uk"),
    ("Начальник порта закрыл северный причал после шторма.", "ru"),
    ("Мосты закрыты", "ru"),
    ("Паром опоздал на два часа", "ru"),
    ("Der Hafenmeister schloss den Pier nach dem Sturm und ging nach Hause.", "other"),
    ("Le port a été fermé après la tempête, selon la préfecture.", "other"),
    ("El puerto cerró después de la tormenta, según las autoridades locales.", "other"),
    ("Kapitan portu zamknął pirs po sztormie.", "other"),
    ("Начальнік порта зачыніў прычал пасля шторму, паведаміў ён учора.", "other"),
    ("Пристанището беше затворено след бурята, съобщиха от агенцията вчера.", "other"),
    ("港は嵐の後で閉鎖された", "other"),
]


@pytest.mark.parametrize(("text", "language"), SAMPLES)
def test_a_text_is_told_by_its_letters_and_words(text: str, language: str) -> None:
    assert identify_language(text) == language


def test_a_foreign_name_does_not_change_the_language_of_a_text() -> None:
    assert identify_language("Компанія Northvolt Batteries відклала будівництво заводу") == "uk"
    assert (
        identify_language("The newspaper «Сільські вісті» was quoted by the court in its long ruling") == "en"
    )


def test_a_ukrainian_name_with_a_russian_letter_stays_ukrainian() -> None:
    assert (
        identify_language("Книжка «Мы» Євгена Замятіна вийшла українською і вже стоїть у крамницях") == "uk"
    )


@pytest.mark.parametrize("text", ["", " ", "123 456", "…", "\ud800", "\u200b\u200b", "І" * 1_000_000])
def test_any_string_has_an_answer(text: str) -> None:
    assert identify_language(text) in ("en", "uk", "ru", "other")


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_identifying_never_raises(text: str) -> None:
    assert identify_language(text) in ("en", "uk", "ru", "other")
