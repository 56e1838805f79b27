"""From a question to the list of claims to conditions, each of which an index can answer.

Topic, rating and outlet stand in other tables. Few of their rows are read first and lead to their claims; of
many, each claim asks for one of its own. Which it is, one query counts, never beyond ``MOST_COUNTED``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from claims.models import (
    Appearance,
    Claim,
    Claimant,
    Desk,
    Follow,
    LanguageChoice,
    Outlet,
    Verdict,
)
from claims.models.claims import ClaimStateChoice
from claims.rules.lifecycle import DECIDED_VERDICT_STATES, VerdictState
from claims.selectors.claim_question import ClaimQuestion
from claims.selectors.moments import midnight
from claims.selectors.narrowed import MOST_NAMED, named_like
from claims.selectors.queue import MOST_COUNTED

#: The columns of one choice each that many claims share.
_FACETS = frozenset({"desk_id", "state", "kind", "language", "risk"})
#: A verdict in one of these says how a claim is rated. Before it is decided on it does not: whoever is to rate it
#: blind would find its rating by asking for each in turn.
_RATED = sorted(DECIDED_VERDICT_STATES - {VerdictState.SUPERSEDED})


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a question asks of claims, ready to be put to them. ``columns`` are lookups of a claim. ``sets`` are
    rows of other tables with a ``claim_id``; ``many`` names those that are too many to be read first.

    On SQLite a column is hidden from the planner where an index of its would lead astray, to all that it asks
    for. PostgreSQL knows how common each value is, and takes for rare what it cannot see into.
    """

    columns: dict[str, Any]
    sets: dict[str, QuerySet[Any, Any]]
    many: frozenset[str]
    of_a_person: bool

    def few(self) -> tuple[dict[str, Coalesce], Q]:
        """Return aliases and conditions for when all that meet them are read, be it to count or to sort."""
        if self.sets.keys() - self.many:
            # The few rows of the other table lead to their claims.
            return self._conditions(frozenset(_columns(self.columns)))
        if self.of_a_person:
            return self._conditions(_FACETS)
        every = self._every()
        return {}, Q(**every) & self._members(prefix="")

    def walked(self, order: Sequence[str], *, prefix: str = "") -> tuple[dict[str, Coalesce], Q]:
        """Return aliases and conditions for when the index of the order is walked. The people of a claim are
        not hidden: their indexes hold the order too."""
        away = _FACETS if "logged_at" in order else _FACETS | {"logged_at"}
        return self._conditions(away, prefix=prefix)

    def _conditions(self, hidden: Set[str], *, prefix: str = "") -> tuple[dict[str, Coalesce], Q]:
        aliases, conditions = {}, self._members(prefix=prefix)
        for lookup, value in self.columns.items():
            column, _mark, kind = lookup.partition("__")
            name = f"{prefix}{column}"
            if column in hidden and connection.vendor == "sqlite":
                aliases[f"{column}_unindexed"] = Coalesce(name, name)
                name = f"{column}_unindexed"
            conditions &= Q(**{f"{name}__{kind}" if kind else name: value})
        return aliases, conditions

    def _members(self, *, prefix: str) -> Q:
        key = f"{prefix.removesuffix('__')}_id" if prefix else "pk"
        met = Q()
        for name, rows in self.sets.items():
            if name in self.many:
                met &= Q(Exists(rows.filter(claim_id=OuterRef(key))))
            else:
                met &= Q(**{f"{prefix}pk__in": rows.order_by().values("claim_id")})
        return met

    def _every(self) -> dict[str, Any]:
        """Give the columns of ``claim_list_facets`` that were not chosen all their choices, once one was: the
        database then goes from match to match of that index and passes over nothing."""
        every: dict[str, Sequence[str]] = {
            "state": ClaimStateChoice.values,
            "kind": Claim.Kind.values,
            "language": LanguageChoice.values,
            "risk": Claim.Risk.values,
        }
        if not every.keys() & self.columns.keys():
            return self.columns
        return self.columns | {f"{name}__in": all for name, all in every.items() if name not in self.columns}


def _columns(lookups: Iterable[str]) -> Iterator[str]:
    return (lookup.partition("__")[0] for lookup in lookups)


def narrowing_of(asked: ClaimQuestion, desk_ids: Sequence[int], person_id: int, zone: str) -> Narrowing:
    """Return what ``asked`` narrows the desks' claims by; its days are those of ``zone``. At most one query."""
    columns: dict[str, Any] = {"desk_id__in": list(desk_ids), **asked.chosen}
    if asked.claimant:
        columns["claimant__in"] = _ids_named(Claimant.objects.all(), asked.claimant)
    if asked.mine:
        columns["logged_by"] = person_id
    if asked.since:
        columns["logged_at__gte"] = midnight(asked.since, zone)
    if asked.until:
        columns["logged_at__lt"] = midnight(asked.until + timedelta(days=1), zone)
    sets: dict[str, QuerySet[Any, Any]] = {}
    if asked.topic:
        sets["topic"] = Claim.topics.through.objects.filter(topic__slug=asked.topic)
    if asked.rating:
        sets["rating"] = Verdict.objects.filter(rating__key=asked.rating, state__in=_RATED)
    if asked.outlet:
        named = Outlet.objects.filter(named_like(asked.outlet)).order_by("pk").values("pk")[:MOST_NAMED]
        sets["outlet"] = Appearance.objects.filter(article__outlet__in=named)
    of_a_person = asked.mine or bool(asked.claimant)
    # The claims of one person are read by an index of theirs; each is then asked whether it is in the sets.
    many = frozenset(sets) if of_a_person else _too_many(sets)
    if asked.followed:
        # What one person follows is never too much to be read first.
        sets["followed"] = Follow.objects.filter(person_id=person_id, claim__isnull=False)
    return Narrowing(columns, sets, many, of_a_person)


class _Counted(Subquery):
    """How many rows a query finds, as one value of another query."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _too_many(sets: dict[str, QuerySet[Any, Any]]) -> frozenset[str]:
    if not sets:
        return frozenset()
    counts = {
        name: _Counted(rows.order_by().values("claim_id")[: MOST_COUNTED + 1]) for name, rows in sets.items()
    }
    # Any table with a row would do: its row only carries the counts.
    found = Desk.objects.order_by().values_list(*counts.values())[:1]
    return frozenset(
        name for row in found for name, count in zip(counts, row, strict=True) if int(count) > MOST_COUNTED
    )


def _ids_named(rows: QuerySet[Claimant], words: str) -> list[int]:
    """Return the ids of those who are called so, else of those whose name holds the words. One query."""
    found = list(rows.filter(named_like(words)).order_by("pk").values_list("pk", "name")[:MOST_NAMED])
    exact = [id for id, name in found if name.casefold() == words.casefold()]
    return exact or [id for id, _name in found]
