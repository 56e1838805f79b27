"""Keeping the search index what the database says: single rows, whole rebuilds, and repair of drift.

The database is the truth and the index may be lost at any moment. Everything here may run again, or twice
at once, for a version that the index holds already is never overwritten by an older one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from claims import search
from claims.actions.drift import Drift, compare_versions, is_row_id
from claims.jobs import GiveUp
from claims.models import Passage
from claims.search.base import (
    BulkOutcome,
    IndexDocument,
    IndexKind,
    IndexMissing,
    RejectedItem,
    SearchUnavailable,
)
from claims.search.documents import deletion_for_good
from claims.selectors import indexing as rows

#: How many rows are read and written at a time.
BATCH = 1_000

#: Called with (rows done, rows there are).
Progress = Callable[[int, int], None]


class IndexRejected(GiveUp):
    """The engine will not take these items however often they are sent; the message says why.

    Raised in a job, it sets the job aside with that reason.
    """

    def __init__(self, items: Sequence[RejectedItem]) -> None:
        self.items = tuple(items)
        shown = "; ".join(f"{item.id}: {item.reason}" for item in self.items[:5])
        super().__init__(f"{len(self.items)} rejected by the search engine: {shown}")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A finished rebuild: the generation now read, the rows in it, and those that no engine would take."""

    generation: int
    rows: int
    rejected: tuple[RejectedItem, ...]


def index_document(document_id: int) -> None:
    """Index what the index has not acknowledged yet of one document. Raises like ``index_passages``."""
    index_passages(rows.passages_waiting_of(document_id))


def index_passages(ids: Sequence[int]) -> None:
    """Index these passages as they stand in the database now, and note which versions are in.

    Raises ``SearchUnavailable`` when it should be tried again and ``IndexRejected`` when that is of no
    use; whatever could be written has been written then.
    """
    _index("passages", ids)


def index_claim(claim_id: int) -> None:
    """Index one claim. Raises like ``index_passages``."""
    index_claims([claim_id])


def index_claims(ids: Sequence[int]) -> None:
    """Index these claims as they stand in the database now. Raises like ``index_passages``."""
    _index("claims", ids)


def rebuild_index(kind: IndexKind, progress: Progress) -> Rebuilt:
    """Fill a new generation from the database beside the one in use, then switch to it.

    Ordinary writes reach both meanwhile. When it fails or is killed, search goes on with the old one.
    Raises ``SearchUnavailable``, and ``GenerationGone`` when a later rebuild has taken over.
    """
    backend = search.get_backend()
    generation = backend.begin_generation(kind)
    try:
        rebuilt, waiting = _fill(kind, generation, progress)
        backend.activate_generation(kind, generation)
    except BaseException:
        # Else every write would go to the unfinished one too. Where the engine is away, the next
        # rebuild drops it.
        with suppress(SearchUnavailable):
            backend.abandon_generation(kind, generation)
        raise
    # Only now, for until the switch nobody could find them.
    _acknowledge(waiting)
    return rebuilt


def find_and_repair_drift(kind: IndexKind) -> Drift:
    """Compare the index with the database, repair what differs, and return what did.

    Rows that change meanwhile may be among it; they are merely indexed once more. A lost index is rebuilt.
    """
    backend = search.get_backend()
    try:
        backend.refresh(kind)
        drift = compare_versions(lambda: rows.versions_in_database(kind), lambda: backend.versions(kind))
    except IndexMissing:
        rebuild_index(kind, lambda done, all_rows: None)
        return Drift(lost=True)
    if drift.ids:
        # A higher version or a tombstone that the database does not know would refuse the right one.
        strays = tuple(id for id in drift.ghosts if not is_row_id(id))
        backend.forget(kind, drift.missing + drift.ahead + strays)
        _index(kind, [int(id) for id in drift.ids if is_row_id(id)])
        backend.refresh(kind)
    return drift


def _index(kind: IndexKind, ids: Sequence[int]) -> None:
    """Write the rows, and the deletion of those that are not in the database any more."""
    rejected: list[RejectedItem] = []
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        documents = rows.index_documents(kind, batch)
        standing = {document.id for document in documents}
        documents += [deletion_for_good(id) for id in batch if str(id) not in standing]
        outcome = search.get_backend().write(kind, documents)
        rejected += outcome.rejected
        if kind == "passages":
            _acknowledge(_taken(documents, outcome))
    _raise_for(rejected)


def _fill(kind: IndexKind, generation: int, progress: Progress) -> tuple[Rebuilt, list[IndexDocument]]:
    """Write all rows to one generation; return also those that were waiting to be acknowledged."""
    backend = search.get_backend()
    everything = rows.count_findable(kind)
    done = 0
    rejected: list[RejectedItem] = []
    waiting: list[IndexDocument] = []
    progress(0, everything)
    for ids in rows.pages_of_ids(kind, page=BATCH):
        documents = rows.index_documents(kind, ids)
        unacknowledged = rows.passages_waiting_among(ids) if kind == "passages" else set()
        outcome = backend.write(kind, documents, generation=generation)
        _raise_for([item for item in outcome.rejected if item.retryable])
        rejected += outcome.rejected
        waiting += [
            IndexDocument(document.id, document.version)
            for document in _taken(documents, outcome)
            if int(document.id) in unacknowledged
        ]
        done += len(ids)
        progress(done, max(done, everything))
    return Rebuilt(generation, done - len(rejected), tuple(rejected)), waiting


def _taken(documents: Iterable[IndexDocument], outcome: BulkOutcome) -> list[IndexDocument]:
    """Return the documents that the index now holds, in their version or a later one."""
    rejected = {item.id for item in outcome.rejected}
    return [document for document in documents if document.id not in rejected]


def _acknowledge(documents: Iterable[IndexDocument]) -> None:
    """Note that the index holds these passages in these versions; a later note is never taken back."""
    by_version: dict[int, list[int]] = defaultdict(list)
    for document in documents:
        by_version[document.version].append(int(document.id))
    for version, ids in by_version.items():
        for start in range(0, len(ids), BATCH):
            Passage.objects.filter(
                pk__in=ids[start : start + BATCH], version__gte=version, indexed_version__lt=version
            ).update(indexed_version=version)


def _raise_for(rejected: Sequence[RejectedItem]) -> None:
    for item in rejected:
        if item.retryable:
            raise SearchUnavailable(f"the search engine had no room for {item.id}: {item.reason}")
    if rejected:
        raise IndexRejected(rejected)
