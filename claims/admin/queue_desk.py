"""The queue as a page: narrowed by its address, read by key, worked on by the buttons below it.

Django's own list pages by offset and counts every row; at a million claims neither can be had in time, so
this page is the desk's own. Each button is a POST that calls actions; refusals are sentences.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.actions.filters import forget_filter, save_filter
from claims.actions.queue import take_next_claim
from claims.actions.refusals import REFUSALS, Invalid, NotFound
from claims.admin.access import ReadOnly, Rows
from claims.admin.queue_rows import queue_rows
from claims.admin.queue_steps import take_step, ticked_of
from claims.admin.site import actor
from claims.admin.step_sentences import sentence_of
from claims.models import Claim
from claims.rules import permissions
from claims.rules.permissions import Actor
from claims.selectors.questions import NotAQuestion
from claims.selectors.queue import MOST_COUNTED, Waiting, desks_of, readable_desks
from claims.selectors.queue_filters import filter_of, filters_of, reviewers_at
from claims.selectors.queue_page import QueuePage, queue_page
from claims.selectors.queue_question import FIELDS, QueueQuestion, Sort, question_of


class QueueDesk(ReadOnly, Rows):
    """The list of claims. Its rows lead to the screen on which one claim is weighed, decided and published."""

    def get_urls(self) -> list[URLPattern]:
        def wrapped(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        return [
            path("next/", wrapped(require_POST(self.next_view)), name="claims_claim_next"),
            path("steps/<slug:name>/", wrapped(require_POST(self.steps_view)), name="claims_claim_steps"),
            path("filters/", wrapped(require_POST(self.save_view)), name="claims_claim_filter_save"),
            path(
                "filters/<int:filter_id>/",
                wrapped(require_safe(self.filter_view)),
                name="claims_claim_filter",
            ),
            path(
                "filters/<int:filter_id>/forget/",
                wrapped(require_POST(self.forget_view)),
                name="claims_claim_filter_forget",
            ),
            *super().get_urls(),
        ]

    # --- The page -----------------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Answer a page of the queue, or 400 and a sentence for an address that it cannot be asked by."""
        try:
            asked = _question(request.GET, actor(request))
        except NotAQuestion as refusal:
            return self._refused(request, str(refusal))
        page = queue_page(asked, actor(request))
        return TemplateResponse(request, "admin/claims/claim/queue.html", self._page(request, asked, page))

    def _page(self, request: HttpRequest, asked: QueueQuestion, page: QueuePage) -> dict[str, Any]:
        who = actor(request)
        desks = desks_of(who)
        edited = [desk.pk for desk in desks if permissions.can_triage(who, desk.pk)]
        return self.admin_site.each_context(request) | {
            "title": _("Queue"),
            "opts": self.opts,
            "asked": asked,
            "page": page,
            "rows": queue_rows(page.claims, who.person_id),
            "most_counted": MOST_COUNTED,
            "tabs": [
                (choice.label, asked.address(waiting=choice.value), choice == asked.waiting)
                for choice in Waiting
            ],
            "fields": [(each, asked.chosen.get(each.name, "")) for each in FIELDS],
            "sorts": Sort.choices,
            "desks": desks,
            "here": asked.address(),
            "next_address": asked.address(after=page.after) if page.after else "",
            "before_address": asked.address(before=page.before) if page.before else "",
            "first_address": asked.address(),
            "last_address": asked.address(before="end"),
            "filters": filters_of(who),
            "may_take": any(permissions.can_take(who, desk.pk) for desk in desks),
            "may_triage": bool(edited),
            "reviewers": reviewers_at(edited) if edited else [],
            "priorities": Claim.Priority.choices,
            "risks": Claim.Risk.choices,
        }

    def _refused(self, request: HttpRequest, sentence: str) -> HttpResponse:
        context = self.admin_site.each_context(request) | {"title": _("Queue"), "sentence": sentence}
        return TemplateResponse(request, "admin/claims/claim/queue_refused.html", context, status=400)

    # --- Buttons ------------------------------------------------------------------------------------------

    def next_view(self, request: HttpRequest) -> HttpResponse:
        """Take the first claim of the list that nobody holds, and open it."""
        try:
            claim = take_next_claim(asked=_asked_before(request), actor=actor(request))
            messages.success(request, sentence_of("take", claim))
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
            return self._back(request)
        return HttpResponseRedirect(reverse("admin:claims_claim_change", args=[claim.pk]))

    def steps_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """Take one step on every ticked claim; each refusal is told by name, the others go through."""
        try:
            if name == "merge":
                return self._merge(request)
            outcome = take_step(name, request.POST, actor(request))
        except NotFound as refusal:
            raise Http404(str(refusal)) from refusal
        except Invalid as refusal:
            messages.warning(request, str(refusal))
            return self._back(request)
        if told := outcome.told():
            messages.success(request, told)
        for sentence in outcome.refusals():
            messages.warning(request, sentence)
        return self._back(request)

    def _merge(self, request: HttpRequest) -> HttpResponse:
        """Lead to the question that a merge asks; two claims are ticked for it, the later is merged away."""
        ticked = ticked_of(request.POST, actor(request))
        if len(ticked) != 2:
            raise Invalid(_("Tick the two claims that you mean to merge."))
        kept, merged = sorted(each.claim.pk for each in ticked)
        return HttpResponseRedirect(f"{reverse('claim_merge', args=[merged])}?into={kept}")

    # --- Saved filters ------------------------------------------------------------------------------------

    def filter_view(self, request: HttpRequest, filter_id: int) -> HttpResponse:
        """Lead to the list that a saved filter stands for; the address may be passed on within its desk."""
        saved = filter_of(filter_id, actor(request))
        if saved is None:
            raise Http404(_("There is no such saved filter."))
        return HttpResponseRedirect(_queue(saved.query))

    def save_view(self, request: HttpRequest) -> HttpResponse:
        who = actor(request)
        desk = request.POST.get("desk", "")
        try:
            if desk and desk not in {str(id) for id in readable_desks(who)}:
                raise NotFound(_("desk"))
            saved = save_filter(
                name=request.POST.get("name", ""),
                query=request.POST.get("question", ""),
                desk_id=int(desk) if desk else None,
                actor=who,
            )
        except NotFound as refusal:
            raise Http404(str(refusal)) from refusal
        except REFUSALS as refusal:
            messages.warning(request, str(refusal))
            return self._back(request)
        messages.success(request, _("Saved as “%(name)s”.") % {"name": saved.name})
        return HttpResponseRedirect(_queue(saved.query))

    def forget_view(self, request: HttpRequest, filter_id: int) -> HttpResponse:
        try:
            forget_filter(filter_id=filter_id, actor=actor(request))
        except NotFound as refusal:
            raise Http404(str(refusal)) from refusal
        except REFUSALS as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        messages.success(request, _("The filter is deleted."))
        return self._back(request)

    def _back(self, request: HttpRequest) -> HttpResponse:
        """Lead back to the list that the form stood on."""
        try:
            asked = _asked_before(request)
        except Invalid:
            return HttpResponseRedirect(_queue(""))
        return HttpResponseRedirect(_queue(asked.address(**_place(request))))


def _question(parameters: QueryDict, who: Actor) -> QueueQuestion:
    return question_of(dict(parameters.lists()), readable_desks(who))


def _asked_before(request: HttpRequest) -> QueueQuestion:
    """Return the question of the list that the form stood on. Raises ``Invalid`` for a forged one."""
    try:
        return _question(QueryDict(request.POST.get("question", "")), actor(request))
    except NotAQuestion as refusal:
        raise Invalid(str(refusal)) from None


def _place(request: HttpRequest) -> dict[str, str]:
    typed = QueryDict(request.POST.get("question", ""))
    return {name: typed[name] for name in ("after", "before") if typed.get(name)}


def _queue(query: str) -> str:
    address = reverse("admin:claims_claim_changelist")
    return f"{address}?{query}" if query else address
