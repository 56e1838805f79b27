"""The public log of corrections and retractions, and what a translation has not followed yet.

Invariant: whatever changed after readers first saw it is in the log; nothing leaves it, and an embargoed
publication is not in it, for it was never seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from claims.models import Publication, PublishedRevision, Verdict
from claims.publish.entries import single_line
from claims.rules.lifecycle import PublicationState
from claims.rules.numbers import whole_number

LOG_PAGE = 50


@dataclass(frozen=True, slots=True)
class LoggedCorrection:
    """One line of the log. ``tier`` is that of the revision, or ``retraction``; a minor one has no note."""

    at: datetime
    tier: str
    tier_label: str
    title: str
    path: str
    language: str
    note: str
    revision: int


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """Newest first; ``cursor`` asks for the next page, "" where there is none."""

    corrections: tuple[LoggedCorrection, ...]
    cursor: str


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What a translation has not followed: a substantial correction, or a retraction, of another language."""

    language: str
    path: str
    at: datetime
    is_retraction: bool


_Key = tuple[datetime, int, int]


def corrections_page(cursor: str = "") -> CorrectionsPage:
    """Return one page of the log. Two queries. Raises ``ValueError`` for a cursor that this site did not give."""
    before = _read_cursor(cursor) if cursor else None
    found: list[tuple[_Key, LoggedCorrection]] = [
        *(((row.published_at, 0, row.pk), _revised(row)) for row in _revisions(before)[: LOG_PAGE + 1]),
        *(((_at(row), 1, row.pk), _retracted(row)) for row in _retractions(before)[: LOG_PAGE + 1]),
    ]
    found.sort(key=lambda pair: pair[0], reverse=True)
    shown, more = found[:LOG_PAGE], len(found) > LOG_PAGE
    last = shown[-1][0] if more else None
    told = f"{int(last[0].timestamp())}-{last[1]}-{last[2]}" if last else ""
    return CorrectionsPage(tuple(line for _key, line in shown), told)


def _revisions(before: _Key | None) -> QuerySet[PublishedRevision]:
    rows = PublishedRevision.objects.filter(number__gt=1).select_related("publication")
    if before is not None:
        at, kind, pk = before
        same_second = Q(published_at=at) if kind == 1 else Q(published_at=at, pk__lt=pk)
        rows = rows.filter(Q(published_at__lt=at) | same_second)
    return rows.order_by("-published_at", "-pk")


def _retractions(before: _Key | None) -> QuerySet[Publication]:
    rows = Publication.objects.filter(state=PublicationState.RETRACTED).select_related("current")
    if before is not None:
        at, kind, pk = before
        earlier = Q(event_at__lt=at)
        rows = rows.filter(earlier | Q(event_at=at, pk__lt=pk) if kind == 1 else earlier)
    return rows.order_by("-event_at", "-pk")


def _read_cursor(cursor: str) -> _Key:
    parts = cursor.split("-")
    if len(parts) != 3 or None in map(whole_number, parts):
        raise ValueError(cursor)
    seconds, kind, pk = map(int, parts)
    if kind > 1:
        raise ValueError(cursor)
    try:
        return datetime.fromtimestamp(seconds, UTC), kind, pk
    except (OverflowError, OSError) as reason:
        raise ValueError(cursor) from reason


def _at(publication: Publication) -> datetime:
    assert publication.event_at is not None
    return publication.event_at


def _revised(revision: PublishedRevision) -> LoggedCorrection:
    snapshot = revision.snapshot
    return LoggedCorrection(
        at=revision.published_at,
        tier=revision.tier,
        tier_label=str(Verdict.Tier(revision.tier).label),
        title=single_line(snapshot["title"]),
        path=snapshot["path"],
        language=snapshot["language"],
        note=revision.note if revision.tier != Verdict.Tier.MINOR else "",
        revision=revision.number,
    )


def _retracted(publication: Publication) -> LoggedCorrection:
    assert publication.current is not None
    snapshot = publication.current.snapshot
    return LoggedCorrection(
        at=_at(publication),
        tier="retraction",
        tier_label=str(publication.get_state_display()),
        title=single_line(snapshot["title"]),
        path=snapshot["path"],
        language=snapshot["language"],
        note=publication.retraction_note,
        revision=publication.current.number,
    )


def overtaken_by(publication: Publication) -> Overtaken | None:
    """Return what happened in another language since this one was last published (rule 9). Two queries.

    It holds no state of its own: the translation has followed as soon as a newer revision of it stands.
    """
    if publication.current_id is None or publication.state == PublicationState.RETRACTED:
        return None
    others = Publication.objects.filter(claim_id=publication.claim_id).exclude(pk=publication.pk)
    corrected = (
        PublishedRevision.objects.filter(
            publication__in=others, tier=Verdict.Tier.SUBSTANTIAL, pk__gt=publication.current_id
        )
        .select_related("publication__current")
        .order_by("-pk")
        .first()
    )
    if corrected is not None:
        path = corrected.snapshot["path"]
        return Overtaken(corrected.publication.language, path, corrected.published_at, False)
    assert publication.current is not None
    gone = others.filter(state=PublicationState.RETRACTED, event_at__gte=publication.current.published_at)
    retracted = gone.select_related("current").order_by("-event_at").first()
    if retracted is None or retracted.current is None:
        return None
    return Overtaken(retracted.language, retracted.current.snapshot["path"], _at(retracted), True)
