"""The buttons of the one-claim screen: each reads its form and calls one action. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from claims.actions import contacts, decisions, kept_drafts, labels, publication, queue, verdicts, weighing
from claims.actions.refusals import Invalid, NotFound
from claims.actions.verdicts import EXCEPTED_GATES, VerdictContent
from claims.admin.moments import local_moment
from claims.models import Claim
from claims.rules.numbers import whole_number
from claims.rules.permissions import Actor

Step = Callable[[Claim, QueryDict, Actor], object]


def number(form: QueryDict, name: str) -> int:
    """Return the whole number of a field, or refuse the form as forged or broken."""
    found = whole_number(form.get(name, ""))
    if found is None:
        raise Invalid(_("The form is incomplete. Open the page again."))
    return found


def seen(form: QueryDict) -> int:
    return number(form, "seen_version")


def content(form: QueryDict) -> VerdictContent:
    """Return what the verdict form holds."""
    cited = (whole_number(typed) for typed in form.getlist("citations"))
    rating = form.get("rating", "")
    return VerdictContent(
        rating_id=number(form, "rating") if rating else None,
        claim_reviewed=form.get("claim_reviewed", ""),
        title=form.get("title", ""),
        summary=form.get("summary", ""),
        justification=form.get("justification", "").replace("\r\n", "\n"),
        uncertainty=form.get("uncertainty", "").replace("\r\n", "\n"),
        none_found=form.get("none_found", ""),
        tier=form.get("tier", "first"),
        correction_note=form.get("correction_note", "").replace("\r\n", "\n"),
        exceptions={gate: form.get(f"except_{gate}", "") for gate in EXCEPTED_GATES},
        citations=tuple(id for id in cited if id is not None),
    )


def _of_claim(action: Callable[..., object], **words: str) -> Step:
    """Return the step that calls ``action`` on the claim of the screen; ``words`` maps what it is told beside
    the version that was seen to the fields of the form."""

    def step(claim: Claim, form: QueryDict, actor: Actor) -> object:
        told = {name: form.get(field, "") for name, field in words.items()}
        return action(claim_id=claim.pk, seen_version=seen(form), actor=actor, **told)

    return step


def _of(noun: str, action: Callable[..., object], **words: str) -> Step:
    """Return the same for what the form names in its field ``noun``: evidence, a verdict, a publication."""

    def step(claim: Claim, form: QueryDict, actor: Actor) -> object:
        told = {name: form.get(field, "") for name, field in words.items()}
        subject = {f"{noun}_id": number(form, noun)}
        return action(**subject, seen_version=seen(form), actor=actor, **told)

    return step


def _reassign(claim: Claim, form: QueryDict, actor: Actor) -> object:
    return queue.reassign_claim(
        claim_id=claim.pk,
        seen_version=seen(form),
        to_person_id=number(form, "to") if form.get("to") else None,
        reason=form.get("reason", ""),
        actor=actor,
    )


def _reason(form: QueryDict) -> str:
    """Return the reason in the person's own words, else the one that they chose."""
    return form.get("reason_words", "").strip() or form.get("reason", "")


def _reject(claim: Claim, form: QueryDict, actor: Actor) -> object:
    return weighing.reject_evidence(
        evidence_id=number(form, "evidence"),
        seen_version=seen(form),
        reason=_reason(form),
        actor=actor,
    )


def _stance(claim: Claim, form: QueryDict, actor: Actor) -> object:
    return weighing.change_stance(
        evidence_id=number(form, "evidence"),
        seen_version=seen(form),
        stance=form.get("stance", ""),
        reason=_reason(form),
        actor=actor,
    )


def _save(claim: Claim, form: QueryDict, actor: Actor) -> object:
    """Save, and submit as well where that button was pressed; what was saved stays saved if it is refused."""
    verdict = verdicts.save_verdict(
        verdict_id=number(form, "verdict"), seen_version=seen(form), content=content(form), actor=actor
    )
    if form.get("then") != "submit":
        return verdict
    return verdicts.submit_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=actor)


def _schedule(claim: Claim, form: QueryDict, actor: Actor) -> object:
    return publication.schedule_verdict(
        verdict_id=number(form, "verdict"),
        seen_version=seen(form),
        publish_at=local_moment(form.get("publish_at", ""), claim.desk.zone),
        actor=actor,
    )


def _label(claim: Claim, form: QueryDict, actor: Actor) -> object:
    return labels.label_verdict(
        verdict_id=number(form, "verdict"),
        seen_version=seen(form),
        seen_hash=form.get("seen_hash", ""),
        rating_id=number(form, "rating"),
        note=form.get("note", ""),
        actor=actor,
    )


def _drop(claim: Claim, form: QueryDict, actor: Actor) -> object:
    kept_drafts.drop_draft(verdict_id=number(form, "verdict"), actor=actor)
    return None


def _moment(typed: str, zone: str) -> datetime | None:
    return local_moment(typed, zone) if typed.strip() else None


def _contact(claim: Claim, form: QueryDict, actor: Actor) -> object:
    zone = claim.desk.zone
    return contacts.log_contact(
        claim_id=claim.pk,
        seen_version=seen(form),
        channel=form.get("channel", ""),
        outcome=form.get("outcome", ""),
        words=form.get("words", ""),
        contacted_at=_moment(form.get("contacted_at", ""), zone),
        deadline=_moment(form.get("deadline", ""), zone),
        actor=actor,
    )


STEPS: dict[str, Step] = {
    "contact": _contact,
    "take": _of_claim(queue.take_claim),
    "release": _of_claim(queue.release_claim, note="reason"),
    "reassign": _reassign,
    "accept": _of("evidence", weighing.accept_evidence, reason="reason"),
    "reject": _reject,
    "stance": _stance,
    "undo": _of("evidence", weighing.undo_decision, reason="reason"),
    "start": _of_claim(verdicts.start_verdict, language="language"),
    "co_write": _of("verdict", verdicts.co_write_verdict),
    "save": _save,
    "drop": _drop,
    "submit": _of("verdict", verdicts.submit_verdict),
    "withdraw": _of("verdict", verdicts.withdraw_verdict, note="reason"),
    "label": _label,
    "discuss": _of("verdict", labels.discuss_verdict, comment="comment"),
    "review": _of("verdict", decisions.review_verdict),
    "approve": _of("verdict", decisions.approve_verdict, seen_hash="seen_hash", comment="comment"),
    "request_changes": _of("verdict", decisions.request_changes, comment="comment"),
    "schedule": _schedule,
    "unschedule": _of("verdict", publication.unschedule_verdict, reason="reason"),
    "publish": _of("verdict", publication.publish_verdict),
    "start_correction": _of("publication", publication.start_correction, reason="reason"),
    "cancel_correction": _of("publication", publication.cancel_correction, reason="reason"),
    "retract": _of("publication", publication.retract_publication, note="reason"),
}


def step_named(verb: str) -> Step:
    """Return the step, or refuse a forged name as a page that does not exist."""
    try:
        return STEPS[verb]
    except KeyError:
        raise NotFound(_("page")) from None
