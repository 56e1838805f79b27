"""Documents that evidence comes from: taken in, cut into passages, handed to the index.

A document is known by its key; the same text again changes nothing. When the text changes, passages that
are gone are retired and keep their rows, because evidence may rest on them; the capture that accepted evidence was
read from is kept, and what became of the quoted words is noted.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db import transaction
from django.db.models import F, Max

from claims import jobs
from claims.actions.quoted_words import follow_citations
from claims.ingest.extracted import ExtractedArticle
from claims.ingest.fetch import FetchedPage
from claims.ingest.passages import split_passages
from claims.models import Document, DocumentCapture, Evidence, Outlet, Passage

Outcome = Literal["created", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class NewDocument:
    """What is to be taken in. ``published_at`` (aware) and ``published_on`` exclude each other."""

    key: str
    outlet_id: int
    title: str
    text: str
    language: str
    url: str = ""
    published_at: datetime | None = None
    published_on: date | None = None
    date_estimated: bool = False
    raw: bytes = b""
    captured_at: datetime | None = None
    source_id: int | None = None
    is_demonstration: bool = False


def store_document(new: NewDocument) -> tuple[Document, Outcome]:
    """Create or change one document with its passages and enqueue its indexing, in one transaction."""
    title = " ".join(new.title.split())[:500]
    text = f"{title}\n\n{new.text.strip()}" if title else new.text.strip()
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    described = {
        "outlet_id": new.outlet_id,
        "url": new.url,
        "title": title,
        "text": text,
        "language": new.language,
        "published_at": new.published_at,
        "published_on": None if new.published_at else new.published_on,
        "date_estimated": new.date_estimated,
        "text_sha256": digest,
        "captured_at": new.captured_at,
        "raw": new.raw,
    }
    with transaction.atomic():
        document, created = Document.objects.get_or_create(
            key=new.key,
            defaults=described | {"source_id": new.source_id, "is_demonstration": new.is_demonstration},
        )
        if not created:
            if document.text_sha256 == digest:
                return document, "unchanged"
            _keep_capture(document)
            Document.objects.filter(pk=document.pk).update(version=F("version") + 1, **described)
            document.refresh_from_db()
        _store_passages(document)
        if not created:
            follow_citations(document)
        jobs.enqueue("index_document", document.pk, subject_version=document.version)
    return document, "created" if created else "changed"


def read_again(document: Document, page: FetchedPage, read: ExtractedArticle) -> NewDocument:
    """Return ``document`` as its page reads now, to be stored in its place."""
    return NewDocument(
        key=document.key,
        outlet_id=document.outlet_id,
        title=read.title,
        text=read.text,
        language=read.language,
        url=document.url,
        published_at=read.published_at or document.published_at,
        published_on=read.published_on or document.published_on,
        raw=page.body,
        captured_at=page.fetched_at,
        source_id=document.source_id,
    )


def document_key(key: str) -> str:
    """Return ``key`` where its column can hold it, else its hash."""
    return key if len(key) <= 500 else "sha256:" + hashlib.sha256(key.encode()).hexdigest()


def _keep_capture(document: Document) -> None:
    """Keep what stood on the page while evidence was accepted from it; a later look would overwrite it."""
    accepted = Evidence.objects.filter(passage__document=document, state=Evidence.State.ACCEPTED)
    if document.captured_at is None or not accepted.exists():
        return
    last = document.captures.aggregate(last=Max("number"))["last"] or 0
    DocumentCapture.objects.create(
        document=document,
        number=last + 1,
        text=document.text,
        text_sha256=document.text_sha256,
        raw=document.raw,
        captured_at=document.captured_at,
    )


def _store_passages(document: Document) -> None:
    standing = {passage.text: passage for passage in document.passages.filter(retired=False)}
    last = document.passages.aggregate(last=Max("ordinal"))["last"] or 0
    fresh: list[Passage] = []
    for cut in split_passages(document.text):
        if passage := standing.pop(cut.text, None):
            if (passage.start, passage.end) != (cut.start, cut.end):
                Passage.objects.filter(pk=passage.pk).update(start=cut.start, end=cut.end)
            continue
        last += 1
        fresh.append(Passage(document=document, ordinal=last, start=cut.start, end=cut.end, text=cut.text))
    Passage.objects.bulk_create(fresh)
    gone = [passage.pk for passage in standing.values()]
    Passage.objects.filter(pk__in=gone).update(retired=True, version=F("version") + 1)


def outlet_named(*, name: str, domain: str = "", country: str = "", language: str = "other") -> Outlet:
    """Return the outlet of ``domain``, else of ``name``; create it where there is none."""
    name = _outlet_name(name) or domain
    if domain:
        return Outlet.objects.get_or_create(
            domain=domain, defaults={"name": name, "country": country[:2], "language": language}
        )[0]
    return Outlet.objects.get_or_create(
        name=name, domain="", defaults={"country": country[:2], "language": language}
    )[0]


def known_outlet(name: str) -> Outlet:
    """Return the outlet that ``outlet_named`` would return for a name alone; one not known yet is not saved."""
    name = _outlet_name(name)
    return Outlet.objects.filter(name=name, domain="").first() or Outlet(name=name)


def _outlet_name(name: str) -> str:
    return " ".join(name.split())[:200]
