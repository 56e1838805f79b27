"""The content hash that an approval is bound to: equal for equal content, different for any change.

It covers everything that a reader would see differently, and the moment of submission, so that an approval
never outlives a round of changes, even one that left the words as they were.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class HashedEvidence:
    """One cited piece of evidence, as it stood: its stance and state, and the very words that are cited."""

    evidence_id: int
    stance: str
    state: str
    address: str
    text_sha256: str


@dataclass(frozen=True, slots=True)
class HashedContent:
    """Everything that an approver reads. Moments are ISO 8601 strings in UTC, bare dates stay bare."""

    claim_text: str
    claim_language: str
    claimant: str
    attribution: str
    made: str
    appearances: tuple[str, ...]
    language: str
    rating: str
    claim_reviewed: str
    title: str
    summary: str
    justification: str
    uncertainty: str
    none_found: str
    tier: str
    correction_note: str
    submitted_at: str
    evidence: tuple[HashedEvidence, ...] = ()
    exceptions: dict[str, str] = field(default_factory=dict)


def canonical_json(content: Any) -> str:
    """Return the one JSON text of ``content``: sorted keys, no spaces, characters as they are."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(content: Any) -> str:
    """Return the SHA-256 (64 hexadecimal digits) of the canonical JSON of ``content``."""
    return hashlib.sha256(canonical_json(content).encode("utf-8", "surrogatepass")).hexdigest()


def content_hash(content: HashedContent) -> str:
    """Return the SHA-256 (64 hexadecimal digits) of ``content``."""
    return sha256_of(asdict(content))
