"""What readers browse: published checks by claimant, topic, outlet and rating, a claim's page, its translations.

Invariant: a person, outlet or topic exists here only as far as a public check tells of it, so that no address
gives away what the newsroom is working on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from claims.models import Appearance, Claim, Claimant, Outlet, Publication, PublishedRevision, Topic
from claims.publish.entries import shown_title
from claims.publish.snapshot import Snapshot
from claims.rules.lifecycle import PublicationState
from claims.selectors.feeds import FeedQuestion, asked_publications
from claims.selectors.publications import PUBLIC_STATES, public_publications
from claims.selectors.published import BY_EVENT, STANDING, event_and_id

PAGE_SIZE = 20
_AS_AUTHOR = Claim.MergedAs.AUTHOR


@dataclass(frozen=True, slots=True)
class ChecksPage:
    """Checks in order of their newest event; ``next`` asks for the next page, "" on the last one."""

    checks: tuple[Publication, ...]
    next: str


def checks_page(
    rows: QuerySet[Publication],
    place: str,
    *,
    told: Callable[[Publication], bool] = lambda check: True,
    size: int = PAGE_SIZE,
) -> ChecksPage:
    """Return one page of ``rows``, of them those that are ``told``; it may be shorter for that. Two queries.

    Raises ``CursorBroken`` for a place that no page ended at.
    """
    if place:
        rows = rows.filter(BY_EVENT.beyond(BY_EVENT.cursor(place, backward=False)))
    return _page(rows, told=told, size=size)


def _page(
    rows: QuerySet[Publication],
    *,
    told: Callable[[Publication], bool] = lambda check: True,
    size: int = PAGE_SIZE,
) -> ChecksPage:
    """Return the first ``size`` of ``rows``; what they say is read for them alone, and is never sorted."""
    ids = list(rows.select_related(None).values_list("pk", flat=True)[: size + 1])
    found = rows.order_by().in_bulk(ids[:size])
    shown = [found[id] for id in ids[:size]]
    following = BY_EVENT.place(shown[-1]) if len(ids) > size else ""
    return ChecksPage(tuple(check for check in shown if told(check)), following)


def checks_in(language: str = "") -> QuerySet[Publication]:
    rows = public_publications()
    return rows.filter(language=language) if language else rows


def checks_of_claimant(claimant: Claimant, place: str) -> ChecksPage:
    """Return the checks of what somebody said, alone or as another claimant of the same claim.

    A claim that was merged after the check was published is not told by it, and tells nothing here.
    """
    joined = Claim.objects.filter(claimant=claimant, merged_as=_AS_AUTHOR).values("merged_into")
    rows = public_publications().select_related("claim")

    def told(check: Publication) -> bool:
        others = _snapshot(check).get("other_claimants", [])
        return check.claim.claimant_id == claimant.pk or claimant.name in {other["name"] for other in others}

    return checks_page(rows.filter(Q(claim__claimant=claimant) | Q(claim__in=joined)), place, told=told)


def checks_of_outlet(outlet: Outlet, place: str) -> ChecksPage:
    """Return the checks of claims that were made in an outlet's articles, those of merged claims as above."""
    said = Claim.objects.filter(appearances__article__outlet=outlet)
    joined = said.filter(merged_into__isnull=False).values("merged_into")
    own = Appearance.objects.filter(claim=OuterRef("claim"), article__outlet=outlet)
    rows = public_publications().annotate(is_own=Exists(own))

    def told(check: Publication) -> bool:
        places = {appearance["outlet"] for appearance in _snapshot(check)["appearances"]}
        return check.is_own or outlet.name in places  # type: ignore[attr-defined]

    return checks_page(rows.filter(Q(claim__in=said.values("pk")) | Q(claim__in=joined)), place, told=told)


def _snapshot(check: Publication) -> Snapshot:
    assert check.current is not None, "What is public has a current revision (a database constraint)."
    snapshot: Snapshot = check.current.snapshot
    return snapshot


def checks_of_topic(slug: str) -> QuerySet[Publication]:
    return public_publications().filter(claim__topics__slug=slug)


def checks_rated(key: str, place: str) -> ChecksPage:
    """Return the checks whose present verdict has the rating ``key``, of any version of the scale. Two queries.

    A retracted check has no verdict any more, so it is none of them. Raises ``CursorBroken``.
    """
    beyond = event_and_id(place) if place else None
    rows = asked_publications(FeedQuestion(rating=key), beyond, is_current=True)
    return _page(rows.select_related("current").filter(state__in=STANDING))


def claimant_of(claimant_id: int) -> Claimant | None:
    return Claimant.objects.filter(pk=claimant_id).first()


def outlet_of(outlet_id: int) -> Outlet | None:
    return Outlet.objects.filter(pk=outlet_id).first()


def topic_of(slug: str) -> Topic | None:
    return Topic.objects.filter(slug=slug).first()


@dataclass(frozen=True, slots=True)
class Translation:
    """The same claim's check in a language; ``url`` is absolute."""

    language: str
    url: str
    title: str


def translations_of(publications: Iterable[Publication]) -> list[Translation]:
    """Return the checks that stand among those of one claim, by language: what ``hreflang`` may point at."""
    told = []
    for row in publications:
        if row.current is not None and row.state != PublicationState.RETRACTED:
            snapshot: Snapshot = row.current.snapshot
            told.append(Translation(row.language, snapshot["url"], shown_title(snapshot, row.state)))
    return sorted(told, key=lambda translation: translation.language)


def checks_of_claim(claim_id: int) -> list[Publication]:
    """Return a claim's public checks, one per language. One query."""
    return list(public_publications().filter(claim=claim_id).order_by("language"))


@dataclass(frozen=True, slots=True)
class PublicClaim:
    """A claim as its published snapshots tell it: the newest for the words and places, all for the verdicts."""

    claim: Claim
    snapshot: Snapshot
    checks: tuple[Publication, ...]
    revisions: tuple[PublishedRevision, ...]


def public_claim(claim_id: int) -> PublicClaim | None:
    """Return a claim that readers know, None for any other. Four queries.

    The verdicts of a retracted check are not shown: what was withdrawn is told by its tombstone alone.
    """
    checks = [check for check in checks_of_claim(claim_id) if check.current is not None]
    if not checks:
        return None
    claim = Claim.objects.select_related("claimant").prefetch_related("topics").get(pk=claim_id)
    standing = [check.pk for check in checks if check.state in STANDING]
    revisions = PublishedRevision.objects.filter(publication__in=standing).order_by("-published_at", "-pk")
    newest = max(checks, key=lambda check: check.current.published_at)  # type: ignore[union-attr]
    assert newest.current is not None
    return PublicClaim(claim, newest.current.snapshot, tuple(checks), tuple(revisions))


def revision_shown(publication_id: int, number: int) -> PublishedRevision | None:
    """Return one revision of a public check, whatever became of the check since. One query."""
    rows = PublishedRevision.objects.filter(publication__state__in=PUBLIC_STATES)
    return rows.select_related("publication").filter(publication_id=publication_id, number=number).first()
