"""Measured work: how long claims and verdicts stayed in each state, and what waits now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import quantiles

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from claims.models import Claim, ClaimEvent, Verdict
from claims.rules.lifecycle import OPEN_CLAIM_STATES, OPEN_VERDICT_STATES
from claims.selectors.history import state_word
from claims.selectors.measure_period import Asked
from claims.selectors.measure_tables import Measure, measure

#: At most so many moves are read; the page says where there were more.
MOST_MOVES = 20_000
#: States in which nobody works: how long a check has stood published is no measure of work.
_RESTING = frozenset({"concluded", "published"})


def times_in_states(what: Asked) -> Measure:
    """How long claims and verdicts stayed in a state that they left in the period."""
    newest = (
        ClaimEvent.objects.filter(
            claim__desk_id__in=what.desk_ids,
            at__gte=what.since,
            at__lt=what.until,
            subject_kind__in=["claim", "verdict"],
        )
        .exclude(to_state="")
        .order_by("-sequence")
        .values_list("subject_kind", "subject_id", "to_state", "at")[: MOST_MOVES + 1]
    )
    moves = list(newest)
    stayed: dict[tuple[str, str], list[float]] = defaultdict(list)
    present: dict[tuple[str, int], tuple[str, datetime]] = {}
    for kind, id, state, at in reversed(moves[:MOST_MOVES]):
        former = present.get((kind, id))
        if former is None or former[0] != state:
            if former is not None and former[0] not in _RESTING:
                stayed[kind, former[0]].append((at - former[1]).total_seconds() / 3600)
            present[kind, id] = (state, at)
    kinds = {"claim": str(Claim._meta.verbose_name), "verdict": str(Verdict._meta.verbose_name)}
    told = [
        (f"{kinds[kind]}: {state_word(state)}", (len(hours), _share_of(hours, 50), _share_of(hours, 90)))
        for (kind, state), hours in sorted(stayed.items())
    ]
    note = _("Of the newest %(most)s moves only.") % {"most": MOST_MOVES} if len(moves) > MOST_MOVES else ""
    columns = (_("moves out of it"), _("half took at most, hours"), _("nine in ten took at most, hours"))
    return measure("times", _("Time in each state"), _("state"), columns, told, (1,), note=note)


def _share_of(hours: list[float], percent: int) -> float:
    """Return the value that ``percent`` of ``hours`` do not exceed, rounded to a tenth."""
    if len(hours) == 1:
        return round(hours[0], 1)
    return round(quantiles(hours, n=100, method="inclusive")[percent - 1], 1)


def backlog(what: Asked) -> Iterable[Measure]:
    """What waits now: claims by how long, verdicts by their state."""
    ages = ((1, _("up to a day")), (7, _("up to a week")), (30, _("up to a month")), (None, _("longer")))
    counts, younger_than = {}, what.until
    for number, (days, _name) in enumerate(ages):
        older = what.until - timedelta(days=days) if days else None
        within = Q(logged_at__lte=younger_than)
        counts[f"age{number}"] = Count("pk", filter=within & Q(logged_at__gt=older) if older else within)
        younger_than = older or younger_than
    waiting = Claim.objects.filter(desk_id__in=what.desk_ids, state__in=sorted(OPEN_CLAIM_STATES))
    found = waiting.order_by().aggregate(**counts)
    told = [(name, (found[f"age{number}"],)) for number, (_days, name) in enumerate(ages)]
    title, first = _("Claims that wait"), _("how long")
    yield measure("waiting_claims", title, first, (_("claims"),), told, (0,))
    states = (
        Verdict.objects.filter(claim__desk_id__in=what.desk_ids, state__in=sorted(OPEN_VERDICT_STATES))
        .order_by()
        .values_list("state")
        .annotate(times=Count("pk"))
    )
    counted = dict(states)
    in_order = [
        state for state in Verdict._meta.get_field("state").flatchoices if state[0] in OPEN_VERDICT_STATES
    ]
    rows = [(str(label), (counted.get(state, 0),)) for state, label in in_order]
    title = _("Verdicts on their way")
    yield measure("open_verdicts", title, _("state"), (_("verdicts"),), rows, (0,))
