"""The one-claim screen (the queue is in ``queue_desk``). Every button calls one action; refusals are answers.

No answer loses what was typed: whatever an action refuses is kept for the person and offered back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.actions.gatekeeping import GatesClosed
from claims.actions.refusals import REFUSALS, Conflict, NotAllowed, NotFound
from claims.actions.verdicts import VerdictContent
from claims.admin.live_checklist import gates_as_typed, unlike_as_typed, verdict_as_typed
from claims.admin.queue_desk import QueueDesk
from claims.admin.site import actor, desk
from claims.admin.step_sentences import sentence_of
from claims.admin.steps import content, step_named
from claims.admin.typed_words import (
    form_from,
    is_verdict_form,
    keep_typed,
    remarks_in,
    set_aside,
    stash,
    take_back,
    take_from_stash,
)
from claims.admin.verdict_form import form_of, submitted_form, words_of
from claims.models import Claim, StanceChoice, Verdict
from claims.publish.entries import shown_title
from claims.rules.lifecycle import PublicationState
from claims.rules.numbers import LARGEST, whole_number
from claims.selectors.captures import capture_of
from claims.selectors.contacts import ChannelChoice, OutcomeChoice
from claims.selectors.desk_screen import DeskScreen, desk_screen
from claims.selectors.diffs import diff_of
from claims.selectors.history import HistoryLine, history_lines
from claims.selectors.merging import final_claim
from claims.selectors.preview import preview_of
from claims.selectors.queue import readable_desks
from claims.selectors.verdict_panel import VerdictPanel
from claims.selectors.verdicts import on_offer, written_words

View = Callable[..., HttpResponse]
#: The events that one page of a claim's history tells.
EVENTS_SHOWN = 100


@admin.register(Claim, site=desk)
class ClaimAdmin(QueueDesk):
    """The queue, and the screen on which one claim is weighed, decided and published."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path(
                "<int:claim_id>/do/<slug:verb>/",
                self._losing_no_word(view(require_POST(self.step_view))),
                name="claims_claim_step",
            ),
            path(
                "<int:claim_id>/keep/",
                self._losing_no_word(view(require_POST(self.keep_view))),
                name="claims_claim_keep",
            ),
            path(
                "<int:claim_id>/preview/",
                view(require_http_methods(["GET", "HEAD", "POST"])(self.preview_view)),
                name="claims_claim_preview",
            ),
            path(
                "<int:claim_id>/capture/<int:evidence_id>/",
                view(require_safe(self.capture_view)),
                name="claims_claim_capture",
            ),
            *super().get_urls(),
        ]

    # --- The screen -------------------------------------------------------------------------------

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        claim_id = self._id_in(object_id)
        if take_from_stash(request, claim_id, actor(request)):
            messages.info(request, gettext("What you typed before your sign-in ended is kept below."))
        screen = self._screen_of(request, claim_id)
        if screen.claim.merged_into is not None:
            told = gettext("“%(claim)s” was merged into this claim.") % {"claim": screen.claim}
            messages.info(request, told)
            target = final_claim(screen.claim)
            return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[target.pk]))
        kept = screen.panel.kept if screen.panel else None
        if kept is not None and request.GET.get("draft") == "kept":
            return self._screen(request, screen, typed=content(form_from(kept.words)))
        return self._screen(request, screen)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        screen = self._screen_of(request, self._id_in(object_id))
        before = whole_number(request.GET.get("before"))
        lines, older = self._lines(screen, EVENTS_SHOWN, before)
        context = self._context(request, screen) | {"lines": lines, "before": before, "older": older}
        return TemplateResponse(request, "admin/claims/claim/history.html", context)

    def _lines(
        self, screen: DeskScreen, most: int, before: int | None = None
    ) -> tuple[list[HistoryLine], int | None]:
        """Return the history of the claim; who is still to rate blind would read the recorder's rating in it."""
        hidden = screen.panel.verdict.pk if screen.panel is not None and screen.panel.is_hidden else None
        return history_lines(screen.claim.pk, most=most, before=before, without_words_of=hidden)

    def _screen_of(self, request: HttpRequest, claim_id: int) -> DeskScreen:
        """Return the screen of a claim at the person's desks; anything else is not there."""
        screen = desk_screen(claim_id, actor(request)) if 0 < claim_id <= LARGEST else None
        if screen is None:
            raise Http404(gettext("There is no such claim."))
        return screen

    def _id_in(self, typed: str) -> int:
        """Return the id in an address; 0, which no claim has, where there is none."""
        return whole_number(typed) or 0

    def _context(self, request: HttpRequest, screen: DeskScreen) -> dict[str, Any]:
        return self.admin_site.each_context(request) | {
            "screen": screen,
            "claim": screen.claim,
            "title": str(screen.claim),
            "opts": self.opts,
            "stances": StanceChoice.choices,
            "languages": Verdict._meta.get_field("language").choices,
            "channels": ChannelChoice.choices,
            "outcomes": OutcomeChoice.choices,
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
        context = self._context(request, screen) | {"remarks": take_back(request, screen.claim.pk)}
        if panel is not None and panel.is_hidden and panel.verdict.rating is not None:
            scale = panel.verdict.rating.scale_id
            context["labels"] = [rating for rating in on_offer(screen.ratings) if rating.scale_id == scale]
        if panel is not None and "edit" in panel.verbs:
            form = submitted_form(screen, panel.verdict, typed) if typed else form_of(screen, panel.verdict)
            context["form"] = form
        if panel is not None and panel.kept is not None:
            words = content(form_from(panel.kept.words))
            context["unsaved"] = diff_of(written_words(panel.verdict), words_of(panel.verdict, words))
        return TemplateResponse(request, "admin/claims/claim/screen.html", context, status=status)

    # --- Its buttons ------------------------------------------------------------------------------

    def step_view(self, request: HttpRequest, claim_id: int, verb: str) -> HttpResponse:
        """Call the action behind one button; answer its refusal on the screen that the person came from."""
        screen = self._screen_of(request, claim_id)
        here = HttpResponseRedirect(reverse("admin:claims_claim_change", args=[claim_id]))
        try:
            outcome = step_named(verb)(screen.claim, request.POST, actor(request))
        except NotFound as refusal:
            raise Http404(str(refusal)) from refusal
        except GatesClosed as refusal:
            # The words were saved before the gates were asked; the checklist tells the rest.
            messages.error(request, str(refusal))
            set_aside(request, claim_id)
            return here
        except Conflict as refusal:
            return self._conflict(request, screen, refusal)
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
            if verb != "save":
                set_aside(request, claim_id)
                return here
            keep_typed(request.POST, actor(request))
            status = 403 if isinstance(refusal, NotAllowed) else 400
            screen = self._screen_of(request, claim_id)
            return self._screen(request, screen, typed=content(request.POST), status=status)
        if done := sentence_of(verb, outcome):
            messages.success(request, done)
        return here

    def _conflict(self, request: HttpRequest, screen: DeskScreen, refusal: Conflict) -> HttpResponse:
        """Answer 409 with what happened meanwhile and, for words, with the difference to those typed here."""
        newest, _older = self._lines(screen, 5)
        context = self._context(request, screen) | {
            "refusal": refusal,
            "lines": newest,
            "remarks": remarks_in(request.POST),
        }
        typed = request.POST
        if screen.panel is not None and is_verdict_form(typed):
            keep_typed(typed, actor(request))
            present = screen.panel.verdict
            if not screen.panel.is_hidden:
                context["diffs"] = diff_of(written_words(present), words_of(present, content(typed)))
            context["mine"] = [
                (name, value)
                for name, values in typed.lists()
                if name not in {"csrfmiddlewaretoken", "seen_version"}
                for value in values
            ]
            context["present"] = present
            context["may_save"] = "edit" in screen.panel.verbs
        return TemplateResponse(request, "admin/claims/claim/conflict.html", context, status=409)

    def keep_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """Keep the form as it is being typed and answer what the gates would say of it; nothing is saved."""
        screen = self._screen_of(request, claim_id)
        panel, typed = self._typed(screen, request)
        verdict = verdict_as_typed(screen, panel, typed)
        seen_version = request.POST.get("seen_version", "")
        gates = gates_as_typed(verdict, panel)
        context = {
            "open_gates": [gate for gate in gates if gate.mark != "ok"],
            "standing_gates": [gate for gate in gates if gate.mark == "ok"],
            "unlike": unlike_as_typed(verdict, screen),
            "is_kept": keep_typed(request.POST, actor(request)),
            "changed_by": panel.verdict.last_editor if seen_version != str(panel.verdict.version) else None,
        }
        return TemplateResponse(request, "admin/claims/claim/_live.html", context)

    def preview_view(self, request: HttpRequest, claim_id: int) -> HttpResponse:
        """Show the public page, the markup and the feed entry, of the draft or of what is typed just now."""
        screen = self._screen_of(request, claim_id)
        panel = screen.panel
        if panel is None or panel.is_hidden:
            raise Http404(gettext("There is no verdict to preview."))
        verdict = panel.verdict
        if request.method == "POST":
            panel, typed = self._typed(screen, request)
            keep_typed(request.POST, actor(request))
            verdict = verdict_as_typed(screen, panel, typed)
        preview = preview_of(verdict, panel.around.publication)
        if preview is None:
            messages.error(request, gettext("Choose a rating first; without one there is nothing to show."))
            return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[claim_id]))
        sides: dict[str, list[Any]] = {"supports": [], "contradicts": [], "context": []}
        for cited in preview.snapshot["evidence"]:
            sides[cited["stance"]].append(cited)
        context = {
            "published": preview,
            "headline": shown_title(preview.snapshot, PublicationState.LIVE),
            "check": preview.snapshot,
            "sides": sides,
            "claim": screen.claim,
        }
        return TemplateResponse(request, "admin/claims/claim/preview.html", context)

    def capture_view(self, request: HttpRequest, claim_id: int, evidence_id: int) -> HttpResponse:
        """Show the stored words of a page, opened where they are quoted."""
        known = claim_id <= LARGEST and evidence_id <= LARGEST
        capture = capture_of(evidence_id, claim_id, readable_desks(actor(request))) if known else None
        if capture is None:
            raise Http404(gettext("There is no such capture."))
        context = self.admin_site.each_context(request) | {
            "capture": capture,
            "document": capture.document,
            "claim": capture.evidence.claim,
            "title": str(capture.document),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/claims/claim/capture.html", context)

    def _typed(self, screen: DeskScreen, request: HttpRequest) -> tuple[VerdictPanel, VerdictContent]:
        """Return the panel with what the person is typing into it; who may not write has nothing there."""
        panel = screen.panel
        if panel is None or "edit" not in panel.verbs:
            raise Http404(gettext("There is no draft that you could write."))
        return panel, content(request.POST)

    def _losing_no_word(self, view: View) -> View:
        """Carry what was typed over a sign-in that ended, instead of answering with the sign-in alone."""

        def answer(request: HttpRequest, claim_id: int, **named: Any) -> HttpResponse:
            if request.method != "POST" or request.user.is_authenticated:
                return view(request, claim_id=claim_id, **named)
            if not is_verdict_form(request.POST):
                set_aside(request, claim_id)
                return redirect_to_login(reverse("admin:claims_claim_change", args=[claim_id]))
            stash(request, claim_id)
            if request.headers.get("X-Requested-With") == "fetch":
                ended = gettext(
                    "Your sign-in has ended. What you typed is kept: sign in again, and it comes back."
                )
                return HttpResponse(ended, status=401, content_type="text/plain; charset=utf-8")
            return redirect_to_login(reverse("admin:claims_claim_change", args=[claim_id]))

        return answer
