"""The dump in parts: a part is rendered and packed once and kept as a file, so that a new check renders one anew.

Invariant: a part's name is the hash of everything that its bytes follow from, so a file is never out of date and
any number of processes may write it. The files may be lost at any moment; they are made again.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from claims.feeds import files
from claims.publish import datafeed
from claims.selectors.feeds import DumpRow, dump_entries

#: Publications of one part, by their ids: a new one changes the newest part alone.
STRETCH = 1_000
_GZIP_HEAD = bytes.fromhex("1f8b08000000000000ff")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the dump; ``packed`` is its piece of a raw deflate stream (RFC 1951), ending at a whole byte."""

    plain: bytes
    packed: bytes


def packed_part(plain: bytes) -> Part:
    packer = zlib.compressobj(6, wbits=-zlib.MAX_WBITS)
    return Part(plain, packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH))


def parts_of(rows: Sequence[DumpRow], source: str, folder: Path | None) -> Iterator[Part]:
    """Yield the elements of ``rows``, which stand by publication, from the files in ``folder`` where it has them.

    ``source`` names what the bytes follow from beside the rows. Without a folder, all are made now.
    """
    used: set[str] = set()
    for _, stretch in groupby(rows, lambda row: row.publication // STRETCH):
        wanted = list(stretch)
        told = repr((source, wanted)).encode("utf-8", "backslashreplace")
        name = hashlib.sha256(told).hexdigest() + ".part"
        yield packed_part(b",\n" if used else b"\n")
        yield _kept(folder / name, wanted) if folder else _made(wanted)
        used.add(name)
    if folder:
        files.sweep(folder, used=used)


def gzipped(parts: Iterable[Part]) -> Iterator[bytes]:
    """Yield one gzip stream (RFC 1952) of ``parts``, without packing anything again."""
    checksum, length = 0, 0
    yield _GZIP_HEAD
    for part in parts:
        checksum, length = zlib.crc32(part.plain, checksum), length + len(part.plain)
        yield part.packed
    ending = zlib.compressobj(wbits=-zlib.MAX_WBITS).flush()
    yield ending + checksum.to_bytes(4, "little") + (length % 2**32).to_bytes(4, "little")


def _made(rows: Sequence[DumpRow]) -> Part:
    return packed_part(b",\n".join(datafeed.element(entry) for entry in dump_entries(rows)))


def _kept(file: Path, rows: Sequence[DumpRow]) -> Part:
    packed = files.read(file)
    if packed is not None:
        return Part(zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed), packed)
    part = _made(rows)
    files.keep(file, part.packed)
    return part
