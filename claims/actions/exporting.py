"""Writing an export of everything: all that is the newsroom's own, as of one moment, into one zip or folder.

Invariant: what stands under the name that was asked for is whole; a zip that is being written has another name,
and a folder without a manifest is none. Nothing in the database is changed.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection
from django.utils import timezone

from claims import __version__
from claims.publish.archive import ArchiveWriter, target_at
from claims.publish.signing import described_key, ensure_signing_key
from claims.rules.archive import FORMAT, FORMAT_VERSION, captures_name, rows_name
from claims.selectors.export_decisions import Shape, left_out, shapes
from claims.selectors.export_rows import (
    captures,
    count_rows,
    head_of_history,
    newest_migrations,
    one_reading,
    row_bodies,
)

Row = TypeVar("Row")
#: Called with (rows and captures done, all there are, the model at hand); what it raises ends the export.
Progress = Callable[[int, int, str], object]
#: Progress is told after so many rows.
_TOLD_EVERY = 500


@dataclass(frozen=True, slots=True)
class Written:
    """A whole export: rows by model, the moment it is of, the head of its history as COUNT:HASH, its bytes."""

    path: Path
    counts: dict[str, int]
    made_at: str
    head: str
    size: int


def write_export(path: Path, progress: Progress) -> Written:
    """Export everything to ``path``: a zip where the name ends with .zip, else a folder, new or empty.

    Raises ``FileExistsError``, ``OSError``, and ``UnusableKey`` where the installation's key cannot sign.
    """
    if path.suffix.lower() != ".zip":
        return _write(path, path, progress)
    if path.exists():
        raise FileExistsError(f"{path} exists already.")
    part = path.with_name(f".{path.stem}.part.zip")
    part.unlink(missing_ok=True)
    try:
        written = _write(part, path, progress)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return written


def sha256_of_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write(place: Path, path: Path, progress: Progress) -> Written:
    key = ensure_signing_key(settings.SIGNING_KEY_FILE)
    with target_at(place) as target, one_reading():
        made_at = timezone.now().isoformat()
        told = _described(made_at)
        head = head_of_history()
        writer = ArchiveWriter(target)
        models = _write_models(writer, progress)
        writer.write_manifest(
            {**told, "history": head, "models": models}, lambda body: signature_of(body, key)
        )
    files = [place] if place.is_file() else [one for one in place.rglob("*") if one.is_file()]
    return Written(
        path,
        {label: int(str(model["rows"])) for label, model in models.items()},
        made_at,
        f"{head['count']}:{head['hash']}",
        sum(one.stat().st_size for one in files),
    )


def _described(made_at: str) -> dict[str, object]:
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "product_version": __version__,
        "made_at": made_at,
        "site": settings.SITE_URL,
        "organisation": settings.ORGANISATION_NAME,
        "database": connection.vendor,
        "migrations": newest_migrations(),
        "left_out": left_out(),
    }


def _write_models(writer: ArchiveWriter, progress: Progress) -> dict[str, dict[str, object]]:
    """Write every model; return what the manifest says of each."""
    all_shapes = shapes()
    rows = {shape.label: count_rows(shape) for shape in all_shapes}
    # Captures are read in a second round, and may be the longer one.
    steps = _Steps(progress, sum(rows[shape.label] * (1 + len(shape.captures)) for shape in all_shapes))
    told: dict[str, dict[str, object]] = {}
    for shape in all_shapes:
        steps.begin(shape.label)
        count = writer.write_rows(rows_name(shape.label), map(steps.step, row_bodies(shape)))
        told[shape.label] = {
            "rows": count,
            "key": shape.key,
            "columns": [one.attname for one in shape.columns],
            "captures": {
                one.attname: _write_captures(writer, shape, one.attname, steps) for one in shape.captures
            },
        }
    steps.end()
    return told


def _write_captures(writer: ArchiveWriter, shape: Shape, column: str, steps: _Steps) -> int:
    found = map(steps.step, captures(shape, column))
    return writer.write_captures(captures_name(shape.label, column), found)


class _Steps:
    """Counts what is written and tells it from time to time."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done, self._note = progress, max(total, 1), 0, ""

    def begin(self, note: str) -> None:
        self._note = note
        self._progress(min(self._done, self._total - 1), self._total, note)

    def step(self, row: Row) -> Row:
        self._done += 1
        if self._done % _TOLD_EVERY == 0:
            self._progress(min(self._done, self._total - 1), self._total, self._note)
        return row

    def end(self) -> None:
        self._progress(self._total, self._total, "")


def signature_of(body: bytes, key: Ed25519PrivateKey) -> dict[str, str]:
    """Return what stands in the signature's file: the signature of ``body`` and the public half of ``key``."""
    signature = base64.b64encode(key.sign(body)).decode("ascii")
    return {**described_key(key.public_key()), "signature": signature}
