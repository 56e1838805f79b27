"""Folding, words and stems."""

from __future__ import annotations

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.language.readings import Language
from claims.language.words import fold, fold_text, read_words, skeleton, stem, stems


@pytest.mark.parametrize(
    "spelling", ["об'єкт", "об’єкт", "обʼєкт", "об`єкт", "ОБ´ЄКТ", "об\u200b'єкт", "об\u00ad’єкт"]
)
def test_apostrophes_case_and_invisible_characters_fold_away(spelling: str) -> None:
    assert fold(spelling) == "обєкт"


def test_composed_and_decomposed_letters_fold_alike() -> None:
    assert fold("чужий") == fold("чужии\u0306")
    assert fold("за́мок") == fold("замок")


def test_a_word_of_mixed_look_alike_letters_is_brought_to_one_alphabet() -> None:
    assert fold("Xмара") == fold("Хмара")
    assert skeleton("cтoлиця") == "столиця"
    assert fold("pаssрort") == "passport"


def test_a_mixture_that_is_meant_is_kept() -> None:
    assert fold("DVDшник") == "dvdшник"


def test_the_english_possessive_is_dropped() -> None:
    assert fold("Ghana’s") == "ghana"
    assert fold_text("the crew's boat") == "the crew boat"


def test_words_keep_offsets_into_the_text_as_given() -> None:
    text = "Дев’ять човнів — 9 boats"
    assert [text[word.start : word.end] for word in read_words(text)] == ["Дев’ять", "човнів", "9", "boats"]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["ferry", "ferries", "Ferries"]),
        ("en", ["repaired", "repairs", "repairing"]),
        ("uk", ["водосховище", "водосховища", "водосховищем", "водосховищі"]),
        ("uk", ["ніч", "ночі", "ніччю"]),
        ("uk", ["обговорили", "обговорити", "обговорила"]),
        ("ru", ["водохранилище", "водохранилищем", "водохранилищах"]),
        ("ru", ["человек", "люди", "людьми"]),
        ("ru", ["шёл", "шел", "идти"]),
    ],
)
def test_forms_of_one_word_share_a_stem(language: Language, forms: list[str]) -> None:
    assert len({stem(form, language) for form in forms}) == 1


def test_a_word_is_stemmed_by_the_language_of_its_letters() -> None:
    assert stem("drones", "uk") == stem("drone", "en")
    assert stem("мосты", "uk") == stem("мост", "ru")


def test_an_ambiguous_form_has_a_second_stem() -> None:
    assert set(stems("тривала", "uk")) & set(stems("тривати", "uk"))


@pytest.mark.parametrize("language", ["en", "uk", "ru", "other"])
def test_a_word_of_a_million_letters_is_cut_and_does_not_stall(language: Language) -> None:
    assert len(stem("ж" * 1_000_000, language)) <= 64


@settings(max_examples=200)
@given(st.text(max_size=80), st.sampled_from(["en", "uk", "ru", "other"]))
def test_reading_words_never_raises_and_stays_inside_the_text(text: str, language: Language) -> None:
    for word in read_words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert isinstance(stem(word.surface, language), str)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("see https://example.org/a-b?c=d now", ["see", "now"]),
        ("#HarbourBridgeClosed", ["Harbour", "Bridge", "Closed"]),
        ("@realOdessaPort", ["real", "Odessa", "Port"]),
        ("#МЗСУкраїни", ["МЗС", "України"]),
        ("#ferry #Covid19", ["ferry", "Covid", "19"]),
        ("iPhone McDonald", ["iPhone", "McDonald"]),
        ("a#b www.example.org c", ["a", "b", "c"]),
    ],
)
def test_posts_are_read_without_their_links_and_with_their_tags(text: str, surfaces: list[str]) -> None:
    assert [word.surface for word in read_words(text)] == surfaces
    assert all(text[word.start : word.end] == word.surface for word in read_words(text))


@pytest.mark.parametrize(
    "text", ["#" + "Aa" * 25_000, "#" + "A1" * 25_000, "https://" * 7_000, "@a" * 25_000]
)
def test_posts_made_to_stall_are_read_in_linear_time(text: str) -> None:
    read_words.cache_clear()
    gc.disable()  # A full collection of all that the test run holds is not the pattern's time.
    started = time.process_time()
    read_words(text)
    taken = time.process_time() - started
    gc.enable()
    assert taken < 0.5
