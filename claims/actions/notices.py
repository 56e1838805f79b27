"""Telling people of the newsroom: notices are written with the change that they tell of.

Invariants: nobody is told of what their desk may not see, nor of what they did themself; with ``once``, a job
that runs again tells nobody twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from claims.actions.gatekeeping import person_of
from claims.models import Article, Claim, Follow, Notice, Person
from claims.rules.permissions import MACHINE, Actor
from claims.rules.storing import storable

#: A notice is forgotten so long after it was read, and unread ones later.
READ_KEPT = timedelta(days=30)
UNREAD_KEPT = timedelta(days=180)
#: So many rows are forgotten by one tick.
FORGOTTEN_AT_ONCE = 5_000
LONGEST_NOTE = 500


def notify(
    kind: Notice.Kind,
    *,
    about: Claim | Article,
    person_ids: Iterable[int],
    actor: Actor = MACHINE,
    note: str = "",
    once: str = "",
) -> int:
    """Tell these people of what happened to ``about``; return how many are told. Two statements at most.

    Call inside the transaction of the change, after its writes. ``note`` is quoted to them (a comment, the words
    that changed); ``once`` names the happening, unique within its kind.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("notify belongs into the transaction of the change that it tells of.")
    asked = {person_id for person_id in person_ids if person_id != actor.person_id}
    if not asked:
        return 0
    listening = Person.objects.filter(
        pk__in=asked, is_active=True, memberships__desk_id=about.desk_id
    ).distinct()
    place = {"claim": about} if isinstance(about, Claim) else {"article": about}
    now = timezone.now()
    notices = [
        Notice(
            person_id=person_id,
            kind=kind,
            from_name=actor.name if actor.person_id is not None else "",
            note=_kept(note),
            once=f"{kind}:{once}" if once else "",
            at=now,
            **place,
        )
        for person_id in listening.order_by("pk").values_list("pk", flat=True)
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return len(notices)


def notify_followers(
    kind: Notice.Kind,
    *,
    about: Claim | Article,
    actor: Actor = MACHINE,
    note: str = "",
    once: str = "",
    logger_too: bool = True,
    also: Iterable[int] = (),
) -> int:
    """Tell who follows ``about``, with ``logger_too`` whoever logged the claim, and the people of ``also``.

    Three statements at most.
    """
    follows = (
        Follow.objects.filter(claim=about)
        if isinstance(about, Claim)
        else Follow.objects.filter(article=about)
    )
    person_ids = {*follows.values_list("person_id", flat=True), *also}
    if logger_too and isinstance(about, Claim) and about.logged_by_id is not None:
        person_ids.add(about.logged_by_id)
    return notify(kind, about=about, person_ids=person_ids, actor=actor, note=note, once=once)


def mark_read(*, notice_ids: Iterable[int], actor: Actor) -> int:
    """Mark these notices of the actor as read; return how many were unread."""
    unread = Notice.objects.filter(person_id=person_of(actor), read_at__isnull=True, pk__in=list(notice_ids))
    return unread.update(read_at=timezone.now())


def mark_all_read(*, newest: int, actor: Actor) -> int:
    """Mark everything up to the notice ``newest`` as read: what came after the person looked stays unread."""
    unread = Notice.objects.filter(person_id=person_of(actor), read_at__isnull=True, pk__lte=newest)
    return unread.update(read_at=timezone.now())


def forget_old_notices() -> int:
    """Delete what was read long ago, and what was never read for longer; return how many."""
    now = timezone.now()
    old = Q(at__lt=now - READ_KEPT, read_at__lt=now - READ_KEPT) | Q(at__lt=now - UNREAD_KEPT)
    oldest = Notice.objects.filter(old).order_by("at").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]
    deleted, _by_model = Notice.objects.filter(pk__in=list(oldest)).delete()
    return deleted


def _kept(note: str) -> str:
    note = " ".join(storable(note).split())
    return note if len(note) <= LONGEST_NOTE else note[: LONGEST_NOTE - 1] + "…"
