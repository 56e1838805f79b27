"""How an export of everything is written down: names of its files, and lines that are chained by hash.

``manifest.json``                 what it is, of when, how many rows, and the SHA-256 of every other file
``manifest.sig``                  the installation's signature of the manifest
``rows/app.Model.jsonl``          one row a line, columns by name
``captures/app.Model.column.tar`` bytes that are no text (captured pages, dossiers), each under the id of its row

Each line ends with the hash of itself and of the hash before it. So the first line that was changed, moved, added
or taken out can be named; the manifest's hash of the whole file tells of a cut end.
"""

from __future__ import annotations

import hashlib
import re

FORMAT = "factcheck-export"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
#: No other name is opened, so that none can lead out of the archive.
ALLOWED_NAME = re.compile(r"(rows/[A-Za-z0-9_.]{1,120}\.jsonl|captures/[A-Za-z0-9_.]{1,160}\.tar)")
_MARK = b',"line_hash":"'
_DIGITS = 32
_END = len(_MARK) + _DIGITS + len(b'"}\n')


class BrokenLine(ValueError):
    """A line that is not as it was written, with the sentence why."""


def rows_name(label: str) -> str:
    return f"rows/{label}.jsonl"


def captures_name(label: str, column: str) -> str:
    return f"captures/{label}.{column}.tar"


def sealed(body: bytes, before: str) -> tuple[bytes, str]:
    """Return the line of ``body``, a JSON object with at least one field, and the hash that the next one needs."""
    hash = _hash(body, before)
    return body[:-1] + _MARK + hash.encode("ascii") + b'"}\n', hash


def unsealed(line: bytes, before: str) -> tuple[bytes, str]:
    """Return the JSON object of a line and its hash. Raises ``BrokenLine``."""
    if not line.endswith(b'"}\n') or line[-_END : -_END + len(_MARK)] != _MARK:
        raise BrokenLine("It is cut, or is no line of an export.")
    body = line[:-_END] + b"}"
    hash = line[-_END + len(_MARK) : -3].decode("ascii", "replace")
    if hash != _hash(body, before):
        raise BrokenLine("It is not what was exported, or a line before it is missing.")
    return body, hash


def _hash(body: bytes, before: str) -> str:
    return hashlib.sha256(before.encode("ascii") + body).hexdigest()[:_DIGITS]
