"""Checking a dossier without its installation: what was altered, named by file, field and event. Pure.

Three layers, each of which finds what the one before cannot: the container (nothing missing, nothing extra),
the signed manifest (every file and field), and the content itself (hash chain, approvals, markup), so that
even a dossier that was signed anew shows where it contradicts itself.
"""

from __future__ import annotations

import hashlib
import json
import re
import stat
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from claims.publish.claimreview import MARKUP_VERSION
from claims.publish.dossier import CHAIN, FORMAT, MANIFEST, MARKUP, SIGNATURE, field_hash, leaves
from claims.publish.dossier_content import contradictions
from claims.publish.signing import described_key, parsed_key

#: A dossier holds a verdict with its captures; what is larger is no dossier, or a zip that unfolds without end.
MOST_FILES = 5_000
MOST_BYTES = 400 * 1024 * 1024
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
#: So many altered fields of one file are named, the rest is counted.
_MOST_NAMED = 20


class NotADossier(Exception):
    """The file cannot be read as a dossier at all; the message says why."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was signed: in which file, at which place of it, and what."""

    file: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}{f', {self.place}' if self.place else ''}: {self.what}"


@dataclass(frozen=True, slots=True)
class DossierReport:
    """``findings`` is empty where all holds. ``key`` is the fingerprint of the key that the dossier names;
    ``notes`` say what this program could look at in part only."""

    claim: int
    verdict: int
    revision: int
    installation: str
    key: str
    files: int
    events: int
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.findings


def check_dossier(path: Path, key: Ed25519PublicKey | None = None) -> DossierReport:
    """Check the dossier at ``path``, with the installation's published ``key`` if it is given.

    Without ``key`` the signature is checked with the key that the dossier itself names, whose fingerprint
    has to be compared by hand. Raises ``NotADossier``.
    """
    files = read_files(path)
    manifest = _manifest(files)
    # Dossiers of before the version was told have none.
    markup_version = _number(manifest, "markup_version")
    findings = [
        *_signature_findings(files, manifest, key),
        *_file_findings(files, manifest["files"]),
        *(Finding(*told) for told in contradictions(files, markup_version)),
    ]
    events = _parsed(files.get(CHAIN, b"[]"))
    return DossierReport(
        claim=_number(manifest, "claim"),
        verdict=_number(manifest, "verdict"),
        revision=_number(manifest, "revision"),
        installation=str(manifest.get("installation", "")),
        key=str(_key_of(manifest).get("fingerprint", "")),
        files=len(files),
        events=len(events) if isinstance(events, list) else 0,
        findings=tuple(dict.fromkeys(findings)),
        notes=tuple(_notes(files, markup_version)),
    )


def _notes(files: Mapping[str, bytes], markup_version: int) -> Iterable[str]:
    if MARKUP in files and markup_version != MARKUP_VERSION:
        yield (
            f"{MARKUP} was written by {_version(markup_version)} of the markup and this program writes "
            f"{_version(MARKUP_VERSION)}: it was held against its signature and against what every version says "
            "of a publication, not word by word."
        )


def _version(number: int) -> str:
    return f"version {number}" if number else "a version without a number"


# --- The container ------------------------------------------------------------------------------------


def read_files(path: Path) -> dict[str, bytes]:
    """Return every file of the zip; nothing is written anywhere. Raises ``NotADossier``."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NotADossier("The file is larger than any dossier.")
        with zipfile.ZipFile(path) as archive:
            return _unpacked(archive)
    except OSError as reason:
        raise NotADossier(f"The file cannot be read: {reason.strerror or reason}.") from reason
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError) as reason:
        raise NotADossier(f"The file is no zip, or a part of it is missing or damaged: {reason}.") from reason
    except (NotImplementedError, RuntimeError, ValueError, OverflowError, UnicodeError) as reason:
        raise NotADossier(f"The zip uses what no dossier uses: {reason}.") from reason


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise NotADossier(f"The zip holds {len(entries)} files; a dossier has at most {MOST_FILES}.")
    files: dict[str, bytes] = {}
    left = MOST_BYTES
    for entry in entries:
        _require_plain(entry)
        if entry.filename in files:
            raise NotADossier(f"The zip holds {entry.filename!r} twice.")
        with archive.open(entry) as stream:
            # Read no further than the limit, whatever size the entry says it has.
            body = stream.read(left + 1)
        left -= len(body)
        if left < 0:
            raise NotADossier("The zip unfolds to more than any dossier holds.")
        files[entry.filename] = body
    return files


def _require_plain(entry: zipfile.ZipInfo) -> None:
    name = entry.orig_filename
    if not _NAME.fullmatch(name) or len(name) > 200:
        raise NotADossier(f"The zip names a file {name[:200]!r}, which no dossier has.")
    mode = entry.external_attr >> 16
    if entry.is_dir() or (stat.S_IFMT(mode) not in {0, stat.S_IFREG}):
        raise NotADossier(f"{name!r} is no plain file.")
    if entry.flag_bits & 0x1:
        raise NotADossier(f"{name!r} is encrypted.")


# --- The manifest -------------------------------------------------------------------------------------


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    if MANIFEST not in files:
        raise NotADossier(f"There is no {MANIFEST} in it.")
    manifest = _parsed(files[MANIFEST])
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise NotADossier(f"{MANIFEST} does not list the files of a dossier.")
    if manifest.get("format") != FORMAT:
        raise NotADossier(
            f"Its format is {str(manifest.get('format'))[:60]!r}; this program reads {FORMAT!r}."
        )
    return manifest


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _number(manifest: Mapping[str, Any], name: str) -> int:
    value = manifest.get(name)
    return value if isinstance(value, int) else 0


def _key_of(manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    key = manifest.get("key")
    return key if isinstance(key, dict) else {}


def _signature_findings(
    files: Mapping[str, bytes], manifest: Mapping[str, Any], key: Ed25519PublicKey | None
) -> Iterable[Finding]:
    if SIGNATURE not in files:
        yield Finding(SIGNATURE, "", "is missing: nobody vouches for this dossier")
        return
    named = _key_of(manifest)
    try:
        own = parsed_key(str(named.get("public_key", "")))
    except ValueError as reason:
        yield Finding(MANIFEST, "key.public_key", str(reason))
        return
    if dict(named) != described_key(own):
        yield Finding(MANIFEST, "key", "the fingerprint or algorithm is not that of the key beside it")
    if key is not None and described_key(key) != described_key(own):
        yield Finding(MANIFEST, "key", "it was signed with another key than the installation's")
    try:
        signature = bytes.fromhex(files[SIGNATURE].decode("ascii").strip())
        (key or own).verify(signature, files[MANIFEST])
    except (ValueError, InvalidSignature):
        yield Finding(
            SIGNATURE, "", f"it is no signature of {MANIFEST} by this key; one of the two was altered"
        )


def _file_findings(files: Mapping[str, bytes], listed: Mapping[str, Any]) -> Iterable[Finding]:
    for name in sorted(listed):
        if name not in files:
            yield Finding(name, "", "is missing")
            continue
        described = listed[name] if isinstance(listed[name], dict) else {}
        if hashlib.sha256(files[name]).hexdigest() != described.get("sha256"):
            yield from _field_findings(name, files[name], described)
    for name in sorted(set(files) - set(listed) - {MANIFEST, SIGNATURE}):
        yield Finding(name, "", "is extra: the manifest does not list it")


def _field_findings(name: str, body: bytes, described: Mapping[str, Any]) -> Iterable[Finding]:
    """Name the fields that differ; where that cannot be told, the file."""
    fields, content = described.get("fields"), _parsed(body)
    if not isinstance(fields, dict) or content is None:
        said = f"was altered: {len(body)} bytes, signed were {described.get('bytes', 'none')}"
        yield Finding(name, "", said)
        return
    found = {path: field_hash(value) for path, value in leaves(content)}
    told = [
        *(
            Finding(name, _place(name, path, content), "was altered")
            for path in sorted(found.keys() & fields.keys())
            if found[path] != fields[path]
        ),
        *(
            Finding(name, _place(name, path, content), "was removed")
            for path in sorted(fields.keys() - found.keys())
        ),
        *(
            Finding(name, _place(name, path, content), "was added")
            for path in sorted(found.keys() - fields.keys())
        ),
    ]
    if not told:
        yield Finding(name, "", "its bytes were altered; its fields are as they were signed")
    yield from told[:_MOST_NAMED]
    if len(told) > _MOST_NAMED:
        yield Finding(name, "", f"{len(told) - _MOST_NAMED} more fields differ")


def _place(name: str, path: str, content: Any) -> str:
    """Return the path of a field; in the chain also the sequence number of its event."""
    row = re.match(r"\[(\d+)\]", path)
    if name == CHAIN and row and isinstance(content, list) and int(row[1]) < len(content):
        event = content[int(row[1])]
        if isinstance(event, dict):
            return f"event {event.get('sequence')}, {path[row.end() :].lstrip('.')}"
    return path
