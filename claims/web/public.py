"""The edge of the public pages: the same bytes for all readers, with an ETag, cached no longer than is right.

Invariants: no cache keeps a public page beyond the next embargo's end; a page that was made for a person who
is signed in is kept by nobody; an ETag is of the body itself, so it never names two.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from claims.selectors.publications import next_scheduled_publication
from claims.web.edges import etag_of, page

P = ParamSpec("P")
LONGEST_CACHE = 60


def public_page(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Answer a reader with validators and 304; a person of the newsroom with a page for them alone."""

    @functools.wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = page(view)(request, *args, **kwargs)
        patch_vary_headers(response, ("Cookie", "Accept-Language"))
        if request.user.is_authenticated:
            response["Cache-Control"] = "private, no-cache"
            return response
        if response.status_code != 200:
            return response
        etag = etag_of(response.content)
        response["ETag"] = etag
        response["Cache-Control"] = f"public, max-age={cacheable_seconds()}"
        answer = get_conditional_response(request, etag, None, response)
        assert answer is not None
        if answer.status_code == 304:
            for name in ("Cache-Control", "Vary"):
                answer[name] = response[name]
        return answer

    return require_safe(answered)


def cacheable_seconds() -> int:
    """Return for how many seconds a page of what is public may be kept. One query."""
    due = next_scheduled_publication()
    if due is None:
        return LONGEST_CACHE
    return max(0, min(LONGEST_CACHE, int((due - timezone.now()).total_seconds())))


def speak(request: HttpRequest, language: str) -> None:
    """Show the page around a publication in its language, unless the reader has chosen one."""
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(language)
        request.LANGUAGE_CODE = language
