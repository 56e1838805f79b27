"""The contact log with the claimant: one entry is one event of the history, never changed (gate E21)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.history import append_event
from claims.actions.queue import take_up_claim
from claims.actions.refusals import Invalid
from claims.models import Claim
from claims.rules import permissions
from claims.rules.contacts import ContactOutcome
from claims.rules.permissions import Actor, NotAllowed
from claims.rules.storing import storable
from claims.selectors.contacts import CONTACT_VERB, ChannelChoice, OutcomeChoice
from claims.selectors.verdicts import iso_utc

LONGEST_ENTRY = 2_000
#: Clocks of two people differ; what was a minute ago must not be refused as the future.
_TOLERANCE = timedelta(minutes=5)


def log_contact(
    *,
    claim_id: int,
    seen_version: int,
    channel: str,
    outcome: str,
    words: str,
    actor: Actor,
    contacted_at: datetime | None = None,
    deadline: datetime | None = None,
) -> Claim:
    """Write down that the claimant was asked, or what came of it; moments are aware, now where none is given.

    Raises ``Invalid`` for an entry without words, a moment to come, or a deadline before the question.
    """
    with transaction.atomic():
        claim = take_up_claim(claim_id, seen_version, actor)
        if not permissions.can_log_claim(actor, claim.desk_id):
            raise NotAllowed("contact", _("Only people who write for this desk may keep its contact log."))
        now = timezone.now()
        asked = contacted_at or now
        words = " ".join(storable(words).split())
        _require_entry(channel, outcome, words, asked, deadline, now)
        append_event(
            actor=actor,
            subject=claim,
            verb=CONTACT_VERB,
            claim_id=claim.pk,
            note=words,
            details={
                "channel": channel,
                "outcome": outcome,
                "contacted_at": iso_utc(asked),
                "deadline": iso_utc(deadline),
            },
        )
    return claim


def _require_entry(
    channel: str, outcome: str, words: str, asked: datetime, deadline: datetime | None, now: datetime
) -> None:
    wrong: dict[str, str] = {}
    if channel not in ChannelChoice.values:
        wrong["channel"] = _("Choose how the claimant was asked.")
    if outcome not in OutcomeChoice.values:
        wrong["outcome"] = _("Choose what came of it.")
    if not words:
        wrong["words"] = _("Write whom you asked and what, or what they said.")
    elif len(words) > LONGEST_ENTRY:
        wrong["words"] = _("Shorten this to %(most)s characters; it has %(length)s.") % {
            "most": LONGEST_ENTRY,
            "length": len(words),
        }
    if asked > now + _TOLERANCE:
        wrong["contacted_at"] = _("The claimant cannot have been asked in the future.")
    if deadline is not None and (outcome != ContactOutcome.WAITING or deadline <= asked):
        wrong["deadline"] = _("A deadline belongs to a question that waits, and lies after it.")
    if wrong:
        raise Invalid(" ".join(wrong.values()), wrong)
