"""Notices as a person reads them: newest first, never about what their desks no longer show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from claims.models import Notice, Preference
from claims.rules.permissions import Actor
from claims.selectors.paging import KeysetPage, newest_first
from claims.selectors.queue import readable_desks

#: Further than this nobody counts; beyond it a page says “99+”.
MOST_COUNTED = 99

_Kind = Notice.Kind
#: What happened, by its kind; ``who`` is the person who did it.
SENTENCES: Mapping[str, object] = {
    _Kind.MENTIONED: _("%(who)s asks you"),
    _Kind.ANSWERED: _("%(who)s answers"),
    _Kind.HANDED_OVER: _("%(who)s hands this claim over to you"),
    _Kind.CHANGES_REQUESTED: _("%(who)s asks for changes in your verdict"),
    _Kind.APPROVED: _("Your verdict is approved"),
    _Kind.PUBLISHED: _("The check is published"),
    _Kind.UPDATED: _("The published check was updated"),
    _Kind.CORRECTED: _("The published check was corrected"),
    _Kind.RETRACTED: _("The published check was retracted"),
    _Kind.CONTRADICTED: _("New evidence contradicts the claim"),
    _Kind.PASSAGE_CHANGED: _("A cited passage has changed or is gone"),
    _Kind.QUOTATION_CHANGED: _("The quoted words were changed in the article"),
    _Kind.QUOTATION_GONE: _("The quoted words are no longer in the article"),
    _Kind.WATCH_ENDED: _("The article is no longer watched"),
}
#: What is worked off at the review desk, by those who may enter it.
AT_THE_REVIEW_DESK = frozenset({_Kind.HANDED_OVER, _Kind.CHANGES_REQUESTED, _Kind.APPROVED})
#: What is read in the questions about a claim.
AMONG_QUESTIONS = frozenset({_Kind.MENTIONED, _Kind.ANSWERED})


@dataclass(frozen=True, slots=True)
class Unread:
    """How many notices wait to be read, up to one more than ``MOST_COUNTED``, and the newest one's id (0: none)."""

    count: int
    newest: int

    @property
    def shown(self) -> str:
        return f"{MOST_COUNTED}+" if self.count > MOST_COUNTED else str(self.count)


def sentence_of(notice: Notice) -> str:
    """Return what happened, in the reader's language."""
    return str(SENTENCES[notice.kind]) % {"who": notice.from_name or "factcheck"}


def unread_of(actor: Actor) -> Unread:
    """Count what waits to be read. One query."""
    ids = list(_unread(actor).order_by("-pk").values_list("pk", flat=True)[: MOST_COUNTED + 1])
    return Unread(len(ids), ids[0] if ids else 0)


def newest_unread(actor: Actor, most: int) -> list[Notice]:
    """Return the newest unread notices. One query."""
    return list(_shown(_unread(actor)).order_by("-pk")[:most])


def unmailed_of(actor: Actor, most: int) -> tuple[list[Notice], int]:
    """Return the newest notices that were neither read nor mailed, and how many more there are. Two queries."""
    waiting = _unread(actor).filter(mailed_at__isnull=True)
    newest = list(_shown(waiting).order_by("-pk")[:most])
    return newest, (waiting.count() - most if len(newest) == most else 0)


def notice_page(actor: Actor, *, unread_only: bool, before: int | None) -> KeysetPage[Notice]:
    """Return a page of the actor's notices, newest first. One query."""
    rows = _unread(actor) if unread_only else _visible(actor)
    return newest_first(_shown(rows), before)


def notice_for(actor: Actor, notice_id: int) -> Notice | None:
    """Return one notice of the actor. One query."""
    return _shown(_visible(actor)).filter(pk=notice_id).first()


def mail_of(actor: Actor) -> str:
    """Return how the actor wants notices by mail, a value of ``Preference.Mail``. One query."""
    kept = Preference.objects.filter(person_id=actor.person_id or 0).values_list("mail", flat=True).first()
    return kept or Preference.Mail.OFF


def _visible(actor: Actor) -> QuerySet[Notice]:
    desks = readable_desks(actor)
    # A person may have left the desk since: what it works on is no longer theirs to read.
    here = Q(claim__desk_id__in=desks) | Q(article__desk_id__in=desks)
    return Notice.objects.filter(here, person_id=actor.person_id or 0)


def _unread(actor: Actor) -> QuerySet[Notice]:
    return _visible(actor).filter(read_at__isnull=True)


def _shown(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    return rows.select_related("claim__desk", "article__desk")
