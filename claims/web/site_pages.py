"""What the newsroom tells of itself, and where the role admin writes it."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from claims.actions.refusals import Invalid
from claims.actions.site_pages import LONGEST, write_site_page
from claims.models import SitePageVersion
from claims.rules import permissions
from claims.selectors.site_pages import newest_version, shown_page, versions_of
from claims.web.edges import actor, desk_page
from claims.web.forms import explain
from claims.web.public import public_page

_HELP = gettext_lazy("A blank line begins a paragraph, “## ” a heading, “- ” an item of a list.")


def _text(label: object) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_HELP,
    )


class SitePageForm(forms.Form):
    seen_number = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    text_en = _text(gettext_lazy("Text in English"))
    text_uk = _text(gettext_lazy("Text in Ukrainian"))
    text_ru = _text(gettext_lazy("Text in Russian"))


@public_page
def site_page(request: HttpRequest, name: str) -> HttpResponse:
    """Show the page in the reader's language, or in one that it is written in."""
    context = {
        "name": name,
        "heading": SitePageVersion.Page(name).label,
        "shown": shown_page(name, request.LANGUAGE_CODE),
        "may_edit": request.user.is_authenticated and permissions.can_administer(actor(request)),
    }
    return render(request, "claims/site_page.html", context)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, name: str) -> HttpResponse:
    """Write a new version of the page."""
    if not permissions.can_administer(actor(request)):
        raise PermissionDenied(_("Only administrators write the pages about the newsroom."))
    newest = newest_version(name)
    initial = {"seen_number": newest.number if newest else 0}
    initial |= {code: getattr(newest, code) for code in ("text_en", "text_uk", "text_ru")} if newest else {}
    sent = request.POST if request.method == "POST" else None
    form = SitePageForm(sent, initial=initial)
    if sent is not None and form.is_valid():
        try:
            write_site_page(page=name, actor=actor(request), **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(name)
        except Invalid as refusal:
            explain(form, refusal)
    context = {"form": form, "heading": SitePageVersion.Page(name).label, "name": name}
    context["versions"] = versions_of(name)
    status = 400 if sent is not None else 200
    return render(request, "claims/site_page_form.html", context, status=status)
