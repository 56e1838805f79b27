"""``manage.py gather_claims``: gather evidence for every claim that has none, and watch it being done.

The work goes the ordinary way, through the job table and a worker; this command only asks and looks on.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from claims import jobs
from claims.selectors.gathering import claims_without_evidence, count_jobs, gathered_claims

#: What must be in the index before evidence is complete, then the gathering itself.
STAGES = (
    ("Indexing sources", ("index_document", "index_claim", "watch_document")),
    ("Gathering evidence", ("gather_evidence",)),
)


class Command(BaseCommand):
    help = "Gather evidence for every open claim that has none, show the progress, print a table."
    #: The launcher passes a function that looks after its children meanwhile.
    stealth_options = ("look_after",)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--wait", type=float, default=180.0, help="seconds to look on (180)")
        parser.add_argument("--limit", type=int, default=30, help="claims in the table (30)")

    def handle(self, *args: Any, **options: Any) -> None:
        for claim in claims_without_evidence():
            with transaction.atomic():
                jobs.enqueue("gather_evidence", claim.pk, subject_version=claim.gather_round)
        console = Console()
        if not self._watch(console, options["wait"], options.get("look_after") or _look_after_nothing):
            console.print(
                "The jobs go on in the background; the claims' pages show their progress.", style="yellow"
            )
        console.print(_table(options["limit"]))

    def _watch(self, console: Console, seconds: float, look_after: Callable[[], None]) -> bool:
        """Show the jobs until they have ended or the time is over; return whether all have ended."""
        deadline = time.monotonic() + seconds
        columns = (
            TextColumn("{task.description:<20}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=console) as bar:
            shown = [(bar.add_task(title, total=None), kinds) for title, kinds in STAGES]
            while True:
                unfinished = 0
                for task, kinds in shown:
                    ended, everything = count_jobs(kinds)
                    bar.update(task, completed=ended, total=everything)
                    unfinished += everything - ended
                if not unfinished or time.monotonic() > deadline:
                    return not unfinished
                look_after()
                time.sleep(0.2)


def _look_after_nothing() -> None:
    """Stand in for the launcher when the command is run by hand."""


def _table(limit: int) -> Table:
    table = Table(title="Evidence by claim")
    table.add_column("claim", overflow="fold")
    for heading in ("supports", "contradicts", "context", "independent origins", "time"):
        table.add_column(heading, justify="right")
    for row in gathered_claims(limit=limit):
        spent = "" if row.seconds is None else f"{row.seconds:.1f} s"
        figures = (row.supports, row.contradicts, row.context, row.origins)
        table.add_row(row.title, *(str(figure) for figure in figures), spent)
    return table
