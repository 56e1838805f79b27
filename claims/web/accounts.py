"""The one door: signing in by password and, where a person has one, second factor; signing out; the lock.

Invariant: a session belongs to a person only once everything that their account asks for was shown. Between
password and code the session names nobody; it only remembers, for five minutes, whose code it waits for.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from claims.actions.refusals import Invalid, NotFound
from claims.actions.second_factor import TooSoon, pass_second_factor
from claims.models import Person
from claims.selectors.people import has_second_factor
from claims.web.edges import page
from claims.web.forms import explain
from claims.web.guesses import know
from claims.web.idle import SEEN

#: What a session keeps between password and code: whose code, since when, and for which password.
WAITING_FOR_CODE = "waiting_for_code"
CODE_WITHIN_SECONDS = 300
BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignInForm(AuthenticationForm):
    """Django's own, but that a name longer than any account's is not tried: the log of guesses cannot hold it."""

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if len(name) > (self.username_field.max_length or 0):
            raise self.get_invalid_login_error()
        return name


class SignIn(LoginView):
    """The sign-in page; it leads back to where the person was going, by way of the code where one is due."""

    template_name = "claims/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        person = form.get_user()
        assert isinstance(person, Person)
        if not has_second_factor(person.pk):
            return enter(self.request, person, self.get_success_url())
        self.request.session.cycle_key()
        self.request.session[WAITING_FOR_CODE] = [person.pk, int(time.time()), person.get_session_auth_hash()]
        to = self.get_redirect_url()
        return redirect(reverse("sign_in_code") + (f"?{urlencode({'next': to})}" if to else ""))


class SignOut(LogoutView):
    """Signing out, by POST only."""

    http_method_names = ["post", "options"]


class CodeForm(forms.Form):
    """A code of an authenticator, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Six digits from your authenticator, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )


class FirstCodeForm(CodeForm):
    """The code that puts a new authenticator in force; recovery codes are given only then."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Six digits from your authenticator.")


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@page
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the person whose password was right."""
    person = _waiting(request)
    if person is None:
        request.session.pop(WAITING_FOR_CODE, None)
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                pass_second_factor(person_id=person.pk, code=form.cleaned_data["code"])
                return enter(request, person, _way_on(request))
            except NotFound:
                # An administrator took the factor off meanwhile; the password has to be shown again.
                return redirect("sign_in")
            except Invalid as refusal:
                explain(form, refusal)
                status = 429 if isinstance(refusal, TooSoon) else 400
    context = {"form": form, "next": request.GET.get("next", "")}
    return render(request, "claims/sign_in_code.html", context, status=status)


def enter(request: HttpRequest, person: Person, to: str) -> HttpResponse:
    """Open a session of a new key for ``person``, in their own language where this browser has none chosen."""
    login(request, person, backend=BACKEND)
    request.session.pop(WAITING_FOR_CODE, None)
    request.session[SEEN] = int(time.time())
    response = redirect(to)
    know(response, person)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        speak(response, person.language)
    return response


def _waiting(request: HttpRequest) -> Person | None:
    """Return whose code this session waits for, as long as it may and the password is still the same."""
    kept = request.session.get(WAITING_FOR_CODE)
    if not isinstance(kept, list) or time.time() - kept[1] > CODE_WITHIN_SECONDS:
        return None
    person = Person.objects.filter(pk=kept[0], is_active=True).first()
    if person is None or not constant_time_compare(kept[2], person.get_session_auth_hash()):
        return None
    return person


def _way_on(request: HttpRequest) -> str:
    to = request.POST.get("next", "")
    is_here = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    return to if is_here else resolve_url(settings.LOGIN_REDIRECT_URL)


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
    """429: this name was guessed at too often, from this address or from many; say how long to wait."""
    wait: timedelta = settings.AXES_COOLOFF_TIME
    minutes = int(wait.total_seconds() // 60)
    everywhere = getattr(request, "is_guessed_everywhere", False)
    answer = render(
        request, "claims/sign_in_locked.html", {"minutes": minutes, "is_everywhere": everywhere}, status=429
    )
    answer["Retry-After"] = str(minutes * 60)
    return answer
