"""Blind labels as screens and statistics read them: whose own rating agreed with the recorded one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from claims.models import BlindLabel, Verdict
from claims.rules.permissions import Actor


def label_by(verdict: Verdict, actor: Actor) -> BlindLabel | None:
    """Return the actor's label for the verdict's present content. One query."""
    if actor.person_id is None:
        return None
    own = BlindLabel.objects.filter(
        verdict=verdict, person_id=actor.person_id, content_hash=verdict.content_hash
    )
    return own.select_related("rating", "recorded_rating").first()


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often second people gave the recorded rating. ``share`` is None where nobody labelled.

    ``expected`` is the agreement that chance alone would give with the same frequencies of ratings, and
    ``kappa`` Cohen's kappa (1960): (share - expected) / (1 - expected); None where it is not defined.
    """

    labels: int
    agreeing: int
    expected: float | None
    kappa: float | None

    @property
    def share(self) -> float | None:
        return self.agreeing / self.labels if self.labels else None


@dataclass(frozen=True, slots=True)
class RatingPair:
    """How often ``recorded`` met ``labelled`` (keys of ratings)."""

    scale: str
    recorded: str
    labelled: str
    times: int


def agreement_between(since: datetime, until: datetime, desk_ids: Iterable[int]) -> Agreement:
    """Return the agreement of the labels given in ``[since, until)`` at the desks. One query."""
    pairs = rating_pairs(since, until, desk_ids)
    labels = sum(pair.times for pair in pairs)
    agreeing = sum(pair.times for pair in pairs if pair.recorded == pair.labelled)
    if not labels:
        return Agreement(0, 0, None, None)
    expected = _by_chance(pairs, labels)
    kappa = None if expected >= 1 else (agreeing / labels - expected) / (1 - expected)
    return Agreement(labels, agreeing, expected, kappa)


def rating_pairs(since: datetime, until: datetime, desk_ids: Iterable[int]) -> list[RatingPair]:
    """Return every pair of a recorded and a labelled rating with how often it came, most first. One query."""
    given = BlindLabel.objects.filter(
        Q(labelled_at__gte=since, labelled_at__lt=until), verdict__claim__desk_id__in=list(desk_ids)
    )
    columns = ("recorded_rating__scale__key", "recorded_rating__key", "rating__key")
    counted = given.order_by().values_list(*columns).annotate(times=Count("pk"))
    pairs = [RatingPair(*row) for row in counted]
    return sorted(pairs, key=lambda pair: (-pair.times, pair.scale, pair.recorded, pair.labelled))


def _by_chance(pairs: list[RatingPair], labels: int) -> float:
    keys = {(pair.scale, key) for pair in pairs for key in (pair.recorded, pair.labelled)}
    return sum(
        _share(_recorded(pairs, scale, key), labels) * _share(_labelled(pairs, scale, key), labels)
        for scale, key in keys
    )


def _recorded(pairs: list[RatingPair], scale: str, key: str) -> Iterator[int]:
    return (pair.times for pair in pairs if (pair.scale, pair.recorded) == (scale, key))


def _labelled(pairs: list[RatingPair], scale: str, key: str) -> Iterator[int]:
    return (pair.times for pair in pairs if (pair.scale, pair.labelled) == (scale, key))


def _share(times: Iterator[int], labels: int) -> float:
    return sum(times) / labels
