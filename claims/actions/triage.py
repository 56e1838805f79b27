"""Triage: how urgent a claim is and how risky, and the two ways out of the queue without a verdict.

A risk decides how many people approve, so it is not lowered under a verdict that is on its way. Both ways
out are taken back by ``reopen_claim``; nothing about the claim is lost by them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.history import append_event
from claims.actions.queue import require_not_held_by_another, take_up_claim
from claims.actions.refusals import Invalid
from claims.models import Claim, Publication, Verdict
from claims.rules import permissions
from claims.rules.lifecycle import (
    CLAIM_MOVES,
    OPEN_CLAIM_STATES,
    OPEN_VERDICT_STATES,
    ClaimState,
    IllegalMove,
    PublicationState,
    move,
)
from claims.rules.permissions import Actor, NotAllowed
from claims.rules.storing import storable

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Triage:
    """What is set; None leaves it as it is. ``deadline_cleared`` takes the deadline away."""

    priority: int | None = None
    risk: str | None = None
    deadline: datetime | None = None
    deadline_cleared: bool = False


def triage_claim(*, claim_id: int, seen_version: int, triage: Triage, actor: Actor) -> Claim:
    """Set priority, risk or deadline. Raises ``Invalid`` for a value that is no choice or changes nothing."""
    with transaction.atomic():
        claim = _taken_up(claim_id, seen_version, actor, "triage")
        told: dict[str, list[str]] = {}
        if triage.priority is not None:
            _set(claim, "priority", _choice(triage.priority, Claim.Priority.values), told)
        if triage.risk is not None:
            _require_risk_may_change(claim, triage.risk)
            _set(claim, "risk", _choice(triage.risk, Claim.Risk.values), told)
        if triage.deadline is not None or triage.deadline_cleared:
            _set(claim, "deadline", triage.deadline, told)
        if not told:
            raise Invalid(_("That is how it stands already."))
        claim.save(update_fields=list(told))
        append_event(actor=actor, subject=claim, verb="triage", claim_id=claim.pk, details=told)
    return claim


def dismiss_claim(*, claim_id: int, seen_version: int, reason: str, actor: Actor) -> Claim:
    """Say that the claim cannot be checked, and why (an opinion, a prediction, no access)."""
    reason = _reason(reason, _("Say why it cannot be checked."))
    return _close(claim_id, seen_version, actor, "dismiss", reason)


def link_checked_claim(*, claim_id: int, seen_version: int, earlier: str, actor: Actor) -> Claim:
    """Say that the claim has been checked: ``earlier`` is the address of the check, or a claim's number."""
    return _close(claim_id, seen_version, actor, "link_checked", "", earlier=earlier.strip())


def reopen_claim(*, claim_id: int, seen_version: int, reason: str, actor: Actor) -> Claim:
    """Take a dismissed claim, or one that was said to be checked already, back into the queue."""
    reason = _reason(reason, _("Say why it is opened again."))
    with transaction.atomic():
        claim = take_up_claim(claim_id, seen_version, actor)
        _require_editor(claim, actor, "reopen")
        if claim.state == ClaimState.CONCLUDED:
            # A concluded claim has a verdict in public, which is corrected and not forgotten.
            raise IllegalMove("reopen", claim.state)
        before = claim.state
        claim.state = move(CLAIM_MOVES, "reopen", ClaimState(before))
        claim.state_reason, claim.already_checked_url = "", ""
        claim.save(update_fields=["state", "state_reason", "already_checked_url"])
        _tell(claim, actor, "reopen", before, reason)
    return claim


def _close(
    claim_id: int, seen_version: int, actor: Actor, verb: str, reason: str, earlier: str | None = None
) -> Claim:
    with transaction.atomic():
        claim = _taken_up(claim_id, seen_version, actor, verb)
        if _has_open_verdict(claim):
            raise Invalid(_("A verdict on it is on its way: withdraw that first."))
        before = claim.state
        claim.state = move(CLAIM_MOVES, verb, ClaimState(before))
        claim.state_reason = reason
        claim.already_checked_url = _earlier_check(claim, earlier, actor) if earlier is not None else ""
        claim.held_by, claim.held_until = None, None
        claim.save(update_fields=["state", "state_reason", "already_checked_url", "held_by", "held_until"])
        _tell(claim, actor, verb, before, reason or claim.already_checked_url)
    return claim


def _tell(claim: Claim, actor: Actor, verb: str, before: str, note: str) -> None:
    append_event(
        actor=actor,
        subject=claim,
        verb=verb,
        claim_id=claim.pk,
        from_state=before,
        to_state=claim.state,
        note=note,
    )
    jobs.enqueue("index_claim", claim.pk, subject_version=claim.version)


def _taken_up(claim_id: int, seen_version: int, actor: Actor, verb: str) -> Claim:
    """Return the open claim for an editor of its desk; refuse where another person is working on it."""
    claim = take_up_claim(claim_id, seen_version, actor)
    _require_editor(claim, actor, verb)
    if claim.state not in OPEN_CLAIM_STATES:
        raise IllegalMove(verb, claim.state)
    if verb != "triage":
        require_not_held_by_another(claim, actor, timezone.now(), verb)
    return claim


def _require_editor(claim: Claim, actor: Actor, verb: str) -> None:
    if not permissions.can_triage(actor, claim.desk_id):
        raise NotAllowed(verb, _("Only editors of this desk may do that."))


def _require_risk_may_change(claim: Claim, risk: str) -> None:
    lowered = claim.risk != Claim.Risk.ORDINARY and risk == Claim.Risk.ORDINARY
    if lowered and _has_open_verdict(claim):
        raise Invalid(
            _("A verdict on it is on its way, and its risk asks for a second approval: it stays high.")
        )


def _has_open_verdict(claim: Claim) -> bool:
    return Verdict.objects.filter(claim=claim, state__in=OPEN_VERDICT_STATES).exists()


def _set(claim: Claim, name: str, value: object, told: dict[str, list[str]]) -> None:
    before = getattr(claim, name)
    if before != value:
        setattr(claim, name, value)
        told[name] = [_written(before), _written(value)]


def _written(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, datetime) else str(value)


def _choice(value: object, choices: Sequence[object]) -> object:
    if value not in choices:
        raise Invalid(_("The form is incomplete. Open the page again."))
    return value


def _reason(reason: str, sentence: str) -> str:
    reason = " ".join(storable(reason).split())
    if not reason:
        raise Invalid(sentence, {"reason": sentence})
    if len(reason) > LONGEST_REASON:
        sentence = _("Shorten the reason to %(most)d characters.") % {"most": LONGEST_REASON}
        raise Invalid(sentence, {"reason": sentence})
    return reason


def _earlier_check(claim: Claim, earlier: str, actor: Actor) -> str:
    """Return the address of the earlier check that ``earlier`` (an address, or a claim's number) names."""
    if earlier.isascii() and earlier.isdigit() and len(earlier) < 19:
        return _own_check(claim, int(earlier), actor)
    sentence = _("Give the address of the earlier check, or the number of the earlier claim.")
    try:
        address = urlsplit(earlier)
        is_address = address.scheme in {"http", "https"} and bool(address.hostname)
    except ValueError:
        is_address = False
    if not is_address or len(earlier) > 2_000 or any(mark in earlier for mark in "\\ \t\r\n\x00"):
        raise Invalid(sentence, {"earlier": sentence})
    return earlier


def _own_check(claim: Claim, earlier_id: int, actor: Actor) -> str:
    """Return the public check of an earlier claim of the actor's desks, else the claim's own page."""
    earlier = Claim.objects.filter(pk=earlier_id, desk_id__in=sorted(actor.roles)).first()
    if earlier is None or earlier.pk == claim.pk or earlier.state == ClaimState.MERGED:
        sentence = _("There is no such earlier claim.")
        raise Invalid(sentence, {"earlier": sentence})
    public = Publication.objects.filter(claim=earlier).exclude(
        state__in=[PublicationState.EMBARGOED, PublicationState.RETRACTED]
    )
    own = public.order_by("language").first() or earlier
    return f"{settings.SITE_URL}{own.get_absolute_url()}"
