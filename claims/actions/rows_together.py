"""What holds for the rows of an import together: they name rows that are there, and stand where steps lead.

Each refusal names the file and the line of the row that does not fit.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, ForeignKey, OuterRef

from claims.actions.verification import verify_history
from claims.ingest.archive import Archive
from claims.ingest.archive_places import ArchiveRefused
from claims.models import ClaimEvent
from claims.rules.archive import rows_name
from claims.selectors.export_decisions import Shape
from claims.selectors.sound_state import unsound_rows


def require_related(archive: Archive, known: list[Shape]) -> None:
    """Refuse rows that name others which are not there, with the file and the line."""
    try:
        with transaction.atomic():
            connection.check_constraints()
    except IntegrityError as error:
        for shape in known:
            for one in shape.columns:
                if isinstance(one, ForeignKey) and (found := _first_loose(shape, one)):
                    key, value = found
                    sentence = f"{one.attname}: {value!r} names no row of {one.related_model._meta.label}."
                    raise _refused(archive, shape.label, key, sentence) from error
        raise ArchiveRefused(f"The rows do not belong together: {error}") from error


def _first_loose(shape: Shape, one: ForeignKey[Any, Any]) -> tuple[Any, Any] | None:
    there = one.related_model._base_manager.filter(**{one.target_field.attname: OuterRef(one.attname)})
    rows = shape.model._base_manager.filter(**{f"{one.attname}__isnull": False}).filter(~Exists(there))
    found: tuple[Any, Any] | None = rows.order_by("pk").values_list("pk", one.attname).first()
    return found


def require_sound(archive: Archive) -> None:
    """Refuse what no step can have led to, and a history that does not hold. Raises ``ArchiveRefused``."""
    for label, key, sentence in unsound_rows():
        raise _refused(archive, label, key, sentence)
    told = archive.told["history"]
    report = verify_history((int(told["count"]), str(told["hash"])) if told["count"] else None)
    if not report.holds:
        raise ArchiveRefused(
            f"The history does not hold: {report.reason}", rows_name(ClaimEvent._meta.label), report.broken
        )


def _refused(archive: Archive, label: str, key: object, sentence: str) -> ArchiveRefused:
    """Return the refusal of the row with this key, with its line: rows are written in the order of their keys."""
    model = archive.models[label]
    mark = f'"{model.key}":{key},'.encode()
    for line, body in archive.rows(model):
        if mark in body:
            return ArchiveRefused(sentence, rows_name(label), line)
    return ArchiveRefused(sentence, rows_name(label))
