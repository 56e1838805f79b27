"""Files that processes of one machine share: read whole or not at all, and made by one of them at a time.

Invariant: a file's name says everything that its content follows from, so that whoever finds it may use it. A file
that is broken, lost or cannot be written costs time and nothing else.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

#: A file that nobody needed for so long may be removed, in seconds.
LEFT_FOR = 3_600
#: Nobody waits longer than this for another process, in seconds; one that hangs must not stop the others.
LONGEST_WAIT = 5.0
_STEP = 0.01


def read(file: Path) -> bytes | None:
    """Return what was kept, None where there is nothing or nothing whole. Its age counts from its last use."""
    with suppress(OSError):
        content = file.read_bytes()
        os.utime(file)
        if content[:4] == _checksum(content[4:]):
            return content[4:]
    return None


def keep(file: Path, content: bytes) -> None:
    """Write beside and rename: whoever reads meanwhile finds the former file, the whole new one, or none."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(descriptor, "wb") as beside:
            beside.write(_checksum(content) + content)
        Path(name).replace(file)


def sweep(folder: Path, *, used: Collection[str] = (), most: int | None = None) -> None:
    """Remove what has not been needed for ``LEFT_FOR``, and of the rest all but the ``most`` last used ones.

    What a killed process left half written goes in the same way. Those ``used`` stay.
    """
    with suppress(OSError):
        ages = [(file.stat().st_mtime, file) for file in folder.iterdir() if file.name not in used]
        ages.sort(key=lambda aged: aged[0], reverse=True)
        for place, (last_used, file) in enumerate(ages):
            if time.time() - last_used > LEFT_FOR or (most is not None and place >= most):
                file.unlink(missing_ok=True)


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Let one process and thread of this machine at a time in; the system frees the lock of one that dies.

    Whoever has waited for ``LONGEST_WAIT``, or cannot lock here, goes in all the same.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        yield
        return
    try:
        end = time.monotonic() + LONGEST_WAIT
        while not _locked(descriptor) and time.monotonic() < end:
            time.sleep(_STEP)
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _checksum(content: bytes) -> bytes:
    return zlib.crc32(content).to_bytes(4, "little")
