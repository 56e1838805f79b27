"""Signing in and out, and the language of the interface."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView


class SignIn(LoginView):
    """The sign-in page; it leads back to where the person was going."""

    template_name = "claims/sign_in.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """Signing out, by POST only."""

    http_method_names = ["post", "options"]
