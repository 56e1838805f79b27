"""A person's day: what reached them, what came back, what waits for them, and what they were at.

Every list is bounded and leads to the place of work. Nine statements at most, whatever the roles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import In, Range
from django.utils import timezone

from claims.models import (
    Approval,
    Article,
    BlindLabel,
    Claim,
    ConflictOfInterest,
    CorrectionRequest,
    Follow,
    Notice,
    Verdict,
)
from claims.rules import permissions
from claims.rules.lifecycle import OPEN_CLAIM_STATES, VerdictState
from claims.rules.permissions import Actor, Role
from claims.selectors.claims import with_stances
from claims.selectors.conflicts import excluding, standing_conflicts
from claims.selectors.notices import newest_unread

#: Rows of one list; what does not fit stands behind the list's link.
SHOWN = 8
#: Verdicts that are read to fill the lists from.
_READ = 60
#: A deadline is near so long before it.
NEAR = timedelta(hours=24)
#: What is overdue for longer stands in the queue alone; else all that was ever due would be walked through.
LONG_OVERDUE = timedelta(days=14)
_TO_DECIDE = (VerdictState.SUBMITTED, VerdictState.IN_REVIEW)


@dataclass(slots=True)
class MyDay:
    """What stands on a person's desk now. A verdict stands in one list only, a claim in ``held`` or ``due``.

    ``to_label`` are verdicts to be rated before their rating is shown; ``followed`` are articles with a newer
    version than the person has seen. Of ``mine`` and the claims at hand the evidence is counted by stance.
    """

    notices: list[Notice]
    came_back: list[Verdict] = field(default_factory=list)
    unfinished: list[Verdict] = field(default_factory=list)
    to_label: list[Verdict] = field(default_factory=list)
    to_decide: list[Verdict] = field(default_factory=list)
    to_publish: list[Verdict] = field(default_factory=list)
    asked_corrections: list[CorrectionRequest] = field(default_factory=list)
    held: list[Claim] = field(default_factory=list)
    due: list[Claim] = field(default_factory=list)
    mine: list[Claim] = field(default_factory=list)
    followed: list[Article] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)

    @property
    def back(self) -> int:
        return len(self.came_back) + len(self.asked_corrections)

    @property
    def waiting(self) -> int:
        return len(self.to_label) + len(self.to_decide) + len(self.to_publish)


def day_of(actor: Actor) -> MyDay:
    """Return the actor's day. Nine statements at most."""
    day = MyDay(notices=newest_unread(actor, SHOWN))
    standing = standing_conflicts(actor.person_id) if _desks_with(actor, *_REVIEWING) else []
    _sort_verdicts(day, actor, standing)
    day.asked_corrections = _corrections(actor)
    _claims(day, actor, standing)
    _articles(day, actor)
    return day


# --- Verdicts -----------------------------------------------------------------------------------------

_REVIEWING = (Role.REVIEWER, Role.EDITOR, Role.PUBLISHER)


def _sort_verdicts(day: MyDay, actor: Actor, standing: list[ConflictOfInterest]) -> None:
    """Put each verdict that concerns the actor into its list. One query."""
    if not _desks_with(actor, *_REVIEWING):
        return
    for verdict in _verdicts(actor, standing):
        if verdict.state == VerdictState.CHANGES_REQUESTED:
            shown = day.came_back
        elif verdict.state == VerdictState.DRAFT:
            shown = day.unfinished
        elif verdict.state == VerdictState.APPROVED:
            shown = day.to_publish
        elif verdict.claim.desk.labels_blind and not verdict.is_labelled:  # type: ignore[attr-defined]
            shown = day.to_label
        else:
            shown = day.to_decide
        if len(shown) < SHOWN:
            shown.append(verdict)


def _verdicts(actor: Actor, standing: list[ConflictOfInterest]) -> QuerySet[Verdict]:
    """Return what the actor wrote and has to go on with, then what waits for them, the longest wait first."""
    me = actor.person_id
    written = Q(recorder_id=me) | Q(last_editor_id=me)
    own = written & Q(state__in=[VerdictState.DRAFT, VerdictState.CHANGES_REQUESTED])
    co_author = Verdict.co_authors.through.objects.filter(verdict=OuterRef("pk"), person=me)
    given = Approval.objects.filter(
        verdict=OuterRef("pk"), approver=me, decision="approved", content_hash=OuterRef("content_hash")
    )
    deciding = _desks_with(actor, Role.REVIEWER, Role.EDITOR)
    # Nobody decides on what they wrote, nor twice on the same content.
    decide = (
        Q(state__in=_TO_DECIDE, claim__desk_id__in=deciding) & ~written & ~Exists(co_author) & ~Exists(given)
    )
    publish = Q(state=VerdictState.APPROVED, claim__desk_id__in=_desks_with(actor, Role.PUBLISHER))
    labels = BlindLabel.objects.filter(
        verdict=OuterRef("pk"), person=me, content_hash=OuterRef("content_hash")
    )
    rows = Verdict.objects.filter(own | decide | publish, claim__desk_id__in=list(actor.roles))
    if standing:
        rows = rows.filter(claim__in=excluding(Claim.objects.all(), standing))
    return (
        rows.annotate(is_labelled=Exists(labels))
        .select_related("claim__desk", "recorder")
        .order_by(F("submitted_at").asc(nulls_first=True), "pk")[:_READ]
    )


def _corrections(actor: Actor) -> list[CorrectionRequest]:
    """Return what readers ask to have corrected and the actor may answer, the first due first. One query."""
    desks = [desk_id for desk_id in actor.roles if permissions.can_answer_readers(actor, desk_id)]
    if not desks:
        return []
    open_requests = CorrectionRequest.objects.filter(
        state=CorrectionRequest.State.RECEIVED, publication__claim__desk_id__in=desks
    )
    return list(open_requests.select_related("publication__claim").order_by("pk")[:SHOWN])


# --- Claims and articles ------------------------------------------------------------------------------


def _claims(day: MyDay, actor: Actor, standing: list[ConflictOfInterest]) -> None:
    """Find what the actor holds, what of theirs or their desk is due soon or overdue, and what they logged
    last. One query, each of whose parts walks an index of its own and stops at its bound."""
    me, now = actor.person_id, timezone.now()
    soon, long_ago = now + NEAR, now - LONG_OVERDUE
    # Desk and state as expressions: by an index of theirs all open claims of a desk would be read and sorted.
    claims = Claim.objects.filter(_among("desk_id", list(actor.roles)))
    free = excluding(claims, standing).filter(_among("state", sorted(OPEN_CLAIM_STATES)))
    deadline = Coalesce("deadline", "deadline")
    parts = [
        free.filter(held_by_id=me).order_by("pk"),
        free.filter(
            _among("desk_id", _desks_with(actor, *_REVIEWING)), deadline__range=(long_ago, soon)
        ).order_by("deadline", "pk"),
        # Of all that is due little is theirs: what they logged is read, and sorted.
        free.filter(Range(deadline, (long_ago, soon)), logged_by_id=me).order_by(deadline, "pk"),
    ]
    newest = claims.filter(logged_by_id=me).order_by("-pk").values("pk")[:SHOWN]
    wanted = Q(pk__in=newest)
    for part in parts:
        wanted |= Q(pk__in=part.values("pk")[:_READ])
    # The ids in a list of their own, or SQLite would begin with the desk and read all its claims.
    rows = Claim.objects.filter(pk__in=Claim.objects.filter(wanted).values("pk")).annotate(
        is_free=Exists(free.filter(pk=OuterRef("pk")))
    )
    found = list(rows.select_related("claimant", "desk", "held_by"))
    for claim in sorted(found, key=_by_deadline):
        is_held = claim.held_by_id == me
        is_due = claim.deadline is not None and long_ago <= claim.deadline <= soon
        shown = day.held if is_held else day.due
        if claim.is_free and (is_held or is_due) and len(shown) < SHOWN:
            shown.append(claim)
    mine: list[Claim] = [claim for claim in found if claim.logged_by_id == me]
    day.mine = sorted(mine, key=lambda claim: claim.pk, reverse=True)[:SHOWN]
    with_stances([claim for claim in found if claim in (*day.held, *day.due, *day.mine)])


def _among(name: str, values: Sequence[object]) -> In:
    """Return the condition that a column has one of ``values``, which no index of the column is asked for."""
    return In(Coalesce(name, name), values)


def _by_deadline(claim: Claim) -> tuple[float, int]:
    return (claim.deadline.timestamp() if claim.deadline else float("inf"), claim.pk)


def _articles(day: MyDay, actor: Actor) -> None:
    """Find the desk's newest articles and those followed that say more than the actor has seen. One query."""
    desks = list(actor.roles)
    mine = Follow.objects.filter(person_id=actor.person_id or 0)
    grown = mine.filter(article__current__number__gt=F("seen_version")).order_by("-pk").values("article_id")
    newest = Article.objects.filter(desk_id__in=desks).order_by("-pk").values("pk")
    rows = (
        Article.objects.filter(Q(pk__in=grown[:SHOWN]) | Q(pk__in=newest[:SHOWN]), desk_id__in=desks)
        .select_related("outlet", "current")
        .defer("current__raw", "current__text", "current__diff")
        .annotate(
            claim_count=Count("appearances__claim", distinct=True),
            seen_version=Subquery(mine.filter(article=OuterRef("pk")).values("seen_version")[:1]),
        )
        .order_by("-pk")
    )
    for article in rows:
        seen = article.seen_version
        if seen is not None and article.current is not None and article.current.number > seen:
            day.followed.append(article)
        elif len(day.articles) < SHOWN:
            day.articles.append(article)


def _desks_with(actor: Actor, *roles: Role) -> list[int]:
    return [desk_id for desk_id in actor.roles if actor.has_any(desk_id, *roles)]
