"""What a feed shows: one page of what is public, narrowed by language, topic, claimant and rating.

An embargoed publication is in no feed. A publication that was once in a feed by rating stays in it when the
rating is corrected: those who took the old one from there are told there. Topic and claimant are the claim's
present ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet
from django.urls import reverse

from claims.models import (
    Claimant,
    ClaimEvent,
    Publication,
    PublishedRevision,
    Rating,
    Topic,
)
from claims.publish.entries import Entry
from claims.rules.numbers import LARGEST
from claims.selectors.publications import PUBLIC_STATES, public_publications

FEED_PAGE = 50
#: Events that one answer about changes goes through.
CHANGES_PAGE = 200
#: What readers are told of, by the subject that the history names.
_PUBLIC_EVENTS = Q(subject_kind="verdict", verb="publish") | Q(
    subject_kind="publication", verb__in=("retract", "start_correction", "cancel_correction")
)
_CURSOR = re.compile(r"([0-9]{1,12})-([0-9]{1,19})")
FEEDS = ("feed_rss", "feed_atom", "feed_json", "feed_data", "feed_changes")


@dataclass(frozen=True, slots=True)
class FeedQuestion:
    """Which publications a feed is of; an empty field asks for all of them."""

    language: str = ""
    topic: str = ""
    claimant: int | None = None
    rating: str = ""

    def parts(self) -> list[tuple[str, str]]:
        """Return the fields that narrow it, in the one order that they have in addresses."""
        claimant = "" if self.claimant is None else str(self.claimant)
        named = [
            ("language", self.language),
            ("topic", self.topic),
            ("claimant", claimant),
            ("rating", self.rating),
        ]
        return [(name, value) for name, value in named if value]


EVERYTHING = FeedQuestion()


@dataclass(frozen=True, slots=True)
class FeedWindow:
    """One page of a feed, newest event first; ``cursor`` asks for the next one, "" where there is none."""

    entries: tuple[Entry, ...]
    cursor: str
    newest_event: datetime | None


@dataclass(frozen=True, slots=True)
class FeedChanges:
    """The publications that changed after an event, each as it is now; ``mark`` asks for what comes later."""

    entries: tuple[Entry, ...]
    mark: int
    newest_event: datetime | None


@dataclass(frozen=True, slots=True)
class DumpRow:
    """One publication of the whole dump: which immutable revision it shows, and what happened to it since."""

    publication: int
    revision: int
    state: str
    event_at: datetime
    modified_at: datetime
    retraction_note: str


# --- What is asked ------------------------------------------------------------------------------------


def feed_address(name: str, question: FeedQuestion = EVERYTHING, **more: str) -> str:
    """Return the absolute address of a feed, from SITE_URL; ``more`` comes after the filters."""
    asked = urlencode([*question.parts(), *((key, value) for key, value in more.items() if value)])
    return settings.SITE_URL + reverse(name) + (f"?{asked}" if asked else "")


def feed_addresses_of(publication: Publication) -> list[str]:
    """Return the first page of every feed by at most one filter that ``publication`` stands in. Two queries."""
    ratings = publication.revisions.values_list("verdict__rating__key", flat=True)
    topics = publication.claim.topics.values_list("slug", flat=True)
    questions = [EVERYTHING, FeedQuestion(language=publication.language)]
    questions += [FeedQuestion(topic=slug) for slug in topics]
    if publication.claim.claimant_id is not None:
        questions.append(FeedQuestion(claimant=publication.claim.claimant_id))
    questions += [FeedQuestion(rating=key) for key in sorted({key for key in ratings if key})]
    return [feed_address(name, question) for question in questions for name in FEEDS[:4]]


def filter_names(question: FeedQuestion, language: str) -> list[str]:
    """Return what the filters are called in ``language``. Up to three queries.

    Raises ``LookupError`` with the name of a filter whose value names nothing public: a claimant whom no
    published check is about is as unknown as one who does not exist.
    """
    names: list[str] = []
    if question.topic:
        topic = Topic.objects.filter(slug=question.topic).first()
        names.append(_known(topic.label(language) if topic else None, "topic"))
    if question.claimant is not None:
        public = Publication.objects.filter(state__in=PUBLIC_STATES, current__isnull=False)
        shown = Claimant.objects.filter(
            pk=question.claimant,
            pk__in=public.filter(claim__claimant=question.claimant).values("claim__claimant"),
        )
        names.append(_known(shown.values_list("name", flat=True).first(), "claimant"))
    if question.rating:
        rating = Rating.objects.filter(key=question.rating, scale__frozen_at__isnull=False)
        newest = rating.order_by("-scale__active", "-scale__version", "-pk").first()
        names.append(_known(newest.label(language) if newest else None, "rating"))
    return names


def _known(name: str | None, filter: str) -> str:
    if name is None:
        raise LookupError(filter)
    return name


# --- Pages --------------------------------------------------------------------------------------------


def feed_fingerprint(question: FeedQuestion = EVERYTHING, cursor: str = "") -> tuple[tuple[object, ...], ...]:
    """Return what tells one state of a page from another: equal means an equal page. One query.

    Raises ``ValueError`` for a cursor that this site cannot have given.
    """
    columns = ("id", "version", "current_id", "event_at")
    return tuple(_window(question, cursor).values_list(*columns)[: FEED_PAGE + 1])


def feed_window(question: FeedQuestion = EVERYTHING, cursor: str = "") -> FeedWindow:
    """Return one page of the feed. Two queries, three with a cursor; raises ``ValueError`` as the fingerprint.

    What the checks say is read for those of the page alone: a database that has to sort sorts no snapshots.
    """
    ids = list(_window(question, cursor).values_list("id", flat=True)[: FEED_PAGE + 1])
    found = public_publications().in_bulk(ids[:FEED_PAGE])
    shown, more = [found[id] for id in ids[:FEED_PAGE]], len(ids) > FEED_PAGE
    newest = (
        asked_publications(question).values_list("event_at", flat=True).first() if cursor else _newest(shown)
    )
    return FeedWindow(tuple(_entry(row) for row in shown), _cursor(shown[-1]) if more else "", newest)


def history_mark() -> str:
    """Return the hash of the newest event: while it stays, no feed has changed. One row is read.

    Every change of what is public appends an event in its own transaction, so whoever reads the mark first
    and the rows after it may find newer rows than the mark says, never older ones.
    """
    # It is asked at every request for a feed: a query set would take longer to build than the row to read.
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM claims_historyhead")
        row = cursor.fetchone()
    return row[0] if row else ""


def asked_publications(
    question: FeedQuestion, beyond: tuple[datetime, int] | None = None, *, is_current: bool = False
) -> QuerySet[Publication]:
    """Return what ``question`` asks for, newest event first; only those ``beyond`` an event's moment and id.

    They come without their revisions. ``is_current`` leaves out those that no longer have the rating.
    """
    public = public_publications().select_related(None)
    if question.language:
        public = public.filter(language=question.language)
    if question.topic:
        public = public.filter(claim__topics__slug=question.topic)
    if question.claimant is not None:
        public = public.filter(claim__claimant=question.claimant)
    # The ratings' own list has the same order, in an index by rating.
    event, id = ("ratings__event_at", "ratings__publication_id") if question.rating else ("event_at", "id")
    narrowed = Q(ratings__key=question.rating) if question.rating else Q()
    if question.rating and is_current:
        narrowed &= Q(ratings__is_current=True)
    if beyond:
        at, last = beyond
        # Said in two ways: the first bounds the index, the second decides among events of the same second.
        narrowed &= Q(**{f"{event}__lte": at})
        narrowed &= Q(**{f"{event}__lt": at}) | Q(**{f"{event}": at, f"{id}__lt": last})
    return public.filter(narrowed).order_by(f"-{event}", f"-{id}")


def _window(question: FeedQuestion, cursor: str) -> QuerySet[Publication]:
    if not cursor:
        return asked_publications(question)
    found = _CURSOR.fullmatch(cursor)
    if found is None or int(found[2]) > LARGEST:
        raise ValueError(cursor)
    try:
        event_at = datetime.fromtimestamp(int(found[1]), UTC)
    except (OverflowError, OSError, ValueError) as reason:
        raise ValueError(cursor) from reason
    return asked_publications(question, (event_at, int(found[2])))


def _cursor(publication: Publication) -> str:
    """Public events are whole seconds (see ``actions.publication``), so a cursor names one exactly."""
    assert publication.event_at is not None
    return f"{int(publication.event_at.timestamp())}-{publication.pk}"


def _newest(rows: Iterable[Publication]) -> datetime | None:
    return max((row.event_at for row in rows if row.event_at), default=None)


def _entry(publication: Publication) -> Entry:
    assert publication.current is not None
    assert publication.event_at is not None
    assert publication.modified_at is not None
    return Entry(
        snapshot=publication.current.snapshot,
        state=publication.state,
        event_at=publication.event_at,
        modified_at=publication.modified_at,
        retraction_note=publication.retraction_note,
    )


# --- The whole, and what changed ----------------------------------------------------------------------


def last_public_event() -> int:
    """Return the number of the newest event that readers were told of, 0 before the first."""
    told = ClaimEvent.objects.filter(_PUBLIC_EVENTS).order_by("-sequence")
    return told.values_list("sequence", flat=True).first() or 0


def feed_changes(question: FeedQuestion, since: int) -> FeedChanges:
    """Return what changed after event ``since``, newest event first. Four queries.

    Events are numbered in the order in which they became visible, so none is passed over, whatever clocks
    say. Those that readers are not told of move no mark.
    """
    told = ClaimEvent.objects.filter(_PUBLIC_EVENTS, sequence__gt=since).order_by("sequence")
    events = list(told.values_list("sequence", "subject_kind", "subject_id")[:CHANGES_PAGE])
    verdicts = [subject for _, kind, subject in events if kind == "verdict"]
    publications = [subject for _, kind, subject in events if kind == "publication"]
    published = PublishedRevision.objects.filter(verdict__in=verdicts).values("publication")
    changed = asked_publications(question).filter(Q(pk__in=publications) | Q(pk__in=published))
    rows = list(changed.select_related("current"))
    return FeedChanges(tuple(_entry(row) for row in rows), events[-1][0] if events else since, _newest(rows))


def history_beginning() -> str:
    """Return the hash of the first event, "" before it: another database begins with another one."""
    return ClaimEvent.objects.filter(sequence=1).values_list("hash", flat=True).first() or ""


def dump_rows(question: FeedQuestion) -> list[DumpRow]:
    """Return every public publication, the newest one first, without what it says. One query.

    With the immutable revisions that it names, the list settles every byte of the dump.
    """
    columns = ("id", "current_id", "state", "event_at", "modified_at", "retraction_note")
    rows = asked_publications(question).order_by("-id").values_list(*columns)
    return [DumpRow(*row) for row in rows.iterator(chunk_size=5000)]


def dump_entries(rows: Iterable[DumpRow]) -> list[Entry]:
    """Return the entries of ``rows``, in their order. One query."""
    wanted = list(rows)
    snapshots = PublishedRevision.objects.in_bulk([row.revision for row in wanted])
    return [
        Entry(
            snapshot=snapshots[row.revision].snapshot,
            state=row.state,
            event_at=row.event_at,
            modified_at=row.modified_at,
            retraction_note=row.retraction_note,
        )
        for row in wanted
    ]
