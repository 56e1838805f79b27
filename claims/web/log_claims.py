"""Logging a claim: from words of an article, or from somewhere else.

The words arrive as code points (a selection, a sentence's link) or as pasted words that the server finds in
the text, so every way leads through one form. What was typed survives an expired sign-in: it waits in the
session.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.actions.claims import QUOTE_CONTEXT, LoggedAlready, Selection, log_claim
from claims.actions.refusals import Invalid
from claims.language.oddities import oddities_in
from claims.language.sentences import split_sentences
from claims.models import Article, ArticleVersion, Claim, Update
from claims.rules import permissions
from claims.rules.permissions import NotAllowed
from claims.selectors import articles as rows
from claims.selectors.log_suggestions import suggest_details
from claims.selectors.reading_room import lay_out, stretch_at
from claims.selectors.search import similar_claims
from claims.web.articles import article_of
from claims.web.chosen_words import changed_since, chosen_words, pieces_by_update, update_at
from claims.web.edges import actor, number, own_desk, page
from claims.web.forms import ClaimForm, ElsewhereForm, explain

#: How much of a half-written form is kept over a sign-in (code points a field).
_KEPT = 20_000


@page
def log_from_article(request: HttpRequest, article_id: int) -> HttpResponse:
    """Choose words of an article, complete what describes the claim, log it."""
    if not request.user.is_authenticated:
        return _sign_in_first(request)
    article = article_of(request, article_id)
    if not permissions.can_log_claim(actor(request), article.desk_id):
        raise NotAllowed("log_claim", _("Only people who write for this desk may log claims."))
    given = request.POST if request.method == "POST" else request.GET
    version = rows.version_seen(article, number(given.get("version"), least=1))
    if version is None:
        raise Invalid(_("The article has no text yet."))
    text, updates = version.text, rows.updates_of(version)
    try:
        chosen = chosen_words(text, given)
    except Invalid as refusal:
        return _choose(request, article, version, updates, refusal=refusal.sentence)
    if chosen is None:
        return _choose(request, article, version, updates)
    start, end = chosen
    pieces = pieces_by_update(text, updates, start, end)
    if len(pieces) > 1:
        sentence = _(
            "Your selection runs over several updates. A claim is said in one of them: choose which."
        )
        return _choose(request, article, version, updates, refusal=sentence, pieces=pieces)
    if request.method == "POST":
        form = ClaimForm(request.POST)
        if form.is_valid():
            try:
                selection = Selection(article.pk, start, end, version.number)
                return _log(request, article.desk_id, form, selection)
            except Invalid as refusal:
                explain(form, refusal)
    else:
        form = ClaimForm(initial=_initial(request, article, text, updates, start, end))
    context = {
        "form": form,
        "article": article,
        "quotation": {
            "prefix": text[max(0, start - QUOTE_CONTEXT) : start],
            "exact": text[start:end],
            "suffix": text[end : end + QUOTE_CONTEXT],
            "start": start,
            "end": end,
            "version": version.number,
        },
        "update": update_at(updates, start),
        "odd": oddities_in(text[start:end]),
        "changed_since": changed_since(article, version, updates, start, end),
        "similar": similar_claims(text[start:end], actor(request).roles),
    }
    return render(request, "claims/claim_form.html", context, status=400 if form.errors else 200)


@page
def log_elsewhere(request: HttpRequest) -> HttpResponse:
    """Log a claim that no article of the desk carries: from an address, or from offline."""
    if not request.user.is_authenticated:
        return _sign_in_first(request)
    if request.method == "POST":
        form = ElsewhereForm(request.POST)
        if form.is_valid():
            try:
                return _log(request, own_desk(request), form, None)
            except Invalid as refusal:
                explain(form, refusal)
    else:
        form = ElsewhereForm(initial=_kept(request) or request.GET.dict())
    return render(request, "claims/claim_form.html", {"form": form}, status=400 if form.errors else 200)


def _log(request: HttpRequest, desk_id: int, form: ClaimForm, selection: Selection | None) -> HttpResponse:
    details: dict[str, Any] = dict(form.cleaned_data)
    details["kind"] = details["kind"] or Claim.Kind.OTHER
    try:
        claim = log_claim(desk_id=desk_id, selection=selection, actor=actor(request), **details)
    except LoggedAlready as known:
        messages.info(
            request, _("This quotation was logged before. Here is that claim; nothing was logged twice.")
        )
        return redirect("claim_detail", known.claim_id)
    messages.success(request, _("The claim is logged. Evidence is being gathered."))
    if selection is not None and request.POST.get("then") == "article":
        said = claim.appearances.values_list("pk", flat=True).first()
        query = urlencode({"claim": claim.pk, "said": said})
        return redirect(f"{reverse('article_detail', args=[selection.article_id])}?{query}#said-{said}")
    return redirect(claim)


def _choose(
    request: HttpRequest,
    article: Article,
    version: ArticleVersion,
    updates: Sequence[Update],
    *,
    refusal: str = "",
    pieces: Sequence[tuple[int, int]] = (),
) -> HttpResponse:
    """Offer ``pieces``, else the sentences around the place, each as a link, and a field for the words."""
    text = version.text
    near = number(request.GET.get("from")) or (pieces[0][0] if pieces else 0)
    stretch = stretch_at(lay_out(text, updates, []).stretches, near)
    sentences = [{"start": start, "end": end, "text": text[start:end]} for start, end in pieces]
    for paragraph in stretch.paragraphs if stretch and not pieces else ():
        words = text[paragraph.start : paragraph.end]
        for span in split_sentences(words):
            sentences.append(
                {
                    "start": paragraph.start + span.start,
                    "end": paragraph.start + span.end,
                    "text": span.of(words),
                }
            )
    context = {
        "article": article,
        "update": stretch.update if stretch else None,
        "sentences": sentences,
        "near": near,
        "version": version.number,
        "words": request.GET.get("words", ""),
        "refusal": refusal,
    }
    # To have selected across updates is no mistake; to have sent such a form is one.
    is_asked = bool(pieces) and request.method == "GET"
    return render(
        request, "claims/claim_choose.html", context, status=400 if refusal and not is_asked else 200
    )


def _initial(
    request: HttpRequest, article: Article, text: str, updates: Sequence[Update], start: int, end: int
) -> dict[str, Any]:
    if kept := _kept(request):
        return kept
    update = update_at(updates, start)
    suggested = suggest_details(
        article,
        text,
        start,
        end,
        not_before=min(update.body_start, start) if update else 0,
        moment=update.moment if update and update.moment else article.published_at,
        zone=(update.zone if update else "") or article.zone,
    )
    return {
        "text": suggested.text,
        "summary": suggested.summary,
        "language": suggested.language,
        "kind": suggested.kind,
        "claimant_name": suggested.claimant,
        "claimant_kind": suggested.claimant_kind,
        "attribution": suggested.attribution,
    }


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """Send the person to sign in, and keep what they had typed for when they come back."""
    back = request.get_full_path()
    if request.method == "POST":
        fields = ElsewhereForm.base_fields
        typed = {name: request.POST[name][:_KEPT] for name in fields if name in request.POST}
        start, end = number(request.POST.get("start")), number(request.POST.get("end"))
        if start is not None and end is not None:
            place = {"version": number(request.POST.get("version"), least=1), "start": start, "end": end}
            known = {name: value for name, value in place.items() if value is not None}
            back = f"{request.path}?{urlencode(known)}"
        request.session["half_written_claim"] = typed
        messages.info(request, _("Your sign-in had ended. Sign in again: what you wrote is kept."))
    return redirect_to_login(back)


def _kept(request: HttpRequest) -> dict[str, Any]:
    kept: dict[str, Any] = request.session.pop("half_written_claim", {})
    return kept
