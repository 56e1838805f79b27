"""``manage.py import_everything FILE.zip|FOLDER``: take in an export of everything, into a new installation.

Ends with 1 and one sentence where it is refused; then nothing was written.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from claims.actions.import_report import ImportReport
from claims.actions.importing_everything import NotEmpty, check_export, import_everything
from claims.actions.statistics import refresh_statistics
from claims.ingest.archive_places import ArchiveRefused


class Command(BaseCommand):
    help = "Take in what export_everything wrote; the installation has to be empty, made by migrate alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", type=Path, metavar="FILE.zip|FOLDER")
        parser.add_argument(
            "--check", action="store_true", help="read all of it, hold every hash, write nothing"
        )
        parser.add_argument("--signed-by", default="", help="fingerprint of the key that must have signed it")
        parser.add_argument("--report", type=Path, help="write the report as JSON to this file as well")

    def handle(self, *args: Any, source: Path, **options: Any) -> None:
        take = check_export if options["check"] else import_everything
        try:
            with Progress(console=Console(file=sys.stderr, quiet=options["verbosity"] == 0)) as bar:
                task = bar.add_task("reading", total=None)

                def told(done: int, total: int, note: str) -> None:
                    bar.update(task, completed=done, total=total, description=note)

                report = take(source, told, signed_by=options["signed_by"])
        except (ArchiveRefused, NotEmpty) as refusal:
            raise CommandError(f"{refusal} Nothing was written.") from refusal
        if not options["check"]:
            refresh_statistics()
        if options["report"]:
            words = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
            options["report"].write_text(words + "\n", "utf-8")
        self._tell(report, checked=options["check"])

    def _tell(self, report: ImportReport, *, checked: bool) -> None:
        write = self.stdout.write
        for label, rows in report.counts.items():
            if rows:
                write(f"{rows:>10} {label}")
        for one in report.unmapped:
            what = f"{one.model}.{one.column}" if one.column else one.model
            write(f"no place here: {what}, in {one.rows} rows")
        for one in report.filled:
            write(f"not in the export, set to the usual value: {one.model}.{one.column}, in {one.rows} rows")
        for name, why in report.left_out.items():
            write(f"left out: {name}: {why}")
        write(f"Export of {report.made_at} from {report.site}, signed by {report.signed_by}")
        if checked:
            write(f"The export is whole. Head of its history: {report.head}")
            return
        write(f"The history holds. Head: {report.head}")
        write(f"Jobs asked for: {', '.join(f'{kind} {count}' for kind, count in report.jobs.items())}")
        if report.people_without_login:
            write(
                f"{report.people_without_login} people came without a password and without a second factor."
                " Give the first one a password: manage.py changepassword NAME"
            )
        if report.subscriptions_disabled:
            write(f"{report.subscriptions_disabled} webhook subscriptions wait for a new secret.")
        if report.other_site:
            write(f"SITE_URL is {settings.SITE_URL}: published links keep their addresses of {report.site}.")
        write("Next: manage.py reindex")
