"""A session lives as long as somebody uses it: each visit prolongs it, and pages that poll do not.

Invariant: at most one write a minute per session, so that reading stays cheap.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

#: The moment of the last visit, in seconds since 1970. Put there when the person signs in.
SEEN = "seen"
#: How far apart two prolongations are, in seconds.
PROLONG_EVERY = 60


class IdleMiddleware:
    """Prolong the session of a person who is there. What a script asks for by itself is no visit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = int(time.time())
        seen = request.session.get(SEEN)
        if isinstance(seen, int) and now - seen >= PROLONG_EVERY and "HX-Request" not in request.headers:
            # Writing moves the end of the session to SESSION_COOKIE_AGE from now.
            request.session[SEEN] = now
        return self.get_response(request)
