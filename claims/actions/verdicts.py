"""Writing a verdict: start, save, submit, withdraw. What others decide on it is in ``decisions``.

A verdict's words change only while it is a draft; who changes them becomes one of its authors. Submitting freezes
them under a content hash.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.gatekeeping import person_of, require_gates, require_no_conflict
from claims.actions.history import append_event
from claims.actions.kept_drafts import drop_draft
from claims.actions.queue import LEASE, take_up_claim, work_on_claim
from claims.actions.refusals import Invalid
from claims.actions.verdict_steps import move_verdict, next_state, require_seen, take_up
from claims.models import Citation, Claim, Evidence, Publication, Rating, Verdict
from claims.rules import permissions
from claims.rules.gates import Phase
from claims.rules.hashing import content_hash
from claims.rules.lifecycle import (
    CLAIM_MOVES,
    OPEN_CLAIM_STATES,
    ClaimState,
    IllegalMove,
    PublicationState,
    move,
)
from claims.rules.permissions import Actor, NotAllowed
from claims.rules.storing import storable
from claims.selectors.gate_dossier import dossier_of
from claims.selectors.verdicts import (
    WRITTEN_FIELDS,
    author_ids,
    decided_by,
    hashed_content,
    verdict_with_content,
    written_words,
)

#: Gates that the recorder may answer with a reason instead.
EXCEPTED_GATES = ("E12", "E12-primary", "E13", "E15", "E21")
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class VerdictContent:
    """What the recorder writes. ``citations`` are ids of accepted evidence, in the order they are cited."""

    rating_id: int | None = None
    claim_reviewed: str = ""
    title: str = ""
    summary: str = ""
    justification: str = ""
    uncertainty: str = ""
    none_found: str = ""
    tier: str = Verdict.Tier.FIRST
    correction_note: str = ""
    exceptions: dict[str, str] = field(default_factory=dict)
    citations: tuple[int, ...] = ()


def start_verdict(*, claim_id: int, seen_version: int, language: str, actor: Actor) -> Verdict:
    """Begin the next revision as a draft; a correction begins with the words of what is published.

    The claim is taken by this. Raises ``Invalid`` while another revision in this language is on its way.
    """
    with transaction.atomic():
        claim = take_up_claim(claim_id, seen_version, actor)
        if not permissions.can_record_verdict(actor, claim.desk_id):
            raise NotAllowed("start", _("Only reviewers of this desk may record a verdict."))
        if language not in dict(Verdict._meta.get_field("language").choices or ()):
            raise Invalid(_("Choose English, Ukrainian or Russian."))
        work_on_claim(claim, actor, "start")
        published = _require_startable(claim, language)
        if claim.state in OPEN_CLAIM_STATES:
            state = move(CLAIM_MOVES, "take", ClaimState(claim.state))
            Claim.objects.filter(pk=claim.pk).update(
                state=state, held_by=actor.person_id, held_until=timezone.now() + LEASE
            )
        verdict = _first_draft(claim, language, actor, published)
        append_event(
            actor=actor,
            subject=verdict,
            verb="start",
            claim_id=claim.pk,
            to_state=verdict.state,
            details={"revision": verdict.revision, "language": language},
        )
    return verdict


def _require_startable(claim: Claim, language: str) -> Verdict | None:
    """Return the published verdict that a new one would correct; refuse where nothing may be started."""
    publication = Publication.objects.filter(claim=claim, language=language).first()
    if publication is not None and publication.current is not None:
        if publication.state != PublicationState.UNDER_CORRECTION:
            raise IllegalMove("start", publication.get_state_display())
        return publication.current.verdict
    if claim.state not in {*OPEN_CLAIM_STATES, ClaimState.CONCLUDED}:
        raise IllegalMove("start", claim.get_state_display())
    return None


def _first_draft(claim: Claim, language: str, actor: Actor, published: Verdict | None) -> Verdict:
    newest = claim.verdicts.aggregate(newest=Max("revision"))["newest"] or 0
    written: dict[str, Any] = {"claim_reviewed": claim.summary or claim.text[:500]}
    if published is not None:
        written = {name: getattr(published, name) for name in WRITTEN_FIELDS}
        written |= {"rating": published.rating, "exceptions": published.exceptions}
        written |= {"tier": Verdict.Tier.UPDATE, "correction_note": ""}
    try:
        with transaction.atomic():
            verdict = Verdict.objects.create(
                claim=claim,
                revision=newest + 1,
                language=language,
                recorder_id=person_of(actor),
                last_editor_id=person_of(actor),
                **written,
            )
    except IntegrityError:
        raise Invalid(
            _("Another verdict on this claim is on its way. Finish or withdraw that one.")
        ) from None
    if published is not None:
        accepted = published.citations.filter(evidence__state=Evidence.State.ACCEPTED)
        _cite(verdict, tuple(accepted.values_list("evidence_id", flat=True)))
    return verdict


def co_write_verdict(*, verdict_id: int, seen_version: int, actor: Actor) -> Verdict:
    """Become one of the draft's authors before changing it, and so nobody who decides on it.

    On a desk that labels blind this is how a colleague comes to see a draft, or takes over one that was left.
    """
    with transaction.atomic():
        verdict = take_up(verdict_id, seen_version, actor)
        _require_writer(verdict, actor, "co_write")
        require_no_conflict(verdict.claim, actor, "co_write")
        next_state(verdict, "edit")
        if actor.person_id in author_ids(verdict):
            raise Invalid(_("You are one of its authors already."))
        verdict.co_authors.add(person_of(actor))
        append_event(actor=actor, subject=verdict, verb="co_write", claim_id=verdict.claim_id)
    return verdict_with_content(verdict_id)


def save_verdict(*, verdict_id: int, seen_version: int, content: VerdictContent, actor: Actor) -> Verdict:
    """Save the draft over the version that the person saw; whoever saves becomes one of its authors."""
    with transaction.atomic():
        verdict = take_up(verdict_id, seen_version, actor)
        claim = verdict.claim
        _require_writer(verdict, actor, "edit")
        require_seen(verdict, actor, "edit")
        state = next_state(verdict, "edit")
        work_on_claim(claim, actor, "edit")
        before, from_state = written_words(verdict), verdict.state
        Verdict.objects.filter(pk=verdict.pk).update(
            state=state,
            content_hash="",
            submitted_at=None,
            last_editor=actor.person_id,
            **_written(content),
        )
        _cite(verdict, _citable(claim, content.citations))
        if actor.person_id is not None and actor.person_id != verdict.recorder_id:
            verdict.co_authors.add(actor.person_id)
        verdict = verdict_with_content(verdict.pk)
        after = written_words(verdict)
        changed = [name for name in after if before[name] != after[name]]
        append_event(
            actor=actor,
            subject=verdict,
            verb="edit",
            claim_id=claim.pk,
            from_state=from_state,
            to_state=state,
            details={name: [before[name], after[name]] for name in changed},
        )
        drop_draft(verdict_id=verdict.pk, actor=actor)
    return verdict


def submit_verdict(*, verdict_id: int, seen_version: int, actor: Actor) -> Verdict:
    """Freeze the draft under its content hash and ask others to look at it."""
    with transaction.atomic():
        verdict = take_up(verdict_id, seen_version, actor)
        if not permissions.can_edit_verdict(actor, verdict.claim.desk_id, decided_by=decided_by(verdict)):
            raise NotAllowed("submit", _("Only reviewers of this desk may submit a verdict."))
        require_seen(verdict, actor, "submit")
        state = next_state(verdict, "submit")
        work_on_claim(verdict.claim, actor, "submit")
        require_gates(dossier_of(verdict), Phase.SUBMISSION)
        now = timezone.now()
        hashed = content_hash(hashed_content(verdict, now))
        move_verdict(verdict, state, actor, "submit", submitted_at=now, content_hash=hashed)
    return verdict


def withdraw_verdict(*, verdict_id: int, seen_version: int, actor: Actor, note: str = "") -> Verdict:
    """Take one's own verdict out of the way; it stays in the history."""
    with transaction.atomic():
        verdict = take_up(verdict_id, seen_version, actor)
        desk_id, recorder_id = verdict.claim.desk_id, verdict.recorder_id
        if not permissions.can_withdraw_verdict(actor, desk_id, recorder_id=recorder_id):
            raise NotAllowed("withdraw", _("Only the person who recorded a verdict may withdraw it."))
        state = next_state(verdict, "withdraw")
        move_verdict(verdict, state, actor, "withdraw", note=note)
    return verdict


# --- Shared steps -------------------------------------------------------------------------------------


def _require_writer(verdict: Verdict, actor: Actor, verb: str) -> None:
    if not permissions.can_edit_verdict(actor, verdict.claim.desk_id, decided_by=decided_by(verdict)):
        sentence = _("Only reviewers of this desk who have not decided on this revision may edit it.")
        raise NotAllowed(verb, sentence)


def _written(content: VerdictContent) -> dict[str, Any]:
    """Return the columns of ``content``, cleaned; refuse what does not fit, field by field."""
    written: dict[str, Any] = {name: storable(getattr(content, name)).strip() for name in WRITTEN_FIELDS}
    wrong: dict[str, str] = {}
    for name, words in written.items():
        column = Verdict._meta.get_field(name)
        most = getattr(column, "max_length", None) or LONGEST_TEXT
        if len(words) > most:
            wrong[name] = _("Shorten this to %(most)s characters; it has %(length)s.") % {
                "most": most,
                "length": len(words),
            }
        elif words and column.choices and words not in dict(column.flatchoices):  # type: ignore[union-attr]
            wrong[name] = _("Choose one of the values on offer.")
    if content.rating_id is not None and not Rating.objects.filter(pk=content.rating_id).exists():
        wrong["rating"] = _("Choose a rating of the scale.")
    if unknown := set(content.exceptions) - set(EXCEPTED_GATES):
        wrong["exceptions"] = _("No reason can stand in for %(gates)s.") % {
            "gates": ", ".join(sorted(unknown))
        }
    if wrong:
        raise Invalid(" ".join(dict.fromkeys(wrong.values())), wrong)
    reasons = {gate: storable(reason).strip() for gate, reason in content.exceptions.items()}
    written["exceptions"] = {gate: reason for gate, reason in reasons.items() if reason}
    written["rating"] = content.rating_id
    return written


def _citable(claim: Claim, evidence_ids: tuple[int, ...]) -> tuple[int, ...]:
    asked = tuple(dict.fromkeys(evidence_ids))
    accepted = Evidence.objects.filter(claim=claim, pk__in=asked, state=Evidence.State.ACCEPTED)
    if accepted.count() != len(asked):
        sentence = _("Only accepted evidence of this claim can be cited. Look at the evidence again.")
        raise Invalid(sentence, {"citations": sentence})
    return asked


def _cite(verdict: Verdict, evidence_ids: tuple[int, ...]) -> None:
    Citation.objects.filter(verdict=verdict).delete()
    Citation.objects.bulk_create(
        Citation(verdict=verdict, evidence_id=evidence_id, ordinal=ordinal)
        for ordinal, evidence_id in enumerate(evidence_ids, start=1)
    )
