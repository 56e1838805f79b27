"""The queue and the one-claim screen. Every button is a POST that calls one action; refusals are answers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from claims.actions.gatekeeping import GatesClosed
from claims.actions.queue import release_claim, take_claim
from claims.actions.refusals import REFUSALS, Conflict, NotAllowed, NotFound
from claims.actions.verdicts import VerdictContent
from claims.admin.access import ReadOnly, Rows
from claims.admin.paging import CappedPaginator
from claims.admin.site import actor, desk
from claims.admin.steps import LARGEST_ID, content, step_named
from claims.admin.verdict_form import form_of, submitted_form, words_of
from claims.models import Claim, StanceChoice, Verdict
from claims.selectors.desk_screen import DeskScreen, desk_screen, is_held
from claims.selectors.history import history_lines, state_word
from claims.selectors.queue import Waiting, narrowed, queue_of
from claims.selectors.verdicts import diff_of, verdict_with_content, written_words


class WaitingFilter(admin.SimpleListFilter):
    """What the person asks the queue for; claims that are still to be checked unless they say otherwise."""

    title = _("waiting")
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(choice.value, choice.label) for choice in Waiting if choice != Waiting.OPEN]

    def choices(self, changelist: Any) -> Any:
        first = {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name]),
            "display": Waiting.OPEN.label,
        }
        yield first
        for value, label in self.lookup_choices:
            yield {
                "selected": self.value() == str(value),
                "query_string": changelist.get_query_string({self.parameter_name: value}),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        return narrowed(queryset, self.value() or Waiting.OPEN, actor(request).person_id)


@admin.register(Claim, site=desk)
class ClaimAdmin(ReadOnly, Rows):
    """The queue; its rows lead to the screen on which one claim is weighed, decided and published."""

    list_display = ("claim_text", "priority_mark", "where_it_stands", "evidence_counts", "waits", "holder")
    list_display_links = None
    list_filter = (WaitingFilter, "priority", "risk", "language")
    ordering = ("priority", "id")
    paginator = CappedPaginator
    list_per_page = 50
    show_full_result_count = False
    actions = ["take_chosen", "release_chosen"]
    change_list_template = "admin/claims/claim/queue.html"

    # --- The queue --------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        return queue_of(actor(request))

    @admin.display(description=_("claim"))
    def claim_text(self, claim: Claim) -> SafeString:
        address = reverse("admin:claims_claim_change", args=[claim.pk])
        who = str(claim.claimant) if claim.claimant else claim.attribution
        return format_html('<a href="{}">{}</a> <small>{}</small>', address, claim, who)

    @admin.display(description=_("priority"), ordering="priority")
    def priority_mark(self, claim: Claim) -> SafeString:
        return format_html(
            '<span class="priority p{}">{}</span>', claim.priority, claim.get_priority_display()
        )

    @admin.display(description=_("state"))
    def where_it_stands(self, claim: Claim) -> str:
        verdict_state = getattr(claim, "verdict_state", "")
        told = [claim.get_state_display()]
        if verdict_state:
            told.append(gettext("verdict: %(state)s") % {"state": state_word(verdict_state)})
        return " · ".join(told)

    @admin.display(description=_("evidence"))
    def evidence_counts(self, claim: Claim) -> SafeString:
        counts = [getattr(claim, stance, 0) for stance in ("supports", "contradicts", "context")]
        return format_html(
            '<span class="count supports" title="{}">✓ {}</span> '
            '<span class="count contradicts" title="{}">✗ {}</span> '
            '<span class="count context" title="{}">○ {}</span>',
            StanceChoice.SUPPORTS.label,
            counts[0],
            StanceChoice.CONTRADICTS.label,
            counts[1],
            StanceChoice.CONTEXT.label,
            counts[2],
        )

    @admin.display(description=_("waiting since"), ordering="logged_at")
    def waits(self, claim: Claim) -> str:
        return timesince(claim.logged_at, depth=1)

    @admin.display(description=_("held by"))
    def holder(self, claim: Claim) -> str:
        return str(claim.held_by) if is_held(claim) else ""

    @admin.action(description=_("Take the chosen claims"))
    def take_chosen(self, request: HttpRequest, claims: QuerySet[Claim]) -> None:
        self._each(request, claims, take_claim)

    @admin.action(description=_("Give the chosen claims back"))
    def release_chosen(self, request: HttpRequest, claims: QuerySet[Claim]) -> None:
        self._each(request, claims, release_claim)

    def _each(self, request: HttpRequest, claims: QuerySet[Claim], action: Any) -> None:
        """Call the action on each claim, and tell each refusal by name."""
        done = 0
        for claim in claims:
            try:
                action(claim_id=claim.pk, seen_version=claim.version, actor=actor(request))
                done += 1
            except REFUSALS as refusal:
                messages.warning(request, f"{claim}: {refusal}")
        if done:
            told = ngettext("Done for %(count)s claim.", "Done for %(count)s claims.", done)
            messages.success(request, told % {"count": done})

    # --- One claim --------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        step = path(
            "<int:claim_id>/do/<slug:verb>/",
            self.admin_site.admin_view(require_POST(self.step_view)),
            name="claims_claim_step",
        )
        return [step, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self._screen(request, self._screen_of(request, object_id))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        screen = self._screen_of(request, object_id)
        context = self._context(request, screen) | {"lines": history_lines(screen.claim.pk)}
        return TemplateResponse(request, "admin/claims/claim/history.html", context)

    def step_view(self, request: HttpRequest, claim_id: int, verb: str) -> HttpResponse:
        """Call the action behind one button; answer its refusal on the screen that the person came from."""
        screen = self._screen_of(request, str(claim_id))
        here = HttpResponseRedirect(reverse("admin:claims_claim_change", args=[claim_id]))
        try:
            step_named(verb)(screen.claim, request.POST, actor(request))
        except NotFound as refusal:
            raise Http404(str(refusal)) from refusal
        except GatesClosed as refusal:
            # The words were saved before the gates were asked; the checklist tells the rest.
            messages.error(request, str(refusal))
            return here
        except Conflict as refusal:
            return self._conflict(request, screen, refusal)
        except REFUSALS as refusal:
            if verb != "save":
                messages.error(request, str(refusal))
                return here
            messages.error(request, str(refusal))
            status = 403 if isinstance(refusal, NotAllowed) else 400
            return self._screen(request, screen, typed=content(request.POST), status=status)
        return here

    def _screen_of(self, request: HttpRequest, object_id: str) -> DeskScreen:
        """Return the screen of a claim at the person's desks; anything else is not there."""
        is_id = object_id.isascii() and object_id.isdigit() and len(object_id) <= 19
        screen = None
        if is_id and 0 < int(object_id) <= LARGEST_ID:
            screen = desk_screen(int(object_id), actor(request))
        if screen is None:
            raise Http404(gettext("There is no such claim."))
        return screen

    def _context(self, request: HttpRequest, screen: DeskScreen) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {
            "screen": screen,
            "claim": screen.claim,
            "title": str(screen.claim),
            "opts": self.opts,
            "stances": StanceChoice.choices,
            "languages": Verdict._meta.get_field("language").choices,
        }

    def _screen(
        self,
        request: HttpRequest,
        screen: DeskScreen,
        *,
        typed: VerdictContent | None = None,
        status: int = 200,
    ) -> HttpResponse:
        panel = screen.panel
        form = None
        if panel is not None and "edit" in panel.verbs:
            form = submitted_form(panel.verdict, typed) if typed else form_of(panel.verdict)
        context = self._context(request, screen) | {"form": form}
        return TemplateResponse(request, "admin/claims/claim/screen.html", context, status=status)

    def _conflict(self, request: HttpRequest, screen: DeskScreen, refusal: Conflict) -> HttpResponse:
        """Answer 409 with what happened meanwhile and, for words, with the difference to those typed here."""
        context = self._context(request, screen) | {
            "refusal": refusal,
            "lines": history_lines(screen.claim.pk)[:5],
        }
        typed = request.POST
        if screen.panel is not None and "justification" in typed:
            present = verdict_with_content(screen.panel.verdict.pk)
            context["diffs"] = diff_of(written_words(present), words_of(present, content(typed)))
            context["mine"] = [
                (name, value)
                for name, values in typed.lists()
                if name not in {"csrfmiddlewaretoken", "seen_version"}
                for value in values
            ]
            context["present"] = present
        return TemplateResponse(request, "admin/claims/claim/conflict.html", context, status=409)
