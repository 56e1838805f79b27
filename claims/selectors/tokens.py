"""API tokens: whose a secret is and whether it still counts, and what a person or an administrator sees."""

from __future__ import annotations

import hashlib

from django.db.models import QuerySet
from django.utils import timezone

from claims.models import ApiToken
from claims.rules import permissions
from claims.rules.permissions import Actor

#: The oldest tokens that a page lists; more than that nobody looks through.
MOST_LISTED = 100


def hashed(secret: str) -> str:
    """Return what is kept of a secret. It is random and long, so that one plain SHA-256 is enough."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def token_of(secret: str) -> ApiToken | None:
    """Return the token with its person, or None where the secret opens nothing (any more). One query."""
    token = ApiToken.objects.select_related("person").filter(token_hash=hashed(secret)).first()
    return token if token is not None and counts(token) else None


def counts(token: ApiToken) -> bool:
    """Say whether the token opens anything: not revoked, not expired, its person still signed in by it."""
    person = token.person
    return (
        token.revoked_at is None
        and token.expires_at > timezone.now()
        and person.is_active
        and person.sign_in_round == token.sign_in_round
    )


def tokens_of(person_id: int) -> list[ApiToken]:
    """Return a person's tokens, newest first, those that are void among them. One query."""
    return list(ApiToken.objects.filter(person_id=person_id).select_related("person")[:MOST_LISTED])


def visible_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """Return the tokens that the actor may see and revoke: their own, or for an administrator all."""
    tokens = ApiToken.objects.select_related("person")
    return tokens if permissions.can_administer(actor) else tokens.filter(person_id=actor.person_id or 0)
