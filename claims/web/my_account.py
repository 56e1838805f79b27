"""My account: password, second factor, sessions, and what I keep out of. Each form calls one action."""

from __future__ import annotations

import io

import segno
from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.actions.conflicts import declare_conflict, end_conflict
from claims.actions.people import change_own_password, sign_out_everywhere
from claims.actions.refusals import Invalid
from claims.actions.second_factor import (
    begin_enrolment,
    confirm_enrolment,
    end_second_factor,
    renew_recovery_codes,
)
from claims.models import Person
from claims.selectors.conflicts import Subject, Unknown, standing_conflicts, subject_named
from claims.selectors.people import enrolment_of, has_second_factor, recovery_codes_left
from claims.web.account_forms import BeginForm, ConflictForm, OwnPasswordForm
from claims.web.accounts import CodeForm, FirstCodeForm
from claims.web.edges import actor, desk_page, id_in
from claims.web.forms import explain


@never_cache
@desk_page
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Show what the account asks for and what its person keeps out of."""
    return _account(request, ConflictForm(initial={"name": request.GET.get("claim", "")[:19]}), 200)


def _account(request: HttpRequest, form: ConflictForm, status: int) -> HttpResponse:
    person = _person(request)
    context = {
        "conflicts": standing_conflicts(person.pk),
        "conflict_form": form,
        "has_factor": has_second_factor(person.pk),
    }
    return render(request, "claims/account.html", context, status=status)


@never_cache
@sensitive_post_parameters()
@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; this session goes on, all others end."""
    form = OwnPasswordForm(_person(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = change_own_password(password=form.cleaned_data["new_password1"], actor=actor(request))
            update_session_auth_hash(request, person)
            messages.success(request, _("Your password is changed. Everywhere else you are signed out."))
            return redirect("account")
        except Invalid as refusal:
            explain(form, refusal)
    status = 400 if request.method == "POST" else 200
    return render(request, "claims/account_password.html", {"form": form}, status=status)


@desk_page
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End every session of one's own but this one."""
    person = sign_out_everywhere(person_id=_person(request).pk, actor=actor(request))
    update_session_auth_hash(request, person)
    messages.success(request, _("Everywhere else you are signed out."))
    return redirect("account")


# --- The second factor --------------------------------------------------------------------------------


@never_cache
@sensitive_post_parameters()
@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set up, renew or take off the second factor; recovery codes are shown in the one answer that makes them."""
    step = request.POST.get("step", "")
    form = BeginForm(request.POST if step == "begin" else None)
    person_id = _person(request).pk
    has_factor = has_second_factor(person_id)
    typed = request.POST if step in {"confirm", "renew", "end"} else None
    code_form = (CodeForm if has_factor else FirstCodeForm)(typed)
    codes: list[str] = []
    status = 200
    if request.method == "POST":
        try:
            done = _second_factor_step(request, step, form, code_form)
            if isinstance(done, HttpResponse):
                return done
            codes = done
        except Invalid as refusal:
            explain(code_form if code_form.is_bound else form, refusal)
        status = 200 if codes else 400
    context = {
        "begin_form": form,
        "form": code_form,
        "step": step,
        "codes": codes,
        "has_factor": has_factor,
        "enrolment": enrolment_of(person_id),
        "codes_left": recovery_codes_left(person_id),
    }
    return render(request, "claims/account_second_factor.html", context, status=status)


def _second_factor_step(
    request: HttpRequest, step: str, form: BeginForm, code_form: CodeForm
) -> HttpResponse | list[str]:
    """Take one step; return where to go, or the new recovery codes, or none where the form is to be mended."""
    who = actor(request)
    if step == "begin" and form.is_valid():
        # The same door as signing in: wrong passwords count and lock.
        password = form.cleaned_data["password"]
        if authenticate(request, username=_person(request).username, password=password) is None:
            raise Invalid(_("This is not your password."), {"password": _("This is not your password.")})
        begin_enrolment(actor=who)
        return redirect("account_second_factor")
    if not code_form.is_bound or not code_form.is_valid():
        return []
    code = code_form.cleaned_data["code"]
    if step == "renew":
        return renew_recovery_codes(code=code, actor=who)
    if step == "end":
        end_second_factor(code=code, actor=who)
        messages.success(request, _("You sign in with your password alone from now on."))
        return redirect("account")
    codes = confirm_enrolment(code=code, actor=who)
    update_session_auth_hash(request, Person.objects.get(pk=_person(request).pk))
    return codes


@never_cache
@desk_page
@require_safe
def qr_code(request: HttpRequest) -> HttpResponse:
    """Draw the secret that is being set up, for its own person only; never one that is in force."""
    enrolment = enrolment_of(_person(request).pk)
    if enrolment is None:
        raise Http404
    drawn = io.BytesIO()
    segno.make(enrolment.address, error="m").save(drawn, kind="svg", scale=5, border=4, light="#fff")
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


# --- Conflicts of interest ----------------------------------------------------------------------------


@desk_page
@require_POST
def conflict_declare(request: HttpRequest) -> HttpResponse:
    """Declare what one keeps out of."""
    form = ConflictForm(request.POST)
    if form.is_valid():
        kind, name = form.cleaned_data["kind"], form.cleaned_data["name"]
        try:
            conflict = declare_conflict(
                person_id=_person(request).pk,
                note=form.cleaned_data["note"],
                actor=actor(request),
                **_subject(kind, name),
            )
            messages.success(
                request, _("From now on you keep out of this: %(subject)s.") % {"subject": conflict}
            )
            return redirect("account")
        except Invalid as refusal:
            explain(form, refusal)
    return _account(request, form, 400)


@desk_page
@require_POST
def conflict_end(request: HttpRequest, conflict_id: int) -> HttpResponse:
    """End a declaration of one's own, with a reason."""
    end_conflict(
        conflict_id=id_in(conflict_id), reason=request.POST.get("reason", "")[:500], actor=actor(request)
    )
    messages.success(request, _("The declaration is ended. It stays in the history."))
    return redirect("account")


def _subject(kind: str, name: str) -> Subject:
    try:
        return subject_named(kind, name)
    except Unknown as unknown:
        raise Invalid(str(unknown), {"name": str(unknown)}) from None


def _person(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user
