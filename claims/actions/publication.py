"""Making a verdict public: publish, schedule, correct, retract.

What is published is one immutable snapshot of exactly what was approved, in one transaction with everything
that follows from it. A later revision supersedes it; a retraction leaves a page that says so.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.announcing import EVENT_OF_TIER, announce
from claims.actions.changes import change
from claims.actions.gatekeeping import (
    GatesClosed,
    person_of,
    require_gates,
    require_no_conflict,
    require_readable_desk,
    require_second_factor,
)
from claims.actions.history import append_event
from claims.actions.refusals import Conflict, Invalid
from claims.actions.verdict_steps import move_verdict, next_state, take_up
from claims.models import Claim, ClaimEvent, EventChoice, Publication, PublishedRevision, Verdict
from claims.publish.claimreview import script_json
from claims.publish.snapshot import Snapshot
from claims.rules import permissions
from claims.rules.dossier import PlannedSnapshot
from claims.rules.gates import Phase
from claims.rules.lifecycle import (
    CLAIM_MOVES,
    PUBLICATION_MOVES,
    ClaimState,
    IllegalMove,
    PublicationState,
    VerdictState,
    move,
)
from claims.rules.permissions import Actor, NotAllowed
from claims.selectors.addresses import planned_address
from claims.selectors.gate_dossier import dossier_of
from claims.selectors.people import ANONYMOUS, actor_of
from claims.selectors.publications import build_snapshot
from claims.selectors.verdicts import iso_utc, present_hash, verdict_with_content

#: What outsiders are told when a correction is begun or called off.
_REOPENED = {
    "start_correction": EventChoice.CORRECTION_STARTED,
    "cancel_correction": EventChoice.CORRECTION_CANCELLED,
}
#: An embargo further away than this is a slip of the pen.
LONGEST_EMBARGO = timedelta(days=366)


def publish_verdict(*, verdict_id: int, seen_version: int, actor: Actor) -> PublishedRevision:
    """Publish an approved verdict: snapshot, revision, page and feeds change together, once."""
    with transaction.atomic():
        verdict = _taken_up(verdict_id, seen_version, actor, "publish")
        state = next_state(verdict, "publish")
        now = _whole_second()
        publication = _publication_of(verdict)
        live = move(PUBLICATION_MOVES, "publish", PublicationState(publication.state))
        first, modified = _dates(publication, verdict, now)
        number = publication.revisions.count() + 1
        snapshot = build_snapshot(
            verdict,
            publication,
            revision=number,
            first_published_at=first,
            modified_at=modified,
            published_at=now,
            publisher_name=actor.name,
            content_hash=present_hash(verdict),
        )
        planned = PlannedSnapshot(
            first,
            modified,
            snapshot["content_hash"],
            script_json(snapshot),
            planned_address(publication, snapshot["url"]),
        )
        require_gates(dossier_of(verdict, planned=planned), Phase.PUBLICATION)
        revision = _record(verdict, publication, snapshot, number, now, actor)
        _supersede_former(publication, actor)
        Publication.objects.filter(pk=publication.pk).update(
            state=live,
            current=revision,
            first_published_at=first,
            modified_at=modified,
            event_at=now,
            version=F("version") + 1,
        )
        details = {"publication": publication.pk, "revision": number, "tier": verdict.tier}
        move_verdict(verdict, state, actor, "publish", note=verdict.correction_note, details=details)
        if verdict.tier == Verdict.Tier.SUBSTANTIAL:
            _mark_translations(publication, actor, verdict.correction_note)
        _conclude(verdict.claim, actor)
        event = EVENT_OF_TIER[Verdict.Tier(verdict.tier)]
        announce(publication.pk, event, _public_note(verdict), actor=actor)
    return PublishedRevision.objects.select_related("publication", "verdict").get(pk=revision.pk)


def schedule_verdict(*, verdict_id: int, seen_version: int, publish_at: datetime, actor: Actor) -> Verdict:
    """Have the verdict published at ``publish_at`` (aware); until then nobody outside learns of it."""
    with transaction.atomic():
        verdict = _taken_up(verdict_id, seen_version, actor, "schedule")
        state = next_state(verdict, "schedule")
        if timezone.is_naive(publish_at):
            raise Invalid(_("Give the moment with its time zone."))
        now = timezone.now()
        if publish_at <= now or publish_at > now + LONGEST_EMBARGO:
            sentence = _("The embargo has to end after now and within a year.")
            raise Invalid(sentence, {"publish_at": sentence})
        require_gates(dossier_of(verdict), Phase.PUBLICATION)
        _publication_of(verdict)
        note = iso_utc(publish_at)
        move_verdict(verdict, state, actor, "schedule", note=note, publish_at=publish_at)
        jobs.enqueue("publish_scheduled", verdict.pk, subject_version=verdict.version, due_at=publish_at)
    return verdict


def unschedule_verdict(*, verdict_id: int, seen_version: int, reason: str, actor: Actor) -> Verdict:
    """Take the verdict off the schedule; it stays approved."""
    with transaction.atomic():
        verdict = _taken_up(verdict_id, seen_version, actor, "unschedule")
        _unschedule(verdict, actor, reason)
    return verdict


def publish_scheduled(verdict_id: int) -> PublishedRevision | None:
    """Publish what is due, in the name of the publisher who scheduled it; the body of a job, safe to repeat.

    Where it may not go out any more (its content changed, that person may not publish now), it goes back to
    the desk as approved, with the reason in the history: an embargo never ends by force or in silence.
    """
    verdict = Verdict.objects.filter(pk=verdict_id, state=VerdictState.SCHEDULED).first()
    if verdict is None or verdict.publish_at is None:
        return None
    wait = (verdict.publish_at - timezone.now()).total_seconds()
    if wait > 0:
        # The database's clock found it due and ours does not yet, or it was put off: it must not be lost.
        raise jobs.RetryLater(_("The embargo has not ended yet."), after=wait + 1)
    actor = _scheduler(verdict)
    try:
        return publish_verdict(verdict_id=verdict_id, seen_version=verdict.version, actor=actor)
    except Conflict:
        # Somebody published or unscheduled it in between: that decision stands.
        return None
    except (GatesClosed, NotAllowed, IllegalMove) as refusal:
        with transaction.atomic():
            change(Verdict, verdict_id, verdict.version)
            _unschedule(verdict_with_content(verdict_id), permissions.MACHINE, str(refusal))
        return None


def start_correction(*, publication_id: int, seen_version: int, reason: str, actor: Actor) -> Publication:
    """Put the banner up and open the claim again; what stands published stays up until it is replaced."""
    return _reopen(publication_id, seen_version, "start_correction", reason, actor)


def cancel_correction(*, publication_id: int, seen_version: int, reason: str, actor: Actor) -> Publication:
    """Take the banner down: the published revision stands as it is."""
    return _reopen(publication_id, seen_version, "cancel_correction", reason, actor)


def retract_publication(*, publication_id: int, seen_version: int, note: str, actor: Actor) -> Publication:
    """Withdraw the check in public: its page and feed entry stay and say why."""
    with transaction.atomic():
        publication = _publication_taken_up(publication_id, seen_version, actor, "retract")
        if not note.strip():
            raise Invalid(_("Tell readers why it is retracted."), {"note": _("Tell readers why.")})
        state = move(PUBLICATION_MOVES, "retract", PublicationState(publication.state))
        before, now = publication.state, _whole_second()
        publication.state, publication.retraction_note = state, note.strip()
        publication.event_at = publication.modified_at = now
        publication.save(update_fields=["state", "retraction_note", "event_at", "modified_at"])
        _supersede_former(publication, actor)
        append_event(
            actor=actor,
            subject=publication,
            verb="retract",
            claim_id=publication.claim_id,
            from_state=before,
            to_state=state,
            note=note.strip(),
        )
        _mark_translations(publication, actor, note.strip())
        announce(publication.pk, EventChoice.RETRACTED, note.strip(), actor=actor)
    return publication


# --- Shared steps -------------------------------------------------------------------------------------


def _require_publisher(actor: Actor, claim: Claim, verb: str) -> None:
    if not permissions.can_publish(actor, claim.desk_id):
        raise NotAllowed(verb, _("Only publishers of this desk may do this."))
    require_no_conflict(claim, actor, verb)
    require_second_factor(claim.desk_id, actor, verb)


def _taken_up(verdict_id: int, seen_version: int, actor: Actor, verb: str) -> Verdict:
    verdict = take_up(verdict_id, seen_version, actor)
    _require_publisher(actor, verdict.claim, verb)
    return verdict


def _publication_taken_up(publication_id: int, seen_version: int, actor: Actor, verb: str) -> Publication:
    desk_id = Publication.objects.filter(pk=publication_id).values_list("claim__desk_id", flat=True).first()
    require_readable_desk(actor, desk_id, _("publication"))
    publication = change(Publication, publication_id, seen_version)
    _require_publisher(actor, publication.claim, verb)
    return publication


def _whole_second() -> datetime:
    """Public events are whole seconds: that is as fine as an HTTP date can say."""
    return timezone.now().replace(microsecond=0)


def _publication_of(verdict: Verdict) -> Publication:
    """Return the publication of the claim in the verdict's language, embargoed where there is none yet.

    It is locked, so that two revisions in different languages or states cannot be numbered alike.
    """
    Publication.objects.get_or_create(
        claim_id=verdict.claim_id,
        language=verdict.language,
        defaults={
            "state": PublicationState.EMBARGOED,
            "slug": slugify(verdict.title or verdict.claim_reviewed)[:80].strip("-") or "check",
        },
    )
    publications = Publication.objects.select_for_update(of=("self",)).select_related("current__verdict")
    return publications.get(claim_id=verdict.claim_id, language=verdict.language)


def _dates(publication: Publication, verdict: Verdict, now: datetime) -> tuple[datetime, datetime]:
    """Return when it was first published and last changed; a minor correction is no change to readers."""
    first = publication.first_published_at
    if first is None or publication.modified_at is None:
        return now, now
    return first, publication.modified_at if verdict.tier == Verdict.Tier.MINOR else now


def _record(
    verdict: Verdict,
    publication: Publication,
    snapshot: Snapshot,
    number: int,
    now: datetime,
    actor: Actor,
) -> PublishedRevision:
    return PublishedRevision.objects.create(
        publication=publication,
        number=number,
        verdict=verdict,
        snapshot=snapshot,
        content_hash=verdict.content_hash,
        tier=verdict.tier,
        note=verdict.correction_note,
        published_by_id=person_of(actor),
        published_at=now,
    )


def _public_note(verdict: Verdict) -> str:
    """A minor correction is logged and has no note for readers (rule 8)."""
    return "" if verdict.tier == Verdict.Tier.MINOR else verdict.correction_note


def _supersede_former(publication: Publication, actor: Actor) -> None:
    if publication.current is None:
        return
    former = publication.current.verdict
    state = next_state(former, "supersede")
    move_verdict(former, state, actor, "supersede", version=F("version") + 1)


def _mark_translations(publication: Publication, actor: Actor, note: str) -> None:
    """Keep in the history which other languages have to follow (rule 9).

    That they have not yet is seen from the revisions themselves (``selectors.corrections.overtaken_by``).
    """
    others = Publication.objects.filter(
        claim_id=publication.claim_id, state__in=(PublicationState.LIVE, PublicationState.UNDER_CORRECTION)
    ).exclude(pk=publication.pk)
    for other in others.order_by("pk"):
        Publication.objects.filter(pk=other.pk).update(version=F("version") + 1)
        append_event(
            actor=actor,
            subject=other,
            verb="mark_stale",
            claim_id=other.claim_id,
            from_state=other.state,
            to_state=other.state,
            note=note,
            details={"after": publication.pk, "language": publication.language},
        )


def _conclude(claim: Claim, actor: Actor) -> None:
    before = claim.state
    state = move(CLAIM_MOVES, "conclude", ClaimState(before))
    Claim.objects.filter(pk=claim.pk).update(
        state=state, held_by=None, held_until=None, version=F("version") + 1
    )
    append_event(
        actor=actor, subject=claim, verb="conclude", claim_id=claim.pk, from_state=before, to_state=state
    )
    # The search index tells readers' claims from the desk's by what was ever published.
    version = Claim.objects.values_list("version", flat=True).get(pk=claim.pk)
    jobs.enqueue("index_claim", claim.pk, subject_version=version)


def _unschedule(verdict: Verdict, actor: Actor, reason: str) -> None:
    state = next_state(verdict, "unschedule")
    move_verdict(verdict, state, actor, "unschedule", note=reason, publish_at=None)


def _scheduler(verdict: Verdict) -> Actor:
    """Return the person who scheduled the verdict, with the roles that they hold now."""
    scheduled = ClaimEvent.objects.filter(claim_id=verdict.claim_id, subject_kind="verdict", verb="schedule")
    event = scheduled.filter(subject_id=verdict.pk).select_related("person").order_by("-sequence").first()
    return actor_of(event.person) if event and event.person else ANONYMOUS


def _reopen(publication_id: int, seen_version: int, verb: str, reason: str, actor: Actor) -> Publication:
    with transaction.atomic():
        publication = _publication_taken_up(publication_id, seen_version, actor, verb)
        if not reason.strip():
            raise Invalid(_("Give a reason."), {"reason": _("Give a reason.")})
        state = move(PUBLICATION_MOVES, verb, PublicationState(publication.state))
        before = publication.state
        publication.state, publication.event_at = state, _whole_second()
        publication.save(update_fields=["state", "event_at"])
        append_event(
            actor=actor,
            subject=publication,
            verb=verb,
            claim_id=publication.claim_id,
            from_state=before,
            to_state=state,
            note=reason.strip(),
        )
        claim = publication.claim
        if verb == "start_correction" and claim.state == ClaimState.CONCLUDED:
            Claim.objects.filter(pk=claim.pk).update(
                state=move(CLAIM_MOVES, "reopen", ClaimState(claim.state)), version=F("version") + 1
            )
            append_event(
                actor=actor,
                subject=claim,
                verb="reopen",
                claim_id=claim.pk,
                from_state=claim.state,
                to_state=ClaimState.CHECKING,
                note=reason.strip(),
            )
        # Why it was begun or called off is the desk's own: readers are told what came of it.
        announce(publication.pk, _REOPENED[verb], "", actor=actor)
    return publication
