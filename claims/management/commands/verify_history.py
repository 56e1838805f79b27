"""``manage.py verify_history [--head COUNT:HASH]``: fails with the first broken row of the history."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.actions.verification import verify_history


class Command(BaseCommand):
    help = "Check the chained history, and its end against a head that was kept outside of this database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", default="", help="COUNT:HASH as published at /feeds/history.json")

    def handle(self, *args: Any, head: str, **options: Any) -> None:
        published = None
        if head:
            count, colon, hash = head.partition(":")
            if not (colon and count.isdecimal() and len(hash) == 64):
                raise CommandError(f"--head {head!r}: write COUNT:HASH")
            published = (int(count), hash)
        report = verify_history(published)
        if not report.holds:
            raise CommandError(f"Event {report.broken}: {report.reason}")
        self.stdout.write(f"The history holds: {report.count} events, head {report.count}:{report.hash}")
