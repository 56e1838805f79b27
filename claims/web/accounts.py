"""Signing in and out, and the language of the interface."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse

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
