"""Measured work: what was logged, published, corrected and retracted, week by week or month by month."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncDay
from django.utils.translation import gettext as _

from claims.models import Claim, Publication, PublishedRevision, Verdict
from claims.rules.lifecycle import PublicationState
from claims.selectors.measure_period import Asked
from claims.selectors.measure_tables import Measure, measure


def revisions_in(what: Asked) -> Counter[tuple[date, str]]:
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


def retractions_in(what: Asked) -> Counter[date]:
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


def cadence(what: Asked, revisions: Counter[tuple[date, str]]) -> Measure:
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


def corrections(what: Asked, revisions: Counter[tuple[date, str]], retractions: Counter[date]) -> Measure:
    tiers = (Verdict.Tier.MINOR, Verdict.Tier.UPDATE, Verdict.Tier.SUBSTANTIAL)
    told = [
        (what.name(bucket), (*(revisions[bucket, tier] for tier in tiers), retractions[bucket]))
        for bucket in what.buckets
    ]
    columns = (*(str(tier.label) for tier in tiers), _("retractions"))
    title = _("Corrections and retractions")
    return measure("corrections", title, _("when"), columns, told, (0, 1, 2, 3))
