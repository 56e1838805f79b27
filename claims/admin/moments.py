"""Reading a local date and time that a person typed: refused where the clock skips it or shows it twice."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from claims.actions.refusals import Invalid


def local_moment(typed: str, zone: str) -> datetime:
    """Return ``typed`` (``2026-03-04T12:30``, local in ``zone``) as a moment in UTC. Raises ``Invalid``."""
    try:
        local = datetime.strptime(typed.strip()[:16], "%Y-%m-%dT%H:%M")
    except ValueError:
        sentence = _("Write date and time, for example 2026-03-04T12:30.")
        raise Invalid(sentence, {"publish_at": sentence}) from None
    there = ZoneInfo(zone)
    first, second = (local.replace(tzinfo=there, fold=fold) for fold in (0, 1))
    if first.utcoffset() != second.utcoffset():
        sentence = _("The clocks of %(zone)s change then; choose a time that exists once.") % {"zone": zone}
        raise Invalid(sentence, {"publish_at": sentence})
    return first.astimezone(UTC)
