"""Keeping the search index what the database says: single rows, and repair of drift.

The database is the truth and the index may be lost at any moment. Everything here may run again, or twice
at once, for a version that the index holds already is never overwritten by an older one.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from claims import jobs, search
from claims.actions.acknowledging import acknowledge, raise_for, taken
from claims.actions.article_passages import cut_what_is_whole
from claims.actions.drift import Drift, compare_versions, is_row_id
from claims.actions.reading import keep_readings
from claims.actions.rebuilding import BATCH, rebuild_index
from claims.models import Document
from claims.search.base import IndexKind, IndexMissing, RejectedItem
from claims.search.documents import deletion_for_good
from claims.selectors import indexing as rows


def index_document(document_id: int) -> None:
    """Index what the index does not know yet of one document, then have it held against the claims.

    Raises like ``index_passages``.
    """
    index_passages(rows.passages_waiting_of(document_id))
    version = Document.objects.filter(pk=document_id).values_list("version", flat=True).first()
    if version is not None:
        with transaction.atomic():
            jobs.enqueue("watch_document", document_id, subject_version=version)


def index_passages(ids: Sequence[int]) -> None:
    """Index these passages as they stand in the database now, and note which versions are in.

    Raises ``SearchUnavailable`` when it should be tried again and ``IndexRejected`` when that is of no
    use; whatever could be written has been written then.
    """
    _index("passages", ids)


def index_article(article_id: int) -> None:
    """Index what the index does not know yet of one article. Raises like ``index_passages``."""
    _index("articles", rows.article_passages_waiting_of(article_id))


def index_claim(claim_id: int) -> None:
    """Index one claim. Raises like ``index_passages``."""
    index_claims([claim_id])


def index_claims(ids: Sequence[int]) -> None:
    """Index these claims as they stand in the database now. Raises like ``index_passages``."""
    _index("claims", ids)


def find_and_repair_drift(kind: IndexKind) -> Drift:
    """Compare the index with the database, repair what differs, and return what did.

    Rows that change meanwhile may be among it; they are merely indexed once more. A lost index is rebuilt.
    """
    backend = search.get_backend()
    if kind == "articles":
        cut_what_is_whole()
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
        read = rows.read_rows(kind, batch)
        keep_readings(read.readings)
        documents = read.documents
        standing = {document.id for document in documents}
        documents += [deletion_for_good(id) for id in batch if str(id) not in standing]
        outcome = search.get_backend().write(kind, documents)
        rejected += outcome.rejected
        acknowledge(kind, taken(documents, outcome))
    raise_for(rejected)
