"""Bulk writes to Elasticsearch, in which the status of every single item is read.

A bulk request answers 200 even when none of its items was written. Here each item ends as written, as
stale (409: a version as high is held), or as rejected with its reason; those that the server had no room
for (429 and 5xx) are sent again a few times first, and are marked retryable if that did not help.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from claims.search.base import BulkOutcome, RejectedItem, SearchUnavailable
from claims.search.preparation import PreparedDocument

#: Limits of one request; Elasticsearch does best with a few megabytes.
_ITEMS = 1_000
_CHARACTERS = 4_000_000
#: Pauses before the second, third, … attempt at items the server had no room for, in seconds.
_PAUSES_S = (0.1, 0.4, 1.0)
_RETRYABLE = frozenset({429, 500, 502, 503, 504})

ItemStatus = Literal["written", "stale"] | RejectedItem
#: Sends the lines of one bulk request and returns the parsed answer.
SendBulk = Callable[[Sequence[str]], Mapping[str, Any]]


class TargetGone(Exception):
    """The alias that was written to is not there any more: its generation was dropped."""


def write_in_bulk(
    documents: Sequence[PreparedDocument], *, send: SendBulk, pause: Callable[[float], None]
) -> list[ItemStatus]:
    """Write all documents, in requests of bearable size; return what became of each, in their order.

    ``pause`` waits the given seconds. Raises ``TargetGone``.
    """
    return [status for chunk in _chunks(documents) for status in _write_chunk(chunk, send, pause)]


def count_outcome(
    by_generation: Sequence[Sequence[ItemStatus]], unwritable: Sequence[RejectedItem]
) -> BulkOutcome:
    """Count the items: refused by any generation, else as they fared in the first, which is read."""
    written = stale = 0
    rejected = list(unwritable)
    for statuses in zip(*by_generation, strict=True):
        refused = [status for status in statuses if isinstance(status, RejectedItem)]
        if refused:
            rejected.append(refused[0])
        elif statuses[0] == "written":
            written += 1
        else:
            stale += 1
    return BulkOutcome(written, stale, tuple(rejected))


def _write_chunk(
    chunk: Sequence[PreparedDocument], send: SendBulk, pause: Callable[[float], None]
) -> list[ItemStatus]:
    statuses = _send_once(chunk, send)
    for pause_s in _PAUSES_S:
        pending = [place for place, status in enumerate(statuses) if _may_be_retried(status)]
        if not pending:
            break
        # Jitter keeps several workers from returning to a busy server at the same moment.
        pause(pause_s * random.uniform(0.5, 1.0))  # noqa: S311
        again = _send_once([chunk[place] for place in pending], send)
        for place, status in zip(pending, again, strict=True):
            statuses[place] = status
    return statuses


def _send_once(documents: Sequence[PreparedDocument], send: SendBulk) -> list[ItemStatus]:
    items = send([line for document in documents for line in _lines(document)]).get("items", ())
    if len(items) != len(documents):
        raise SearchUnavailable("a bulk write was not answered for every item")
    return [_status(document, *item.values()) for document, item in zip(documents, items, strict=True)]


def _status(document: PreparedDocument, answer: Mapping[str, Any]) -> ItemStatus:
    status = int(answer["status"])
    if status in (200, 201):
        return "written"
    if status == 409:
        return "stale"
    if status == 404:
        raise TargetGone(_reason(answer))
    return RejectedItem(document.id, _reason(answer), retryable=status in _RETRYABLE)


def _may_be_retried(status: ItemStatus) -> bool:
    return isinstance(status, RejectedItem) and status.retryable


def _reason(answer: Mapping[str, Any]) -> str:
    """Return the innermost cause, which is the one that tells what to do."""
    error = answer.get("error") or {}
    while isinstance(error.get("caused_by"), Mapping):
        error = error["caused_by"]
    return f"{answer['status']} {error.get('type', 'error')}: {error.get('reason', 'no reason given')}"


def _lines(document: PreparedDocument) -> tuple[str, str]:
    action = {"_id": document.id, "version": document.version, "version_type": "external"}
    body: dict[str, Any] = {"id": document.id}
    if document.deleted:
        body["deleted"] = True
    else:
        body |= {"filters": document.filters, **document.fields}
    return json.dumps({"index": action}), json.dumps(body, ensure_ascii=False)


def _chunks(documents: Sequence[PreparedDocument]) -> Iterator[list[PreparedDocument]]:
    chunk: list[PreparedDocument] = []
    size = 0
    for document in documents:
        if chunk and (len(chunk) == _ITEMS or size + document.size > _CHARACTERS):
            yield chunk
            chunk, size = [], 0
        chunk.append(document)
        size += document.size
    if chunk:
        yield chunk
