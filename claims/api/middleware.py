"""The edge of the API: who asks and how often, named writes, validators; every error leaves as a problem.

It sees every request below ``/api/`` before any view, so that what no view answers (an unknown address, a
method, a broken request) is counted and told in the same shape.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _

from claims.actions.named_writes import (
    AttemptLost,
    KeptAnswer,
    OtherWrite,
    UnderWay,
    begin_write,
    forget_attempt,
    keep_answer,
)
from claims.actions.request_counts import count_request
from claims.actions.tokens import note_use
from claims.api.callers import NOBODY, Caller, VoidToken, identify
from claims.api.conditions import etag_of
from claims.api.openapi import schema
from claims.api.problems import CONTENT_TYPE, as_problem, problem
from claims.models import ApiToken
from claims.publish.sharing import allowing

BELOW = "/api/"
READING = frozenset({"GET", "HEAD"})
_CONVERTED = re.compile(r"<(?:\w+:)?(\w+)>")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
#: What scripts of other sites may send to what is public, and read of its answers.
_FROM_SCRIPTS = "Accept-Language, Content-Type, If-None-Match"
_TO_SCRIPTS = "ETag, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After"
#: What of an answer is kept with a named write.
_KEPT_HEADERS = ("Content-Type", "ETag", "Location")

Answer = Callable[[HttpRequest], HttpResponse]


class ApiMiddleware:
    """Everything that is asked of the API goes through here once."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(BELOW):
            return self.get_response(request)
        if request.method == "OPTIONS" and (told := _options(request)):
            # It asks for nothing of ours, so it is not counted.
            return told
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        answer = self._counted(request)
        if answer.status_code >= 400 and answer.get("Content-Type") != CONTENT_TYPE:
            answer = _with_limits(as_problem(answer), answer)
        answer = _validated(request, answer)
        if is_head:
            answer["Content-Length"] = str(len(answer.content))
            answer.content = b""
        return answer

    def _counted(self, request: HttpRequest) -> HttpResponse:
        """Answer within the caller's limit; what a void token asks for counts for the address."""
        try:
            who, is_void = identify(request), False
        except VoidToken:
            who, is_void = NOBODY, True
        request.api_caller = who  # type: ignore[attr-defined]
        most = settings.API_TOKEN_REQUESTS_PER_MINUTE if who.token else settings.API_REQUESTS_PER_MINUTE
        name = f"token {who.token.pk}" if who.token else f"address {get_client_ip_address(request)}"
        count, seconds = count_request(name)
        if count > most:
            sentence = _("Wait %(seconds)d s, then go on.") % {"seconds": seconds}
            answer = problem("too-many", sentence, headers={"Retry-After": str(seconds)})
        elif is_void:
            sentence = _("This token is unknown, expired or revoked, or its person signed out everywhere.")
            answer = problem("unauthorized", sentence, headers={"WWW-Authenticate": _CHALLENGE})
        else:
            answer = self._noted(request, who)
        answer["RateLimit-Limit"] = str(int(most))
        answer["RateLimit-Remaining"] = str(max(0, int(most) - count))
        answer["RateLimit-Reset"] = str(seconds)
        return answer

    def _noted(self, request: HttpRequest, who: Caller) -> HttpResponse:
        unreadable = _unreadable(request)
        if unreadable is not None:
            return unreadable
        if who.token is not None:
            note_use(who.token)
            key = request.headers.get("Idempotency-Key")
            if key is not None and request.method not in READING and _is_offered(request):
                return self._once(request, who.token, key)
        return self.get_response(request)

    def _once(self, request: HttpRequest, token: ApiToken, key: str) -> HttpResponse:
        """Do a named write once; answer a repeated one with what was answered then."""
        if not _KEY.fullmatch(key):
            return problem("malformed", _("An Idempotency-Key is 1 to 255 visible ASCII characters."))
        try:
            attempt = begin_write(token=token, key=key, fingerprint=_fingerprint(request))
        except OtherWrite:
            return problem(
                "other-write", _("This Idempotency-Key was used for another request. Take a new one.")
            )
        except UnderWay:
            sentence = _("This write is being done at this moment. Ask again in a second.")
            return problem("under-way", sentence, headers={"Retry-After": "1"})
        if isinstance(attempt, KeptAnswer):
            replayed = HttpResponse(attempt.body, status=attempt.status, headers=attempt.headers)
            replayed["Idempotency-Replayed"] = "true"
            return replayed
        try:
            with transaction.atomic():
                answer = self.get_response(request)
                if answer.status_code < 300:
                    answer["ETag"] = etag_of(request, answer)
                    kept = {name: answer[name] for name in _KEPT_HEADERS if name in answer}
                    keep_answer(attempt, KeptAnswer(answer.status_code, kept, answer.content.decode("utf-8")))
                else:
                    transaction.set_rollback(True)
        except AttemptLost:
            return problem("under-way", _("This write is being done at this moment. Ask again in a second."))
        if answer.status_code >= 300:
            forget_attempt(attempt)
        return answer


_CHALLENGE = 'Bearer realm="factcheck", error="invalid_token"'


def _unreadable(request: HttpRequest) -> HttpResponse | None:
    """Return why the request cannot be looked at by any view, None where it can."""
    if "%00" in request.META.get("QUERY_STRING", ""):
        return problem("malformed", _("The address holds a NUL."))
    if request.method in READING:
        return None
    try:
        has_body = bool(request.body)
    except RequestDataTooBig:
        return problem("too-large", "")
    except UnreadablePostError:
        return problem("malformed", "")
    if has_body and request.content_type != "application/json":
        return problem("media-type", _("Send the body as application/json."))
    return None


def _is_offered(request: HttpRequest) -> bool:
    """Say whether the address takes the method; what is not offered is told so, whatever its name."""
    return (request.method or "").lower() in _operations_at(request)


def _operations_at(request: HttpRequest) -> dict[str, Any]:
    """Return the operations at an address by method in small letters; a page of this room is read."""
    try:
        route = resolve(request.path_info).route
    except Resolver404:
        return {}
    operations = schema()["paths"].get("/" + _CONVERTED.sub(r"{\1}", route), {"get": {}})
    return {"head": operations["get"], **operations} if "get" in operations else dict(operations)


def _options(request: HttpRequest) -> HttpResponse | None:
    """Return what an address takes, and what of it scripts of any site may ask: that which needs no token."""
    operations = _operations_at(request)
    shared = [method.upper() for method in operations if "x-scope" not in operations[method]]
    told = allowing([method.upper() for method in operations], shared=shared, sending=_FROM_SCRIPTS)
    return HttpResponse(status=204, headers=told) if operations else None


def _fingerprint(request: HttpRequest) -> str:
    told = (request.method, request.get_full_path(), request.headers.get("If-Match", ""))
    digest = hashlib.sha256("\n".join(map(str, told)).encode("utf-8", "surrogatepass"))
    digest.update(b"\n" + request.body)
    return digest.hexdigest()


def _with_limits(answer: HttpResponse, former: HttpResponse) -> HttpResponse:
    for name in ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"):
        if name in former:
            answer[name] = former[name]
    return answer


def _validated(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Give JSON its ETag, and answer 304 to who holds it already."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = _TO_SCRIPTS
    patch_vary_headers(answer, ["Authorization", "Accept-Language"])
    has_token = getattr(request, "api_caller", NOBODY).token is not None
    answer["Cache-Control"] = "private, no-cache" if has_token else "no-cache"
    if answer.status_code >= 300 or answer.get("Content-Type", "").startswith("text/html"):
        return answer
    if "ETag" not in answer:
        answer["ETag"] = etag_of(request, answer)
    if request.method not in READING:
        return answer
    kept = {name: answer[name] for name in answer.headers if name.startswith("RateLimit")}
    shown = get_conditional_response(request, answer["ETag"], None, answer)
    assert shown is not None
    if shown.status_code == 412:
        shown = problem("stale", "")
    for name, value in kept.items():
        shown[name] = value
    return shown
