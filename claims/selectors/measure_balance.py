"""Measured work: how far ratings agree, and on whom and what they fall."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import Count, F
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.models import Publication
from claims.rules.lifecycle import PublicationState
from claims.selectors.labels import agreement_between
from claims.selectors.measure_period import Asked
from claims.selectors.measure_tables import Measure, measure

#: At most so many groups are read, and so many claimants and topics are shown; the page says what is left.
MOST_GROUPS = 5_000
MOST_SHOWN = 15


def agreement(what: Asked) -> Measure:
    """How often two people who did not know of each other gave the same rating."""
    found = agreement_between(what.since, what.until, what.desk_ids)
    share = None if found.share is None else round(100 * found.share, 1)
    kappa = None if found.kappa is None else round(found.kappa, 2)
    told = [(_("blind labels"), (found.labels, found.agreeing, share, kappa))]
    columns = (_("labels"), _("agreeing"), _("agreeing, percent"), _("beyond chance (kappa)"))
    note = _("Kappa is 1 where all agree and 0 where they agree as often as by chance.")
    return measure("agreement", _("Agreement between labels"), _("what"), columns, told, (), note=note)


def balance(what: Asked) -> Iterable[Measure]:
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
