"""Where the files of an export are when it is read: a folder or a zip, opened without believing it.

What cannot be the place of an export is refused before anything in it is read: links, encrypted or doubled
members, and a zip that would unpack to far more than JSON ever does.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

#: Text in JSON packs to a tenth; a thousandth is the least that deflate can reach, and a bomb.
_MOST_UNPACKED = 200
_SMALL = 64 * 1024 * 1024


class ArchiveRefused(Exception):
    """The archive is not what was exported. ``str`` names the file and, where there is one, the line."""

    def __init__(self, sentence: str, file: str = "", line: int | None = None) -> None:
        place = f"{file}, line {line}" if line else file
        super().__init__(f"{place}: {sentence}" if place else sentence)
        self.sentence, self.file, self.line = sentence, file, line


class Place(Protocol):
    """Where the files of an archive are: their sizes by name, and their bytes."""

    sizes: dict[str, int]

    def open(self, name: str) -> IO[bytes]: ...


class FolderPlace:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.sizes: dict[str, int] = {}
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                raise ArchiveRefused("It is a link; an export holds files alone.", name)
            if path.is_file() and not path.name.startswith("."):
                self.sizes[name] = path.stat().st_size

    def open(self, name: str) -> IO[bytes]:
        return (self._folder / name).open("rb")


class ZipPlace:
    def __init__(self, archive: zipfile.ZipFile, packed: int) -> None:
        self._archive = archive
        self.sizes: dict[str, int] = {}
        for member in archive.infolist():
            if member.flag_bits & 1:
                raise ArchiveRefused("It is encrypted.", member.filename)
            if member.filename in self.sizes:
                raise ArchiveRefused("It stands twice in the zip.", member.filename)
            self.sizes[member.filename] = member.file_size
        unpacked = sum(self.sizes.values())
        if unpacked > max(_SMALL, packed * _MOST_UNPACKED):
            raise ArchiveRefused(f"It would unpack to {unpacked} bytes from {packed}: that is no export.")

    def open(self, name: str) -> IO[bytes]:
        return self._archive.open(name)


@contextmanager
def place_at(path: Path) -> Iterator[Place]:
    """Open the folder or zip at ``path``. Raises ``ArchiveRefused``."""
    if path.is_dir():
        yield FolderPlace(path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            yield ZipPlace(archive, path.stat().st_size)
    except zipfile.BadZipFile as reason:
        raise ArchiveRefused(f"It is cut, or is no zip: {reason}", path.name) from reason
    except OSError as reason:
        raise ArchiveRefused(f"It cannot be read: {reason.strerror or reason}", path.name) from reason


class Hashed(io.RawIOBase):
    """Passes on what is read, and hashes it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.digest = hashlib.sha256()
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._stream.read(len(buffer))
        self.digest.update(piece)
        buffer[: len(piece)] = piece
        return len(piece)
