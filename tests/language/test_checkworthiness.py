"""Which sentences the rules suggest, in three languages, and which words they go by."""

from __future__ import annotations

import time

import pytest

from claims.language.check_cues import CUES, cue_words, table_of
from claims.language.checkworthiness import (
    REASONS,
    THRESHOLD,
    WEIGHTS,
    rule_score,
    sentence_features,
    suggest,
)
from claims.language.reading import read
from claims.language.readings import Language, Span
from claims.selectors.reason_wording import SUGGESTIONS

WORTH: dict[Language, tuple[tuple[str, str], ...]] = {
    "en": (
        ("Last year the council spent 12 million pounds on road repairs.", "figure"),
        ("Unemployment in the region has halved since the factory closed.", "statistic"),
        ("The senator voted against the pension bill.", "public_act"),
        ("He signed a contract with a company that his brother owns.", "past_deed"),
        ("The minister said the bridge cost 40 million.", "attribution"),
        ("Not one member of the opposition backed the budget.", "sweeping"),
        ("Our county now exports more grain than any other in the north.", "comparison"),
    ),
    "uk": (
        ("Торік міська рада витратила на ремонт доріг 12 млн гривень.", "money_or_share"),
        ("Безробіття знизилося втричі порівняно з минулим роком.", "comparison"),
        ("Міністр голосував проти поправки про пенсії.", "public_act"),
        ("За три роки тут збудували сто сорок шкіл.", "figure"),
        ("За словами мера, ремонт коштував 40 мільйонів.", "attribution"),
        ("Жоден депутат опозиції не підтримав бюджет.", "sweeping"),
        ("Поліція затримала двох чоловіків.", "past_deed"),
    ),
    "ru": (
        ("В прошлом году завод выпустил 300 автобусов.", "figure"),
        ("Это самая высокая инфляция за десять лет.", "record"),
        ("Депутат проголосовал против закона о пенсиях.", "public_act"),
        ("Больше половины жителей не имеют горячей воды.", "comparison"),
        ("По словам мэра, ремонт обошелся в 40 миллионов.", "attribution"),
        ("Ни один депутат не поддержал бюджет.", "sweeping"),
        ("Зарплаты учителей выросли на 15 процентов.", "change"),
    ),
}
NOT_WORTH: dict[Language, tuple[str, ...]] = {
    "en": (
        "Thank you for the question.",
        "I think this is very important for our children.",
        "We must be strong.",
        "We will build a country where everyone has a chance.",
        "What did he say about the 12 million?",
        "Let's talk about the future.",
        "If we don't stop it, there will be a disaster.",
    ),
    "uk": (
        "Дякую вам за запитання.",
        "Я думаю, що це дуже важливо для наших дітей.",
        "Ми повинні бути сильними.",
        "Ми побудуємо нову країну, де кожен матиме шанс.",
        "А що ви про це думаєте?",
        "Давайте поговоримо про майбутнє.",
        "Якщо ми не зупинимо це, буде катастрофа.",
    ),
    "ru": (
        "Спасибо за вопрос.",
        "Я считаю, что это очень важно для наших детей.",
        "Мы должны быть сильными.",
        "Мы построим новую страну, где у каждого будет шанс.",
        "А вы что думаете об этом?",
        "Давайте поговорим о будущем.",
        "Если мы этого не остановим, будет катастрофа.",
    ),
}


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [(language, text, reason) for language, pairs in WORTH.items() for text, reason in pairs],
)
def test_what_can_be_looked_up_is_suggested_and_says_why(language: Language, text: str, reason: str) -> None:
    (found,) = suggest(read(text, language=language))

    assert found.span.of(text) == text
    assert reason in found.reasons


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in NOT_WORTH.items() for text in texts]
)
def test_wishes_questions_opinions_and_courtesies_are_not_suggested(language: Language, text: str) -> None:
    assert suggest(read(text, language=language)) == ()


def test_reasons_stand_in_their_order_and_each_has_its_wording() -> None:
    text = "According to the ministry, prices rose by 12 percent last year, more than ever before."
    (found,) = suggest(read(text, language="en"))

    assert list(found.reasons) == [code for code in REASONS if code in found.reasons]
    assert {"figure", "money_or_share", "statistic", "comparison", "record"} <= set(found.reasons)
    assert set(REASONS) == set(SUGGESTIONS)


def test_every_list_of_words_moves_the_score_and_stands_in_all_three_languages() -> None:
    names = {language: _names(language) for language in CUES}

    assert names["en"] == names["uk"] == names["ru"]
    assert names["en"] <= WEIGHTS.keys()


def _names(language: str) -> set[str]:
    table = CUES[language]
    single = [*table.words.values(), *table.beginnings.values(), *table.endings.values()]
    return set().union(*single) | {cue for found in table.phrases.values() for _phrase, cue in found}


@pytest.mark.parametrize(
    ("sentence", "cues"),
    [
        ("^ walk", set()),
        ("Walk on", {"start"}),
        ("They walk on", set()),
        ("He raced", {"ending"}),
        ("A red one", set()),
        ("Prices rose 40 percent", {"number"}),
        ("Fishermen left", {"beginning"}),
        ("I don’t know", {"apostrophe"}),
        ("a well-known man", {"hyphen"}),
    ],
)
def test_lists_hold_words_phrases_starts_numbers_beginnings_and_endings(
    sentence: str, cues: set[str]
) -> None:
    table = table_of(
        {
            "start": "^ walk on",
            "ending": "*ed, !red",
            "number": "# percent",
            "beginning": "fish*",
            "apostrophe": "don't",
            "hyphen": "well-known",
        }
    )

    assert table.cues(cue_words(sentence)) == cues


def test_a_sentence_of_a_language_without_lists_goes_by_its_figures_alone() -> None:
    text = "Miasto wydało 40 milionów euro"
    features = sentence_features(read(text, language="other"), Span(0, len(text)))

    assert features.keys() & _names("en") <= {"date", "attribution"}
    assert 0 <= rule_score(features) <= 1


@pytest.mark.parametrize("text", ["a" * 50_000, "the more than " * 3_500, "a'a" * 17_000, "1.1," * 12_500])
def test_the_words_of_a_hostile_sentence_are_looked_up_in_a_tenth_of_a_second(text: str) -> None:
    for table in CUES.values():
        started = time.process_time()
        table.cues(cue_words(text))
        assert time.process_time() - started < 0.1


def test_the_threshold_is_even_odds() -> None:
    assert rule_score({}) < THRESHOLD == 0.5
