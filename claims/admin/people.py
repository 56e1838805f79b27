"""People and desks: the work of the role admin. Forms parse, actions decide and write, with their history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from claims.actions import people, second_factor, sign_in
from claims.actions.conflicts import end_conflict
from claims.actions.desks import DeskDetails, change_desk, open_desk
from claims.actions.people import PersonDetails
from claims.actions.refusals import REFUSALS, Conflict, NotFound
from claims.admin.access import WrittenByActions
from claims.admin.people_forms import DeskForm, NewPersonForm, PersonForm, told_refusal
from claims.admin.site import actor, desk
from claims.admin.steps import number, seen
from claims.models import Desk, Person
from claims.selectors.people_page import person_page


class _ThroughActions(WrittenByActions):
    """A form whose refusal is told on the form's page."""

    @method_decorator(sensitive_post_parameters("password"))
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            # Forms are rendered here, inside the transaction that a refusal takes back.
            answer: HttpResponse = super().changeform_view(request, *args, **kwargs)
        except Conflict as refusal:
            # Somebody else wrote in between: what stands now has to be seen before it is written over.
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())
        except REFUSALS as refusal:
            request.refused = str(refusal)  # type: ignore[attr-defined]
            answer = super().changeform_view(request, *args, **kwargs)
        return answer

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Return the form; where the action refused, one that says so above what was typed."""
        form = super().get_form(request, *args, **kwargs)
        sentence = getattr(request, "refused", "")
        return told_refusal(form, sentence) if sentence else form


@admin.register(Person, site=desk)
class PersonAdmin(_ThroughActions):
    """Someone who signs in. Neither the superuser flag nor Django's own permissions are on offer."""

    form = PersonForm
    list_display = ("username", "first_name", "last_name", "email", "is_active")
    list_filter = ("is_active",)
    search_fields = ("username", "first_name", "last_name")
    ordering = ("username",)
    actions = None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = PersonForm if obj else NewPersonForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        first = ("username", "seen_version") if obj else ("username", "password", "seen_version")
        return [
            (None, {"fields": first}),
            (_("Person"), {"fields": ("first_name", "last_name", "email", "language")}),
            (_("Access"), {"fields": ("is_staff", "roles")}),
        ]

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        given = form.cleaned_data
        details = PersonDetails(**{name: given[name] for name in PersonForm.Meta.fields})
        if change:
            people.change_person(
                person_id=obj.pk,
                seen_version=given["seen_version"] or 0,
                details=details,
                roles=given["roles"],
                actor=actor(request),
            )
        else:
            made = people.create_person(
                details=details, password=given["password"], roles=given["roles"], actor=actor(request)
            )
            obj.pk = made.pk

    # --- What stands beside the form --------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        step = path(
            "<int:person_id>/do/<slug:verb>/",
            self.admin_site.admin_view(require_POST(self.step_view)),
            name="claims_person_step",
        )
        return [step, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        person = kwargs.get("obj")
        if person is not None:
            context["page"] = person_page(person)
            context["is_self"] = person.pk == request.user.pk
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(sensitive_post_parameters("password"))
    def step_view(self, request: HttpRequest, person_id: int, verb: str) -> HttpResponse:
        """Call the action behind one button; its refusal is told on the person's page."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if verb not in STEPS or self.get_object(request, str(person_id)) is None:
            raise Http404(gettext("There is no such page."))
        try:
            STEPS[verb](person_id, request)
        except NotFound as refusal:
            raise Http404(str(refusal)) from refusal
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, gettext("Done. It stands in the history."))
        return HttpResponseRedirect(reverse("admin:claims_person_change", args=[person_id]))


def _reason(request: HttpRequest) -> str:
    return str(request.POST.get("reason", ""))[:500]


def _disable(person_id: int, request: HttpRequest) -> object:
    return people.disable_person(
        person_id=person_id, seen_version=seen(request.POST), reason=_reason(request), actor=actor(request)
    )


def _enable(person_id: int, request: HttpRequest) -> object:
    return people.enable_person(
        person_id=person_id, seen_version=seen(request.POST), reason=_reason(request), actor=actor(request)
    )


def _set_password(person_id: int, request: HttpRequest) -> object:
    return people.set_password(
        person_id=person_id,
        seen_version=seen(request.POST),
        password=str(request.POST.get("password", ""))[:200],
        actor=actor(request),
    )


def _sign_out(person_id: int, request: HttpRequest) -> object:
    return people.sign_out_everywhere(person_id=person_id, actor=actor(request))


def _reset_second_factor(person_id: int, request: HttpRequest) -> object:
    return second_factor.reset_second_factor(
        person_id=person_id, reason=_reason(request), actor=actor(request)
    )


def _unlock(person_id: int, request: HttpRequest) -> object:
    return sign_in.unlock_sign_in(person_id=person_id, reason=_reason(request), actor=actor(request))


def _end_conflict(person_id: int, request: HttpRequest) -> object:
    return end_conflict(
        conflict_id=number(request.POST, "conflict"), reason=_reason(request), actor=actor(request)
    )


STEPS: dict[str, Callable[[int, HttpRequest], object]] = {
    "disable": _disable,
    "enable": _enable,
    "set_password": _set_password,
    "sign_out": _sign_out,
    "reset_second_factor": _reset_second_factor,
    "unlock": _unlock,
    "end_conflict": _end_conflict,
}


@admin.register(Desk, site=desk)
class DeskAdmin(_ThroughActions):
    """A desk: its zone, how many approve, and what it asks of approvers and publishers."""

    form = DeskForm
    list_display = ("name", "zone", "approvals_required", "second_factor_required", "is_demonstration")
    actions = None
    fields = (*DeskForm.Meta.fields, "seen_version")

    def save_model(self, request: HttpRequest, obj: Desk, form: Any, change: bool) -> None:
        given = form.cleaned_data
        details = DeskDetails(**{name: given[name] for name in DeskForm.Meta.fields})
        if change:
            change_desk(
                desk_id=obj.pk,
                seen_version=given["seen_version"] or 0,
                details=details,
                actor=actor(request),
            )
        else:
            obj.pk = open_desk(details=details, actor=actor(request)).pk
