"""``manage.py reindex``: rebuild the search index from the database, beside the one in use.

To be run after an upgrade and after the lexicon was changed, for the words of both are in the index.
"""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from claims import search
from claims.actions.indexing import find_and_repair_drift
from claims.actions.rebuilding import RebuildStopped, Rebuilt, rebuild_in_sight
from claims.search.base import INDEX_KINDS, GenerationGone, IndexKind, IndexMissing, SearchUnavailable
from claims.selectors.indexing import count_findable

#: How many rejected rows are printed with their reasons.
SHOWN = 20
#: From so many rows on, starting processes costs less time than they save.
WORTH_PROCESSES = 20_000


class Command(BaseCommand):
    help = (
        "Rebuild the search index from the database. Search goes on with the old index until the new one "
        "is complete; what is written meanwhile goes to both. It may be killed at any time. "
        "Run it after an upgrade and after changing the lexicon."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", choices=INDEX_KINDS, help="rebuild this kind only")
        extent = parser.add_mutually_exclusive_group()
        extent.add_argument(
            "--missing", action="store_true", help="rebuild only where there is no complete index yet"
        )
        extent.add_argument(
            "--repair",
            action="store_true",
            help="compare the versions in index and database, and write only what differs",
        )
        parser.add_argument(
            "--processes",
            type=int,
            default=0,
            help="how many processes read the texts (0: one, or all processors where there is much to read)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kinds: tuple[IndexKind, ...] = (options["kind"],) if options["kind"] else INDEX_KINDS
        try:
            for kind in kinds:
                if options["repair"]:
                    self._repair(kind)
                elif not options["missing"] or _is_missing(kind):
                    self._rebuild(kind, options["processes"], quiet=options["verbosity"] == 0)
        except RebuildStopped as stopped:
            raise CommandError("Somebody stopped the rebuild. Search is as before.") from stopped
        except GenerationGone as error:
            raise CommandError(f"Another rebuild has taken over: {error}.") from error
        except SearchUnavailable as error:
            raise CommandError(
                f"The search engine is not available: {error}. Search is as before."
            ) from error

    def _rebuild(self, kind: IndexKind, processes: int, *, quiet: bool) -> None:
        started = time.monotonic()
        if processes < 1:
            processes = (os.cpu_count() or 1) if count_findable(kind) >= WORTH_PROCESSES else 1
        bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True, quiet=quiet),
        )
        with bar:
            shown = bar.add_task(kind, total=None)
            rebuilt = rebuild_in_sight(
                kind, lambda done, rows: bar.update(shown, completed=done, total=rows), processes=processes
            )
        if not quiet:
            self._report(kind, rebuilt, time.monotonic() - started)

    def _repair(self, kind: IndexKind) -> None:
        drift = find_and_repair_drift(kind)
        self.stdout.write(
            f"{kind}: there was no index, it was rebuilt"
            if drift.lost
            else f"{kind}: {len(drift.missing)} missing, {len(drift.outdated)} outdated, "
            f"{len(drift.ahead)} ahead of the database, {len(drift.ghosts)} without a row; all repaired"
        )

    def _report(self, kind: IndexKind, rebuilt: Rebuilt, seconds: float) -> None:
        engine = search.get_backend().name
        self.stdout.write(
            f"{kind}: {rebuilt.rows} rows in {seconds:.1f} s, generation {rebuilt.generation} ({engine})"
        )
        for item in rebuilt.rejected[:SHOWN]:
            self.stderr.write(f"not indexed: {item.id}: {item.reason}")
        if len(rebuilt.rejected) > SHOWN:
            self.stderr.write(f"and {len(rebuilt.rejected) - SHOWN} more that were not indexed")


def _is_missing(kind: IndexKind) -> bool:
    try:
        search.get_backend().generation(kind)
    except IndexMissing:
        return True
    return False
