"""The form that readers ask for a correction with, and the desk's page of such requests.

No outside service tells people from programs: a field that only a program fills in, and a limit per address.
"""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from claims.actions.correction_requests import answer_correction_request, request_correction
from claims.actions.refusals import Invalid, NotFound
from claims.actions.request_counts import count_request
from claims.models import CorrectionRequest
from claims.rules import permissions
from claims.selectors.correction_requests import correction_request, requests_page
from claims.selectors.publications import published_page
from claims.web.addresses import client_address
from claims.web.edges import actor, desk_page, id_in, number, page, refused
from claims.web.forms import explain
from claims.web.public import speak

#: Requests that one address may send in a minute.
MOST_A_MINUTE = 3


class AskForm(forms.Form):
    """What a reader fills in; ``website`` is hidden from people, so that only a program fills it in."""

    words = forms.CharField(
        label=gettext_lazy("What is wrong, and how do you know?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Name the sentence, and a source that we can look up."),
    )
    name = forms.CharField(label=gettext_lazy("Your name, if you like"), required=False, max_length=120)
    email = forms.CharField(
        label=gettext_lazy("Your e-mail address, if you want an answer"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )


class AnswerForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    state = forms.ChoiceField(
        label=gettext_lazy("What became of it"), choices=CorrectionRequest.State.choices[1:], required=False
    )
    answer = forms.CharField(
        label=gettext_lazy("What the reader is told"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, publication_id: int) -> HttpResponse:
    """Take a reader's request about one public check, and say by when it is answered."""
    published = published_page(id_in(publication_id))
    if published is None:
        raise NotFound(_("check"))
    speak(request, published.publication.language)
    form = AskForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "published": published, "check": published.snapshot}
    status = 200
    if request.method == "POST":
        count, wait = count_request(f"correction {client_address(request)}")
        if count > MOST_A_MINUTE:
            answer = refused(request, 429, _("You have sent several requests in one minute. Wait a little."))
            answer["Retry-After"] = str(wait)
            return answer
        if form.is_valid():
            try:
                context["received"] = _kept(published.publication.pk, form, request.LANGUAGE_CODE)
                return _alone(render(request, "claims/correction_asked.html", context))
            except Invalid as refusal:
                explain(form, refusal)
        status = 400
    return _alone(render(request, "claims/correction_ask.html", context, status=status))


def _kept(publication_id: int, form: AskForm, language: str) -> CorrectionRequest | None:
    """Keep the request; what a program sent is kept by nobody, and the program is not told."""
    given = dict(form.cleaned_data)
    if given.pop("website"):
        return None
    return request_correction(publication_id=publication_id, language=language, **given)


def _alone(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response


@desk_page
@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    """List the requests about checks of the person's desks."""
    is_open = request.GET.get("show") != "decided"
    after = number(request.GET.get("before"), least=1)
    context = {
        "page": requests_page(actor(request).roles, is_open=is_open, after=after),
        "is_open": is_open,
        "filters": "" if is_open else "show=decided",
        "today": timezone.localdate(),
    }
    return render(request, "claims/correction_request_list.html", context)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def request_detail(request: HttpRequest, request_id: int) -> HttpResponse:
    """Show one request, and answer it."""
    asked = correction_request(actor(request).roles, id_in(request_id))
    if asked is None:
        raise NotFound(_("request"))
    may_answer = permissions.can_answer_readers(actor(request), asked.publication.claim.desk_id)
    sent = request.POST if request.method == "POST" else None
    form = AnswerForm(sent, initial={"version": asked.version})
    if sent is not None and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            answer_correction_request(
                request_id=asked.pk, seen_version=given.pop("version"), actor=actor(request), **given
            )
            messages.success(request, _("Saved."))
            return redirect(asked)
        except Invalid as refusal:
            explain(form, refusal)
    context = {"asked": asked, "form": form, "may_answer": may_answer}
    status = 400 if sent is not None else 200
    return render(request, "claims/correction_request_detail.html", context, status=status)
