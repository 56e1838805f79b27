"""The DataFeed: everything as one streamed dump, and what changed since an event.

The dump's bytes follow from a list of immutable revisions that is read first. So its ETag, the hash of that
list, names one body although publishing goes on while it is sent, and no transaction stays open meanwhile. What
does not change from one dump to the next is kept in parts (``parts``).
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims.feeds import parts
from claims.feeds.answers import Asked, Kept, entity_tag, headers, is_unchanged
from claims.feeds.parts import Part, gzipped, packed_part, parts_of
from claims.feeds.questions import BadQuestion, number, read_question
from claims.feeds.shelf import Shelf
from claims.feeds.views import (
    BEGINNING,
    PROGRAM,
    answered,
    channel_of,
    known_names,
    links,
    rendered_once,
    site_facts,
    told_by_date,
)
from claims.publish import datafeed
from claims.publish.entries import Channel
from claims.selectors.feeds import (
    DumpRow,
    FeedQuestion,
    dump_rows,
    feed_address,
    feed_changes,
    history_beginning,
    history_mark,
    last_public_event,
)
from claims.selectors.publications import next_scheduled_publication

#: The parts' sizes decide about the packed bytes.
_PROGRAM = PROGRAM + hashlib.sha256(inspect.getsource(parts).encode()).hexdigest()
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
    key = (history_mark(), question, *names, *site_facts())
    rows: Sequence[DumpRow] = ()
    kept, unchanged = None, False
    if request.method == "HEAD" or asked.if_none_match or asked.if_modified_since:
        kept = _digests.take(key, partial(_digest, question, names))
        etag = entity_tag(kept[0], packed=asked.takes_gzip)
        unchanged = is_unchanged(asked, etag, kept[1] if told_by_date(question) else None, now)
    if kept is None or (not unchanged and request.method == "GET"):
        # The list is not kept, so it is read for each dump, and may be a newer one.
        since, rows = last_public_event(), dump_rows(question)
        kept = (*_named(rows, question, names), since)
        _digests.put(key, kept)
    digest, newest, since = kept
    etag = entity_tag(digest, packed=asked.takes_gzip)
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
    made = parts_of(rows, _PROGRAM + history_beginning(), _folder(question))
    return StreamingHttpResponse(_written(channel, made, packed=asked.takes_gzip), headers=told)


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
    return answered(request, rendered_once((history_mark(), question, since, *names, *site_facts()), make))


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
    return hashed.hexdigest()[:32], max((row.event_at for row in rows), default=BEGINNING)


def _folder(question: FeedQuestion) -> Path | None:
    """Return where the parts of this dump are kept; those of narrower ones than a language are made each time."""
    if question != FeedQuestion(language=question.language):
        return None
    return Path(settings.VAR_DIR) / "datafeed" / (question.language or "all")


def _written(channel: Channel, elements: Iterable[Part], *, packed: bool) -> Iterator[bytes]:
    """Yield the dump in blocks worth sending, of which the largest is one part."""
    opening, closing = packed_part(datafeed.opening(channel)), packed_part(datafeed.CLOSING)
    pieces = chain([opening], elements, [closing])
    return gzipped(pieces) if packed else (piece.plain for piece in pieces)
