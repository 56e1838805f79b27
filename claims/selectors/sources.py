"""Where evidence comes from, for the pages: documents, feeds and their errors."""

from __future__ import annotations

from django.db.models import Count, Q

from claims.models import Document, Passage, Source
from claims.selectors.narrowed import ListPage, Narrowed, list_page
from claims.selectors.search import LOOKED_THROUGH, document_ids

#: Feeds that the page lists; more are reached in the admin.
FEEDS_SHOWN = 200


def document_page(asked: Narrowed, zone: str) -> ListPage[Document]:
    """Return a page of documents without their texts and captures. At most two queries, and one question to
    the search engine where words are looked for."""
    documents = Document.objects.select_related("outlet").defer("text", "raw").filter(asked.conditions(zone))
    return list_page(documents.filter(_said(asked.words)) if asked.words else documents, asked)


def _said(words: str) -> Q:
    """Return the condition that a document says the words, in any script; of the newest, titles and outlets are
    looked through as well, for what is still being fetched is not in the index."""
    newest = Document.objects.order_by("-pk").values("pk")[:LOOKED_THROUGH]
    titled = Q(title__icontains=words) | Q(outlet__name__icontains=words)
    return Q(pk__in=document_ids(words)) | (titled & Q(pk__in=newest))


def feeds() -> list[Source]:
    """Return the feeds, those with errors first, with how many documents each brought."""
    listed = Source.objects.select_related("outlet").annotate(document_count=Count("documents"))
    return list(listed.order_by("-failures", "next_poll_at", "pk")[:FEEDS_SHOWN])


def quoted_before(document: Document) -> list[Passage]:
    """Return the passages that evidence rests on and that stand in the document no more. One query."""
    quoted = document.passages.filter(retired=True, evidence__isnull=False)
    return list(quoted.distinct().order_by("ordinal"))


def document_with_passages(document_id: int) -> tuple[Document, list[Passage]] | None:
    """Return a document and its present passages in order, or None. Two queries."""
    document = Document.objects.select_related("outlet", "source").defer("raw").filter(pk=document_id).first()
    if document is None:
        return None
    return document, list(document.passages.filter(retired=False).order_by("start", "ordinal"))
