"""Measured work of one's desks in a period: cadence, time in each state, backlog, agreement, corrections, balance.

Eight queries, each bounded: groups of at most a year, or the newest rows up to a limit that the page tells.
People are not measured, only the desk: no figure here names who was fast or slow.
"""

from __future__ import annotations

from claims.selectors.measure_balance import agreement, balance
from claims.selectors.measure_period import Asked
from claims.selectors.measure_publishing import cadence, corrections, retractions_in, revisions_in
from claims.selectors.measure_tables import Measure
from claims.selectors.measure_waiting import backlog, times_in_states


def measures(what: Asked) -> list[Measure]:
    """Return every table of the page, in its order. Eight queries."""
    revisions, retractions = revisions_in(what), retractions_in(what)
    return [
        cadence(what, revisions),
        times_in_states(what),
        *backlog(what),
        agreement(what),
        corrections(what, revisions, retractions),
        *balance(what),
    ]
