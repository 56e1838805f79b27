"""The period that measured work is told for: days of one's desks, cut into weeks or months without a gap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

#: What may be asked for, in days.
PERIODS = (28, 91, 365)
#: Up to so many days a row is a week, beyond it a month.
_WEEKS_UP_TO = 92


@dataclass(frozen=True, slots=True)
class Asked:
    """``since`` inclusive, ``until`` exclusive; ``zone`` is that in which days begin."""

    desk_ids: tuple[int, ...]
    since: datetime
    until: datetime
    zone: ZoneInfo
    days: int
    buckets: tuple[date, ...] = field(default=())

    def bucket(self, day: date) -> date:
        if self.days <= _WEEKS_UP_TO:
            return day - timedelta(days=day.weekday())
        return day.replace(day=1)

    def name(self, bucket: date) -> str:
        if self.days <= _WEEKS_UP_TO:
            return _("week of %(day)s") % {"day": date_format(bucket, "Y-m-d")}
        return date_format(bucket, "Y-m")


def asked(*, desk_ids: Iterable[int], zone: str, days: int, now: datetime | None = None) -> Asked:
    """Return the last ``days`` days, today included, cut into weeks or months."""
    there = ZoneInfo(zone)
    until = now or timezone.now()
    first = until.astimezone(there).date() - timedelta(days=days - 1)
    since = datetime.combine(first, datetime.min.time(), there)
    whole = Asked(tuple(desk_ids), since, until, there, days)
    every = (first + timedelta(days=n) for n in range(days))
    return Asked(whole.desk_ids, since, until, there, days, tuple(dict.fromkeys(map(whole.bucket, every))))
