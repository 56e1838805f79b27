"""Names: keys, likeness, sameness and reading."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.language.names import name_keys, read_names, same_name
from claims.language.names.gazetteer import current_gazetteer
from claims.language.names.keys import name_key
from claims.language.readings import LANGUAGES, Language


@pytest.mark.parametrize(
    "spellings",
    [
        "Hrytsenko Гриценко Гриценка Гриценком Гриценку",
        "Yarmolenko Ярмоленко Iarmolenko",
        "Tsybulskyi Цибульський Цыбульского Цибульською Tsybulsky Tsibulskiy",
        "Khomchuk Хомчук Хомчуком Khomčuk",
        "Zheleznyak Железняк Желєзняка",
        "Kovaliov Kovalyov Ковальов Ковалёва Ковалев",
        "Avakian Авакян Авакяном Avakyan",
        "Stelmakh Стельмах Стельмахом",
        "Shvets Швець Швеця Швецом",
        "Balytska Балицька Балицкой Балицкую",
    ],
)
def test_spellings_and_cases_of_one_name_share_a_key(spellings: str) -> None:
    assert len({name_key(spelling) for spelling in spellings.split()}) == 1


def test_different_names_have_different_keys() -> None:
    names = "Hrytsenko Hryshchenko Tkach Tkachenko Koval Kovalchuk Rudenko Rudyk Avakian Azarian".split()
    assert len({name_key(name) for name in names}) == len(names)


SAME = [
    ("Larysa Hrytsenko", "en", "Ларисой Гриценко", "ru"),
    ("Hrytsenko", "en", "Лариса Гриценко", "uk"),
    ("L. Hrytsenko", "en", "Лариса Гриценко", "uk"),
    ("Гриценко Лариса Петрівна", "uk", "Larysa Hrytsenko", "en"),
    ("Є. Цибульський", "uk", "Evgeny Tsibulsky", "en"),
    ("Oleksandra Balytska", "en", "Александру Балицкую", "ru"),
    ("Nathaniel Whitmore", "en", "Натаніел Вітмор", "uk"),
    ("Whitmore", "en", "Уитмора", "ru"),
    ("Horace Blackwood", "en", "Горас Блеквуд", "uk"),
    ("Håkan Lindström", "en", "Хокан Линдстрём", "ru"),
    ("Bogusław Wójcik", "en", "Богуслава Войціка", "uk"),
    ("Kawasaki", "en", "Кавасакі", "uk"),
    ("Jean-Luc Moreau", "en", "Жан-Люк Моро", "ru"),
    ("Bratislava", "en", "Братиславою", "uk"),
    ("Lvov", "en", "Львові", "uk"),
    ("Konotop", "en", "Конотопі", "uk"),
    ("Republic of Korea", "en", "Південною Кореєю", "uk"),
    ("Viet Nam", "en", "В’єтнамі", "uk"),
    ("Poltava region", "en", "Полтавської області", "uk"),
    ("ILO", "en", "Международная организация труда", "ru"),
    ("Ministry of Justice of Latvia", "en", "Мін'юст Латвії", "uk"),
    ("Constitutional Court of Armenia", "en", "Конституционный суд Армении", "ru"),
    ("Swedish parliament", "en", "парламент Швеції", "uk"),
    ("Ukrhydroenergo", "en", "Укргидроэнерго", "ru"),
    ("Kyodo", "en", "Кіодо", "uk"),
]
DIFFERENT = [
    ("Larysa Hrytsenko", "en", "Петро Гриценко", "uk"),
    ("L. Hrytsenko", "en", "Петро Гриценко", "uk"),
    ("Цибульський", "uk", "Цыбульская", "ru"),
    ("Hrytsenko", "en", "Грищенко", "uk"),
    ("Рудик", "uk", "Руденко", "ru"),
    ("Ткач", "uk", "Ткачук", "uk"),
    ("Avakian", "en", "Авагян", "ru"),
    ("Whitmore", "en", "Вітман", "uk"),
    ("Slovenia", "en", "Словаччина", "uk"),
    ("Gambia", "en", "Замбия", "ru"),
    ("Paraguay", "en", "Уругвай", "uk"),
    ("Poltava", "en", "Полтавська область", "uk"),
    ("Ministry of Justice of Latvia", "en", "Мін'юст Литви", "uk"),
    ("Ministry of Culture", "en", "Министерство юстиции", "ru"),
    ("ILO", "en", "Міжнародна організація з міграції", "uk"),
    ("Kyodo", "en", "Сіньхуа", "uk"),
    ("Council of the EU", "en", "Совет Европы", "ru"),
]


@pytest.mark.parametrize(("a", "language_a", "b", "language_b"), SAME)
def test_names_of_one_entity_are_the_same_in_both_orders(
    a: str, language_a: str, b: str, language_b: str
) -> None:
    assert same_name(a, language_a, b, language_b)
    assert same_name(b, language_b, a, language_a)


@pytest.mark.parametrize(("a", "language_a", "b", "language_b"), DIFFERENT)
def test_names_of_different_entities_differ_in_both_orders(
    a: str, language_a: str, b: str, language_b: str
) -> None:
    assert not same_name(a, language_a, b, language_b)
    assert not same_name(b, language_b, a, language_a)


def canonical(text: str, language: Language) -> list[str]:
    return [name.canonical for name in read_names(text, language) if name.canonical]


def test_one_body_has_one_id_in_three_languages() -> None:
    texts: list[tuple[str, Language]] = [
        ("The Latvian Foreign Ministry objected to IAEA inspectors in Narva.", "en"),
        ("МЗС Латвії заперечило проти інспекторів МАГАТЕ у Нарві.", "uk"),
        ("МИД Латвии возразил против инспекторов МАГАТЭ в Нарве.", "ru"),
    ]
    assert {tuple(canonical(text, language)) for text, language in texts} == {
        ("body:foreign+ministry:lv", "org:iaea", "place:narva")
    }


def test_adjectives_of_countries_are_read_as_the_country() -> None:
    assert (
        canonical("норвезька делегація", "uk") == canonical("the Norwegian delegation", "en") == ["place:no"]
    )


def test_a_run_of_capitalised_words_is_one_name_without_its_title() -> None:
    text = "Today Governor Larysa Hrytsenko met T. Okoye in the old town hall."
    names = read_names(text, "en")
    assert [name.surface for name in names] == ["Larysa Hrytsenko", "T. Okoye"]
    assert [name.kind for name in names] == ["person", "person"]


def test_the_first_word_of_a_sentence_is_no_name_by_its_capital_alone() -> None:
    assert [name.surface for name in read_names("Water rose. Engineers left on Monday in March.", "en")] == []
    assert [name.surface for name in read_names("Гриценко поїхала. Вода спала.", "uk")] == ["Гриценко"]


def test_a_listed_family_name_within_another_name_is_not_taken_for_its_famous_bearer() -> None:
    assert canonical("She thanked Timothy Trump for it.", "en") == []


def test_a_word_in_spaced_letters_is_no_name_but_initials_are_part_of_one() -> None:
    assert read_names("A P P R O V E D by the council", "en") == ()
    assert [name.surface for name in read_names("It was J. R. Okafor.", "en")] == ["J. R. Okafor"]


def test_abbreviations_are_only_read_in_capitals() -> None:
    assert canonical("who told us it is so", "en") == []
    assert canonical("It is the WHO and the US.", "en") == ["org:who", "place:us"]


def test_the_lists_load_without_problems_and_are_large() -> None:
    gazetteer = current_gazetteer()
    ids = gazetteer.spellings.keys()
    assert gazetteer.problems == ()
    assert sum(name_id.startswith("org:") for name_id in ids) >= 350
    assert sum(name_id.startswith("place:") for name_id in ids) >= 600


@pytest.mark.parametrize("text", ["", "’", "\ud800", "Ї" * 100_000, "А." * 500, "-" * 1000])
def test_broken_names_are_compared_and_read_without_exception(text: str) -> None:
    assert same_name(text, "uk", "Narva", "en") is False
    assert isinstance(read_names(text, "uk"), tuple)
    assert isinstance(name_keys(text, "uk"), tuple)


@settings(max_examples=150)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(LANGUAGES), st.sampled_from(LANGUAGES))
def test_sameness_is_symmetric_for_any_strings(
    a: str, b: str, language_a: Language, language_b: Language
) -> None:
    assert same_name(a, language_a, b, language_b) == same_name(b, language_b, a, language_a)


@settings(max_examples=150)
@given(st.text(alphabet=st.sampled_from("АбВ гЇ.-’'NaТo«»,МЗС УРФ"), max_size=100) | st.text(max_size=100))
def test_names_lie_inside_the_text_in_order(text: str) -> None:
    spans = [name.span for name in read_names(text, "uk")]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in pairwise(spans))
