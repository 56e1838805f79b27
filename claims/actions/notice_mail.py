"""Notices by mail, for who asked for it: once a day, or at once and then at most every five minutes.

The beat looks for who is due and enqueues one job for each person and slot; the job reads, sends with no
transaction open, and marks what was sent. A crash in between sends the same letter again, under the same id.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.gatekeeping import person_of
from claims.actions.refusals import Invalid
from claims.models import Notice, Person, Preference
from claims.rules.permissions import Actor
from claims.selectors.notice_letters import letter_to
from claims.selectors.notices import unmailed_of
from claims.selectors.people import actor_of, zone_of

#: Two letters “at once” are at least so far apart.
APART = timedelta(minutes=5)
#: The hour, in the zone of the person's desk, from which the daily letter goes out.
MORNING = time(7)
#: A letter names so many notices and counts the rest.
MOST_TOLD = 50


def choose_mail(*, mail: str, actor: Actor) -> Preference:
    """Choose how notices reach the actor by mail. Raises ``Invalid`` for who has no e-mail address."""
    person = Person.objects.get(pk=person_of(actor))
    if mail not in Preference.Mail.values:
        raise Invalid(_("Choose one of the values on offer."))
    if mail != Preference.Mail.OFF and not person.email:
        raise Invalid(_("Your account has no e-mail address. Ask an administrator to enter it."))
    # Who turns it on is told of what comes from now on, and not of everything that was left unread.
    preference, _made = Preference.objects.update_or_create(
        person=person, defaults={"mail": mail, "mailed_at": timezone.now()}
    )
    Notice.objects.filter(person=person, mailed_at__isnull=True).update(mailed_at=timezone.now())
    return preference


def end_mail(person_id: int) -> None:
    """Send this person no more mail; whoever holds a letter may ask for that, as often as they like."""
    Preference.objects.filter(person_id=person_id).update(mail=Preference.Mail.OFF)


def request_due_mail() -> int:
    """Enqueue a letter for everybody who is due one; return how many are. Twice in one slot is once."""
    if not settings.MAIL_URL:
        return 0
    now = timezone.now()
    unmailed = Notice.objects.filter(
        person_id=OuterRef("person_id"), read_at__isnull=True, mailed_at__isnull=True
    )
    wanting = Preference.objects.filter(Exists(unmailed), person__is_active=True).exclude(
        Q(mail=Preference.Mail.OFF) | Q(mailed_at__gt=now - APART)
    )
    due = 0
    for preference in wanting.select_related("person"):
        slot = _slot(preference, now)
        if slot is not None:
            jobs.enqueue("mail_notices", preference.person_id, subject_version=slot)
            due += 1
    return due


def mail_notices(person_id: int) -> None:
    """Send one person what they have not read; the body of a job. Raises ``RetryLater`` while mail is away."""
    preference = Preference.objects.exclude(mail=Preference.Mail.OFF).filter(person_id=person_id)
    person = Person.objects.filter(Exists(preference), pk=person_id, is_active=True).exclude(email="").first()
    if person is None:
        return
    told, more = unmailed_of(actor_of(person), MOST_TOLD)
    if told:
        letter = letter_to(person, told, more)
        message = EmailMessage(letter.subject, letter.text, to=[person.email], headers=letter.headers)
        try:
            message.send()
        except SMTPRecipientsRefused as refusal:
            raise jobs.GiveUp(f"The mail server takes nothing for this person: {refusal}") from refusal
        except (SMTPException, OSError) as away:
            raise jobs.RetryLater(f"The mail server did not take the letter: {away}") from away
    now = timezone.now()
    with transaction.atomic():
        sent = Notice.objects.filter(person_id=person_id, mailed_at__isnull=True)
        sent.filter(pk__lte=told[0].pk if told else 0).update(mailed_at=now)
        Preference.objects.filter(person_id=person_id).update(mailed_at=now)


def _slot(preference: Preference, now: datetime) -> int | None:
    """Return the number of the slot that a letter is due in, None where none is due now."""
    if preference.mail == Preference.Mail.AT_ONCE:
        return int(now.timestamp() // APART.total_seconds())
    zone = ZoneInfo(zone_of(actor_of(preference.person)))
    here = now.astimezone(zone)
    morning = datetime.combine(here.date(), MORNING, zone)
    if here < morning or (preference.mailed_at is not None and preference.mailed_at >= morning):
        return None
    return here.date().toordinal()
