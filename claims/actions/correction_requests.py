"""Readers ask for a correction; the desk answers within seven working days.

Invariant: what a reader wrote about themselves stands in no history, for nothing can be taken out of that.
"""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.changes import change
from claims.actions.gatekeeping import person_of
from claims.actions.history import append_event
from claims.actions.refusals import Invalid, NotFound
from claims.models import CorrectionRequest, Publication
from claims.rules import permissions
from claims.rules.lifecycle import PublicationState
from claims.rules.permissions import MACHINE, Actor, NotAllowed
from claims.rules.storing import storable
from claims.rules.working_days import DAYS_TO_ANSWER, working_days_after
from claims.selectors.publications import PUBLIC_STATES

SHORTEST, LONGEST = 20, 5_000
#: So many requests about one check in a day are read; more are a campaign, and say nothing new.
MOST_A_DAY = 50


def request_correction(
    *, publication_id: int, words: str, language: str, name: str = "", email: str = ""
) -> CorrectionRequest:
    """Keep what a reader holds to be wrong in a public check. The same words again are the same request.

    Raises ``NotFound`` for a check that is not public, ``Invalid`` for words too short or too long, a broken
    e-mail address, or more requests about one check than a desk can read.
    """
    words, name = storable(words).strip(), " ".join(storable(name).split())[:120]
    email = email.strip()
    _refuse_unusable(words, email)
    now = timezone.now()
    with transaction.atomic():
        check = Publication.objects.select_for_update(of=("self",)).select_related("claim__desk")
        publication = check.filter(pk=publication_id, state__in=PUBLIC_STATES).first()
        if publication is None:
            raise NotFound(_("check"))
        day_ago = now - timedelta(days=1)
        recent = CorrectionRequest.objects.filter(publication=publication, received_at__gt=day_ago)
        if (known := recent.filter(words=words).first()) is not None:
            return known
        if recent.count() >= MOST_A_DAY:
            raise Invalid(
                _("Many readers wrote about this check today, and the desk is reading. Write tomorrow.")
            )
        today = now.astimezone(ZoneInfo(publication.claim.desk.zone)).date()
        request = CorrectionRequest.objects.create(
            publication=publication,
            words=words,
            name=name,
            email=email,
            language=language,
            received_at=now,
            due_on=working_days_after(today, DAYS_TO_ANSWER),
        )
        append_event(actor=MACHINE, subject=request, verb="request_correction", claim_id=publication.claim_id)
    return request


def answer_correction_request(
    *, request_id: int, seen_version: int, state: str, answer: str, actor: Actor
) -> CorrectionRequest:
    """Answer a request, decline it, or say that it led to a correction, with the words for the reader.

    It led to one only where a correction was begun or published, or the check retracted, since it came.
    """
    with transaction.atomic():
        rows = CorrectionRequest.objects.select_related("publication__claim")
        request = rows.filter(pk=request_id).first()
        desk_id = request.publication.claim.desk_id if request else 0
        if request is None or not permissions.can_read_desk(actor, desk_id):
            raise NotFound(_("request"))
        if not permissions.can_answer_readers(actor, desk_id):
            raise NotAllowed("answer_request", _("Editors and publishers of this desk answer readers."))
        if state not in {"answered", "declined", "corrected"}:
            raise Invalid(_("Choose what became of it."), {"state": _("Choose what became of it.")})
        answer = answer.strip()[:LONGEST]
        if not answer:
            raise Invalid(
                _("Write what the reader is told."), {"answer": _("Write what the reader is told.")}
            )
        if request.state != CorrectionRequest.State.RECEIVED:
            raise Invalid(_("This request has been answered already."))
        if state == CorrectionRequest.State.CORRECTED and not _was_corrected_since(request):
            raise Invalid(_("Begin the correction first: nothing was changed since the request came."))
        changed = change(
            CorrectionRequest,
            request_id,
            seen_version,
            state=state,
            answer=answer,
            decided_by_id=person_of(actor),
            decided_at=timezone.now(),
        )
        append_event(
            actor=actor,
            subject=changed,
            verb="answer_request",
            claim_id=request.publication.claim_id,
            from_state=request.state,
            to_state=state,
        )
    return changed


def _refuse_unusable(words: str, email: str) -> None:
    if not SHORTEST <= len(words) <= LONGEST:
        sentence = _("Say what is wrong in %(least)d to %(most)d characters.") % {
            "least": SHORTEST,
            "most": LONGEST,
        }
        raise Invalid(sentence, {"words": sentence})
    if email:
        try:
            validate_email(email)
        except ValidationError:
            sentence = _("This is no e-mail address. Leave it empty if you want no answer.")
            raise Invalid(sentence, {"email": sentence}) from None


def _was_corrected_since(request: CorrectionRequest) -> bool:
    check = request.publication
    if check.state in (PublicationState.UNDER_CORRECTION, PublicationState.RETRACTED):
        return True
    return check.revisions.filter(number__gt=1, published_at__gte=request.received_at).exists()
