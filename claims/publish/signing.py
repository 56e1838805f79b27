"""The Ed25519 key of the installation: made once, for its owner only, and its public half for everybody.

Invariant: the private key leaves neither its file nor this process, and the file is readable by its owner
alone; one that others may read is refused, for nobody could tell any more whose signature it makes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

ALGORITHM = "Ed25519"


class UnusableKey(Exception):
    """The key file cannot be used; the message says why and what to do."""


def ensure_signing_key(path: Path) -> Ed25519PrivateKey:
    """Return the key at ``path``; make it, with mode 600, where there is none. Safe when two do it at once."""
    if not path.exists():
        _make(path)
    return _read(path)


def _make(path: Path) -> None:
    body = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written whole beside it and linked into place: another process sees no key or all of it, and the
    # first of two stays. Files of mkstemp are readable by their owner alone.
    descriptor, written = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(written, path)
    finally:
        os.unlink(written)


def _read(path: Path) -> Ed25519PrivateKey:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise UnusableKey(f"{path} may be read by others (mode {mode:o}): chmod 600 {path}")
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as reason:
        raise UnusableKey(f"{path} holds no private key: {reason}") from reason
    if not isinstance(key, Ed25519PrivateKey):
        raise UnusableKey(f"{path} holds a key of another kind than {ALGORITHM}.")
    return key


def described_key(key: Ed25519PublicKey) -> dict[str, str]:
    """Return the public key as it is published: algorithm, 32 bytes in base64, SHA-256 of them in hex."""
    raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {
        "algorithm": ALGORITHM,
        "public_key": base64.b64encode(raw).decode("ascii"),
        "fingerprint": hashlib.sha256(raw).hexdigest(),
    }


def parsed_key(text: str) -> Ed25519PublicKey:
    """Return the key of a published description (JSON), or of its ``public_key`` alone. ``ValueError`` else."""
    with suppress(json.JSONDecodeError, RecursionError):
        described = json.loads(text)
        if isinstance(described, dict):
            text = str(described.get("public_key", ""))
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as reason:
        raise ValueError("this is no public key in base64") from reason
    if len(raw) != 32:
        raise ValueError("an Ed25519 public key has 32 bytes")
    return Ed25519PublicKey.from_public_bytes(raw)
