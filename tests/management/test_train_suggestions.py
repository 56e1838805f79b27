"""``manage.py train_suggestions``: from the newsroom's own claims and from a labelled file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.actions.articles import take_in_text
from claims.actions.claims import Selection, log_claim
from claims.language.checkworthiness_model import MODEL_FILE, load_model
from claims.models import Article
from claims.selectors.suggestions import suggested_marks
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]

NAMES = [
    f"{one}{two}"
    for one in ("al", "be", "co", "du", "el", "fo", "ga")
    for two in ("da", "ri", "no", "mu", "ta", "vi", "so", "ze")
]
LOGGED = [f"Gardeners admire the tulip of {name.title()}." for name in NAMES]
PASSED_OVER = [f"Nobody mentions any weather of {name.title()}." for name in NAMES]


@pytest.fixture(autouse=True)
def var(settings: object, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]
    return tmp_path


def _labelled_file(folder: Path, rows: Sequence[tuple[str, int]], *more: str) -> Path:
    path = folder / "sentences.jsonl"
    lines = [json.dumps({"text": text, "label": label, "language": "en"}) for text, label in rows]
    path.write_text("\n".join([*lines, *more]) + "\n", encoding="utf-8")
    return path


def _article(room: Newsroom) -> Article:
    sentences = [each for pair in zip(LOGGED, PASSED_OVER, strict=True) for each in pair]
    return take_in_text(
        desk_id=room.desk.pk,
        text="\n\n".join(sentences),
        actor=room.actor("jonas"),
        outlet="Garden Weekly",
        title="A year of tulips",
    )


def test_what_the_newsroom_logged_and_passed_over_teaches_what_to_suggest(
    newsroom: Newsroom, var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = _article(newsroom)
    assert article.current is not None
    text = article.current.text
    for sentence in LOGGED:
        start = text.index(sentence)
        log_claim(
            desk_id=newsroom.desk.pk,
            selection=Selection(article.pk, start, start + len(sentence) - 1),
            text=sentence,
            actor=newsroom.actor("jonas"),
        )
    before = suggested_marks(article, text, [])

    call_command("train_suggestions")

    printed = capsys.readouterr().out
    assert "56 worth checking, 56 others (en 112)" in printed
    assert "part 5 of 5" in printed
    assert "F1 on sentences held back: rules 0.000, trained model 1.000" in printed
    assert "in use from now on for en" in printed
    assert load_model(var / MODEL_FILE) is not None
    assert before == ()
    assert [mark.words for mark in suggested_marks(article, text, [])] == LOGGED


def test_a_labelled_file_teaches_too_and_its_bad_lines_are_named(
    var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [(each, 1) for each in LOGGED] + [(each, 0) for each in PASSED_OVER]
    path = _labelled_file(var, rows, "no JSON", '{"text": "Two tulips.", "label": "perhaps"}')

    call_command("train_suggestions", "--file", str(path))

    printed = capsys.readouterr()
    assert f"{path}:113: not JSON; left out" in printed.err
    assert f"{path}:114: “label” is neither 0 nor 1; left out" in printed.err
    assert f"2 lines of {path} were left out" in printed.err
    assert "The model is in use" in printed.out
    assert sorted(var.glob("suggestions*")) == [var / MODEL_FILE]


def test_where_the_model_is_no_better_the_rules_are_in_use_and_an_older_model_goes(
    var: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    worth = [f"Last year the council of {name.title()} spent 12 million pounds on roads." for name in NAMES]
    other = [f"Thank you for the question, {name.title()}." for name in NAMES]
    (var / MODEL_FILE).write_text("an older model", encoding="utf-8")
    path = _labelled_file(var, [(each, 1) for each in worth] + [(each, 0) for each in other])

    call_command("train_suggestions", "--file", str(path))

    assert "the rules are in use" in capsys.readouterr().out
    assert not (var / MODEL_FILE).exists()


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "There are no labelled sentences"),
        ([(each, 1) for each in LOGGED], "All sentences are worth checking"),
        ([(each, 0) for each in LOGGED], "All sentences are not worth checking"),
        (
            [(LOGGED[0], 1), (PASSED_OVER[0], 0)],
            "1 worth checking and 1 others, where a model needs at least 50",
        ),
    ],
)
def test_where_nothing_can_be_learnt_the_command_says_why_and_changes_nothing(
    var: Path, rows: Sequence[tuple[str, int]], sentence: str
) -> None:
    (var / MODEL_FILE).write_text("an older model", encoding="utf-8")

    with pytest.raises(CommandError, match=sentence):
        call_command("train_suggestions", "--file", str(_labelled_file(var, rows)))

    assert (var / MODEL_FILE).read_text(encoding="utf-8") == "an older model"


@pytest.mark.django_db
def test_without_claims_and_without_a_file_the_command_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="log claims from articles first"):
        call_command("train_suggestions")


def test_a_file_that_is_not_there_is_named(var: Path) -> None:
    with pytest.raises(CommandError, match=r"absent\.jsonl cannot be read"):
        call_command("train_suggestions", "--file", str(var / "absent.jsonl"))
