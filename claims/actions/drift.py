"""Where the search index and the database differ, found by checksums of (id, version) over ranges of ids.

Both sides are streamed once into one checksum per range; only ranges that differ are then compared row by
row. So millions of rows are compared in little memory, and nothing is held that does not differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b

from claims.rules.numbers import whole_number

#: How many consecutive ids share one checksum.
RANGE = 1_024
#: The range of ids that cannot be those of a row.
_NO_ROW = -1

#: Yields ``(id, version)`` of everything on one side; called once or twice.
Versions = Callable[[], Iterable[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Drift:
    """Ids of which the index does not hold what the database says.

    ``missing`` stand in the database only, ``ghosts`` in the index only; ``outdated`` have an older
    version in the index, ``ahead`` a version that the database does not know. ``lost`` is true when there
    was no index at all, and it was rebuilt whole.
    """

    missing: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    ahead: tuple[str, ...] = ()
    ghosts: tuple[str, ...] = ()
    lost: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        return self.missing + self.outdated + self.ahead + self.ghosts


def compare_versions(database: Versions, index: Versions) -> Drift:
    """Return how ``index`` differs from ``database``."""
    wanted, held = _checksums(database()), _checksums(index())
    differing = {key for key in wanted.keys() | held.keys() if wanted.get(key) != held.get(key)}
    if not differing:
        return Drift()
    rows = {id: version for id, version in database() if _range_of(id) in differing}
    entries = {id: version for id, version in index() if _range_of(id) in differing}
    shared = rows.keys() & entries.keys()
    return Drift(
        missing=tuple(sorted(rows.keys() - entries.keys())),
        outdated=tuple(sorted(id for id in shared if entries[id] < rows[id])),
        ahead=tuple(sorted(id for id in shared if entries[id] > rows[id])),
        ghosts=tuple(sorted(entries.keys() - rows.keys())),
    )


def is_row_id(id: str) -> bool:
    """Return whether ``id`` is written as the ids of rows are: “7”, but not “007” or “seven”."""
    return str(whole_number(id)) == id


def _checksums(versions: Iterable[tuple[str, int]]) -> dict[int, int]:
    """Return one sum per range; a sum does not depend on the order in which rows come."""
    sums: dict[int, int] = defaultdict(int)
    for id, version in versions:
        # Python's own hash of a pair is too regular: one version less and one more can cancel out in a sum.
        digest = blake2b(f"{id} {version}".encode(), digest_size=8).digest()
        sums[_range_of(id)] += int.from_bytes(digest, "big")
    return sums


def _range_of(id: str) -> int:
    return int(id) // RANGE if is_row_id(id) else _NO_ROW
