"""The capture behind a piece of evidence: the stored words of the page, opened where they are quoted."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from claims.models import Document, Evidence


@dataclass(frozen=True, slots=True)
class Capture:
    """``before``, ``quoted`` and ``after`` join to the stored text, or to the stored passage alone where the
    page was captured again since and does not hold the words any more (``words_gone``)."""

    evidence: Evidence
    document: Document
    before: str
    quoted: str
    after: str
    words_gone: bool
    page_sha256: str
    page_bytes: int


def capture_of(evidence_id: int, claim_id: int, desk_ids: Collection[int]) -> Capture | None:
    """Return the capture, or None where the desks hold no such evidence. One query."""
    evidence = (
        Evidence.objects.filter(pk=evidence_id, claim_id=claim_id, claim__desk_id__in=desk_ids)
        .select_related("passage__document__outlet", "claim")
        .first()
    )
    if evidence is None:
        return None
    passage, document = evidence.passage, evidence.passage.document
    start, end = evidence.start, evidence.end or len(passage.text)
    gone = passage.retired or document.text[passage.start : passage.end] != passage.text
    text = passage.text if gone else document.text
    if not gone:
        start, end = passage.start + start, passage.start + end
    raw = bytes(document.raw or b"")
    return Capture(
        evidence=evidence,
        document=document,
        before=text[:start],
        quoted=text[start:end],
        after=text[end:],
        words_gone=gone,
        page_sha256=hashlib.sha256(raw).hexdigest() if raw else "",
        page_bytes=len(raw),
    )
