"""The pages for what went wrong: each says what happened and what to do next, in the site's own look."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import loader
from django.utils.translation import gettext as _

from claims.web.edges import refused


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent cannot be read (too large, broken, forged)."""
    return refused(request, 400, _("What was sent could not be read. Go back and try again."))


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the sentence of the refusal."""
    return refused(request, 403, str(exception) or _("Your role does not allow this step."))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404. The message of an unresolved address is made for developers and stays out."""
    told = exception.args[0] if exception.args and isinstance(exception.args[0], str) else ""
    return refused(request, 404, told or _("It may have moved, or the address is mistyped."))


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without request, database or translation, for any of them may be what broke."""
    return HttpResponseServerError(loader.get_template("500.html").render())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token is old or missing, mostly because someone signed in in another tab."""
    sentence = _("The page was open for too long. Go back, reload it, and send the form again.")
    return refused(request, 403, sentence)
