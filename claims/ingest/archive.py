"""Reading an export of everything: what is not as it was written is refused, with the file and the line.

Knows the files and no model. Nothing in an archive is believed before its hash is checked: names come from a
fixed pattern, and a line or capture has a greatest length.
"""

from __future__ import annotations

import base64
import io
import json
import tarfile
import zipfile
import zlib
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from claims.ingest.archive_places import ArchiveRefused, Hashed, Place, place_at
from claims.rules.archive import (
    ALLOWED_NAME,
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    SIGNATURE,
    BrokenLine,
    captures_name,
    rows_name,
    unsealed,
)

LONGEST_LINE = 64 * 1024 * 1024
LARGEST_CAPTURE = 512 * 1024 * 1024
_LARGEST_MANIFEST = 16 * 1024 * 1024
_MOST_FILES = 2_000
_PIECE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Model:
    """What the manifest says of one model."""

    label: str
    rows: int
    key: str
    columns: tuple[str, ...]
    captures: dict[str, int]


@dataclass(frozen=True, slots=True)
class Archive:
    """An open export. ``told`` is its manifest, ``signer`` the key whose signature it bears."""

    place: Place
    told: dict[str, Any]
    models: dict[str, Model]
    signer: Ed25519PublicKey

    def rows(self, model: Model) -> Iterator[tuple[int, bytes]]:
        """Yield number and JSON object of each line. Raises ``ArchiveRefused`` at the first that is not whole."""
        name, hash, number = rows_name(model.label), "", 0
        with self._open(name) as stream:
            while line := stream.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise ArchiveRefused(f"It is longer than {LONGEST_LINE} bytes.", name, number)
                try:
                    body, hash = unsealed(line, hash)
                except BrokenLine as reason:
                    raise ArchiveRefused(str(reason), name, number) from reason
                yield number, body
            if number != model.rows:
                sentence = f"The file ends after {number} lines; the manifest says {model.rows}."
                raise ArchiveRefused(sentence, name, number)

    def captures(self, model: Model, column: str) -> Iterator[tuple[str, bytes]]:
        """Yield name and bytes of each capture of a column. Raises ``ArchiveRefused``."""
        name = captures_name(model.label, column)
        try:
            with self._open(name) as stream, tarfile.open(fileobj=stream, mode="r|") as tar:
                for member in tar:
                    tar.members.clear()  # type: ignore[attr-defined]
                    if not member.isfile() or member.size > LARGEST_CAPTURE:
                        raise ArchiveRefused(f"{member.name!r} is no capture.", name)
                    content = tar.extractfile(member)
                    assert content is not None
                    yield member.name, content.read()
        except tarfile.TarError as reason:
            raise ArchiveRefused(f"It is cut, or is no tar: {reason}", name) from reason

    def check(self, progress: Callable[[int, int, str], object]) -> None:
        """Read every file to its end and hold it against the manifest. Raises ``ArchiveRefused``."""
        total, done = sum(self.place.sizes.values()), 0
        for model in self.models.values():
            progress(done, total, model.label)
            deque(self.rows(model), maxlen=0)
            for column in model.captures:
                with self._open(captures_name(model.label, column)):
                    pass
            done += sum(self.place.sizes[name] for name in self.names_of(model))
        progress(total, total, "")

    def names_of(self, model: Model) -> list[str]:
        return [rows_name(model.label), *(captures_name(model.label, one) for one in model.captures)]

    @contextmanager
    def _open(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file, read whatever is left of it in the end, and hold its hash against the manifest's."""
        try:
            with self.place.open(name) as stream:
                hashed = Hashed(stream)
                buffered = io.BufferedReader(hashed, _PIECE)
                yield buffered
                while buffered.read(_PIECE):
                    pass
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as reason:
            raise ArchiveRefused(f"It cannot be read: {reason}", name) from reason
        if hashed.digest.hexdigest() != self.told["files"][name]["sha256"]:
            raise ArchiveRefused("It is not what was exported: its SHA-256 is another.", name)


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open the export at ``path``, a zip or a folder. Raises ``ArchiveRefused`` where it is none, or is foreign."""
    with place_at(path) as place:
        yield _archive(place)


def _archive(place: Place) -> Archive:
    if len(place.sizes) > _MOST_FILES:
        raise ArchiveRefused(f"It has {len(place.sizes)} files: that is no export.")
    body = _small(place, MANIFEST)
    signer = _signer(body, _small(place, SIGNATURE))
    told = _parsed(body, MANIFEST)
    if told.get("format") != FORMAT:
        raise ArchiveRefused("It is not the export of this product.", MANIFEST)
    if told.get("format_version") != FORMAT_VERSION:
        raise ArchiveRefused(
            f"It has version {told.get('format_version')!r} of the format; this installation reads"
            f" {FORMAT_VERSION}.",
            MANIFEST,
        )
    try:
        models = {label: _model(label, one) for label, one in told["models"].items()}
        files = {name: str(one["sha256"]) for name, one in told["files"].items()}
        head = told["history"]
        int(head["count"]), str(head["hash"]), dict(told["migrations"]), dict(told["left_out"])
    except (KeyError, TypeError, ValueError, AttributeError) as reason:
        raise ArchiveRefused(f"It lacks something, or says it in another way: {reason}", MANIFEST) from reason
    archive = Archive(place, told, models, signer)
    _require_files(archive, set(files))
    return archive


def _require_files(archive: Archive, files: set[str]) -> None:
    """Refuse an archive that has other files than its manifest, or other names."""
    needed = {name for model in archive.models.values() for name in archive.names_of(model)}
    for name in sorted(needed ^ files):
        raise ArchiveRefused("The manifest names it in one place and not in the other.", name)
    for name in sorted(set(archive.place.sizes) - needed - {MANIFEST, SIGNATURE}):
        raise ArchiveRefused("The manifest does not name it.", name)
    for name in sorted(needed):
        if not ALLOWED_NAME.fullmatch(name):
            raise ArchiveRefused("That is no name of a file of an export.", name)
        if name not in archive.place.sizes:
            raise ArchiveRefused("It is missing.", name)


def _model(label: str, told: dict[str, Any]) -> Model:
    captures = {str(column): int(count) for column, count in told["captures"].items()}
    columns = tuple(map(str, told["columns"]))
    if told["key"] not in columns:
        raise KeyError("key")
    return Model(label, int(told["rows"]), str(told["key"]), columns, captures)


def _small(place: Place, name: str) -> bytes:
    if name not in place.sizes:
        raise ArchiveRefused("It is missing: this is no export, or one that was not finished.", name)
    with place.open(name) as stream:
        body = stream.read(_LARGEST_MANIFEST + 1)
    if len(body) > _LARGEST_MANIFEST:
        raise ArchiveRefused("It is too large.", name)
    return body


def _parsed(body: bytes, name: str) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as reason:
        raise ArchiveRefused(f"It is no JSON: {reason}", name) from reason
    if not isinstance(told, dict):
        raise ArchiveRefused("It is no JSON object.", name)
    return told


def _signer(manifest: bytes, signature: bytes) -> Ed25519PublicKey:
    """Return the key that signed the manifest. Whose key it is, somebody else has to know."""
    told = _parsed(signature, SIGNATURE)
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(str(told["public_key"]), validate=True))
        key.verify(base64.b64decode(str(told["signature"]), validate=True), manifest)
    except InvalidSignature as reason:
        raise ArchiveRefused("It was changed after it was signed.", MANIFEST) from reason
    except (KeyError, ValueError) as reason:
        raise ArchiveRefused(f"It is no signature: {reason}", SIGNATURE) from reason
    return key
