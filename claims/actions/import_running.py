"""The work of an import: read the file as a stream, take in a few entries at a time, keep what was left out.

Invariant: how far the import has come is written in the transaction that takes the entries in, on the condition
that nobody else went on meanwhile. So a job that is stopped, killed or leased twice counts no entry twice and
loses none, and goes on where it was. Memory is bounded by one batch and one part of the file.
"""

from __future__ import annotations

import io
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.acknowledging import IndexRejected
from claims.actions.imports import keep_parts
from claims.actions.indexing import index_claims
from claims.actions.outside_checks import record_check
from claims.actions.refusals import Invalid
from claims.actions.sources import take_in_record
from claims.ingest.factchecks import read_checks
from claims.ingest.fetch import FetchLimits, fetch
from claims.ingest.fetch_errors import FetchError
from claims.ingest.outside_reviews import OutsideReview, Refused
from claims.ingest.sources_import import LineError, SourceRecord, read_sources
from claims.jobs import GiveUp, LeaseLost, NotReady, Progress, RetryLater
from claims.models import Claim, Import, ImportPart, ImportProblem
from claims.rules.permissions import MACHINE, Actor
from claims.rules.storing import storable
from claims.search.base import SearchUnavailable
from claims.selectors.people import actor_of

#: Entries that are written in one transaction.
BATCH = 25
#: Share of a job's time limit after which it makes room; it is due again at once.
_SHARE_OF_LIMIT = 0.5
#: What is fetched by address; a larger feed is downloaded and given as a file.
_LIMITS = FetchLimits(seconds=60.0, wire_bytes=20 * 1024 * 1024, decoded_bytes=50 * 1024 * 1024)
_MOST_FIELD_NAMES = 200


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of either kind: what is to be taken in, or the sentence why it is left out."""

    number: int
    reviews: tuple[OutsideReview, ...] = ()
    record: SourceRecord | None = None
    sentence: str = ""
    sample: str = ""
    line: int | None = None
    offset: int | None = None


def run_import(import_id: int, progress: Progress) -> None:
    """Take in what is left of an import; the body of a job."""
    run = Import.objects.select_related("asked_by").filter(pk=import_id).first()
    if run is None or run.ended_at is not None:
        return
    language = run.asked_by.language if run.asked_by else ""
    actor = actor_of(run.asked_by) if run.asked_by else MACHINE
    with translation.override(language or settings.LANGUAGE_CODE):
        if run.url and not run.parts.exists():
            progress(0, 1, "fetch")
            _fetch(run)
        if run.began_at is None:
            run.began_at = timezone.now()
            run.save(update_fields=["began_at"])
        try:
            _take_in(run, actor, progress)
        except Refused as refused:
            raise GiveUp(str(refused)) from refused
    _end(run)


def _fetch(run: Import) -> None:
    try:
        page = fetch(
            run.url, accept="application/ld+json, application/json, text/html, text/csv", limits=_LIMITS
        )
    except FetchError as error:
        raise (RetryLater if error.retryable else GiveUp)(str(error)) from error
    try:
        with transaction.atomic():
            run.parts.all().delete()
            keep_parts(run, io.BytesIO(page.body))
    except Invalid as refusal:
        raise GiveUp(str(refusal)) from refusal


def _take_in(run: Import, actor: Actor, progress: Progress) -> None:
    reader = PartReader(run)
    until = time.monotonic() + settings.JOB_TIME_LIMIT_SECONDS * _SHARE_OF_LIMIT
    batch: list[_Entry] = []
    for entry in _entries(run, reader):
        if entry.number <= run.entries:
            continue
        batch.append(entry)
        if len(batch) == BATCH:
            _write(run, batch, reader.tell(), actor)
            batch = []
            progress(min(run.position, run.size - 1), run.size, "")
            if time.monotonic() > until:
                raise NotReady(_("More than one run is needed; it goes on at once."), after=0.0)
    if batch:
        _write(run, batch, reader.tell(), actor)


def _entries(run: Import, reader: PartReader) -> Iterator[_Entry]:
    stream = io.BufferedReader(reader, 64 * 1024)
    if run.kind == Import.Kind.SOURCES:
        for number, record in enumerate(read_sources(stream), 1):
            if isinstance(record, LineError):
                yield _Entry(number, sentence=record.sentence, line=record.line)
            else:
                yield _Entry(number, record=record, line=record.line)
        return
    for check in read_checks(stream, url=run.url):
        yield _Entry(
            check.number,
            check.reviews,
            sentence=check.sentence,
            sample=check.sample,
            line=check.line,
            offset=check.offset,
        )


def _write(run: Import, batch: Sequence[_Entry], position: int, actor: Actor) -> None:
    """Take in a batch and write down how far it went, all or nothing; then let the new claims be found."""
    counts: Counter[str] = Counter()
    unmapped: Counter[str] = Counter(run.unmapped)
    fresh: list[int] = []
    with transaction.atomic():
        for entry in batch:
            if entry.record is not None:
                counts[take_in_record(entry.record)] += 1
            for review in entry.reviews:
                outcome, claim_id = record_check(run, review, actor)
                counts[outcome] += 1
                fresh += [claim_id] if outcome != "unchanged" else []
                unmapped.update(name[:100] for name in review.unmapped)
        left_out = [entry for entry in batch if entry.sentence]
        ImportProblem.objects.bulk_create(_problem(run, entry) for entry in left_out)
        kept = dict(unmapped.most_common(_MOST_FIELD_NAMES))
        went_on = Import.objects.filter(pk=run.pk, entries=run.entries).update(
            entries=batch[-1].number,
            position=position,
            created=F("created") + counts["created"],
            changed=F("changed") + counts["changed"],
            unchanged=F("unchanged") + counts["unchanged"],
            left_out=F("left_out") + len(left_out),
            unmapped=kept,
        )
        if not went_on:
            raise LeaseLost(f"import {run.pk}")
    run.entries, run.position, run.unmapped = batch[-1].number, position, kept
    _let_be_found(fresh)


def _problem(run: Import, entry: _Entry) -> ImportProblem:
    return ImportProblem(
        import_run=run,
        entry=entry.number,
        line=entry.line,
        offset=entry.offset,
        sentence=storable(entry.sentence)[:500],
        sample=storable(entry.sample)[:200],
    )


def _let_be_found(claim_ids: Sequence[int]) -> None:
    """Index the claims together, or have each indexed by a job where the engine is away."""
    if not claim_ids:
        return
    try:
        index_claims(claim_ids)
    except (SearchUnavailable, IndexRejected):
        with transaction.atomic():
            standing = Claim.objects.filter(pk__in=claim_ids).values_list("pk", "version")
            for claim_id, version in standing:
                jobs.enqueue("index_claim", claim_id, subject_version=version)


def _end(run: Import) -> None:
    """Mark the import as ended; its bytes are not needed any more."""
    with transaction.atomic():
        Import.objects.filter(pk=run.pk).update(ended_at=timezone.now(), position=run.size)
        run.parts.all().delete()


class PartReader(io.RawIOBase):
    """The kept bytes of an import as a stream that can seek; one part is held at a time."""

    def __init__(self, run: Import) -> None:
        self._run, self._at = run, 0
        parts = run.parts.order_by("ordinal")
        self._part_bytes = len(bytes(parts[0].content)) if run.size else 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._run.size}[whence]
        self._at = max(0, origin + offset)
        return self._at

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        if self._at >= self._run.size:
            return 0
        ordinal, start = divmod(self._at, self._part_bytes)
        if self._held[0] != ordinal:
            part = ImportPart.objects.get(import_run=self._run, ordinal=ordinal)
            self._held = (ordinal, bytes(part.content))
        piece = self._held[1][start : start + len(view)]
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
