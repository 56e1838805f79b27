"""Taking in an export of everything, into an installation that holds nothing yet.

Invariant: all or nothing, in one transaction. Keys, hashes and the chained history stay what they were, so that
addresses, feeds and published heads hold; the guards of the database stand again before anybody sees a row.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils.translation import gettext as _

from claims.actions.guards import guards_aside
from claims.actions.import_report import ImportReport, Unmapped
from claims.actions.loading import Loading
from claims.actions.resuming import ask_for_open_work
from claims.actions.rows_together import require_related, require_sound
from claims.ingest.archive import Archive, Model, open_archive
from claims.ingest.archive_places import ArchiveRefused
from claims.models import Person, Rating, RatingScale, Subscription, Topic
from claims.publish.signing import described_key
from claims.publish.webhook import new_salt
from claims.selectors.export_decisions import Shape, shapes
from claims.selectors.export_rows import newest_migrations

#: Called with (rows done, all rows, what is at hand).
Progress = Callable[[int, int, str], object]
#: What an installation is given when it is made, in the order in which it can be deleted; the export's own
#: takes its place. Nobody can have changed it, for there is nobody yet.
_GIVEN = (Rating, RatingScale, Topic)
#: What is written where an export holds no value on purpose.
FILLED: dict[str, dict[str, Callable[[], Any]]] = {
    "claims.Person": {"password": lambda: make_password(None)},
    "claims.Subscription": {
        "salt": new_salt,
        "active": lambda: False,
        "disabled_because": lambda: _("Imported without its secret: make a new one, then enable it."),
    },
}


class NotEmpty(Exception):
    """There is something already where an export was to be taken in."""


def check_export(path: Path, progress: Progress, *, signed_by: str = "") -> ImportReport:
    """Read all of an export and write nothing; return what there is in it. Raises ``ArchiveRefused``."""
    with open_archive(path) as archive:
        report = _opened(archive, signed_by)
        archive.check(progress)
        report.counts = {label: model.rows for label, model in archive.models.items()}
        report.unmapped = _unknown_models(archive)
    return report


def import_everything(path: Path, progress: Progress, *, signed_by: str = "") -> ImportReport:
    """Take in the export at ``path``. Raises ``NotEmpty`` and ``ArchiveRefused``; then nothing was written.

    ``signed_by`` is the fingerprint of the key that has to have signed it; "" takes any.
    """
    with open_archive(path) as archive:
        report = _opened(archive, signed_by)
        with transaction.atomic(durable=True):
            require_empty()
            _load(archive, report, progress)
            report.jobs = ask_for_open_work()
    return report


def require_empty() -> None:
    """Refuse an installation that holds more than it was given when it was made. Raises ``NotEmpty``."""
    found = {
        shape.label: shape.model._base_manager.count()
        for shape in shapes()
        if shape.model not in _GIVEN and shape.model._base_manager.exists()
    }
    if found:
        told = ", ".join(f"{rows} × {label}" for label, rows in found.items())
        raise NotEmpty(f"This installation is not empty: {told}. An export goes into a new one.")


def _opened(archive: Archive, signed_by: str) -> ImportReport:
    told, key = archive.told, described_key(archive.signer)["fingerprint"]
    if signed_by and signed_by.strip().lower() != key:
        raise ArchiveRefused(f"It was signed by another key: {key}")
    return ImportReport(
        made_at=str(told.get("made_at", "")),
        site=str(told.get("site", "")),
        signed_by=key,
        head=f"{told['history']['count']}:{told['history']['hash']}",
        left_out={str(name): str(why) for name, why in told["left_out"].items()},
        other_site=told.get("site") != settings.SITE_URL,
    )


def _load(archive: Archive, report: ImportReport, progress: Progress) -> None:
    known = {shape.label: shape for shape in shapes()}
    report.unmapped = _unknown_models(archive)
    total, done = sum(model.rows for model in archive.models.values()), 0
    newer = _is_newer(archive)
    with guards_aside({shape.model._meta.db_table for shape in known.values()}):
        for given in _GIVEN:
            given._base_manager.all().delete()
        for label, model in archive.models.items():
            if label not in known:
                _pass_over(archive, model)
                continue
            loading = Loading(known[label], FILLED.get(label, {}), check_choices=newer)

            def step(rows: int, note: str = label) -> None:
                nonlocal done
                done += rows
                progress(done, total, note)

            report.counts[label] = loading.load(archive, model, step)
            report.unmapped += [Unmapped(label, name, rows) for name, rows in loading.foreign.items()]
            report.filled += [Unmapped(label, name, model.rows) for name in loading.missing(model)]
        progress(total, total, "checking")
        require_related(archive, list(known.values()))
    _continue_numbers(list(known.values()))
    require_sound(archive)
    report.people_without_login = Person.objects.count()
    report.subscriptions_disabled = Subscription.objects.count()


def _unknown_models(archive: Archive) -> list[Unmapped]:
    known = {shape.label for shape in shapes()}
    return [Unmapped(label, "", one.rows) for label, one in archive.models.items() if label not in known]


def _pass_over(archive: Archive, model: Model) -> None:
    """Read what has no place here to its end all the same: an archive is taken whole or not at all."""
    for _line in archive.rows(model):
        pass
    for column in model.captures:
        for _capture in archive.captures(model, column):
            pass


def _is_newer(archive: Archive) -> bool:
    return any(
        str(name) > newest_migrations().get(app, "") for app, name in dict(archive.told["migrations"]).items()
    )


def _continue_numbers(known: list[Shape]) -> None:
    """Have new rows numbered after those that came. SQLite sees to it by itself."""
    statements = connection.ops.sequence_reset_sql(no_style(), [shape.model for shape in known])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
