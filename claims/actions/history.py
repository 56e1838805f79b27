"""Appending to the history: every action's last write. Rows are chained by hash and never change.

The chain is one for the installation; its head row is locked by the append, so that sequence numbers have
no gaps and two appends cannot name the same predecessor.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.utils import timezone

from claims.models import ClaimEvent, HistoryHead
from claims.rules.hashing import sha256_of
from claims.rules.permissions import Actor
from claims.selectors.chain import hashed_event


def event_hash(event: ClaimEvent) -> str:
    """Return the SHA-256 (hex) of the canonical JSON of all fields of ``event`` but the hash itself."""
    return sha256_of(hashed_event(event))


def append_event(
    *,
    actor: Actor,
    subject: models.Model,
    verb: str,
    claim_id: int | None,
    from_state: str = "",
    to_state: str = "",
    note: str = "",
    details: dict[str, Any] | None = None,
) -> ClaimEvent:
    """Append one event about ``subject``; call it inside the action's transaction, after its writes."""
    if not connection.in_atomic_block:
        raise RuntimeError("append_event belongs into the transaction of the change that it records.")
    HistoryHead.objects.get_or_create(only=True)
    head = HistoryHead.objects.select_for_update().get()
    event = ClaimEvent(
        sequence=head.count + 1,
        claim_id=claim_id,
        subject_kind=subject._meta.model_name or "",
        subject_id=subject.pk,
        verb=verb,
        person_id=actor.person_id,
        person_name=actor.name,
        from_state=from_state,
        to_state=to_state,
        note=note,
        details=details or {},
        at=timezone.now(),
        previous_hash=head.hash,
    )
    event.hash = event_hash(event)
    event.save(force_insert=True)
    head.count, head.hash = event.sequence, event.hash
    head.save(update_fields=["count", "hash"])
    return event
