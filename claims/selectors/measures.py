"""Measured work of one's desks in a period: cadence, time in each state, backlog, agreement, corrections, balance.

Eight queries, each bounded: groups of at most a year, or the newest rows up to a limit that the page tells.
People are not measured, only the desk: no figure here names who was fast or slow.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import quantiles
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDay
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.models import Claim, ClaimEvent, Publication, PublishedRevision, Verdict
from claims.rules.lifecycle import OPEN_CLAIM_STATES, OPEN_VERDICT_STATES, PublicationState
from claims.selectors.history import state_word
from claims.selectors.labels import agreement_between
from claims.selectors.measure_tables import Measure, measure

#: What may be asked for, in days.
PERIODS = (28, 91, 365)
#: At most so many moves and so many groups are read; the page says where there were more.
MOST_MOVES = 20_000
MOST_GROUPS = 5_000
#: States in which nobody works: how long a check has stood published is no measure of work.
_RESTING = frozenset({"concluded", "published"})
#: So many claimants and topics are shown.
MOST_SHOWN = 15
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


def measures(what: Asked) -> list[Measure]:
    """Return every table of the page, in its order. Eight queries."""
    revisions, retractions = _revisions(what), _retractions(what)
    return [
        _cadence(what, revisions),
        _times(what),
        *_backlog(what),
        _agreement(what),
        _corrections(what, revisions, retractions),
        *_balance(what),
    ]


# --- Cadence and corrections --------------------------------------------------------------------------


def _revisions(what: Asked) -> Counter[tuple[date, str]]:
    """Count the published revisions by bucket and tier."""
    rows = (
        PublishedRevision.objects.filter(
            publication__claim__desk_id__in=what.desk_ids,
            published_at__gte=what.since,
            published_at__lt=what.until,
        )
        .order_by()
        .annotate(day=TruncDay("published_at", tzinfo=what.zone))
        .values_list("day", "tier")
        .annotate(times=Count("pk"))
    )
    counted: Counter[tuple[date, str]] = Counter()
    for day, tier, times in rows:
        counted[what.bucket(day.date()), tier] += times
    return counted


def _retractions(what: Asked) -> Counter[date]:
    rows = (
        Publication.objects.filter(
            claim__desk_id__in=what.desk_ids,
            state=PublicationState.RETRACTED,
            event_at__gte=what.since,
            event_at__lt=what.until,
        )
        .order_by()
        .annotate(day=TruncDay("event_at", tzinfo=what.zone))
        .values_list("day")
        .annotate(times=Count("pk"))
    )
    counted: Counter[date] = Counter()
    for day, times in rows:
        counted[what.bucket(day.date())] += times
    return counted


def _cadence(what: Asked, revisions: Counter[tuple[date, str]]) -> Measure:
    rows = (
        Claim.objects.filter(desk_id__in=what.desk_ids, logged_at__gte=what.since, logged_at__lt=what.until)
        .order_by()
        .annotate(day=TruncDay("logged_at", tzinfo=what.zone))
        .values_list("day")
        .annotate(times=Count("pk"))
    )
    logged: Counter[date] = Counter()
    for day, times in rows:
        logged[what.bucket(day.date())] += times
    told = [
        (what.name(bucket), (logged[bucket], revisions[bucket, Verdict.Tier.FIRST]))
        for bucket in what.buckets
    ]
    columns = (_("claims logged"), _("checks published"))
    return measure("cadence", _("Cadence"), _("when"), columns, told, (0, 1), stacked=False)


def _corrections(what: Asked, revisions: Counter[tuple[date, str]], retractions: Counter[date]) -> Measure:
    tiers = (Verdict.Tier.MINOR, Verdict.Tier.UPDATE, Verdict.Tier.SUBSTANTIAL)
    told = [
        (what.name(bucket), (*(revisions[bucket, tier] for tier in tiers), retractions[bucket]))
        for bucket in what.buckets
    ]
    columns = (*(str(tier.label) for tier in tiers), _("retractions"))
    title = _("Corrections and retractions")
    return measure("corrections", title, _("when"), columns, told, (0, 1, 2, 3))


# --- Time in each state -------------------------------------------------------------------------------


def _times(what: Asked) -> Measure:
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


# --- Backlog ------------------------------------------------------------------------------------------


def _backlog(what: Asked) -> Iterable[Measure]:
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


# --- Agreement and balance ----------------------------------------------------------------------------


def _agreement(what: Asked) -> Measure:
    """How often two people who did not know of each other gave the same rating."""
    found = agreement_between(what.since, what.until, what.desk_ids)
    share = None if found.share is None else round(100 * found.share, 1)
    kappa = None if found.kappa is None else round(found.kappa, 2)
    told = [(_("blind labels"), (found.labels, found.agreeing, share, kappa))]
    columns = (_("labels"), _("agreeing"), _("agreeing, percent"), _("beyond chance (kappa)"))
    note = _("Kappa is 1 where all agree and 0 where they agree as often as by chance.")
    return measure("agreement", _("Agreement between labels"), _("what"), columns, told, (), note=note)


def _balance(what: Asked) -> Iterable[Measure]:
    """The ratings that stand published from this period, by whom and what they are about."""
    label = {"uk": "label_uk", "ru": "label_ru"}.get((get_language() or "en")[:2], "label_en")
    rating = "current__verdict__rating"
    groups = list(
        Publication.objects.filter(
            claim__desk_id__in=what.desk_ids,
            current__published_at__gte=what.since,
            current__published_at__lt=what.until,
        )
        .exclude(state=PublicationState.RETRACTED)
        .order_by()
        .values_list(
            "claim__claimant__name",
            "claim__topic",
            f"{rating}__ordinal",
            f"{rating}__{label}",
            f"{rating}__label_en",
        )
        .annotate(times=Count("pk"))
        .order_by("-times", F("claim__claimant__name").asc(nulls_last=True))[:MOST_GROUPS]
    )
    ratings = list(
        dict.fromkeys(
            (shown or english)
            for _who, _topic, _n, shown, english, _times in sorted(groups, key=lambda group: group[2])
        )
    )
    unknown, untold = _("claimant unknown"), _("no topic")
    by_claimant: dict[str, Counter[str]] = defaultdict(Counter)
    by_topic: dict[str, Counter[str]] = defaultdict(Counter)
    for claimant, topic, _ordinal, shown, english, times in groups:
        by_claimant[claimant or unknown][shown or english] += times
        by_topic[topic or untold][shown or english] += times
    for key, title, first, counted in (
        ("claimants", _("Verdicts by claimant"), _("claimant"), by_claimant),
        ("topics", _("Verdicts by topic"), _("topic"), by_topic),
    ):
        most = sorted(counted.items(), key=lambda item: (-item[1].total(), item[0]))[:MOST_SHOWN]
        told = [(name, tuple(found[rating] for rating in ratings)) for name, found in most]
        left = len(counted) - len(most)
        note = _("%(count)s more are not shown.") % {"count": left} if left > 0 else ""
        yield measure(key, title, first, tuple(ratings), told, tuple(range(len(ratings))), note=note)
