"""Pages are read and forms are sent; no page knows another method. The API says for itself what it takes.

OPTIONS is answered here for every address outside of the API. What leaves the newsroom may be read by a script of
any site: feeds, cards and their descriptions say so to a browser that asks first.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import Resolver404, resolve

from claims.publish.sharing import allowing

METHODS = ("GET", "HEAD", "POST")
#: Addresses below this one belong to the API.
API = "/api/"
#: What any site may read, and how.
_OPEN = ("/feeds/", "/embed/", "/oembed")
_READING = ("GET", "HEAD")
#: Conditions are not among the headers that a script may send unasked.
_CONDITIONS = "If-None-Match, If-Modified-Since"


class MethodsMiddleware:
    """Answer 405 to everything but reading and sending: a view that asks for no method would show its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in METHODS or request.path_info.startswith(API):
            return self.get_response(request)
        is_open = request.path_info.startswith(_OPEN)
        methods = _READING if is_open else METHODS
        if request.method == "OPTIONS" and _exists(request.path_info):
            told = allowing(methods, shared=_READING if is_open else (), sending=_CONDITIONS)
            return HttpResponse(status=204, headers=told)
        return HttpResponseNotAllowed((*methods, "OPTIONS"))


def _exists(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
