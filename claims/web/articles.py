"""Pages of articles: the list, taking one in, how the fetching stands, and the versions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.actions.articles import take_in_html, take_in_text, take_in_url
from claims.actions.refusals import Invalid, NotFound
from claims.models import Article, LanguageChoice
from claims.selectors import articles as rows
from claims.selectors.people import zone_of
from claims.web.edges import (
    POLL_SECONDS,
    actor,
    desk_page,
    id_in,
    job_stamp,
    number,
    own_desk,
    unchanged_or,
)
from claims.web.forms import FileForm, PastedForm, UrlForm, explain
from claims.web.narrowing import narrowed, pages_around

#: The largest file that is read; larger ones are refused before anything is parsed (bytes).
LARGEST_FILE = 8 * 1024 * 1024


@desk_page
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """List the desk's articles, newest first, narrowed by the address."""
    who = actor(request)
    asked = narrowed(request)
    page = rows.article_page(who.roles, asked, zone_of(who))
    context = {
        "asked": asked,
        "page": page,
        "kinds": Article.Kind.choices,
        "languages": LanguageChoice.choices,
    }
    return render(request, "claims/article_list.html", context | pages_around(page))


@desk_page
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in an article: by address, as a file, or as pasted text; one page, three forms."""
    way = request.POST.get("way", "")
    sent = request.method == "POST"
    forms = {
        "url": UrlForm(request.POST if sent and way == "url" else None, initial=request.GET),
        "file": FileForm(*((request.POST, request.FILES) if sent and way == "file" else ())),
        "text": PastedForm(request.POST if sent and way == "text" else None),
    }
    form = forms.get(way)
    if sent and form is None:
        raise Invalid(_("Choose one of the three ways to take in an article."))
    if sent and form is not None and form.is_valid():
        try:
            article = _take_in(request, way, form.cleaned_data)
            return redirect("article_detail", article.pk)
        except Invalid as refusal:
            explain(form, refusal)
    context = {"forms": forms, "way": way or "url"}
    return render(request, "claims/article_form.html", context, status=400 if sent else 200)


def _take_in(request: HttpRequest, way: str, given: dict[str, Any]) -> Article:
    who, desk = actor(request), own_desk(request)
    if way == "url":
        return take_in_url(desk_id=desk, url=given["url"], actor=who)
    if way == "file":
        uploaded = given["file"]
        if (uploaded.size or 0) > LARGEST_FILE:
            sentence = _("The file is larger than 8 MB. Save the page as “HTML only” and try again.")
            raise Invalid(sentence, {"file": sentence})
        return take_in_html(
            desk_id=desk,
            body=uploaded.read(),
            actor=who,
            url=given["page_url"],
            outlet=given["file_outlet"],
            content_type=uploaded.content_type or "",
        )
    return take_in_text(
        desk_id=desk,
        text=given["text"],
        actor=who,
        outlet=given["outlet"],
        title=given["title"],
        url=given["text_url"],
        published=given["published_on"] or None,
        zone=given["zone"],
    )


@desk_page
@require_safe
def article_state(request: HttpRequest, article_id: int) -> HttpResponse:
    """How the fetching stands; the reading room asks while it lasts, and reloads when it is over."""
    article = article_of(request, article_id)
    job = rows.fetch_job(article)

    def answer() -> HttpResponse:
        context = {"article": article, "job": job, "poll_seconds": POLL_SECONDS}
        response = render(request, "claims/partials/_article_state.html", context)
        if article.state != Article.State.FETCHING:
            response["HX-Refresh"] = "true"
        return response

    stamp = (article.version, article.state, article.failure, *job_stamp(job))
    return unchanged_or(request, stamp, answer)


@desk_page
@require_POST
def fetch_again(request: HttpRequest, article_id: int) -> HttpResponse:
    """Fetch the article's address again."""
    article = article_of(request, article_id)
    take_in_url(desk_id=article.desk_id, url=article.url, actor=actor(request))
    return redirect("article_detail", article.pk)


@desk_page
@require_safe
def versions(request: HttpRequest, article_id: int) -> HttpResponse:
    """Every version of the words with what changed, newest first."""
    article = article_of(request, article_id)
    shown, older = rows.versions_of(article, number(request.GET.get("before"), least=1))
    context = {"article": article, "versions": shown, "older": older}
    return render(request, "claims/article_versions.html", context)


def article_of(request: HttpRequest, article_id: int) -> Article:
    """Return an article of the person's desks, or raise ``NotFound``."""
    article = rows.article_for(actor(request).roles, id_in(article_id))
    if article is None:
        raise NotFound(_("article"))
    return article
