"""What the review desk's templates need: a moment in the zone that the desk's people type moments in."""

from __future__ import annotations

from datetime import UTC, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.publish.xml import rfc3339
from claims.selectors.gate_wording import EXCEPTIONS
from claims.selectors.moments import told_in

register = template.Library()


@register.filter
def at_desk(moment: datetime | None, zone: str) -> SafeString | str:
    """Show ``moment`` in ``zone`` with the zone's short name, and in UTC on hover; "" for none."""
    if moment is None:
        return ""
    utc = moment.astimezone(UTC)
    return format_html(
        '<time datetime="{}" title="{} UTC">{}</time>',
        rfc3339(moment),
        f"{utc:%Y-%m-%d %H:%M}",
        told_in(moment, zone),
    )


@register.filter
def excepted(gate: str) -> str:
    """Return what the reason for an exception from ``gate`` answers, as the form asks for it."""
    return str(EXCEPTIONS.get(gate, gate))
