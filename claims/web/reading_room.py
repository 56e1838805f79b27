"""The reading room: an article part by part, its watch, what is new in it, and the chosen claim beside it.

What a script asks for again and again answers with an ETag, and 304 while nothing has changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.actions.article_watch import end_watch, start_watch
from claims.actions.follows import see_article
from claims.actions.refusals import NotFound
from claims.models import Appearance, Article, Claim, Job
from claims.rules import permissions
from claims.selectors import articles as rows
from claims.selectors.article_parts import Part, part_at, parts_of
from claims.selectors.claims import gather_job
from claims.selectors.evidence import by_stance, evidence_of, evidence_stamp
from claims.selectors.reading_room import lay_out, place_of
from claims.selectors.suggestions import suggested_marks
from claims.selectors.update_history import News, news_since, update_history
from claims.web.articles import article_of
from claims.web.edges import POLL_SECONDS, actor, desk_page, id_in, job_stamp, number, unchanged_or

#: How often an open page asks for news of its article, and for new evidence once gathering is over, in seconds.
NEWS_SECONDS = 10
EVIDENCE_SECONDS = 20
#: The best pieces of evidence of each stance that stand beside the text; the claim's page has them all.
PIECES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Logged:
    """A claim of the article: on which part its words stand, None where they stand there no more."""

    appearance: Appearance
    part: int | None


@desk_page
@require_safe
def article_detail(request: HttpRequest, article_id: int) -> HttpResponse:
    """One part of the article on its time rail, with claims, suggestions and what changed marked in it."""
    article = article_of(request, article_id)
    text = article.current.text if article.current else ""
    updates = rows.updates_of(article.current)
    appearances = rows.appearances_in(article)
    parts = parts_of(text, updates)
    found = rows.passage_of(article, number(request.GET.get("passage"), least=1))
    part = part_at(parts, found.start) if found else _part_asked(request, parts, text, appearances)
    window = (part.start, part.end)
    if article.current:
        see_article(article_id=article.pk, version=article.current.number, actor=actor(request))
    history = update_history(article, text, updates, number(request.GET.get("seen"), least=1))
    suggested = suggested_marks(article, text, updates, window)
    room = lay_out(text, updates, appearances, suggested, window=window, history=history)
    context = {
        "article": article,
        "room": room,
        "parts": parts,
        "part": part,
        "found": found,
        "logged": [_logged(appearance, room.starts, parts) for appearance in appearances],
        "job": rows.fetch_job(article) if article.state == Article.State.FETCHING else None,
        "poll_seconds": POLL_SECONDS,
    }
    newest = article.current.number if article.current else 0
    context |= _news_context(request, article, News(), newest)
    chosen = _chosen(appearances, number(request.GET.get("claim"), least=1))
    if chosen is not None:
        context |= _beside_context(article, chosen, gather_job(chosen))
    return render(request, "claims/article_detail.html", context)


@desk_page
@require_safe
def article_news(request: HttpRequest, article_id: int) -> HttpResponse:
    """How the watch stands, and how much is new since the version that the page shows."""
    article = article_of(request, article_id)
    seen = number(request.GET.get("version")) or 0
    newest = article.current.number if article.current else 0
    watch = getattr(article, "watch", None)
    told = (watch.active, watch.looked_at, watch.failures) if watch else ()

    def answer() -> HttpResponse:
        news = news_since(article, seen) if newest > seen else News()
        return render(
            request, "claims/partials/_article_news.html", _news_context(request, article, news, seen)
        )

    return unchanged_or(request, (article.pk, newest, seen, article.state, *told), answer)


@desk_page
@require_safe
def claim_beside(request: HttpRequest, article_id: int, claim_id: int) -> HttpResponse:
    """The claim that was chosen in the text, with its evidence as it grows."""
    article = article_of(request, article_id)
    claim = _chosen(rows.appearances_in(article), id_in(claim_id))
    if claim is None:
        raise NotFound(_("claim"))
    job = gather_job(claim)

    def answer() -> HttpResponse:
        context = {"article": article} | _beside_context(article, claim, job)
        return render(request, "claims/partials/_claim_beside.html", context)

    stamp = (claim.pk, claim.version, *evidence_stamp(claim), *job_stamp(job))
    return unchanged_or(request, stamp, answer)


@desk_page
@require_POST
def watch(request: HttpRequest, article_id: int) -> HttpResponse:
    """Begin or end the watch over an article."""
    article = article_of(request, article_id)
    if request.POST.get("watch") == "1":
        start_watch(article_id=article.pk, actor=actor(request))
        messages.success(request, _("The article is watched. New updates appear here as they are found."))
    else:
        end_watch(article_id=article.pk, actor=actor(request))
        messages.success(request, _("The article is not watched any more."))
    return redirect(article)


def _part_asked(
    request: HttpRequest, parts: Sequence[Part], text: str, appearances: Sequence[Appearance]
) -> Part:
    """Return the part with the claim or place that is asked for, else the one of that number, else the first."""
    asked = request.GET
    said = number(asked.get("said"), least=1)
    wanted = next((appearance for appearance in appearances if appearance.pk == said), None)
    place = place_of(text, wanted) if wanted else number(asked.get("at"))
    if place is not None:
        return part_at(parts, place)
    return parts[min(number(asked.get("part"), least=1) or 1, len(parts)) - 1]


def _logged(appearance: Appearance, starts: dict[int, int], parts: Sequence[Part]) -> Logged:
    start = starts.get(appearance.pk)
    return Logged(appearance, None if start is None else part_at(parts, start).number)


def _news_context(request: HttpRequest, article: Article, news: News, seen: int) -> dict[str, Any]:
    return {
        "article": article,
        "may_log": permissions.can_log_claim(actor(request), article.desk_id),
        "watch": getattr(article, "watch", None),
        "news": news,
        "seen": seen,
        "newest": article.current.number if article.current else 0,
        "news_seconds": NEWS_SECONDS,
    }


def _chosen(appearances: Sequence[Appearance], claim_id: int | None) -> Claim | None:
    return next((each.claim for each in appearances if each.claim_id == claim_id), None)


def _beside_context(article: Article, claim: Claim, job: Job | None) -> dict[str, Any]:
    under_way = job is not None and job.state in Job.UNFINISHED
    groups = by_stance(evidence_of(claim))
    return {
        "chosen": claim,
        "groups": [
            (group, [piece for origin in group.origins for piece in origin.pieces][:PIECES_SHOWN])
            for group in groups
        ],
        "under_way": under_way,
        "evidence_seconds": POLL_SECONDS if under_way else EVIDENCE_SECONDS,
        "zone": article.desk.zone,
    }
