"""Signing in and out, and the language of the interface."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.models import Person


class SignIn(LoginView):
    """The sign-in page; it leads back to where the person was going."""

    template_name = "claims/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, and go on in the person's own language where this browser has none chosen."""
        response = super().form_valid(form)
        person = form.get_user()
        if isinstance(person, Person) and settings.LANGUAGE_COOKIE_NAME not in self.request.COOKIES:
            speak(response, person.language)
        return response


class SignOut(LogoutView):
    """Signing out, by POST only."""

    http_method_names = ["post", "options"]


def speak(response: HttpResponse, language: str) -> None:
    """Have the browser ask for ``language`` from now on; one that is not offered changes nothing.

    The cookie is the one that Django's ``set_language`` writes and ``LocaleMiddleware`` reads.
    """
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: object) -> HttpResponse:
    """429: this name was guessed at too often from this address; say how long to wait."""
    wait: timedelta = settings.AXES_COOLOFF_TIME
    minutes = int(wait.total_seconds() // 60)
    context = {"minutes": minutes}
    answer = render(request, "claims/sign_in_locked.html", context, status=429)
    answer["Retry-After"] = str(minutes * 60)
    return answer
