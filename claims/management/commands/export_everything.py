"""``manage.py export_everything FILE.zip|FOLDER``: everything of the newsroom as of one moment."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from claims.actions.exporting import Written, write_export
from claims.publish.signing import UnusableKey
from claims.selectors.export_decisions import left_out


class Command(BaseCommand):
    help = "Export everything but secrets and passing state; import_everything takes it in elsewhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("to", type=Path, help="a new .zip, or a new or empty folder")

    def handle(self, *args: Any, to: Path, **options: Any) -> None:
        try:
            with Progress(console=Console(file=sys.stderr, quiet=options["verbosity"] == 0)) as bar:
                task = bar.add_task("exporting", total=None)

                def told(done: int, total: int, note: str) -> None:
                    bar.update(task, completed=done, total=total, description=note or "exported")

                written = write_export(to, told)
        except (OSError, UnusableKey) as error:
            raise CommandError(str(error)) from error
        self._tell(written)

    def _tell(self, written: Written) -> None:
        for label, rows in written.counts.items():
            if rows:
                self.stdout.write(f"{rows:>10} {label}")
        self.stdout.write(f"Left out, each with its reason in the manifest: {', '.join(left_out())}")
        self.stdout.write(
            f"{written.path}: {sum(written.counts.values())} rows, {written.size} bytes,"
            f" of {written.made_at}, head of the history {written.head}"
        )
