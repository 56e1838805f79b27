"""Rows as the search index needs them: by id, all of them in pages, and their versions.

Retired passages are not to be found any more (their rows stay, for the index has to be told); every claim is.
Whether a person may see what was found is checked where the hits are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from claims.models import Appearance, ArticlePassage, Claim, Passage, Publication
from claims.search.base import IndexDocument, IndexKind
from claims.search.documents import (
    article_document,
    claim_document,
    missing_article_reading,
    missing_readings,
    passage_document,
)
from claims.search.kept_readings import WITH_READINGS, Kept

#: The rows that note what the index has acknowledged, by the kind of index that they are in.
ACKNOWLEDGING: dict[IndexKind, type[Passage] | type[ArticlePassage]] = {
    "passages": Passage,
    "articles": ArticlePassage,
}


@dataclass(frozen=True, slots=True)
class RowsRead:
    """Rows as they are indexed, and the readings made for it that are not kept yet (not saved)."""

    documents: list[IndexDocument]
    readings: list[Kept]


def read_rows(kind: IndexKind, ids: Sequence[int]) -> RowsRead:
    """Return what is to be indexed and kept of those rows that exist."""
    if kind == "claims":
        return RowsRead(index_documents(kind, ids), [])
    if kind == "articles":
        parts = list(_article_passages(ids))
        missing = [missing_article_reading(part) for part in parts if not part.retired]
        return RowsRead([article_document(part) for part in parts], [row for row in missing if row])
    passages = list(_passages(ids))
    return RowsRead(
        [passage_document(passage) for passage in passages],
        missing_readings(passage for passage in passages if not passage.retired),
    )


def index_documents(kind: IndexKind, ids: Sequence[int]) -> list[IndexDocument]:
    """Return the index documents of those rows that exist; a retired passage comes as its deletion."""
    if kind == "passages":
        return [passage_document(row) for row in _passages(ids)]
    if kind == "articles":
        return [article_document(row) for row in _article_passages(ids)]
    appearances = Appearance.objects.select_related("article", "update").order_by("-is_first", "pk")
    claims = Claim.objects.select_related("desk", "claimant").prefetch_related(
        Prefetch("appearances", queryset=appearances)
    )
    public = Publication.objects.filter(claim=OuterRef("pk"), current__isnull=False)
    rows = claims.annotate(published=Exists(public)).filter(pk__in=ids).order_by("pk")
    return [claim_document(row, published=row.published) for row in rows]


def pages_of_ids(kind: IndexKind, *, page: int) -> Iterator[list[int]]:
    """Yield the ids of all rows that are to be found, ascending, ``page`` at a time.

    Each page is one query by primary key, so that a long rebuild holds no transaction open.
    """
    last = 0
    while ids := list(_findable(kind).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:page]):
        yield ids
        last = ids[-1]


def versions_in_database(kind: IndexKind) -> Iterator[tuple[str, int]]:
    """Yield ``(id, version)`` of all rows that are to be found, ids as the index has them."""
    held = _findable(kind).order_by("pk").values_list("pk", "version")
    for id, version in held.iterator(chunk_size=10_000):
        yield str(id), version


def count_findable(kind: IndexKind) -> int:
    """Return how many rows search is to find."""
    return _findable(kind).count()


def passages_waiting_of(document_id: int) -> list[int]:
    """Return the ids of a document's passages whose present version the index has not acknowledged."""
    waiting = Passage.objects.filter(document_id=document_id, indexed_version__lt=F("version"))
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def article_passages_waiting_of(article_id: int) -> list[int]:
    """Return the ids of an article's passages whose present version the index has not acknowledged."""
    waiting = ArticlePassage.objects.filter(article_id=article_id, indexed_version__lt=F("version"))
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def waiting_among(kind: IndexKind, ids: Sequence[int]) -> set[int]:
    """Return those of the ids whose present version the index has not acknowledged; none of a claim is noted."""
    if kind not in ACKNOWLEDGING:
        return set()
    waiting = ACKNOWLEDGING[kind].objects.filter(pk__in=ids, indexed_version__lt=F("version"))
    return set(waiting.values_list("pk", flat=True))


def count_waiting_passages(*, at_most: int = 10_000) -> int:
    """Return how many passages wait for the index, counted no further than ``at_most``."""
    waiting = Passage.objects.filter(indexed_version__lt=F("version")).order_by()
    return waiting.values("pk")[:at_most].count()


def _findable(kind: IndexKind) -> QuerySet[Passage] | QuerySet[ArticlePassage] | QuerySet[Claim]:
    return ACKNOWLEDGING[kind].objects.filter(retired=False) if kind in ACKNOWLEDGING else Claim.objects.all()


def _article_passages(ids: Sequence[int]) -> QuerySet[ArticlePassage]:
    loaded = ArticlePassage.objects.select_related("article__outlet", "kept_reading")
    return loaded.filter(pk__in=ids).order_by("pk")


def _passages(ids: Sequence[int]) -> QuerySet[Passage]:
    """Return passages with all that reading them takes, but without the captures of their documents."""
    loaded = Passage.objects.select_related(*WITH_READINGS).defer("document__raw")
    return loaded.filter(pk__in=ids).order_by("pk")
