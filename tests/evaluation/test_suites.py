"""The suites run on any folder of the same layout, and labels do not reach what is scored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claims.evaluation.datasets import BadDataset
from claims.evaluation.suites import run_suite

SOURCES = [
    {
        "id": "a",
        "language": "uk",
        "published_at": "2025-09-16",
        "title": "Саміт",
        "text": "Саміт у Відні тривав три години.",
    },
    {
        "id": "b",
        "language": "ru",
        "published_at": "2025-09-16",
        "title": "Итоги",
        "text": "Саммит в Вене длился семь часов.",
    },
    {
        "id": "c",
        "language": "en",
        "published_at": "2025-09-16",
        "title": "Harvest",
        "text": "Melons are cheap this year.",
    },
]
CLAIMS = [{"id": "k", "language": "en", "text": "The summit in Vienna lasted about three hours."}]
LABELS = [
    {"claim_id": "k", "source_id": "a", "label": "supports"},
    {"claim_id": "k", "source_id": "b", "label": "contradicts"},
]


def _write(folder: Path, name: str, rows: list[dict[str, Any]]) -> None:
    (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def day(tmp_path: Path) -> Path:
    _write(tmp_path, "sources.jsonl", SOURCES)
    _write(tmp_path, "claims.jsonl", CLAIMS)
    _write(tmp_path, "labels.jsonl", LABELS)
    return tmp_path


def test_a_day_is_ranked_and_judged_without_the_optional_files(day: Path) -> None:
    figures = run_suite("geneva", day, "embedded").figures

    assert figures["retrieval"]["ndcg10"] == 1.0
    assert figures["stance"]["f1_supports"] == figures["stance"]["f1_contradicts"] == 1.0
    assert figures["stance"]["false_contradictions"] == 0.0
    assert "perturbed" not in figures


def test_other_labels_change_the_judgement_only(day: Path) -> None:
    _write(day, "labels.jsonl", [{**LABELS[0], "label": "contradicts"}, {**LABELS[1], "label": "supports"}])

    assert run_suite("geneva", day, "embedded").figures["stance"]["f1_supports"] == 0.0


def test_matching_finds_the_claim_in_another_language(tmp_path: Path) -> None:
    _write(
        tmp_path,
        "claims.jsonl",
        [{"id": "1", "claim": "Міст у Ризі закрито."}, {"id": "2", "claim": "Ціни на хліб."}],
    )
    _write(
        tmp_path,
        "queries-dev.jsonl",
        [{"id": "q", "query": "The bridge in Riga is closed", "relevant": ["1"]}],
    )

    assert run_suite("matching", tmp_path, "embedded").figures["map5"] == 1.0


def test_a_folder_without_the_files_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match=r"sources\.jsonl"):
        run_suite("geneva", tmp_path, "embedded")


def test_a_broken_line_is_named_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "quantities.jsonl").write_text('{"id": 1}\n{"id": \n', encoding="utf-8")

    with pytest.raises(BadDataset, match=r":1|:2"):
        run_suite("golden", tmp_path, "embedded")
