"""An event as the chain hashes it, and the events of one claim in their order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from claims.models import ClaimEvent, Verdict
from claims.rules.lifecycle import UNDECIDED_VERDICT_STATES

#: Asking for a dossier is kept in the history and is no part of the dossier: it would never be the same twice.
ASKED = "ask_dossier"


def hashed_event(event: ClaimEvent) -> dict[str, Any]:
    """Return all fields of ``event`` but its hash, as plain JSON; ``hash`` is the SHA-256 of its canonical form."""
    return {
        "sequence": event.sequence,
        "claim": event.claim_id,
        "subject": [event.subject_kind, event.subject_id],
        "verb": event.verb,
        "person": [event.person_id, event.person_name],
        "states": [event.from_state, event.to_state],
        "note": event.note,
        "details": event.details,
        "at": _moment(event.at),
        "previous_hash": event.previous_hash,
    }


def _moment(at: datetime) -> str:
    return at.astimezone(timezone.get_default_timezone()).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def chain_of(claim_id: int) -> list[dict[str, Any]]:
    """Return the events of the claim, oldest first, each with its hash. One query.

    Events about a verdict that is not decided yet are left out: somebody may still have to rate it blind.
    """
    undecided = Verdict.objects.filter(claim_id=claim_id, state__in=sorted(UNDECIDED_VERDICT_STATES)).values(
        "pk"
    )
    events = (
        ClaimEvent.objects.filter(claim_id=claim_id)
        .exclude(verb=ASKED)
        .exclude(subject_kind=Verdict._meta.model_name, subject_id__in=undecided)
        .order_by("sequence")
    )
    return [{**hashed_event(event), "hash": event.hash} for event in events]
