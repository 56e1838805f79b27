"""One person as an administrator sees them: how they sign in, what they keep out of, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models import Claim, ClaimEvent, ConflictOfInterest, Desk, Person, Subscription
from claims.selectors.people import has_second_factor

#: What happened to a person or a desk, by the verb of the event.
DEEDS = {
    "create_person": _("added the person"),
    "change_person": _("changed the person"),
    "set_password": _("set a new password"),
    "disable": _("disabled the account"),
    "enable": _("enabled the account"),
    "sign_out": _("ended all sessions"),
    "enrol_second_factor": _("set up a second factor"),
    "end_second_factor": _("took the second factor off"),
    "reset_second_factor": _("took the second factor off for another person"),
    "renew_recovery_codes": _("made new recovery codes"),
    "use_recovery_code": _("signed in with a recovery code"),
    "unlock": _("opened the locked door"),
    "declare_conflict": _("declared a conflict of interest"),
    "end_conflict": _("ended a conflict of interest"),
    "issue_token": _("made an API token"),
    "revoke_token": _("revoked an API token"),
    "open_desk": _("opened the desk"),
    "change_desk": _("changed the desk"),
    "freeze_scale": _("froze the rating scale"),
    "subscribe": _("made the subscription"),
    "change_subscription": _("changed the subscription"),
    "rotate_secret": _("made a new secret"),
    "disable_subscription": _("disabled the subscription"),
    "enable_subscription": _("enabled the subscription"),
    "replay_delivery": _("sent deliveries again"),
}
#: The columns that ``details`` of such an event name, as a form labels them.
_LABELS = {
    field.name: field.verbose_name for model in (Person, Desk, Subscription) for field in model._meta.fields
} | {
    "roles": _("roles"),
    "subject": _("about"),
    "is_staff": _("may open the review desk"),
}
#: The newest lines of a history that a page shows.
MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Deed:
    """One event for a person to read; ``changes`` are (what, before, after)."""

    at: datetime
    who: str
    did: str
    note: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class PersonPage:
    """``guesses``: wrong passwords since the last right one; ``is_locked`` where they keep a door shut."""

    person: Person
    has_factor: bool
    guesses: int
    is_locked: bool
    held: int
    conflicts: tuple[ConflictOfInterest, ...]
    deeds: tuple[Deed, ...]


def person_page(person: Person) -> PersonPage:
    """Return all of it in five queries."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    recent = AccessAttempt.objects.filter(username=person.username, attempt_time__gte=since)
    by_address = recent.values("ip_address").annotate(count=Sum("failures_since_start")).order_by()
    counts = [row["count"] for row in by_address]
    conflicts = person.conflicts.select_related("claimant", "outlet", "claim").order_by("-pk")
    return PersonPage(
        person=person,
        has_factor=has_second_factor(person.pk),
        guesses=sum(counts),
        is_locked=(
            max(counts, default=0) >= settings.AXES_FAILURE_LIMIT
            or sum(counts) >= settings.SIGN_IN_GUESSES_EVERYWHERE
        ),
        held=Claim.objects.filter(held_by=person).count(),
        conflicts=tuple(conflicts[:MOST_LINES]),
        deeds=deeds_about(person),
    )


def deeds_about(subject: Person | Desk | Subscription) -> tuple[Deed, ...]:
    """Return what happened to a person, a desk or a subscription, newest first. One query."""
    events = ClaimEvent.objects.filter(subject_kind=subject._meta.model_name, subject_id=subject.pk)
    return tuple(_deed(event) for event in events.order_by("-sequence")[:MOST_LINES])


def _deed(event: ClaimEvent) -> Deed:
    changes = []
    for name, pair in event.details.items():
        if isinstance(pair, list) and len(pair) == 2:
            changes.append((str(_LABELS.get(name, name)), str(pair[0]), str(pair[1])))
        elif name == "subject":
            changes.append((str(_LABELS[name]), "", str(pair)))
    return Deed(
        at=event.at,
        who=event.person_name,
        did=str(DEEDS.get(event.verb, event.verb)),
        note=event.note,
        changes=tuple(changes),
    )
