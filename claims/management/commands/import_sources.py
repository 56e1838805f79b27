"""``manage.py import_sources FILE.jsonl``: take in documents, one JSON object a line."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from claims.actions.sources import import_sources

#: How many broken lines are printed; the count tells of all.
SHOWN_ERRORS = 50


class Command(BaseCommand):
    help = "Import sources from a JSON Lines file; a broken line is reported and the rest goes in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as counted:
                lines = sum(1 for _line in counted)
            with file.open("rb") as stream, Progress(console=Console(file=sys.stderr)) as bar:
                task = bar.add_task("importing", total=lines)
                outcome = import_sources(stream, progress=lambda line: bar.update(task, completed=line))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        for broken in outcome.errors[:SHOWN_ERRORS]:
            self.stderr.write(f"line {broken.line}: {broken.sentence}")
        self.stdout.write(
            f"{outcome.created} new, {outcome.changed} changed, {outcome.unchanged} unchanged, "
            f"{len(outcome.errors)} lines left out"
        )
