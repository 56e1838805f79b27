"""Which sentences are suggested, and when a trained model takes the rules' place."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.evaluation.suggestions import beats_the_rules, fit, labelled, score_of
from claims.language.checkworthiness import suggest
from claims.language.checkworthiness_model import LinearModel, load_model
from claims.language.reading import read
from claims.language.readings import Language


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        ("Thank you all. Unemployment fell to 5 percent in March. What do you think?", "en", "figure"),
        ("Дякую всім. Торік уряд витратив 12 млн гривень на мости. Що ви думаєте?", "uk", "money_or_share"),
        ("Спасибо всем. В прошлом году завод продал 300 автобусов. А вы как думаете?", "ru", "figure"),
    ],
)
def test_the_sentence_with_a_figure_is_suggested_and_says_why(
    text: str, language: Language, reason: str
) -> None:
    found = suggest(read(text, language=language))

    assert len(found) == 1
    assert reason in found[0].reasons
    assert found[0].score >= 0.5


def test_a_model_is_used_where_it_beats_the_rules(tmp_path: Path) -> None:
    worth = [labelled(f"Gardeners admire tulip number {word}", True, "en") for word in _WORDS]
    other = [labelled(f"Nobody mentions the weather of {word}", False, "en") for word in _WORDS]
    examples = [each for pair in zip(worth, other, strict=True) for each in pair]

    better, trained, ruled = beats_the_rules(examples)
    stored = tmp_path / "model.json"
    stored.write_text(fit(examples).to_json(), encoding="utf-8")
    model = load_model(stored)

    assert better
    assert trained > ruled
    assert isinstance(model, LinearModel)
    assert score_of(model, worth[0]) > 0.5 > score_of(model, other[0])


def test_too_few_examples_leave_the_rules_in_use() -> None:
    assert beats_the_rules([labelled("The bridge is 40 metres long.", True, "en")])[0] is False


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"bias": 0, "threshold": 2, "weights": 3}'])
def test_what_is_no_model_is_not_loaded(tmp_path: Path, content: str) -> None:
    stored = tmp_path / "model.json"
    stored.write_text(content, encoding="utf-8")

    assert load_model(stored) is None


_WORDS = [
    f"{one}{two}"
    for one in ("al", "be", "co", "du", "el", "fo", "ga", "ho")
    for two in ("da", "ri", "no", "mu", "ta", "vi", "so")
]
