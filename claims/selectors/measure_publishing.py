"""Measured work: what was logged, published, corrected and retracted, week by week or month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDay
from django.utils.translation import gettext as _

from claims.models import Claim, Publication, PublishedRevision, Verdict
from claims.rules.lifecycle import PublicationState
from claims.selectors.measure_period import Asked
from claims.selectors.measure_tables import Measure, measure


def _by_day(what: Asked, rows: QuerySet[Any, Any], moment: str, *names: str) -> Iterator[tuple[Any, ...]]:
    """Yield ``(bucket, *names, times)`` for each day of the period, by the column ``moment``. One query."""
    within = rows.filter(**{f"{moment}__gte": what.since, f"{moment}__lt": what.until}).order_by()
    counted = within.annotate(day=TruncDay(moment, tzinfo=what.zone)).values_list("day", *names)
    for day, *rest in counted.annotate(times=Count("pk")):
        yield what.bucket(day.date()), *rest


def revisions_in(what: Asked) -> Counter[tuple[date, str]]:
    """Count the published revisions by bucket and tier."""
    published = PublishedRevision.objects.filter(publication__claim__desk_id__in=what.desk_ids)
    counted: Counter[tuple[date, str]] = Counter()
    for bucket, tier, times in _by_day(what, published, "published_at", "tier"):
        counted[bucket, tier] += times
    return counted


def retractions_in(what: Asked) -> Counter[date]:
    retracted = Publication.objects.filter(claim__desk_id__in=what.desk_ids, state=PublicationState.RETRACTED)
    counted: Counter[date] = Counter()
    for bucket, times in _by_day(what, retracted, "event_at"):
        counted[bucket] += times
    return counted


def cadence(what: Asked, revisions: Counter[tuple[date, str]]) -> Measure:
    logged: Counter[date] = Counter()
    for bucket, times in _by_day(what, Claim.objects.filter(desk_id__in=what.desk_ids), "logged_at"):
        logged[bucket] += times
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
