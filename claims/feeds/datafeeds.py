"""The DataFeed: everything as one streamed dump, and what changed since an event.

The dump's bytes follow from a list of immutable revisions that is read first. So its ETag, the hash of that
list, names one body although publishing goes on while it is sent, and no transaction stays open meanwhile.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.feeds.answers import Asked, Kept, entity_tag, headers, is_unchanged
from claims.feeds.questions import BadQuestion, number, read_question
from claims.feeds.shelf import Shelf
from claims.feeds.views import (
    BEGINNING,
    answered,
    channel_of,
    known_names,
    links,
    rendered,
    site_facts,
    told_by_date,
)
from claims.publish import claimreview, datafeed, entries, xml
from claims.publish.entries import Channel, Entry
from claims.selectors.feeds import (
    DumpRow,
    FeedQuestion,
    dump_entries,
    dump_rows,
    feed_address,
    feed_changes,
    history_mark,
    last_public_event,
)
from claims.selectors.publications import next_scheduled_publication

#: Revisions that are in memory at once.
BATCH = 200
_PIECE = 64 * 1024
#: The bytes follow from the program as well: a new release must not reuse the ETags of the former.
_PROGRAM = "".join(inspect.getsource(module) for module in (claimreview, datafeed, entries, xml))
_digests: Shelf[tuple[object, ...], tuple[str, datetime, int]] = Shelf(64)


@require_safe
def dump(request: HttpRequest) -> HttpResponseBase:
    """Stream every public check as one DataFeed; its Link header leads to what changes afterwards."""
    try:
        question, _ = read_question(request.GET)
        names = known_names(question)
    except BadQuestion as refusal:
        return refusal.response()
    asked, now = Asked.of(request.META), timezone.now()
    kept = _digests.take((history_mark(), question, *names, *site_facts()), partial(_digest, question, names))
    rows: Sequence[DumpRow] = ()
    etag = entity_tag(kept[0], packed=asked.takes_gzip)
    unchanged = is_unchanged(asked, etag, kept[1] if told_by_date(question) else None, now)
    if not unchanged and request.method == "GET":
        # The list is not kept, so it is read again, and may be a newer one.
        since, rows = last_public_event(), dump_rows(question)
        kept = (*_named(rows, question, names), since)
        etag = entity_tag(kept[0], packed=asked.takes_gzip)
    _, newest, since = kept
    following = feed_address("feed_changes", question, since=str(since))
    own = feed_address("feed_data", question)
    told = headers(
        etag,
        newest if told_by_date(question) else None,
        links(own, next_url=following),
        next_scheduled_publication(),
        now,
    )
    told |= {"Content-Type": datafeed.CONTENT_TYPE, "Content-Language": question.language or "en, uk, ru"}
    if unchanged:
        return HttpResponse(status=304, headers=told)
    if asked.takes_gzip:
        told["Content-Encoding"] = "gzip"
    if request.method == "HEAD":
        return HttpResponse(headers=told)
    channel = channel_of(question, names, self_url=own, next_url="", first_url="", updated=newest)
    body = _gathered(_written(channel, rows), packed=asked.takes_gzip)
    return StreamingHttpResponse(body, headers=told)


@require_safe
def changes(request: HttpRequest) -> HttpResponseBase:
    """Answer with the checks that changed after event ``since``; the Link header says where to go on.

    While there is a ``rel="next"``, there may be more; without one, the same address is asked again later.
    """
    try:
        question, text = read_question(request.GET, place="since")
        since = number(text or "0", "since")
        names = known_names(question)
    except BadQuestion as refusal:
        return refusal.response()
    make = partial(_render_changes, question, since, names)
    return answered(request, rendered.take((history_mark(), question, since, *names, *site_facts()), make))


def _render_changes(question: FeedQuestion, since: int, names: list[str]) -> Kept:
    changed = feed_changes(question, since)
    own = feed_address("feed_changes", question, since=str(since))
    following = (
        feed_address("feed_changes", question, since=str(changed.mark)) if changed.mark > since else ""
    )
    updated = changed.newest_event or BEGINNING
    channel = channel_of(question, names, self_url=own, next_url="", first_url="", updated=updated)
    return Kept(
        body=datafeed.render(channel, changed.entries),
        content_type=datafeed.CONTENT_TYPE,
        newest=None,
        language=question.language or "en, uk, ru",
        links=links(own, next_url=following),
    )


def _digest(question: FeedQuestion, names: list[str]) -> tuple[str, datetime, int]:
    since = last_public_event()
    return *_named(dump_rows(question), question, names), since


def _named(rows: Sequence[DumpRow], question: FeedQuestion, names: list[str]) -> tuple[str, datetime]:
    """Return the hash of everything that the bytes of the dump follow from, and its newest event."""
    hashed = hashlib.sha256(json.dumps([_PROGRAM, question.parts(), names, site_facts()]).encode())
    for row in rows:
        hashed.update(repr(row).encode("utf-8", "backslashreplace"))
    return hashed.hexdigest()[:32], rows[0].event_at if rows else BEGINNING


def _written(channel: Channel, rows: Sequence[DumpRow]) -> Iterator[bytes]:
    yield from datafeed.pieces(channel, _entries(rows))


def _entries(rows: Sequence[DumpRow]) -> Iterator[Entry]:
    for start in range(0, len(rows), BATCH):
        yield from dump_entries(rows[start : start + BATCH])


def _gathered(pieces: Iterator[bytes], *, packed: bool) -> Iterator[bytes]:
    """Yield ``pieces`` in blocks worth sending, packed where that is asked for."""
    packer = zlib.compressobj(6, wbits=31) if packed else None
    block = bytearray()
    for piece in pieces:
        block += packer.compress(piece) if packer else piece
        if len(block) >= _PIECE:
            yield bytes(block)
            block.clear()
    yield bytes(block) + (packer.flush() if packer else b"")
