"""The contact log with the claimant: who asked, when, by which way, until when, and what came of it.

The log is events of the history, so it is append-only and chained like everything else that people did. It is
internal: readers see of it only what the justification quotes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from claims.models import ClaimEvent
from claims.rules.contacts import Channel, ContactOutcome

CONTACT_VERB = "contact"


class ChannelChoice(models.TextChoices):
    EMAIL = Channel.EMAIL.value, _("by e-mail")
    PHONE = Channel.PHONE.value, _("by phone")
    MESSAGE = Channel.MESSAGE.value, _("by message")
    PRESS_OFFICE = Channel.PRESS_OFFICE.value, _("through the press office")
    LETTER = Channel.LETTER.value, _("by letter")
    IN_PERSON = Channel.IN_PERSON.value, _("in person")


class OutcomeChoice(models.TextChoices):
    WAITING = ContactOutcome.WAITING.value, _("asked, waiting for an answer")
    ANSWERED = ContactOutcome.ANSWERED.value, _("answered")
    DECLINED = ContactOutcome.DECLINED.value, _("declined to comment")
    NO_ANSWER = ContactOutcome.NO_ANSWER.value, _("did not answer")


@dataclass(frozen=True, slots=True)
class Contact:
    """One entry. ``contacted_at`` is when the claimant was asked or answered, ``logged_at`` when a person
    wrote it down; ``deadline`` is until when an answer was asked for."""

    who: str
    contacted_at: datetime | None
    logged_at: datetime
    channel: str
    outcome: str
    outcome_word: str
    deadline: datetime | None
    words: str


def claimant_was_asked(claim_id: int) -> bool:
    """Say whether the log holds an attempt. One query."""
    return ClaimEvent.objects.filter(claim_id=claim_id, verb=CONTACT_VERB).exists()


def contacts_among(events: Iterable[ClaimEvent]) -> list[Contact]:
    """Return the entries of the contact log among ``events``, newest first."""
    found = [event for event in events if event.verb == CONTACT_VERB]
    return [_contact(event) for event in sorted(found, key=lambda event: -event.sequence)]


def _contact(event: ClaimEvent) -> Contact:
    told = event.details
    return Contact(
        who=event.person_name,
        contacted_at=_moment(told.get("contacted_at")),
        logged_at=event.at,
        channel=_word(ChannelChoice, told.get("channel")),
        outcome=str(told.get("outcome", "")),
        outcome_word=_word(OutcomeChoice, told.get("outcome")),
        deadline=_moment(told.get("deadline")),
        words=event.note,
    )


def _word(choices: type[models.TextChoices], value: object) -> str:
    return str(choices(value).label) if value in choices.values else ""


def _moment(text: object) -> datetime | None:
    return parse_datetime(text) if isinstance(text, str) and text else None
