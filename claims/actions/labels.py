"""Blind labels and the discussion that a disagreement opens; both append-only."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from claims.actions.gatekeeping import person_of
from claims.actions.history import append_event
from claims.actions.refusals import Conflict, Invalid
from claims.actions.verdict_steps import next_state, require_approver, require_seen, take_up
from claims.models import BlindLabel, Rating, Verdict
from claims.rules import permissions
from claims.rules.permissions import Actor, NotAllowed
from claims.rules.storing import storable
from claims.selectors.labels import label_by

LONGEST_NOTE = 2_000


def label_verdict(
    *, verdict_id: int, seen_version: int, seen_hash: str, rating_id: int, note: str, actor: Actor
) -> BlindLabel:
    """Record the actor's own rating of what ``seen_hash`` covers, before its recorder's is shown to them."""
    with transaction.atomic():
        verdict = take_up(verdict_id, seen_version, actor)
        require_approver(verdict, actor, "label")
        next_state(verdict, "approve")
        if not verdict.claim.desk.labels_blind:
            raise Invalid(_("This desk does not rate blind. Decide on the verdict itself."))
        if seen_hash != verdict.content_hash:
            raise Conflict(seen_version, verdict.version)
        if label_by(verdict, actor) is not None:
            raise Invalid(_("You have rated this content already."))
        assert verdict.rating is not None, "A submitted verdict has a rating (a database constraint)."
        rating = Rating.objects.filter(pk=rating_id, scale=verdict.rating.scale_id).first()
        if rating is None:
            raise Invalid(_("Choose a rating of the scale."), {"rating": _("Choose a rating of the scale.")})
        label = BlindLabel.objects.create(
            verdict=verdict,
            person_id=person_of(actor),
            rating=rating,
            recorded_rating=verdict.rating,
            agrees=rating == verdict.rating,
            content_hash=verdict.content_hash,
            note=_kept(note),
        )
        append_event(
            actor=actor,
            subject=verdict,
            verb="label",
            claim_id=verdict.claim_id,
            note=label.note,
            details={"rating": rating.key, "agrees": label.agrees, "content_hash": verdict.content_hash},
        )
    return label


def discuss_verdict(*, verdict_id: int, seen_version: int, comment: str, actor: Actor) -> Verdict:
    """Say something about a verdict to those who write it and those who decide on it."""
    with transaction.atomic():
        verdict = take_up(verdict_id, seen_version, actor)
        if not permissions.can_discuss_verdict(actor, verdict.claim.desk_id):
            raise NotAllowed("discuss", _("Only reviewers and editors of this desk discuss a verdict."))
        require_seen(verdict, actor, "discuss")
        words = _kept(comment)
        if not words:
            raise Invalid(_("Write what you want to say."), {"comment": _("Write what you want to say.")})
        append_event(actor=actor, subject=verdict, verb="discuss", claim_id=verdict.claim_id, note=words)
    return verdict


def require_reason_to_differ(verdict: Verdict, actor: Actor, comment: str) -> None:
    """On a blind desk: refuse who approves against their own rating without saying why."""
    label = label_by(verdict, actor) if verdict.claim.desk.labels_blind else None
    if label is not None and not label.agrees and not comment.strip():
        sentence = _("You rated it differently. Say why you approve it nevertheless.")
        raise Invalid(sentence, {"comment": sentence})


def _kept(words: str) -> str:
    words = storable(words).strip()
    if len(words) > LONGEST_NOTE:
        too_long = _("Shorten this to %(most)s characters; it has %(length)s.") % {
            "most": LONGEST_NOTE,
            "length": len(words),
        }
        raise Invalid(too_long, {"comment": too_long})
    return words
