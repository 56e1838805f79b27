"""Quotations, attributions and credits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.language.quotations import read_attributions, read_credits, read_quotations
from claims.language.readings import Language


@pytest.mark.parametrize(
    ("text", "language", "words", "speaker"),
    [
        (
            "“The pier will open in June,” Abena Owusu said.",
            "en",
            "The pier will open in June",
            "Abena Owusu",
        ),
        (
            'Abena Owusu told reporters: "The pier will open in June."',
            "en",
            "The pier will open in June.",
            "Abena Owusu",
        ),
        (
            "«Причал відкриють у червні», — сказала Лариса Гриценко.",
            "uk",
            "Причал відкриють у червні",
            "Лариса Гриценко",
        ),
        (
            "Лариса Гриценко сообщила: «Причал откроют в июне».",
            "ru",
            "Причал откроют в июне",
            "Лариса Гриценко",
        ),
        ("The sign read “mind the open gap”.", "en", "mind the open gap", ""),
    ],
)
def test_a_quotation_has_its_words_and_the_speaker_next_to_it(
    text: str, language: Language, words: str, speaker: str
) -> None:
    [quotation] = read_quotations(text, language)
    assert (quotation.words, quotation.speaker) == (words, speaker)
    assert words in quotation.span.of(text)


def test_names_of_things_in_quotation_marks_are_no_quotations() -> None:
    assert read_quotations("Судно «Каховка» і газета «День»", "uk") == ()


@pytest.mark.parametrize(
    ("text", "language", "who", "role", "hedged"),
    [
        (
            "According to pro-government media reports, the pier is closed.",
            "en",
            "pro-government media reports",
            "reporter",
            True,
        ),
        ("Politico reported that the pier is closed.", "en", "Politico", "reporter", False),
        ("Larysa Hrytsenko said the pier is closed.", "en", "Larysa Hrytsenko", "claimant", False),
        ("The pier is reportedly closed.", "en", "", "reporter", True),
        ("За даними Укргідроенерго, рівень води впав.", "uk", "Укргідроенерго", "claimant", True),
        ("Причал зачинено, повідомляє ТАСС.", "uk", "ТАСС", "reporter", False),
        ("Причал нібито зачинено.", "uk", "", "reporter", True),
        ("Про це заявила Лариса Гриценко.", "uk", "Лариса Гриценко", "claimant", False),
        ("Причал закрыт, пишет газета со ссылкой на РИА Новости.", "ru", "РИА Новости", "reporter", False),
        ("По данным местных СМИ, причал закрыт.", "ru", "местных СМИ", "reporter", True),
        ("Причал якобы закрыт.", "ru", "", "reporter", True),
    ],
)
def test_who_claims_and_who_reports_is_read(
    text: str, language: Language, who: str, role: str, hedged: bool
) -> None:
    found = [(one.who, one.role, one.hedged) for one in read_attributions(text, language)]
    assert (who, role, hedged) in found


def test_a_country_is_no_source() -> None:
    assert [one.who for one in read_attributions("According to Norwegian officials, it closed.", "en")] != [
        "Norwegian"
    ]


def test_credits_name_wires_by_id_in_any_language() -> None:
    assert read_credits("It is closed, Reuters reported, citing Interfax.", "en") == (
        "org:reuters",
        "org:interfax",
    )
    assert read_credits("Про це повідомляє Інтерфакс з посиланням на Reuters.", "uk") == (
        "org:interfax",
        "org:reuters",
    )
    assert read_credits("Об этом сообщает «Интерфакс» со ссылкой на Reuters.", "ru") == (
        "org:interfax",
        "org:reuters",
    )
    assert read_credits("Nobody is credited here.", "en") == ()


@settings(max_examples=150)
@given(
    st.text(alphabet=st.sampled_from("АБ аб«»“”„\"'.,—сказав said за даними"), max_size=120)
    | st.text(max_size=120)
)
def test_spans_lie_inside_the_text(text: str) -> None:
    for language in ("en", "uk", "ru", "other"):
        for found in (*read_quotations(text, language), *read_attributions(text, language)):
            assert 0 <= found.span.start < found.span.end <= len(text)
