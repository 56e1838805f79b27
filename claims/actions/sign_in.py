"""Opening the door again for a name that was guessed at too often."""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler
from django.db import transaction
from django.utils.translation import gettext as _

from claims.actions.history import append_event
from claims.actions.people import require_administrator
from claims.actions.refusals import Invalid, NotFound
from claims.models import Person
from claims.rules.permissions import Actor


def unlock_sign_in(*, person_id: int, reason: str, actor: Actor) -> Person:
    """Forget the wrong passwords for a person's name, from every address, with a reason for the history."""
    require_administrator(actor, "unlock")
    if not reason.strip():
        raise Invalid(_("Say why, for the history."), {"reason": _("Say why, for the history.")})
    with transaction.atomic():
        person = Person.objects.filter(pk=person_id).first()
        if person is None:
            raise NotFound(_("person"))
        AxesProxyHandler.reset_attempts(username=person.username)
        append_event(actor=actor, subject=person, verb="unlock", claim_id=None, note=reason.strip())
    return person
