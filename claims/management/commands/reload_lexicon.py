"""``manage.py reload_lexicon``: check the newsroom's lexicon and have all running processes take it up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from claims.language.lexicon import LOOK_EVERY, ask_for_reload, load_lexicon


class Command(BaseCommand):
    help = (
        "Read the newsroom's lexicon (LEXICON_FOLDER) again, name each faulty line, and have the running "
        "processes on this machine reload it. Run “manage.py reindex” afterwards."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.LEXICON_FOLDER) if settings.LEXICON_FOLDER else None
        if folder is None:
            raise CommandError("No lexicon folder is set: name it in LEXICON_FOLDER.")
        if not folder.is_dir():
            raise CommandError(f"{folder} is not a folder.")
        shipped, lexicon = load_lexicon(), load_lexicon([folder])
        for problem in lexicon.problems:
            self.stderr.write(str(problem))
        changed = sum(entry != shipped.concepts.get(id) for id, entry in lexicon.concepts.items())
        ask_for_reload()
        self.stdout.write(
            f"{len(lexicon.concepts)} concepts, {changed} of them new or extended by {folder}; "
            f"{len(lexicon.problems)} faulty lines left out."
        )
        self.stdout.write(
            f"Running processes take it up within {LOOK_EVERY:.0f} seconds. "
            "The search index still has the old words: run “manage.py reindex”."
        )
