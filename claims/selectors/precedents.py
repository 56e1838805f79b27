"""Precedents: what this newsroom published on claims that say much the same, and the rating they got.

Only what is public counts: a rating that nobody approved is no precedent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from claims import search
from claims.corroboration.matching import Kinship, explain_match, matching_query
from claims.language.reading import read
from claims.language.readings import Language, Reading
from claims.models import Claim, Publication, Rating
from claims.publish.snapshot import Snapshot
from claims.rules.lifecycle import PublicationState
from claims.search.base import Query, SearchUnavailable, WeightedToken
from claims.search.documents import read_claim

#: How many similar claims the engine is asked for, and how many precedents are shown.
_ASKED = 30
MOST_SHOWN = 5
#: Share of what both claims say from which the earlier one is shown.
_SIMILAR = 0.35


@dataclass(frozen=True, slots=True)
class Precedent:
    """One earlier check. ``kinship``: the ``same`` claim, the same with an ``other_figure``, or ``related``."""

    snapshot: Snapshot
    kinship: Kinship
    share: float

    @property
    def rating(self) -> str:
        return self.snapshot["rating"]["label"]

    def differs_from(self, rating: Rating | None) -> bool:
        """Say whether ``rating`` is another one on the same scale, for the same claim."""
        own = self.snapshot["rating"]
        return (
            rating is not None
            and self.kinship == "same"
            and rating.scale.key == own["scale"]
            and rating.key != own["key"]
        )


def similar_claim_ids(claim: Claim) -> list[int] | None:
    """Return the ids of similar claims, nearest first; None when the engine is away. No query."""
    tokens = tuple(WeightedToken(*token) for token in matching_query(read_claim(claim)))
    if not tokens:
        return []
    try:
        hits = search.get_backend().search("claims", Query(tokens), limit=_ASKED).hits
    except SearchUnavailable:
        return None
    return [int(hit.id) for hit in hits if int(hit.id) != claim.pk]


def precedents_among(claim: Claim, publications: Iterable[Publication]) -> list[Precedent]:
    """Return those of the public checks of other claims that are precedents, nearest first. No query."""
    asked = read_claim(claim)
    found = []
    for publication in publications:
        if publication.claim_id == claim.pk or not _counts(publication):
            continue
        assert publication.current is not None
        snapshot: Snapshot = publication.current.snapshot
        match = explain_match(asked, _reading_of(snapshot))
        if match.share >= _SIMILAR:
            found.append(Precedent(snapshot, match.kinship, match.share))
    return sorted(found, key=lambda precedent: -precedent.share)[:MOST_SHOWN]


def rated_unlike(precedents: Sequence[Precedent], rating: Rating | None) -> list[Precedent]:
    """Return the precedents for the same claim that got another rating than ``rating``."""
    return [precedent for precedent in precedents if precedent.differs_from(rating)]


def _counts(publication: Publication) -> bool:
    return publication.current is not None and publication.state in {
        PublicationState.LIVE,
        PublicationState.UNDER_CORRECTION,
    }


def _reading_of(snapshot: Snapshot) -> Reading:
    language = snapshot["claim_language"]
    known = language if language in ("en", "uk", "ru") else None
    return read(snapshot["claim_text"], language=cast("Language | None", known))
