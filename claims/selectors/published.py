"""What is public, as programs ask for it: checks by key, by words, and those of claims that say the same.

Everything is told from published snapshots. An embargoed publication exists for nobody here; a retracted one
keeps its row, with the note and without its verdict, and is no answer to a search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import cast

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from claims import search
from claims.corroboration.comparison import Reason
from claims.corroboration.matching import Kinship, explain_match, matching_query
from claims.language.reading import read
from claims.language.readings import Language
from claims.models import Publication, PublishedRevision, Rating, RatingScale
from claims.publish.snapshot import Snapshot
from claims.rules.lifecycle import PublicationState
from claims.rules.numbers import LARGEST
from claims.search.base import Query, WeightedToken
from claims.search.documents import PUBLISHED
from claims.selectors.feeds import FeedQuestion, asked_publications
from claims.selectors.paging import Order
from claims.selectors.publications import public_publications
from claims.selectors.typed_words import read_typed, tidied, typed_tokens

#: The order of the list of checks: newest event first, as in the feeds.
BY_EVENT = Order((("event_at", datetime),), descending=True)
#: How many published claims the engine is asked for; those whose check still stands are the answer.
ASKED = 1_000
#: Share of what both claims say from which the published one is told.
SIMILAR = 0.35
STANDING = (PublicationState.LIVE.value, PublicationState.UNDER_CORRECTION.value)


def checks_page(
    question: FeedQuestion, *, changed_since: datetime | None, place: str, size: int
) -> tuple[list[Publication], str]:
    """Return one page of checks and the place of the next, "" on the last. Two queries.

    As in the feeds, a check that once had the rating that is asked for stays in the list. Raises
    ``CursorBroken`` for a place that no page ended at.
    """
    rows = asked_publications(question, event_and_id(place) if place else None)
    if changed_since is not None:
        rows = rows.filter(event_at__gte=changed_since)
    ids = list(rows.values_list("pk", flat=True)[: size + 1])
    found = public_publications().in_bulk(ids[:size])
    shown = [found[id] for id in ids[:size]]
    return shown, BY_EVENT.place(shown[-1]) if len(ids) > size else ""


def event_and_id(place: str) -> tuple[datetime, int]:
    """Return the moment and the id of the check that a page ended at. Raises ``CursorBroken``."""
    moment, id = BY_EVENT.cursor(place, backward=False).key
    return moment, id


def check_with_revisions(publication_id: int) -> tuple[Publication, list[PublishedRevision]] | None:
    """Return a check and its revisions, newest first, without their snapshots. Two queries."""
    publication = public_publications().filter(pk=publication_id).first()
    if publication is None:
        return None
    return publication, list(publication.revisions.defer("snapshot").order_by("-number"))


def standing_check(publication_id: int) -> Publication | None:
    """Return a check that stands: public and not retracted. One query."""
    return _standing(Asked()).filter(pk=publication_id).first() if 0 < publication_id <= LARGEST else None


def published_revision(publication_id: int, number: int) -> PublishedRevision | None:
    """Return one revision as it was published; none of a check that was retracted. One query."""
    rows = PublishedRevision.objects.filter(publication__state__in=STANDING)
    return rows.select_related("publication").filter(publication_id=publication_id, number=number).first()


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim with its public checks, one per language; told from the snapshots alone."""

    claim_id: int
    checks: tuple[Publication, ...]


def checked_claims(before: int | None, size: int) -> tuple[list[CheckedClaim], int | None]:
    """Return claims with public checks, newest first, and the id that the next page begins below. One query.

    It walks the index of publications by claim, so that claims without one cost nothing.
    """
    rows = public_publications().order_by("-claim_id", "language")
    if before is not None:
        rows = rows.filter(claim_id__lt=before)
    # A claim has at most one publication in each of three languages.
    found = list(rows[: 3 * (size + 1)])
    claims = [CheckedClaim(id, tuple(checks)) for id, checks in groupby(found, lambda row: row.claim_id)]
    return claims[:size], claims[size - 1].claim_id if len(claims) > size else None


def checked_claim(claim_id: int) -> CheckedClaim | None:
    """Return one claim with its public checks. One query."""
    checks = tuple(public_publications().filter(claim_id=claim_id).order_by("language"))
    return CheckedClaim(claim_id, checks) if checks else None


def frozen_scales() -> list[RatingScale]:
    """Return every version of the scales that verdicts may be published on. Two queries."""
    steps = Prefetch("ratings", Rating.objects.order_by("ordinal"))
    scales = RatingScale.objects.filter(frozen_at__isnull=False).prefetch_related(steps)
    return list(scales.order_by("key", "version"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a search is narrowed to; ``max_age_days`` counts from the newer of the claim's and the check's date."""

    words: str = ""
    language: str = ""
    max_age_days: int | None = None


def find_checks(asked: Asked, *, start: int, size: int) -> tuple[list[Publication], bool]:
    """Return checks, best first (without words: newest first), and whether there are more.

    Raises ``SearchUnavailable``: to a program, “none found” has to be an answer.
    """
    standing = _standing(asked)
    words = tidied(asked.words)
    if not words:
        found = list(standing[start : start + size + 1])
        return found[:size], len(found) > size
    ranked = {claim_id: rank for rank, claim_id in enumerate(_ids(typed_tokens(read_typed(words))))}
    checks = list(standing.filter(claim_id__in=ranked))
    checks.sort(key=lambda check: (ranked[check.claim_id], check.language))
    return checks[start : start + size], len(checks) > start + size


def _standing(asked: Asked) -> QuerySet[Publication]:
    rows = public_publications().filter(state__in=STANDING)
    if asked.language:
        rows = rows.filter(language=asked.language)
    if asked.max_age_days is not None:
        # A check is never older than its claim, so that its own date decides.
        rows = rows.filter(modified_at__gte=timezone.now() - timedelta(days=asked.max_age_days))
    return rows


def _ids(tokens: Sequence[WeightedToken]) -> list[int]:
    if not tokens:
        return []
    asked = Query(tuple(tokens), filters={name: (value,) for name, value in PUBLISHED.items()})
    return [int(hit.id) for hit in search.get_backend().search("claims", asked, limit=ASKED).hits]


@dataclass(frozen=True, slots=True)
class SimilarCheck:
    """A check of a claim that says much the same; ``reasons`` say what both share."""

    publication: Publication
    kinship: Kinship
    share: float
    reasons: tuple[Reason, ...]


def similar_checks(text: str, *, language: str = "", limit: int = 10) -> list[SimilarCheck]:
    """Return checks of claims that say much the same as ``text``, nearest first. Raises ``SearchUnavailable``."""
    asked = read(text)
    ids = _ids([WeightedToken(*token) for token in matching_query(asked)])
    ranked = {claim_id: rank for rank, claim_id in enumerate(ids)}
    checks = sorted(
        _standing(Asked(language=language)).filter(claim_id__in=ranked), key=lambda row: ranked[row.claim_id]
    )
    found = []
    for check in checks[: 5 * limit]:
        assert check.current is not None
        snapshot: Snapshot = check.current.snapshot
        known = snapshot["claim_language"] if snapshot["claim_language"] in ("en", "uk", "ru") else None
        match = explain_match(asked, read(snapshot["claim_text"], language=cast("Language | None", known)))
        if match.share >= SIMILAR:
            found.append(SimilarCheck(check, match.kinship, match.share, match.reasons))
    return sorted(found, key=lambda similar: -similar.share)[:limit]
