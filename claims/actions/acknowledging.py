"""What follows a bulk write: which rows the index now holds, and what could not be written and why.

``indexed_version`` of a row is only ever raised, and only to a version that the index has taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from claims.jobs import GiveUp
from claims.search.base import BulkOutcome, IndexDocument, IndexKind, RejectedItem, SearchUnavailable
from claims.selectors.indexing import ACKNOWLEDGING

#: How many rows are noted in one statement; SQLite bounds the parameters.
_NOTED_AT_ONCE = 1_000


class IndexRejected(GiveUp):
    """The engine will not take these items however often they are sent; the message says why.

    Raised in a job, it sets the job aside with that reason.
    """

    def __init__(self, items: Sequence[RejectedItem]) -> None:
        self.items = tuple(items)
        shown = "; ".join(f"{item.id}: {item.reason}" for item in self.items[:5])
        super().__init__(f"{len(self.items)} rejected by the search engine: {shown}")


def taken(documents: Iterable[IndexDocument], outcome: BulkOutcome) -> list[IndexDocument]:
    """Return the documents that the index now holds, in their version or a later one."""
    rejected = {item.id for item in outcome.rejected}
    return [document for document in documents if document.id not in rejected]


def acknowledge(kind: IndexKind, documents: Iterable[IndexDocument]) -> None:
    """Note that the index holds these rows in these versions; of a claim nothing is noted."""
    if kind not in ACKNOWLEDGING:
        return
    by_version: dict[int, list[int]] = defaultdict(list)
    for document in documents:
        by_version[document.version].append(int(document.id))
    for version, ids in by_version.items():
        for start in range(0, len(ids), _NOTED_AT_ONCE):
            ACKNOWLEDGING[kind].objects.filter(
                pk__in=ids[start : start + _NOTED_AT_ONCE],
                version__gte=version,
                indexed_version__lt=version,
            ).update(indexed_version=version)


def raise_for(rejected: Sequence[RejectedItem]) -> None:
    """Raise ``SearchUnavailable`` where trying again may help, else ``IndexRejected`` for any item."""
    for item in rejected:
        if item.retryable:
            raise SearchUnavailable(f"the search engine had no room for {item.id}: {item.reason}")
    if rejected:
        raise IndexRejected(rejected)
