"""Who asks: nobody in particular, or a person by one of their tokens, with the roles that they hold now.

Invariant: a token opens nothing that its person could not do in the pages; its scopes only take away.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security.base import AuthBase

from claims.api.problems import Refused
from claims.models import ApiToken
from claims.rules.permissions import Actor
from claims.selectors.people import ANONYMOUS, actor_of
from claims.selectors.tokens import token_of


@dataclass(frozen=True, slots=True)
class Caller:
    """``token`` is None for a request without one."""

    token: ApiToken | None
    actor: Actor


NOBODY = Caller(None, ANONYMOUS)


class VoidToken(Exception):
    """An Authorization header that opens nothing: no bearer, unknown, expired or revoked."""


def identify(request: HttpRequest) -> Caller:
    """Return who sent the request. Two queries with a token, none without. Raises ``VoidToken``."""
    header = request.headers.get("Authorization")
    if header is None:
        return NOBODY
    scheme, _space, secret = header.partition(" ")
    token = token_of(secret.strip()) if scheme.lower() == "bearer" and len(secret) <= 200 else None
    if token is None:
        raise VoidToken
    return Caller(token, actor_of(token.person))


def caller(request: HttpRequest) -> Caller:
    """Return who sent the request, as the edge of the API found out."""
    held: Caller = request.api_caller  # type: ignore[attr-defined]
    return held


def actor(request: HttpRequest) -> Actor:
    """Return the person who acts, as the rules see them."""
    return caller(request).actor


class Bearer(AuthBase):
    """Ask for a token with ``scope``; "" asks for any token."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller | None:
        who = caller(request)
        if who.token is None:
            return None
        if self.scope and self.scope not in who.token.scopes:
            sentence = _("This token may not be used for that; it lacks the scope “%(scope)s”.")
            raise Refused("forbidden", sentence % {"scope": self.scope})
        return who
