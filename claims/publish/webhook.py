"""What a webhook carries, and how it is signed: the scheme of https://www.standardwebhooks.com (version 1).

Invariant: the body of one event is the same bytes for every receiver, attempt and replay, but for the name of
the delivery, for it is made from the immutable snapshot. The signature covers name, moment and body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from claims.publish.claimreview import claim_review
from claims.publish.entries import shown_title
from claims.publish.snapshot import Snapshot, rating_of

#: What every secret begins with, so that scanners of leaked keys can know it.
MARK = "whsec_"


@dataclass(frozen=True, slots=True)
class Told:
    """One public event. ``event`` is a value of ``EventChoice``, ``at`` RFC 3339 in UTC; ``version`` grows with
    every event of the publication, so that a receiver can tell an older one that comes late."""

    event: str
    at: str
    version: int
    note: str
    snapshot: Snapshot

    @property
    def state(self) -> str:
        """The state of the publication after the event."""
        return {"retracted": "retracted", "correction_started": "under_correction"}.get(self.event, "live")


def new_salt() -> str:
    """Return what a new secret is derived from."""
    return secrets.token_urlsafe(32)


def secret_of(salt: str) -> str:
    """Return the secret that belongs to ``salt`` in this installation; another SECRET_KEY gives another."""
    digest = salted_hmac("claims.publish.webhook", salt, algorithm="sha256").digest()
    return MARK + base64.b64encode(digest).decode()


def body_of(told: Told, key: str) -> bytes:
    """Return the JSON that is sent; a retraction carries no markup, for its verdict no longer stands."""
    snapshot = told.snapshot
    withdrawn = told.event == "retracted"
    publication = {
        "id": snapshot["publication"],
        "entry_id": snapshot["entry_id"],
        "url": snapshot["url"],
        "language": snapshot["language"],
        "state": told.state,
        "revision": snapshot["revision"],
        "version": told.version,
        "title": shown_title(snapshot, told.state),
        "rating": None if withdrawn else rating_of(snapshot),
        "summary": "" if withdrawn else snapshot["summary"],
        "content_hash": snapshot["content_hash"],
    }
    payload = {
        "id": key,
        "type": f"publication.{told.event}",
        "timestamp": told.at,
        "data": {
            "publication": publication,
            "note": told.note,
            "claimreview": None if withdrawn else claim_review(snapshot),
        },
    }
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def headers_of(key: str, timestamp: int, body: bytes, salts: Collection[str]) -> dict[str, str]:
    """Return the headers of one attempt; one signature for each secret that counts at ``timestamp`` (seconds)."""
    return {
        "Content-Type": "application/json; charset=utf-8",
        "Idempotency-Key": key,
        "webhook-id": key,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(_signature(key, timestamp, body, secret_of(salt)) for salt in salts),
    }


def _signature(key: str, timestamp: int, body: bytes, secret: str) -> str:
    signed = f"{key}.{timestamp}.".encode() + body
    digest = hmac.new(base64.b64decode(secret.removeprefix(MARK)), signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()
