"""The form of a dossier: one zip with everything about one verdict, and a signed manifest. Pure.

Invariant: the same content and key give the same bytes. Files are stored and not deflated, in order of their
names, at one fixed moment, because a deflating library may write other bytes in its next version; Ed25519
(RFC 8032) signs without chance. ``claims.publish.dossier_check`` reads what is written here.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from claims.publish.claimreview import MARKUP_VERSION
from claims.publish.signing import described_key
from claims.rules.hashing import sha256_of

FORMAT = "factcheck-dossier-1"
MANIFEST, SIGNATURE, README = "manifest.json", "manifest.sig", "README.txt"
#: Files of every dossier; ``publication.json`` and ``markup.json`` are there once the verdict is published.
VERDICT, CONTENT, APPROVALS, EVIDENCE, CHAIN = (
    "verdict.json",
    "content.json",
    "approvals.json",
    "evidence.json",
    "chain.json",
)
PUBLICATION, MARKUP = "publication.json", "markup.json"
#: What a zip gives as the time of every file: its earliest moment, for the content has moments of its own.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_EXPLAINED = """This is the dossier of one verdict of a fact-check.

verdict.json      the revision: its words, its rating, the people who worked on it
content.json      exactly what the approvals are bound to; its hash stands in verdict.json
approvals.json    who decided what, for which content hash
evidence.json     what was found, accepted, rejected and cited, with every decision
captures/         the text of each cited document, and the page as it was fetched where it was kept
publication.json  what readers were given, and the corrections since (once published)
markup.json       its ClaimReview markup (once published)
chain.json        the events of this claim in the hash-chained history of the installation
manifest.json     the hash of every file and of every field; manifest.sig signs it (Ed25519)

Check it without a network:   python -m claims.verify_dossier FILE --key KEY
KEY is the public key of the installation, published at /.well-known/factcheck-key.json of its site.
"""


def json_bytes(content: Any) -> bytes:
    """Return ``content`` as JSON for people and programs: sorted keys, one field a line, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1)
    return (text + "\n").encode("utf-8", "surrogatepass")


def leaves(content: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield (path, value) of every field, such as ``[2].person`` or ``rating.label``."""
    if isinstance(content, dict) and content:
        for name in sorted(content):
            yield from leaves(content[name], f"{path}.{name}" if path else str(name))
    elif isinstance(content, list) and content:
        for place, value in enumerate(content):
            yield from leaves(value, f"{path}[{place}]")
    else:
        yield path, content


def field_hash(value: Any) -> str:
    """Return the hash that tells one value of a field from another (64 bits: it names, it does not prove)."""
    return sha256_of(value)[:16]


def described_file(name: str, body: bytes) -> dict[str, Any]:
    """Return what the manifest says of a file: its size, hash, and the hash of each field if it is JSON."""
    described: dict[str, Any] = {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()}
    if name.endswith(".json"):
        described["fields"] = {path: field_hash(value) for path, value in leaves(json.loads(body))}
    return described


def pack(files: Mapping[str, bytes], about: Mapping[str, Any], key: Ed25519PrivateKey) -> bytes:
    """Return the zip of ``files`` with a signed manifest; ``about`` says in it what the dossier is of."""
    kept = {**files, README: _EXPLAINED.encode()}
    manifest = json_bytes(
        {
            "format": FORMAT,
            **about,
            "markup_version": MARKUP_VERSION,
            "key": described_key(key.public_key()),
            "files": {name: described_file(name, kept[name]) for name in sorted(kept)},
        }
    )
    kept |= {MANIFEST: manifest, SIGNATURE: (key.sign(manifest).hex() + "\n").encode()}
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(kept):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, kept[name])
    return body.getvalue()
