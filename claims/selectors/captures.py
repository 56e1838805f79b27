"""The capture behind a piece of evidence: the stored words of the page, opened where they are quoted.

Where the page changed since, the capture that was kept then is shown, for the evidence was read from that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from claims.models import Document, DocumentCapture, Evidence

#: The newest kept captures that are looked through for the words.
_CAPTURES_SEARCHED = 20


@dataclass(frozen=True, slots=True)
class Capture:
    """``before``, ``quoted`` and ``after`` join to the captured text, or to the stored passage alone where no
    capture holds it. ``words_gone``: the newest capture holds the quoted words no more."""

    evidence: Evidence
    document: Document
    before: str
    quoted: str
    after: str
    words_gone: bool
    captured_at: datetime | None
    text_sha256: str
    page_sha256: str
    page_bytes: int


def capture_of(evidence_id: int, claim_id: int, desk_ids: Collection[int]) -> Capture | None:
    """Return the capture, or None where the desks hold no such evidence. Three queries at most."""
    evidence = (
        Evidence.objects.filter(pk=evidence_id, claim_id=claim_id, claim__desk_id__in=desk_ids)
        .select_related("passage__document__outlet", "claim")
        .first()
    )
    if evidence is None:
        return None
    passage, document = evidence.passage, evidence.passage.document
    start, end = evidence.start, evidence.end or len(passage.text)
    quoted = passage.text[start:end]
    held: Document | DocumentCapture = document
    at = passage.start if document.text[passage.start : passage.end] == passage.text else -1
    is_moved = passage.retired or at < 0
    if is_moved:
        held, at = _holding(document, passage.text)
    text = held.text if at >= 0 else passage.text
    start, end = max(at, 0) + start, max(at, 0) + end
    raw = bytes(held.raw or b"")
    return Capture(
        evidence=evidence,
        document=document,
        before=text[:start],
        quoted=text[start:end],
        after=text[end:],
        words_gone=not evidence.words_stand or (is_moved and quoted not in document.text),
        captured_at=held.captured_at,
        text_sha256=held.text_sha256,
        page_sha256=hashlib.sha256(raw).hexdigest() if raw else "",
        page_bytes=len(raw),
    )


def _holding(document: Document, words: str) -> tuple[Document | DocumentCapture, int]:
    """Return the newest capture that holds ``words`` and where they stand in it; −1 where none does."""
    for kept in document.captures.defer("raw").order_by("-number")[:_CAPTURES_SEARCHED]:
        if (at := kept.text.find(words)) >= 0:
            return kept, at
    return document, document.text.find(words)
