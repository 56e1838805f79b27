"""Which sentences are suggested, and when a trained model takes the rules' place."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path

import pytest

from claims.evaluation.datasets import BadDataset
from claims.evaluation.labelled_files import BadLine, Sentence, read_labelled
from claims.evaluation.learning import TooFew, fit, labelled, score_of, try_model
from claims.evaluation.suggestions import evaluate_suggestions
from claims.language.checkworthiness import rule_score
from claims.language.checkworthiness_model import LinearModel, current_model, load_model

WORDS = [
    f"{one}{two}"
    for one in ("al", "be", "co", "du", "el", "fo", "ga", "ho")
    for two in ("da", "ri", "no", "mu", "ta", "vi", "so")
]
WORTH = [labelled(f"Gardeners admire tulip number {word}", True, "en") for word in WORDS]
OTHER = [labelled(f"Nobody mentions the weather of {word}", False, "en") for word in WORDS]
EXAMPLES = [each for pair in zip(WORTH, OTHER, strict=True) for each in pair]


def test_a_model_learns_what_the_rules_cannot_know_and_is_the_same_after_a_round_through_its_file(
    tmp_path: Path,
) -> None:
    trial = try_model(EXAMPLES)
    fitted = fit(EXAMPLES)
    stored = tmp_path / "model.json"
    stored.write_text(fitted.to_json(), encoding="utf-8")
    model = load_model(stored)

    assert trial.better
    assert trial.trained > trial.rules
    assert isinstance(model, LinearModel)
    assert score_of(model, WORTH[0]) > 0.5 > score_of(model, OTHER[0])
    assert score_of(model, WORTH[0]) == pytest.approx(score_of(fitted, WORTH[0]), abs=0.01)


def test_each_part_that_was_tried_is_told() -> None:
    told: list[int] = []
    try_model(EXAMPLES, told.append)
    assert told == [1, 2, 3, 4, 5]


def test_a_language_that_the_model_has_not_seen_is_left_to_the_rules() -> None:
    model = fit(EXAMPLES)
    ukrainian = labelled("Gardeners admire tulip number: торік витрачено 5 млн гривень", True, "uk")

    assert model.knows("en")
    assert not model.knows("uk")
    assert score_of(model, ukrainian) == rule_score(ukrainian.features)


def test_too_few_sentences_of_a_kind_teach_nothing() -> None:
    with pytest.raises(TooFew) as few:
        try_model([*WORTH, OTHER[0]])
    assert (few.value.worth, few.value.other) == (len(WORTH), 1)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[1]",
        '{"version": 2, "languages": ["en"], "bias": 0, "threshold": 2, "weights": 3}',
        '{"version": 1, "languages": ["en"], "bias": 0, "threshold": 0.5, "weights": {}}',
        '{"version": 2, "languages": ["en"], "bias": NaN, "threshold": 0.5, "weights": {}}',
        '{"version": 2, "languages": ["en"], "bias": 0, "threshold": 0.5, "weights": {"w:a": Infinity}}',
    ],
)
def test_what_is_no_model_of_this_version_is_not_loaded(tmp_path: Path, content: str) -> None:
    stored = tmp_path / "model.json"
    stored.write_text(content, encoding="utf-8")

    assert load_model(stored) is None


def test_a_model_that_was_trained_anew_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    stored = tmp_path / "model.json"
    assert current_model(stored) is None
    for bias in (1.0, 2.0):
        stored.write_text(LinearModel(bias, 0.5, {}).to_json(), encoding="utf-8")
        model = current_model(stored)
        assert model is not None
        assert model.bias == bias
        time.sleep(0.02)


def test_one_bad_line_costs_that_line_only_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "sentences.jsonl.gz"
    lines = [
        b'{"text": "Two  ferries sank.", "label": 1, "language": "en"}',
        b"no JSON",
        b"[1]",
        b'{"label": 1}',
        b'{"text": "What now?", "label": "maybe"}',
        b'{"text": "What now?", "label": 0.5}',
        b'{"text": "\xff", "label": 1}',
        b"",
        json.dumps({"text": "long " * 2_000, "label": 1}).encode(),
        b'{"text": "' + b"x" * 300_000 + b'", "label": 1}',
        '{"text": "Дякую.", "label": "0", "language": ["uk"]}'.encode(),
    ]
    path.write_bytes(gzip.compress(b"\n".join(lines)))
    rows = list(read_labelled(path))

    assert [row for row in rows if isinstance(row, Sentence)] == [
        Sentence("Two ferries sank.", True, "en"),
        Sentence("Дякую.", False, "other"),
    ]
    assert [row.number for row in rows if isinstance(row, BadLine)] == [2, 3, 4, 5, 6, 7, 9, 10]


@pytest.mark.parametrize(
    "content", [None, b"not gzipped", gzip.compress(b"{}")[:-4]], ids=["missing", "not gzipped", "cut short"]
)
def test_a_file_that_cannot_be_read_is_refused_with_its_name(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "sentences.jsonl.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadDataset, match=r"sentences\.jsonl\.gz cannot be read"):
        list(read_labelled(path))


def test_the_suite_tells_the_figures_of_the_rules_and_of_a_model_on_the_same_sentences(
    tmp_path: Path,
) -> None:
    path, train = tmp_path / "judged.jsonl", tmp_path / "train.jsonl"
    rows = [
        json.dumps({"id": str(n), "text": each.text, "label": int(each.worth)})
        for n, each in enumerate(EXAMPLES)
    ]
    path.write_text("\n".join(rows[:20]), encoding="utf-8")
    train.write_text("\n".join(rows[20:]), encoding="utf-8")

    ruled = evaluate_suggestions(path, None).figures
    trained = evaluate_suggestions(path, train).figures
    crossed = evaluate_suggestions(train, train)

    assert trained["rules"] == ruled
    assert trained["trained"]["f1"] == trained["f1"] > ruled["f1"]
    assert trained["p10"] == 1.0
    assert crossed.figures["sentences"] == len(rows) - 20
    assert crossed.figures["f1"] > crossed.figures["rules"]["f1"]
