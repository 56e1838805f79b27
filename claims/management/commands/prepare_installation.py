"""``manage.py prepare_installation``: what has to be done once before web, worker and beat start.

Every step may be repeated, so that each start of an installation can begin with it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from claims.actions.statistics import refresh_statistics
from claims.publish.signing import ensure_signing_key


class Command(BaseCommand):
    help = "Make the signing key, compile translations, migrate, build the search index where there is none."

    def handle(self, *args: Any, **options: Any) -> None:
        ensure_signing_key(settings.SIGNING_KEY_FILE)
        call_command("compile_translations", verbosity=options["verbosity"])
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        call_command("reindex", missing=True, verbosity=options["verbosity"])
        refresh_statistics()
