"""What every operation declares: who may call it, which answers it gives, which headers it takes.

Declared in one place, so that the schema never promises less than the edge does.
"""

from __future__ import annotations

from typing import Any

from ninja.constants import NOT_SET

from claims.api.callers import Bearer
from claims.api.conditions import IF_MATCH_PATTERN
from claims.api.problems import Problem

_ALWAYS = (400, 401, 404, 422, 429)
_WITH_TOKEN = (*_ALWAYS, 403)
_WRITES = (*_WITH_TOKEN, 409, 413, 415)

IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Names this write for 24 hours: sent again, it is answered with the first answer and not "
    "done twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    "example": "2f1c7c1e-log-claim-17",
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag that you were shown, or its version alone in quotes.",
    "schema": {"type": "string", "pattern": IF_MATCH_PATTERN},
    "example": '"3"',
}


def reading(shown: Any, *, scope: str | None = None, searches: bool = False) -> dict[str, Any]:
    """Declare a reading operation; without ``scope`` it is for everybody."""
    statuses = _ALWAYS if scope is None else _WITH_TOKEN
    return {
        "response": {200: shown, 304: None} | _problems((*statuses, 503) if searches else statuses),
        **_door(scope),
    }


def asking(shown: Any) -> dict[str, Any]:
    """Declare an operation that everybody may send a text to and that writes nothing."""
    return {"response": {200: shown} | _problems((*_ALWAYS, 413, 415, 503))}


def writing(shown: Any, *, scope: str, changes: bool = True, status: int = 200) -> dict[str, Any]:
    """Declare a write; ``changes`` those that need the version that was seen."""
    statuses = (*_WRITES, 412, 428) if changes else _WRITES
    headers = [IDEMPOTENCY_KEY, IF_MATCH] if changes else [IDEMPOTENCY_KEY]
    return {
        "response": {status: shown} | _problems(statuses),
        "auth": Bearer(scope),
        "openapi_extra": {"x-scope": scope, "parameters": [dict(header) for header in headers]},
    }


def _door(scope: str | None) -> dict[str, Any]:
    """Say who gets in: everybody, or whoever has a token with the scope ("": any token)."""
    if scope is None:
        return {"auth": NOT_SET}
    return {"auth": Bearer(scope), "openapi_extra": {"x-scope": scope}}


def _problems(statuses: tuple[int, ...]) -> dict[int, Any]:
    return dict.fromkeys(sorted(statuses), Problem)
