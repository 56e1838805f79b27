"""Sources that come in whole: imports of many, and what a person types in by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.documents import NewDocument, Outcome, document_key, outlet_named, store_document
from claims.actions.refusals import Invalid
from claims.ingest.extracted import normalise
from claims.ingest.sources_import import LineError, SourceRecord, read_sources
from claims.language.identify import identify_language
from claims.models import Document, Outlet
from claims.rules import permissions
from claims.rules.identity import canonical_url, given_address, text_fingerprint
from claims.rules.permissions import Actor, NotAllowed


@dataclass(slots=True)
class ImportOutcome:
    """What became of the lines of an import; every line is in exactly one of these."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: list[LineError] = field(default_factory=list)

    def count(self, outcome: Outcome) -> None:
        setattr(self, outcome, getattr(self, outcome) + 1)


def import_sources(
    stream: IO[bytes], *, is_demonstration: bool = False, progress: Callable[[int], None] = lambda _line: None
) -> ImportOutcome:
    """Take in JSON Lines of documents; a broken line is reported with its number and the rest goes in.

    ``progress`` gets the number of lines read so far.
    """
    outcome = ImportOutcome()
    for record in read_sources(stream):
        if isinstance(record, LineError):
            outcome.errors.append(record)
        else:
            outcome.count(take_in_record(record, is_demonstration=is_demonstration))
        progress(record.line)
    return outcome


def take_in_record(record: SourceRecord, *, is_demonstration: bool = False) -> Outcome:
    """Take in one document with its outlet; return what became of it."""
    outlet = _outlet_of(record)
    key = record.canonical_url or record.external_id or f"{outlet.pk}:{text_fingerprint(record.text)}"
    return store_document(
        NewDocument(
            key=document_key(key),
            outlet_id=outlet.pk,
            title=record.title,
            text=record.text,
            language=record.language,
            url=record.url,
            published_at=record.published_at,
            published_on=record.published_on,
            date_estimated=record.date_estimated,
            captured_at=record.captured_at,
            is_demonstration=is_demonstration,
        )
    )[1]


def _outlet_of(record: SourceRecord) -> Outlet:
    outlet = outlet_named(name=record.outlet, country=record.outlet_country, language=record.language)
    told = {
        name: value
        for name, value in (("ownership", record.ownership), ("interest", record.interest))
        if value and not getattr(outlet, name)
    }
    if told:
        Outlet.objects.filter(pk=outlet.pk).update(**told)
    return outlet


def add_source_by_hand(
    *,
    desk_id: int,
    actor: Actor,
    outlet: str,
    title: str,
    text: str,
    url: str = "",
    published_on: date | None = None,
) -> Document:
    """Take in one document that a person typed or pasted. Raises ``Invalid`` or ``NotAllowed``."""
    if not permissions.can_add_source(actor, desk_id):
        raise NotAllowed("add_source", _("Only people who write for this desk may add sources."))
    text = normalise(text).strip()
    if not any(character.isalnum() for character in text):
        raise Invalid(_("Paste the words of the source."), {"text": _("The source has no words.")})
    if not outlet.strip():
        raise Invalid(_("Say who published it."), {"outlet": _("Name the outlet or body.")})
    address = given_address(url)
    if url.strip() and not address:
        raise Invalid(
            _("The address is not a web address."), {"url": _("Write it like https://example.org/page.")}
        )
    language = identify_language(text)
    stored, _outcome = store_document(
        NewDocument(
            key=document_key(canonical_url(address) or f"hand:{text_fingerprint(text)}"),
            outlet_id=outlet_named(name=outlet, language=language).pk,
            title=title,
            text=text,
            language=language,
            url=address,
            published_on=published_on,
            captured_at=timezone.now(),
        )
    )
    return stored
