"""``manage.py import_factchecks FILE --desk NAME``: take in fact-checks of others at once, without the job."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from rich.console import Console
from rich.progress import Progress

from claims.actions.import_running import run_import
from claims.actions.imports import keep_import
from claims.actions.refusals import Invalid
from claims.jobs import GiveUp, NotReady
from claims.models import Desk, Import

#: How many entries left out are printed; the page of the import has all.
SHOWN_PROBLEMS = 50


class Command(BaseCommand):
    help = "Import fact-checks of others (ClaimReview page, DataFeed or CSV) as already-checked claims of a desk."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--desk", required=True, help="the name of the desk")

    def handle(self, *args: Any, file: Path, desk: str, **options: Any) -> None:
        held = Desk.objects.filter(name=desk).first()
        if held is None:
            raise CommandError(f"There is no desk {desk!r}.")
        try:
            with file.open("rb") as stream, transaction.atomic():
                run = keep_import(desk_id=held.pk, kind=Import.Kind.CHECKS, stream=stream, name=file.name)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        except Invalid as refusal:
            raise CommandError(str(refusal)) from refusal
        with Progress(console=Console(file=sys.stderr)) as bar:
            task = bar.add_task("importing", total=run.size)
            self._work(run, lambda done, _total, _note: bar.update(task, completed=done))
        self._tell(run)

    def _work(self, run: Import, progress: Any) -> None:
        while True:
            try:
                return run_import(run.pk, progress)
            except NotReady:
                continue
            except GiveUp as refusal:
                raise CommandError(str(refusal)) from refusal

    def _tell(self, run: Import) -> None:
        run.refresh_from_db()
        for problem in run.problems.order_by("entry")[:SHOWN_PROBLEMS]:
            place = f"line {problem.line}" if problem.line else f"byte {problem.offset}"
            self.stderr.write(f"entry {problem.entry}, {place}: {problem.sentence}")
        for name, times in run.unmapped.items():
            self.stderr.write(f"field without a place here: {name} ({times})")
        self.stdout.write(
            f"{run.created} new, {run.changed} changed, {run.unchanged} unchanged, {run.left_out} left out"
        )
