"""How wrong passwords slow a door down: for one name from one address, and for one name from everywhere.

The second count stops who guesses from many addresses, and could keep a person out as well. So it asks nothing of
a browser in which the person signed in before: it holds a signed cookie, which an attacker lacks (OWASP, “Slow
Down Online Guessing Attacks with Device Cookies”). The first count holds for every browser.
"""

from __future__ import annotations

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.core import signing
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from claims.models import Person

#: ``__Host-`` lets no subdomain and no plain connection write it.
KNOWN_BROWSER = "__Host-known-browser" if settings.SECURE else "known-browser"
#: A browser is known for half a year after its last sign-in.
KNOWN_SECONDS = 180 * 24 * 3600


class GuessedFromEverywhere(AxesDatabaseHandler):  # type: ignore[misc]
    """axes' own handler, which counts by name and address, with the count of a name from all addresses."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        if super().is_locked(request, credentials):
            return True
        name = get_client_username(request, credentials)
        if not name or guesses_at(name) < settings.SIGN_IN_GUESSES_EVERYWHERE or is_known(request, name):
            return False
        request.is_guessed_everywhere = True  # type: ignore[attr-defined]
        return True


def guesses_at(name: str) -> int:
    """Return how many wrong passwords were tried for ``name`` lately, from all addresses. One query."""
    since = timezone.now() - settings.AXES_COOLOFF_TIME
    recent = AccessAttempt.objects.filter(username=name, attempt_time__gte=since)
    return recent.aggregate(all=Sum("failures_since_start"))["all"] or 0


def is_known(request: HttpRequest, name: str) -> bool:
    """Say whether the person of this name signed in with this browser, and their account stands as it did.

    A new password, and signing out everywhere, make every browser a stranger.
    """
    person = Person.objects.filter(username=name).first()
    if person is None:
        return False
    try:
        signed = request.COOKIES.get(KNOWN_BROWSER, "")
        known: object = signing.loads(signed, salt=_salt(person), max_age=KNOWN_SECONDS)
    except signing.BadSignature:
        return False
    return known == person.pk


def know(response: HttpResponse, person: Person) -> None:
    """Have the browser that gets ``response`` show from now on that ``person`` signed in with it."""
    response.set_cookie(
        KNOWN_BROWSER,
        signing.dumps(person.pk, salt=_salt(person)),
        max_age=KNOWN_SECONDS,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def _salt(person: Person) -> str:
    return f"claims.known_browser.{person.get_session_auth_hash()}"
