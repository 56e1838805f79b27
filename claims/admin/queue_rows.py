"""What a row of the queue tells, in words: deadline, holder, waiting time. Colour only repeats them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _

from claims.models import Claim
from claims.selectors.desk_screen import is_held
from claims.selectors.history import state_word

#: A deadline nearer than this is marked as near.
NEAR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """``due`` is overdue, near, later or "" without a deadline; ``holder`` "" while nobody holds it."""

    claim: Claim
    due: str
    due_words: str
    verdict: str
    waits: str
    holder: str
    lease: str

    @property
    def seen(self) -> str:
        """Which claim in which version a tick of its box means."""
        return f"{self.claim.pk}:{self.claim.version}"


def queue_rows(claims: Iterable[Claim], person_id: int | None) -> list[QueueRow]:
    now = timezone.now()
    return [_row(claim, person_id, now) for claim in claims]


def _row(claim: Claim, person_id: int | None, now: datetime) -> QueueRow:
    due, due_words = _due(claim.deadline, now)
    holder, lease = _holder(claim, person_id, now)
    verdict_state = getattr(claim, "verdict_state", "")
    return QueueRow(
        claim=claim,
        due=due,
        due_words=due_words,
        verdict=_("verdict: %(state)s") % {"state": state_word(verdict_state)} if verdict_state else "",
        waits=timesince(claim.logged_at, now, depth=1),
        holder=holder,
        lease=lease,
    )


def _due(deadline: datetime | None, now: datetime) -> tuple[str, str]:
    if deadline is None:
        return "", ""
    if deadline < now:
        return "overdue", _("overdue by %(time)s") % {"time": timesince(deadline, now, depth=1)}
    due = "near" if deadline - now < NEAR else "later"
    return due, _("due in %(time)s") % {"time": timeuntil(deadline, now, depth=1)}


def _holder(claim: Claim, person_id: int | None, now: datetime) -> tuple[str, str]:
    """Return who holds the claim and what is left of the lease; one that ran out is told to its holder only."""
    if claim.held_by is None or claim.held_until is None:
        return "", ""
    if is_held(claim):
        left = timeuntil(claim.held_until, now, depth=1)
        return str(claim.held_by), _("for another %(time)s") % {"time": left}
    if claim.held_by_id == person_id:
        return "", _("your lease ran out: take it again")
    return "", ""
