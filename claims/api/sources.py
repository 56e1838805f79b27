"""Sources: the feeds that are polled, the documents that evidence comes from, and adding to both."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from claims.actions.feeds import add_feed, add_source_url
from claims.actions.refusals import NotFound
from claims.actions.sources import add_source_by_hand
from claims.api.callers import actor
from claims.api.conditions import versioned
from claims.api.cursors import newest_page
from claims.api.desk_shapes import (
    DocumentList,
    DocumentWithText,
    SourceList,
    SourceShape,
    document_of,
    document_with_text,
    source_of,
)
from claims.api.fields import BodyId, CursorText, Day, Id, Limit, Sent
from claims.api.operations import reading, writing
from claims.selectors import api_rows

router = Router(tags=["Sources"])


class FeedSent(Sent):
    desk_id: BodyId
    feed_url: str = Field(min_length=1, max_length=2_000, examples=["https://wire.example.org/feed"])
    outlet: str = Field("", max_length=200)


class DocumentSent(Sent):
    """Either `url` alone, which a job then fetches, or the words with their outlet."""

    desk_id: BodyId
    url: str = Field("", max_length=2_000)
    text: str = Field("", max_length=1_000_000)
    title: str = Field("", max_length=500)
    outlet: str = Field("", max_length=200)
    published_on: Day | None = None


@router.get("/sources", summary="List the feeds", **reading(SourceList, scope="read"))
def sources_list(request: HttpRequest, cursor: CursorText | None = None, limit: Limit = 30) -> SourceList:
    """The feeds that are polled, newest first, with their errors."""
    rows, after = newest_page(api_rows.sources_for(actor(request)), "sources", cursor, limit)
    return SourceList(sources=[source_of(row) for row in rows], next_cursor=after)


@router.post(
    "/sources", summary="Add a feed", **writing(SourceShape, scope="sources", changes=False, status=201)
)
def sources_add(request: HttpRequest, sent: FeedSent) -> Status[SourceShape]:
    """Register a feed to be polled; one that stands already is polled again at once."""
    source = add_feed(desk_id=sent.desk_id, url=sent.feed_url, outlet=sent.outlet, actor=actor(request))
    return Status(201, source_of(source))


@router.get("/documents", summary="List documents", **reading(DocumentList, scope="read"))
def documents_list(request: HttpRequest, cursor: CursorText | None = None, limit: Limit = 30) -> DocumentList:
    """What evidence may come from, newest first, without the texts."""
    rows, after = newest_page(
        api_rows.documents_for(actor(request)).defer("text", "raw"), "documents", cursor, limit
    )
    return DocumentList(documents=[document_of(row) for row in rows], next_cursor=after)


@router.get(
    "/documents/{int:document_id}", summary="Read a document", **reading(DocumentWithText, scope="read")
)
def documents_read(request: HttpRequest, document_id: Id) -> DocumentWithText:
    """One document with its words."""
    return _shown(request, document_id)


@router.post(
    "/documents",
    summary="Add a document",
    **writing(DocumentWithText, scope="sources", changes=False, status=201),
)
def documents_add(request: HttpRequest, sent: DocumentSent) -> Status[DocumentWithText]:
    """An address without words is fetched by a job; until then the document has none."""
    who = actor(request)
    if sent.url.strip() and not sent.text.strip():
        document = add_source_url(desk_id=sent.desk_id, url=sent.url, actor=who)
    else:
        document = add_source_by_hand(
            desk_id=sent.desk_id,
            outlet=sent.outlet,
            title=sent.title,
            text=sent.text,
            url=sent.url,
            published_on=sent.published_on,
            actor=who,
        )
    return Status(201, _shown(request, document.pk))


def _shown(request: HttpRequest, document_id: int) -> DocumentWithText:
    document = api_rows.documents_for(actor(request)).filter(pk=document_id).first()
    if document is None:
        raise NotFound(_("document"))
    versioned(request, document.version)
    return document_with_text(document)
