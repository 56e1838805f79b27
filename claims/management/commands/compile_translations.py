"""``manage.py compile_translations``: make the ``.mo`` files that gettext reads from the ``.po`` files.

Done by Babel, so that a machine without GNU gettext can start from a clean clone.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Compile the translations that are newer than their compiled form."

    def handle(self, *args: Any, **options: Any) -> None:
        for source in sources():
            if compile_if_newer(source) and options["verbosity"]:
                self.stdout.write(f"{source.with_suffix('.mo')}")


def sources() -> list[Path]:
    """Return the translation files of this project."""
    return [
        path for folder in settings.LOCALE_PATHS for path in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))
    ]


def compile_if_newer(source: Path) -> bool:
    """Write the ``.mo`` beside ``source`` if it is missing or older; return whether it was written."""
    compiled = source.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime:
        return False
    try:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    except ValueError as error:
        raise CommandError(f"{source} cannot be read: {error}") from error
    # Written aside and moved, so that a process that starts meanwhile reads a whole file; each has a file of its
    # own aside, since several that start at once compile at once.
    with NamedTemporaryFile(dir=compiled.parent, suffix=".mo", delete=False) as aside:
        write_mo(aside, catalogue)
    Path(aside.name).chmod(0o644)
    Path(aside.name).replace(compiled)
    return True
