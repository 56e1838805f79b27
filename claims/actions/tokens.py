"""API tokens: people make them for themselves, they and administrators revoke them.

Nobody makes one in another's name, for it would let them take that person's steps. The secret is returned
once, by the action that makes it, and is kept nowhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.gatekeeping import person_of
from claims.actions.history import append_event
from claims.actions.refusals import Invalid, NotFound
from claims.models import ApiToken, Person, ScopeChoice
from claims.rules import permissions
from claims.rules.permissions import Actor, NotAllowed
from claims.rules.storing import storable
from claims.selectors.tokens import hashed, visible_tokens

#: What every secret begins with, so that scanners of leaked keys can know it.
MARK = "fct_"
#: Bytes of a secret.
SECRET_BYTES = 32
LONGEST_NAME = 80
LONGEST_LIFE_DAYS = 366
MOST_TOKENS = 20
#: How far apart two notes of the last use are: reading stays cheap, and nobody needs the second.
NOTED_EVERY = timedelta(minutes=1)


def issue_token(*, name: str, scopes: Collection[str], days: int, actor: Actor) -> tuple[ApiToken, str]:
    """Make a token for the person who acts; return it with its secret, which nobody can read later.

    ``days``: how long it lives, 1 to 366. Raises ``Invalid``, ``NotAllowed``.
    """
    if not permissions.can_hold_token(actor):
        raise NotAllowed(
            "issue_token", _("You belong to no desk yet. Ask an administrator to add you to one.")
        )
    name, chosen = " ".join(storable(name).split()), sorted(set(scopes))
    _require_sound(name, chosen, days)
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_of(actor))
        standing = ApiToken.objects.filter(
            person=person, revoked_at__isnull=True, expires_at__gt=timezone.now()
        )
        if standing.count() >= MOST_TOKENS:
            raise Invalid(_("You have %(most)d tokens. Revoke one first.") % {"most": MOST_TOKENS})
        secret = MARK + secrets.token_urlsafe(SECRET_BYTES)
        token = ApiToken.objects.create(
            person=person,
            name=name,
            prefix=secret[:10],
            token_hash=hashed(secret),
            scopes=chosen,
            sign_in_round=person.sign_in_round,
            expires_at=timezone.now() + timedelta(days=days),
        )
        _tell(token, "issue_token", actor, details={"scopes": ", ".join(chosen), "days": days})
    return token, secret


def revoke_token(*, token_id: int, actor: Actor) -> ApiToken:
    """End a token at once: one's own, or by an administrator anybody's. A second time changes nothing."""
    with transaction.atomic():
        token = visible_tokens(actor).filter(pk=token_id).first()
        if token is None:
            raise NotFound(_("API token"))
        standing = ApiToken.objects.filter(pk=token_id, revoked_at__isnull=True)
        if standing.update(revoked_at=timezone.now()):
            _tell(token, "revoke_token", actor)
    token.refresh_from_db()
    return token


def note_use(token: ApiToken) -> None:
    """Write down that the token was used now, at most once a minute."""
    now = timezone.now()
    if token.last_used_at is not None and token.last_used_at > now - NOTED_EVERY:
        return
    unnoted = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - NOTED_EVERY)
    ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=now)


def _require_sound(name: str, scopes: Collection[str], days: int) -> None:
    wrong: dict[str, str] = {}
    if not name:
        wrong["name"] = _("Say what the token is for.")
    elif len(name) > LONGEST_NAME:
        wrong["name"] = _("Shorten this to %(most)s characters; it has %(length)s.") % {
            "most": LONGEST_NAME,
            "length": len(name),
        }
    if not scopes or set(scopes) - set(ScopeChoice.values):
        wrong["scopes"] = _("Choose what it may be used for.")
    if not 1 <= days <= LONGEST_LIFE_DAYS:
        wrong["days"] = _("A token lives for 1 to %(most)d days.") % {"most": LONGEST_LIFE_DAYS}
    if wrong:
        raise Invalid(" ".join(wrong.values()), wrong)


def _tell(token: ApiToken, verb: str, actor: Actor, details: dict[str, object] | None = None) -> None:
    """The history tells it about the person; the token's beginning says which, and opens nothing."""
    told = {"token": token.pk, "begins_with": token.prefix, **(details or {})}
    append_event(actor=actor, subject=token.person, verb=verb, claim_id=None, note=token.name, details=told)
