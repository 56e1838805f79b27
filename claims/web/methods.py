"""Pages are read and forms are sent; no page knows another method. The API says for itself what it takes."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

METHODS = ("GET", "HEAD", "POST")
#: Addresses below this one belong to the API.
API = "/api/"


class MethodsMiddleware:
    """Answer 405 to everything but reading and sending: a view that asks for no method would show its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS and not request.path_info.startswith(API):
            return HttpResponseNotAllowed(METHODS)
        return self.get_response(request)
