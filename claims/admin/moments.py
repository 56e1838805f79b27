"""Reading a local date and time that a person typed: refused where the clock skips it or shows it twice."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from claims.actions.refusals import Invalid


def local_moment(typed: str, zone: str) -> datetime:
    """Return ``typed`` (``2026-03-04T12:30``, local in ``zone``) as a moment in UTC. Raises ``Invalid``.

    With an offset (``2026-10-25T03:30+02:00``) it is the moment that it says, on any night.
    """
    try:
        # Nothing after the minutes is passed over: an offset that was not read would be an hour's mistake.
        local = datetime.fromisoformat(typed.strip())
        is_date = len(typed.strip()) < len("2026-03-04T12:30")
        if local.tzinfo is not None:
            return local.astimezone(UTC)
    except (ValueError, OverflowError):
        is_date = True
    if is_date:
        sentence = _("Write date and time, for example 2026-03-04T12:30.")
        raise Invalid(sentence, {"publish_at": sentence})
    there = ZoneInfo(zone)
    try:
        first, second = (local.replace(tzinfo=there, fold=fold) for fold in (0, 1))
        if first.utcoffset() == second.utcoffset():
            return first.astimezone(UTC)
    except OverflowError:
        pass
    sentence = _("The clocks of %(zone)s change then; choose a time that exists once.") % {"zone": zone}
    raise Invalid(sentence, {"publish_at": sentence})
