"""What the reading room tells beside the words: on which clock an edit was seen."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template

from claims.models import Update
from claims.templatetags.workbench import zone_of

register = template.Library()

#: An edit that came so soon after its update is told by the clock alone, as people say it.
SAME_DAY = timedelta(hours=20)


@register.filter
def clock(at: datetime, update: Update | None) -> str:
    """Return the time of ``at`` on the clock that ``update`` is printed in, "" where the day has to be told too."""
    if update is None or update.moment is None or not timedelta() <= at - update.moment <= SAME_DAY:
        return ""
    return at.astimezone(zone_of(update.zone)).strftime("%H:%M")
