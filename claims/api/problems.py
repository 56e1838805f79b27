"""Refusals as RFC 9457 problem details: one shape for every answer that is not what was asked for.

Invariant: a refusal of an action becomes its status here and nowhere else in this room. What belongs to another
desk answers like what does not exist.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import BaseModel, Field

from claims.actions.claims import LoggedAlready
from claims.actions.gatekeeping import GatesClosed
from claims.actions.refusals import Conflict, IllegalMove, Invalid, NotAllowed, NotFound
from claims.search.base import SearchUnavailable
from claims.selectors.gate_wording import sentence_of

CONTENT_TYPE = "application/problem+json"
#: Where the kinds of problem are described; a kind's name is the fragment.
DESCRIBED_AT = "/api/docs/#problem-"
#: The kinds, each with its status and title.
KINDS: dict[str, tuple[int, Any]] = {
    "malformed": (400, gettext_lazy("What was sent cannot be read")),
    "unknown-cursor": (400, gettext_lazy("This list gave no such cursor")),
    "unauthorized": (401, gettext_lazy("A token is needed, or this one is void")),
    "forbidden": (403, gettext_lazy("This is not yours to do")),
    "not-found": (404, gettext_lazy("There is no such thing")),
    "method": (405, gettext_lazy("This address does not take the method")),
    "not-now": (409, gettext_lazy("The present state does not allow it")),
    "under-way": (409, gettext_lazy("This very write is being done")),
    "stale": (412, gettext_lazy("Someone else changed it meanwhile")),
    "too-large": (413, gettext_lazy("This is too large")),
    "media-type": (415, gettext_lazy("Send JSON")),
    "invalid": (422, gettext_lazy("The content cannot be taken")),
    "gates": (422, gettext_lazy("The verdict lacks something")),
    "other-write": (422, gettext_lazy("The key names another write")),
    "condition-missing": (428, gettext_lazy("Say which version you saw")),
    "too-many": (429, gettext_lazy("Too many requests")),
    "failed": (500, gettext_lazy("Something broke here")),
    "search-away": (503, gettext_lazy("The search engine is away")),
}
#: The kind of an answer that something outside of this room made.
_BY_STATUS = {400: "malformed", 401: "unauthorized", 403: "forbidden", 404: "not-found", 405: "method"}
_BY_STATUS |= {413: "too-large", 415: "media-type", 422: "invalid", 429: "too-many", 503: "search-away"}


class FieldProblem(BaseModel):
    """What is wrong at one place of the request; ``pointer`` is an RFC 6901 pointer, or a parameter's name."""

    pointer: str = Field(examples=["#/text"])
    detail: str = Field(examples=["The claim has no words."])


class OpenGate(BaseModel):
    """One gate that does not stand (see the methodology)."""

    id: str = Field(examples=["E14"])
    detail: str


class Problem(BaseModel):
    """RFC 9457 problem details. Members that do not apply are left out."""

    type: str = Field(description="A reference to the description of this kind of problem.")
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None
    gates: list[OpenGate] | None = None
    current_version: int | None = Field(None, description="Of a stale change: the version as it is now.")
    claim: int | None = Field(None, description="Of a quotation that was logged before: its claim.")


class Refused(Exception):
    """A refusal that only this room knows; ``kind`` is one of ``KINDS``."""

    def __init__(self, kind: str, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.members = kind, detail, members


def problem(
    kind: str, detail: str, *, headers: Mapping[str, str] | None = None, **members: Any
) -> HttpResponse:
    """Return the answer for a problem of ``kind``; ``members`` are further members that apply."""
    status, title = KINDS[kind]
    told = {
        "type": DESCRIBED_AT + kind,
        "title": str(title),
        "status": status,
        "detail": detail or str(title),
        **members,
    }
    body = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    return HttpResponse(body, status=status, content_type=CONTENT_TYPE, headers=dict(headers or {}))


def as_problem(answer: HttpResponse) -> HttpResponse:
    """Turn an error that Django or a library made into a problem, keeping the headers that explain it."""
    kept = {name: answer[name] for name in ("Allow", "Retry-After", "WWW-Authenticate") if name in answer}
    kind = _BY_STATUS.get(answer.status_code, "failed" if answer.status_code >= 500 else "malformed")
    return problem(
        kind, _("It may have moved, or the address is mistyped.") if kind == "not-found" else "", headers=kept
    )


def install(api: NinjaAPI) -> None:
    """Have ``api`` answer every refusal as a problem."""
    for refusal, translate in _TRANSLATIONS.items():
        api.add_exception_handler(refusal, translate)


def _stale(request: HttpRequest, refusal: Conflict) -> HttpResponse:
    return problem("stale", str(refusal), current_version=refusal.present_version)


def _invalid(request: HttpRequest, refusal: Invalid) -> HttpResponse:
    if isinstance(refusal, GatesClosed):
        gates = [{"id": gate.id, "detail": sentence_of(gate)} for gate in refusal.results]
        return problem("gates", str(refusal), gates=gates)
    errors = [{"pointer": f"#/{name}", "detail": told} for name, told in refusal.fields.items()]
    members: dict[str, Any] = {"errors": errors} if errors else {}
    return problem("invalid", str(refusal), **members)


def _unsound(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    """An id in the address that no row can have is missing; anything else names its place."""
    if any(each["loc"][0] == "path" for each in refusal.errors):
        return problem("not-found", "")
    errors = [{"pointer": _pointer(each["loc"]), "detail": str(each["msg"])} for each in refusal.errors]
    return problem(
        "invalid", "; ".join(f"{each['pointer']}: {each['detail']}" for each in errors[:5]), errors=errors
    )


def _pointer(loc: tuple[Any, ...]) -> str:
    """Return where it is: in the body a JSON pointer (the first name is the view's own), else the parameter."""
    if loc[0] != "body":
        return str(loc[-1])
    return "#/" + "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in loc[2:])


def _by_status(request: HttpRequest, refusal: HttpError) -> HttpResponse:
    headers = {"WWW-Authenticate": 'Bearer realm="factcheck"'} if refusal.status_code == 401 else {}
    kind = _BY_STATUS.get(refusal.status_code, "malformed")
    detail = "" if isinstance(refusal, AuthenticationError) else str(refusal)
    return problem(kind, detail, headers=headers)


_TRANSLATIONS: dict[type[Exception], Any] = {
    Refused: lambda request, refusal: problem(refusal.kind, refusal.detail, **refusal.members),
    NotFound: lambda request, refusal: problem("not-found", str(refusal)),
    Http404: lambda request, refusal: problem("not-found", ""),
    NotAllowed: lambda request, refusal: problem("forbidden", str(refusal)),
    IllegalMove: lambda request, refusal: problem("not-now", str(refusal)),
    LoggedAlready: lambda request, refusal: problem("not-now", str(refusal), claim=refusal.claim_id),
    SearchUnavailable: lambda request, refusal: problem("search-away", ""),
    Conflict: _stale,
    Invalid: _invalid,
    ValidationError: _unsound,
    HttpError: _by_status,
}
