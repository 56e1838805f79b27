"""Checking the history: every hash recomputed, every link followed, the end compared with a head kept elsewhere.

A chain whose tail was cut still verifies by itself; only a head that somebody else holds tells.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from claims.actions.history import event_hash
from claims.models import ClaimEvent, HistoryHead

CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class HistoryReport:
    """``broken`` is the sequence number of the first row that does not hold, None where all do."""

    count: int
    hash: str
    broken: int | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        return not self.reason


def verify_history(published: tuple[int, str] | None = None) -> HistoryReport:
    """Read the whole history in its order and report the first row that does not hold.

    ``published`` is a head (count, hash) that was kept outside of this database: the history has to go
    through it.
    """
    count, hash = 0, ""
    for event in ClaimEvent.objects.order_by("sequence").iterator(chunk_size=CHUNK):
        if event.sequence != count + 1:
            return HistoryReport(count, hash, count + 1, _("It is missing."))
        if event.previous_hash != hash:
            return HistoryReport(count, hash, event.sequence, _("It does not follow the one before it."))
        if event.hash != event_hash(event):
            return HistoryReport(count, hash, event.sequence, _("Its content is not what was recorded."))
        count, hash = event.sequence, event.hash
        if published is not None and published[0] == count and published[1] != hash:
            return HistoryReport(count, hash, count, _("It is not the event of the published head."))
    if published is not None and published[0] > count:
        return HistoryReport(
            count, hash, count + 1, _("The published head names more events: the end was cut.")
        )
    return _at_the_head(count, hash)


def _at_the_head(count: int, hash: str) -> HistoryReport:
    head = HistoryHead.objects.first()
    at_head = (head.count, head.hash) if head else (0, "")
    if at_head != (count, hash):
        return HistoryReport(count, hash, count + 1, _("The head names another end: the end was cut."))
    return HistoryReport(count, hash)
