"""Notices: the bell in the masthead, the list, opening one where it is worked on, and marking them as read."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from claims.actions.notice_mail import choose_mail, end_mail
from claims.actions.notices import mark_all_read, mark_read
from claims.actions.refusals import NotFound
from claims.models import Notice, Preference
from claims.selectors import notices as rows
from claims.selectors.addresses import review_address
from claims.selectors.notice_letters import person_of_token
from claims.web.edges import actor, desk_page, id_in, number, page, unchanged_or


@desk_page
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """List the person's notices, newest first; the unread ones alone where that is asked for."""
    who = actor(request)
    unread_only = request.GET.get("show") == "unread"
    context = {
        "page": rows.notice_page(
            who, unread_only=unread_only, before=number(request.GET.get("before"), least=1)
        ),
        "unread_only": unread_only,
        "unread": rows.unread_of(who),
        "filters": "show=unread" if unread_only else "",
        "mail": {
            "is_possible": bool(settings.MAIL_URL),
            "chosen": rows.mail_of(who),
            "choices": Preference.Mail.choices,
        },
    }
    return render(request, "claims/notice_list.html", context)


@page
@require_safe
def notice_count(request: HttpRequest) -> HttpResponse:
    """The bell's number alone; the masthead of every page asks for it every few seconds.

    A sign-in that has ended is no redirect here: the page would follow it and lose what is being written.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=204)
    unread = rows.unread_of(actor(request))

    def answer() -> HttpResponse:
        return render(request, "claims/partials/_unread.html", {"unread": unread})

    return unchanged_or(request, (unread.count, unread.newest), answer)


@desk_page
@require_safe
def notice_open(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Lead to the place of work; what was opened counts as read."""
    who = actor(request)
    notice = rows.notice_for(who, id_in(notice_id))
    if notice is None:
        raise NotFound(_("notice"))
    if request.method == "GET":
        mark_read(notice_ids=[notice.pk], actor=who)
    return redirect(_place_of(notice, request))


@desk_page
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything that the person saw as read."""
    newest = number(request.POST.get("newest")) or 0
    mark_all_read(newest=newest, actor=actor(request))
    messages.success(request, _("Everything that stood here is marked as read."))
    return redirect("notice_list")


@desk_page
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Choose how notices come by mail."""
    choose_mail(mail=request.POST.get("mail", ""), actor=actor(request))
    messages.success(request, _("Saved."))
    return redirect("notice_list")


@csrf_exempt
@page
@require_http_methods(["GET", "HEAD", "POST"])
def mail_end(request: HttpRequest, token: str) -> HttpResponse:
    """End a person's mail by the link in it, without signing in (RFC 8058): only sending ends it."""
    person_id = person_of_token(token)
    if person_id is None:
        raise NotFound(_("page"))
    ended = request.POST.get("List-Unsubscribe") == "One-Click"
    if ended:
        end_mail(person_id)
    response = render(request, "claims/mail_end.html", {"ended": ended})
    response["Cache-Control"] = "private, no-store"
    return response


def _place_of(notice: Notice, request: HttpRequest) -> str:
    claim = notice.claim
    if claim is None:
        assert notice.article is not None
        return notice.article.get_absolute_url()
    if notice.kind in rows.AMONG_QUESTIONS:
        return reverse("claim_ask", args=[claim.pk])
    if notice.kind in rows.AT_THE_REVIEW_DESK:
        return review_address(claim, request.user) or claim.get_absolute_url()
    return claim.get_absolute_url()
