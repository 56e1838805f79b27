"""Webhooks at the review desk: subscriptions, their delivery log, and who has taken which correction.

The role admin looks after them; a secret is shown on the one page that answers its making, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from claims.actions import subscriptions
from claims.actions.refusals import REFUSALS, Invalid, NotFound
from claims.actions.subscriptions import SubscriptionDetails
from claims.admin.access import WrittenByActions
from claims.admin.site import actor, desk
from claims.admin.steps import number, seen
from claims.models import EventChoice, Rating, Subscription, Topic
from claims.selectors.subscriptions import correction_receipts, subscription_page

FILTERS = ("languages", "topics", "ratings", "events")


class SubscriptionForm(forms.ModelForm):  # type: ignore[type-arg]
    """Parses and labels; ``refusal`` is what the action said to the form as it was sent."""

    refusal: Exception | None = None
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, required=False)

    class Meta:
        model = Subscription
        fields = ("name", "url", *FILTERS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        choices: dict[str, list[tuple[str, str]]] = {
            "languages": [(code, str(name)) for code, name in settings.LANGUAGES],
            "topics": [(topic.slug, topic.label(language)) for topic in Topic.objects.all()],
            "ratings": [
                (rating.key, rating.label(language)) for rating in Rating.objects.filter(scale__active=True)
            ],
            "events": [(value, str(label)) for value, label in EventChoice.choices],
        }
        self.fields["seen_version"].initial = self.instance.version
        for name, offered in choices.items():
            # What was chosen and is offered no more stays, until somebody takes it off.
            kept = [(value, value) for value in getattr(self.instance, name) if value not in dict(offered)]
            label = self.fields[name].label
            self.fields[name] = forms.MultipleChoiceField(
                label=label,
                required=False,
                choices=[*dict(offered).items(), *kept],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("None chosen: all of them."),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if isinstance(self.refusal, Invalid) and self.refusal.fields:
            for name, sentence in self.refusal.fields.items():
                self.add_error(name, sentence)
        elif self.refusal is not None:
            self.add_error(None, str(self.refusal))
        return cleaned


@admin.register(Subscription, site=desk)
class SubscriptionAdmin(WrittenByActions):
    form = SubscriptionForm
    change_form_template = "admin/claims/subscription/change_form.html"
    change_list_template = "admin/claims/subscription/change_list.html"
    list_display = ("name", "url", "active", "failing_since", "disabled_because")
    list_filter = ("active",)
    actions = None
    fields = ("name", "url", *FILTERS, "seen_version")

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Show or take the form, in no transaction: the action looks a name up, and then opens its own."""
        try:
            return self._shown(request, object_id, form_url, extra_context)
        except REFUSALS as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            return self._shown(request, object_id, form_url, extra_context)

    def _shown(self, *asked: Any) -> HttpResponse:
        answer: HttpResponse = self._changeform_view(*asked)  # type: ignore[attr-defined]
        return answer

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return type(form.__name__, (form,), {"refusal": refusal}) if refusal else form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        given = form.cleaned_data
        details = SubscriptionDetails(**{name: given[name] for name in ("name", "url", *FILTERS)})
        if change:
            subscriptions.change_subscription(
                subscription_id=obj.pk,
                seen_version=given["seen_version"] or 0,
                details=details,
                actor=actor(request),
            )
        else:
            made, request.secret = subscriptions.subscribe(  # type: ignore[attr-defined]
                details=details, actor=actor(request)
            )
            obj.pk = made.pk

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        return self._secret_page(request, obj, request.secret)  # type: ignore[attr-defined]

    # --- What stands beside the form --------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("receipts/", view(require_safe(self.receipts_view)), name="claims_receipts"),
            path(
                "<int:subscription_id>/do/<slug:verb>/",
                view(require_POST(self.step_view)),
                name="claims_subscription_step",
            ),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        if (subscription := kwargs.get("obj")) is not None:
            # The form may have put words on the row that were refused: what stands is read again.
            context["page"] = subscription_page(Subscription.objects.get(pk=subscription.pk))
        return super().render_change_form(request, context, *args, **kwargs)

    def receipts_view(self, request: HttpRequest) -> HttpResponse:
        """Show who has taken the newest corrections and retractions."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        told = {"title": gettext("Receipts"), "corrections": correction_receipts(), "opts": self.opts}
        context = self.admin_site.each_context(request) | told
        return TemplateResponse(request, "admin/claims/subscription/receipts.html", context)

    def step_view(self, request: HttpRequest, subscription_id: int, verb: str) -> HttpResponse:
        """Call the action behind one button; its refusal is told on the page of the subscription."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        subscription = self.get_object(request, str(subscription_id))
        if verb not in STEPS or subscription is None:
            raise Http404(gettext("There is no such page."))
        try:
            outcome = STEPS[verb](subscription_id, request)
        except NotFound as refusal:
            raise Http404(str(refusal)) from refusal
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
        else:
            if verb == "rotate":
                return self._secret_page(request, subscription, str(outcome))
            messages.success(request, str(outcome))
        return HttpResponseRedirect(reverse("admin:claims_subscription_change", args=[subscription_id]))

    def _secret_page(self, request: HttpRequest, subscription: Any, secret: str) -> HttpResponse:
        told = {"title": gettext("Secret"), "subscription": subscription, "secret": secret, "opts": self.opts}
        context = self.admin_site.each_context(request) | told
        answer = TemplateResponse(request, "admin/claims/subscription/secret.html", context)
        answer["Cache-Control"] = "no-store"
        return answer


def _rotate(subscription_id: int, request: HttpRequest) -> str:
    _subscription, secret = subscriptions.rotate_secret(
        subscription_id=subscription_id, seen_version=seen(request.POST), actor=actor(request)
    )
    return secret


def _disable(subscription_id: int, request: HttpRequest) -> str:
    subscriptions.disable_subscription(
        subscription_id=subscription_id,
        seen_version=seen(request.POST),
        reason=str(request.POST.get("reason", ""))[:500],
        actor=actor(request),
    )
    return gettext("Done. It stands in the history.")


def _enable(subscription_id: int, request: HttpRequest) -> str:
    subscriptions.enable_subscription(
        subscription_id=subscription_id, seen_version=seen(request.POST), actor=actor(request)
    )
    return gettext("Done. It stands in the history.")


def _replay(subscription_id: int, request: HttpRequest) -> str:
    subscriptions.replay_delivery(
        subscription_id=subscription_id, delivery_id=number(request.POST, "delivery"), actor=actor(request)
    )
    return gettext("It is sent again.")


def _replay_failed(subscription_id: int, request: HttpRequest) -> str:
    count = subscriptions.replay_failed(subscription_id=subscription_id, actor=actor(request))
    told = ngettext("%(count)s delivery is sent again.", "%(count)s deliveries are sent again.", count)
    return told % {"count": count}


STEPS: dict[str, Callable[[int, HttpRequest], str]] = {
    "rotate": _rotate,
    "disable": _disable,
    "enable": _enable,
    "replay": _replay,
    "replay_failed": _replay_failed,
}
