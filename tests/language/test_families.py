"""Which forms may stand for a word of the lexicon, and which only look like it."""

from __future__ import annotations

import pytest

from claims.language.concepts import read_concepts
from claims.language.families import family_keys
from claims.language.readings import Language
from claims.language.words import lemma


def one_family(a: str, b: str, language: Language) -> bool:
    return bool(set(family_keys(a, language)) & set(family_keys(b, language)))


@pytest.mark.parametrize(
    ("language", "a", "b"),
    [
        ("en", "accurately", "accurate"),
        ("en", "legally", "legal"),
        ("uk", "використані", "використати"),
        ("uk", "обмежується", "обмежувати"),
        ("uk", "остаточно", "остаточний"),
        ("ru", "согласованных", "согласовать"),
        ("ru", "проводится", "проводить"),
        ("ru", "окончательно", "окончательный"),
    ],
)
def test_adverbs_participles_and_reflexives_stay_in_the_family(language: Language, a: str, b: str) -> None:
    assert one_family(a, b, language)


@pytest.mark.parametrize(
    ("language", "a", "b"),
    [
        ("en", "customers", "customs"),
        ("en", "accounts", "accountability"),
        ("en", "container", "contain"),
        ("en", "backing", "back"),
        ("uk", "час", "часом"),
        ("uk", "склад", "складати"),
        ("uk", "перед", "передати"),
        ("uk", "сім", "сім'я"),
        ("ru", "быт", "бывший"),
        ("ru", "состав", "составить"),
        ("ru", "ранее", "ранить"),
    ],
)
def test_words_that_only_share_letters_are_strangers(language: Language, a: str, b: str) -> None:
    assert not one_family(a, b, language)


@pytest.mark.parametrize(
    ("language", "word"), [("ru", "артиллерия"), ("ru", "сахарный"), ("uk", "їх"), ("ru", "блок")]
)
def test_a_dictionary_form_that_belongs_to_another_word_is_not_believed(
    language: Language, word: str
) -> None:
    assert lemma(word, language) == word


@pytest.mark.parametrize(
    ("language", "form", "dictionary"),
    [
        ("en", "went", "go"),
        ("uk", "боїв", "бій"),
        ("uk", "найпереконливіший", "переконливий"),
        ("uk", "уторгнення", "вторгнення"),
        ("ru", "людьми", "человек"),
        ("ru", "шёл", "идти"),
    ],
)
def test_forms_that_change_their_first_letter_are_known(
    language: Language, form: str, dictionary: str
) -> None:
    assert lemma(form, language) == dictionary


def test_a_name_that_no_dictionary_has_brings_no_concept() -> None:
    found = read_concepts("Вечером приехал Умеров.", "ru")
    assert "death-die" not in {concept.concept for concept in found}


def test_a_capital_letter_that_opens_a_sentence_makes_no_name_of_a_word_no_dictionary_has() -> None:
    opening = read_concepts("Сонце зайшло. Переговорники мовчали.", "uk")
    assert "negotiator" in [found.concept for found in opening]
    within = read_concepts("Сонце бачив і Переговорники мовчали.", "uk")
    assert "negotiator" not in [found.concept for found in within]
