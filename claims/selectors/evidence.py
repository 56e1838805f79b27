"""The evidence of one claim, as its page shows it: by stance, then by origin, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Sum

from claims.models import Claim, Evidence, EvidenceDecision, StanceChoice

#: Stances in the order in which they are shown.
ORDER = (StanceChoice.SUPPORTS, StanceChoice.CONTRADICTS, StanceChoice.CONTEXT)
#: So many origins of a stance stand open; context is folded whole where it is more than that.
UNFOLDED = 3


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """Documents that carry one and the same report; ``key`` is the origin's."""

    key: str
    name: str
    pieces: tuple[Evidence, ...]

    @property
    def documents(self) -> int:
        return len({piece.passage.document_id for piece in self.pieces})


@dataclass(frozen=True, slots=True)
class StanceGroup:
    """All evidence of one stance. Rejected pieces are shown last and do not count."""

    stance: StanceChoice
    origins: tuple[OriginGroup, ...]
    rejected: tuple[Evidence, ...]

    @property
    def documents(self) -> int:
        return sum(origin.documents for origin in self.origins)

    @property
    def unfolded(self) -> tuple[OriginGroup, ...]:
        """The origins that are shown at once; for context all or none, for nothing hangs on it."""
        is_long = self.stance == StanceChoice.CONTEXT and len(self.origins) > UNFOLDED
        return () if is_long else self.origins[:UNFOLDED]

    @property
    def folded(self) -> tuple[OriginGroup, ...]:
        return self.origins[len(self.unfolded) :]

    @property
    def names(self) -> list[str]:
        """The origins by name, best first, each name once."""
        return list(dict.fromkeys(origin.name for origin in self.origins if origin.name))


def evidence_of(claim: Claim) -> list[Evidence]:
    """Return all evidence of ``claim``, best first, with passages, what was read of them, documents, outlets.

    Two queries.
    """
    return evidence_of_claims([claim])


def evidence_of_claims(claims: Sequence[Claim]) -> list[Evidence]:
    """Return all evidence of the claims, as ``evidence_of`` does. Two queries for all of them."""
    decisions = EvidenceDecision.objects.select_related("person")
    return list(
        Evidence.objects.filter(claim__in=claims)
        .select_related("passage__document__outlet", "passage__kept_reading")
        .defer("passage__document__raw", "passage__document__text")
        .prefetch_related(Prefetch("decisions", decisions))
        .order_by("-score", "pk")
    )


def evidence_stamp(claim: Claim) -> tuple[int, int]:
    """Return what changes with every finding and decision: how many rows, and the sum of their versions."""
    counted = Evidence.objects.filter(claim=claim).aggregate(rows=Count("pk"), versions=Sum("version"))
    return counted["rows"], counted["versions"] or 0


def by_stance(evidence: list[Evidence]) -> list[StanceGroup]:
    """Group ``evidence``; every stance is there, an empty one too, for “none found” is an answer."""
    return [_group(stance, [piece for piece in evidence if piece.stance == stance]) for stance in ORDER]


def _group(stance: StanceChoice, evidence: list[Evidence]) -> StanceGroup:
    origins: dict[str, list[Evidence]] = {}
    for piece in evidence:
        if piece.state != Evidence.State.REJECTED:
            origins.setdefault(piece.origin, []).append(piece)
    return StanceGroup(
        stance,
        tuple(OriginGroup(key, pieces[0].origin_name, tuple(pieces)) for key, pieces in origins.items()),
        tuple(piece for piece in evidence if piece.state == Evidence.State.REJECTED),
    )
