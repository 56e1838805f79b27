"""The second factor: a code of an authenticator (TOTP, RFC 6238) or, once, a recovery code.

A code is taken once; each wrong one doubles the wait before the next. A refused code is written down before
the refusal is raised, or the rollback would forget that somebody guessed.
"""

from __future__ import annotations

import base64
import secrets
from math import ceil

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.actions.gatekeeping import person_of
from claims.actions.history import append_event
from claims.actions.people import require_administrator
from claims.actions.refusals import Invalid, NotFound
from claims.models import Authenticator, Person, RecoveryCode
from claims.models.sealing import Unsealable
from claims.rules.permissions import Actor
from claims.selectors.people import has_second_factor

RECOVERY_CODES = 10
#: Bytes of one recovery code: 80 bits, which no guessing and no table of hashes gets through.
_RECOVERY_BYTES = 10


class TooSoon(Invalid):
    """Somebody guessed; the next code is looked at later. The edge answers 429."""


def begin_enrolment(*, actor: Actor) -> Authenticator:
    """Make a secret for a person who has none; it is in force only once a code of it was shown."""
    person_id = person_of(actor)
    with transaction.atomic():
        if has_second_factor(person_id):
            raise Invalid(_("You have a second factor. Take it off first; that needs one of its codes."))
        Authenticator.objects.filter(user_id=person_id, confirmed=False).delete()
        return Authenticator.objects.begin(person_id)


def confirm_enrolment(*, code: str, actor: Actor) -> list[str]:
    """Put the new secret in force and return the recovery codes, which nobody can read later.

    Every session of before ends: it was opened by a password alone.
    """
    person_id = person_of(actor)
    refusal: Invalid | None = None
    codes: list[str] = []
    with transaction.atomic():
        device = Authenticator.objects.select_for_update().filter(user_id=person_id, confirmed=False).first()
        if device is None:
            raise Invalid(_("Begin again: the secret on this page is no longer the newest."))
        refusal = _refusal(device, code)
        if refusal is None:
            Authenticator.objects.filter(pk=device.pk).update(confirmed=True)
            codes = _new_recovery_codes(person_id)
            _tell(person_id, "enrol_second_factor", actor, ends_sessions=True)
    if refusal is not None:
        raise refusal
    return codes


def pass_second_factor(*, person_id: int, code: str) -> None:
    """Take a code at sign-in; raise ``Invalid`` for a wrong or used one, ``TooSoon`` after too many."""
    refusal: Invalid | None = None
    with transaction.atomic():
        device = Authenticator.objects.select_for_update().filter(user_id=person_id, confirmed=True).first()
        if device is None:
            raise NotFound(_("second factor"))
        refusal = _refusal(device, code, with_recovery=True)
    if refusal is not None:
        raise refusal


def renew_recovery_codes(*, code: str, actor: Actor) -> list[str]:
    """Replace all recovery codes; the person shows a code first."""
    person_id = person_of(actor)
    pass_second_factor(person_id=person_id, code=code)
    with transaction.atomic():
        codes = _new_recovery_codes(person_id)
        _tell(person_id, "renew_recovery_codes", actor)
    return codes


def end_second_factor(*, code: str, actor: Actor) -> Person:
    """Sign in with the password alone from now on; the person shows a code first."""
    person_id = person_of(actor)
    pass_second_factor(person_id=person_id, code=code)
    with transaction.atomic():
        _remove(person_id)
        return _tell(person_id, "end_second_factor", actor)


def reset_second_factor(*, person_id: int, reason: str, actor: Actor) -> Person:
    """Take the second factor off somebody who lost it, with a reason; their sessions end."""
    require_administrator(actor, "reset_second_factor")
    if not reason.strip():
        raise Invalid(_("Say why, for the history."), {"reason": _("Say why, for the history.")})
    with transaction.atomic():
        if not Person.objects.filter(pk=person_id).exists():
            raise NotFound(_("person"))
        _remove(person_id)
        return _tell(person_id, "reset_second_factor", actor, note=reason.strip(), ends_sessions=True)


# --- Shared steps -------------------------------------------------------------------------------------


def _refusal(device: Authenticator, code: str, *, with_recovery: bool = False) -> Invalid | None:
    """Try ``code`` on a locked row, write down how it went, and return why it is refused, or None."""
    allowed, why = device.verify_is_allowed()
    if not allowed:
        seconds = max(1, ceil((why["locked_until"] - timezone.now()).total_seconds()))
        told = ngettext(
            "Too many wrong codes. Wait %(seconds)s second, then try the next code.",
            "Too many wrong codes. Wait %(seconds)s seconds, then try the next code.",
            seconds,
        ) % {"seconds": seconds}
        return TooSoon(told, {"code": told})
    try:
        taken = _takes(device, "".join(code.split()).replace("-", "").lower(), with_recovery)
    except Unsealable:
        told = _(
            "No code can be checked: this installation has a new secret key. Have an administrator take "
            "your second factor off, then set it up anew."
        )
        return Invalid(told, {"code": told})
    if taken:
        return None
    told = _("This code is wrong or was used already. Wait for the next one and type that.")
    return Invalid(told, {"code": told})


def _takes(device: Authenticator, typed: str, with_recovery: bool) -> bool:
    """Try ``typed`` as a code of the authenticator or, where those are asked for, as a recovery code."""
    if typed.isascii() and typed.isdigit() and len(typed) == device.digits:
        return bool(device.verify_token(typed))
    if with_recovery and _use_recovery_code(device.user_id, typed):
        device.throttle_reset()
        return True
    device.throttle_increment()
    return False


def _use_recovery_code(person_id: int, typed: str) -> bool:
    unused = RecoveryCode.objects.filter(person_id=person_id, used_at__isnull=True)
    hashes = [_hashed(person_id, typed, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    if not unused.filter(code_hash__in=hashes).update(used_at=timezone.now()):
        return False
    person = Person.objects.get(pk=person_id)
    actor = Actor(person_id=person_id, name=str(person))
    append_event(
        actor=actor,
        subject=person,
        verb="use_recovery_code",
        claim_id=None,
        details={"left": unused.count()},
    )
    return True


def _new_recovery_codes(person_id: int) -> list[str]:
    RecoveryCode.objects.filter(person_id=person_id).delete()
    plain = [
        base64.b32encode(secrets.token_bytes(_RECOVERY_BYTES)).decode().lower()
        for _n in range(RECOVERY_CODES)
    ]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person_id=person_id, code_hash=_hashed(person_id, code, settings.SECRET_KEY))
        for code in plain
    )
    return ["-".join(code[start : start + 4] for start in range(0, len(code), 4)) for code in plain]


def _hashed(person_id: int, code: str, key: str) -> str:
    """The code is random and long, so that one keyed hash is enough; it is of use to its person alone."""
    words = f"{person_id}:{code}"
    return salted_hmac("claims.recovery_code", words, secret=key, algorithm="sha256").hexdigest()


def _remove(person_id: int) -> None:
    Authenticator.objects.filter(user_id=person_id).delete()
    RecoveryCode.objects.filter(person_id=person_id).delete()


def _tell(person_id: int, verb: str, actor: Actor, *, note: str = "", ends_sessions: bool = False) -> Person:
    if ends_sessions:
        Person.objects.filter(pk=person_id).update(sign_in_round=F("sign_in_round") + 1)
    person = Person.objects.get(pk=person_id)
    append_event(actor=actor, subject=person, verb=verb, claim_id=None, note=note)
    return person
