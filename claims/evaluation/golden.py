"""Golden cases: are figures, times, names and comparisons read as a checker reads them?

Everything is read and compared before any expectation is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from claims.corroboration.stance import compare
from claims.evaluation.datasets import Row, expected_spans, language_of, read_rows
from claims.evaluation.metrics import Counts, accuracy, count_class, mean
from claims.evaluation.report import Figures, Miss, Outcome
from claims.language.names import same_name
from claims.language.reading import read
from claims.language.readings import Quantity, Reading, TimeExpression

_TOLERANCE = 1e-4
_ANSWERS = {"supports": "agrees", "contradicts": "differs"}


def evaluate_golden(folder: Path) -> Outcome:
    """Run the four files of ``folder``; a file that is not there leaves its part of the figures out."""
    parts: dict[str, Callable[[list[Row]], tuple[Figures, list[Miss]]]] = {
        "quantities": _quantities,
        "times": _times,
        "names": _names,
        "comparisons": _comparisons,
    }
    figures: Figures = {}
    misses: list[Miss] = []
    for part, evaluate in parts.items():
        rows = read_rows(folder, f"{part}.jsonl", required=False)
        if rows:
            figures[part], missed = evaluate(rows)
            misses += missed
    return Outcome(figures, misses)


def _quantities(rows: list[Row]) -> tuple[Figures, list[Miss]]:
    readings = [
        read(row["text"], language=language_of(row), published_at=_moment(row, "published_at"))
        for row in rows
    ]
    total, misses = Counts(), []
    for row, reading in zip(rows, readings, strict=True):
        counts = _held_against(row["text"], reading.quantities, row["quantities"], _same_figure)
        total += counts
        if counts.wrong or counts.missed:
            found = [(q.span.of(row["text"]), q.low, q.high, q.unit) for q in reading.quantities]
            misses.append(Miss("quantities", row["id"], f"{row['text']} → {found}"))
    return {**total.figures(), "cases": len(rows)}, misses


_Value = TypeVar("_Value", Quantity, TimeExpression)


def _held_against(
    text: str, found: Sequence[_Value], expected: Sequence[Row], is_same: Callable[[_Value, Row], bool]
) -> Counts:
    """Count the values that stand where one is expected and are the same; each counts once."""
    left = list(found)
    for each, span in zip(expected, expected_spans(text, [each["span"] for each in expected]), strict=True):
        match = next((value for value in left if value.span.overlaps(span) and is_same(value, each)), None)
        if match:
            left.remove(match)
    right = len(found) - len(left)
    return Counts(right, len(left), len(expected) - right)


def _same_figure(found: Quantity, expected: Row) -> bool:
    return (
        found.unit == expected["unit"]
        and _near(found.low, expected["low"])
        and _near(found.high, expected["high"])
    )


def _near(found: float | None, expected: float | None) -> bool:
    if found is None or expected is None:
        return found is expected
    return abs(found - expected) <= _TOLERANCE * max(abs(expected), _TOLERANCE)


def _times(rows: list[Row]) -> tuple[Figures, list[Miss]]:
    readings = [
        read(
            row["text"],
            language=language_of(row),
            published_at=_moment(row, "published_at"),
            zone=row.get("outlet_timezone") or "UTC",
        )
        for row in rows
    ]
    total, misses = Counts(), []
    for row, reading in zip(rows, readings, strict=True):
        counts = _held_against(row["text"], reading.times, row["expressions"], _same_time)
        total += counts
        if counts.wrong or counts.missed:
            found = [(t.span.of(row["text"]), t.start.isoformat(), t.end.isoformat()) for t in reading.times]
            misses.append(Miss("times", row["id"], f"{row['text']} → {found}"))
    return {**total.figures(), "cases": len(rows)}, misses


def _same_time(found: TimeExpression, expected: Row) -> bool:
    return found.start == datetime.fromisoformat(expected["start"]) and found.end == datetime.fromisoformat(
        expected["end"]
    )


def _names(rows: list[Row]) -> tuple[Figures, list[Miss]]:
    answers = [
        same_name(row["a"], language_of(row, "language_a"), row["b"], language_of(row, "language_b"))
        for row in rows
    ]
    called = [(bool(row["same"]), answer) for row, answer in zip(rows, answers, strict=True)]
    misses = [
        Miss("names", row["id"], f"{row['a']} | {row['b']}: called {answer}")
        for row, answer in zip(rows, answers, strict=True)
        if answer != bool(row["same"])
    ]
    return {**count_class(called, True).figures(), "cases": len(rows)}, misses


def _comparisons(rows: list[Row]) -> tuple[Figures, list[Miss]]:
    answers = [_compare(row) for row in rows]
    called = [(str(row["expected"]), answer) for row, answer in zip(rows, answers, strict=True)]
    by_tag: dict[str, list[tuple[str, str]]] = defaultdict(list)
    by_pair: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row, pair in zip(rows, called, strict=True):
        by_pair[f"{row['claim_language']}-{row['passage_language']}"].append(pair)
        for tag in row.get("tags") or ["untagged"]:
            by_tag[tag].append(pair)
    misses = [
        Miss(
            "comparisons",
            row["id"],
            f"{row['claim']} | {row['passage']}: {row['expected']}, called {answer} {row.get('tags')}",
        )
        for row, (expected, answer) in zip(rows, called, strict=True)
        if expected != answer
    ]
    return {
        **_comparison_figures(called),
        "by_tag": _accuracies(by_tag),
        "by_pair": _accuracies(by_pair),
    }, misses


def _comparison_figures(called: Sequence[tuple[str, str]]) -> Figures:
    return {
        "accuracy": accuracy(called),
        "f1_agrees": count_class(called, "agrees").f1,
        "f1_differs": count_class(called, "differs").f1,
        "f1_not_comparable": count_class(called, "not_comparable").f1,
        "false_differs": mean(
            float(answer == "differs") for expected, answer in called if expected != "differs"
        ),
        "cases": len(called),
    }


def _accuracies(groups: dict[str, list[tuple[str, str]]]) -> Figures:
    return {
        name: {"accuracy": accuracy(pairs), "cases": len(pairs)} for name, pairs in sorted(groups.items())
    }


def _compare(row: Row) -> str:
    claim = _side(row, "claim")
    passage = _side(row, "passage")
    return _ANSWERS.get(compare(claim, passage, passage).stance, "not_comparable")


def _side(row: Row, side: str) -> Reading:
    return read(
        row[side],
        language=language_of(row, f"{side}_language"),
        published_at=_moment(row, f"{side}_published_at"),
        zone=row.get(f"{side}_timezone") or "UTC",
    )


def _moment(row: Row, field: str) -> datetime | None:
    return datetime.fromisoformat(row[field]) if row.get(field) else None
