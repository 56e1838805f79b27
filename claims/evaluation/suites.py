"""The suites of ``manage.py evaluate`` by name."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

from claims.evaluation.report import Outcome
from claims.search import EngineName
from claims.search.encoder import Encoder

Suite = Literal["golden", "geneva", "matching", "retrieval", "suggestions"]
SUITES: tuple[Suite, ...] = get_args(Suite)


def run_suite(
    suite: Suite,
    path: Path,
    engine: EngineName,
    train: Path | None = None,
    encoder: Encoder | None = None,
) -> Outcome:
    """Run one suite on a folder (``suggestions``: on a file); ``encoder`` reorders in ``matching``.

    Raises ``BadDataset`` and ``SearchUnavailable``.
    """
    # Each suite is imported when it is asked for, since it loads readers and models that others do not need.
    if suite == "golden":
        from claims.evaluation.golden import evaluate_golden

        return evaluate_golden(path)
    if suite == "geneva":
        from claims.evaluation.geneva import evaluate_geneva

        return evaluate_geneva(path, engine)
    if suite == "suggestions":
        from claims.evaluation.suggestions import evaluate_suggestions

        return evaluate_suggestions(path, train)
    from claims.evaluation.matching import evaluate_matching, evaluate_retrieval

    if suite == "matching":
        return evaluate_matching(path, engine, encoder)
    return evaluate_retrieval(path, engine)
