"""``manage.py train_suggestions``: learn which sentences this newsroom checks.

The model is stored, as plain JSON beside the other variable files, only when it beats the rules on sentences
that it has not seen; else the rules stay in use and an older model is taken away.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.evaluation.datasets import BadDataset, language_of, read_file
from claims.evaluation.newsroom import newsroom_sentences
from claims.evaluation.suggestions import Labelled, beats_the_rules, fit, labelled
from claims.language.checkworthiness_model import MODEL_FILE


class Command(BaseCommand):
    help = (
        "Learn which sentences to suggest, from the claims that this newsroom has logged or from a file of "
        "labelled sentences. The model is used only where it beats the rules."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file",
            type=Path,
            help="JSON Lines with text, label (0 or 1) and language instead of own claims",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            examples = _from_file(options["file"]) if options["file"] else list(newsroom_sentences())
        except BadDataset as broken:
            raise CommandError(str(broken)) from broken
        better, trained, ruled = beats_the_rules(examples)
        kept = Path(settings.VAR_DIR) / MODEL_FILE
        self.stdout.write(
            f"{len(examples)} sentences. F1 of the rules {ruled:.3f}, of a model {trained:.3f}."
        )
        if not better:
            kept.unlink(missing_ok=True)
            self.stdout.write("The rules stay in use.")
            return
        fresh = kept.with_suffix(".new")
        fresh.write_text(fit(examples).to_json(), encoding="utf-8")
        fresh.replace(kept)
        self.stdout.write(f"The model is in use from now on ({kept}).")


def _from_file(path: Path) -> list[Labelled]:
    return [
        labelled(str(row.get("text", "")), bool(row.get("label")), language_of(row))
        for row in read_file(path)
    ]
