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
    local = _written_out(typed.strip())
    if local is None:
        sentence = _("Write date and time, for example 2026-03-04T12:30.")
        raise Invalid(sentence, {"publish_at": sentence})
    try:
        if local.tzinfo is not None:
            return local.astimezone(UTC)
        first, second = (local.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
        if first.utcoffset() == second.utcoffset():
            return first.astimezone(UTC)
    except OverflowError:
        # The first and the last day that a calendar of ours holds are no moments in another zone.
        pass
    sentence = _("The clocks of %(zone)s change then; choose a time that exists once.") % {"zone": zone}
    raise Invalid(sentence, {"publish_at": sentence})


def _written_out(typed: str) -> datetime | None:
    """Return date and time as typed, whole: an offset that is not read would be an hour's mistake."""
    if len(typed) < len("2026-03-04T12:30"):
        return None
    try:
        return datetime.fromisoformat(typed)
    except ValueError:
        return None
