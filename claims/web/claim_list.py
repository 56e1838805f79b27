"""The list of claims: narrowed by its address, read by key, kept under a name, worked on, and as a file.

Invariant: whatever is shown, saved, filed or worked on is asked by the same address, and only of the person's
own desks.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from claims.actions.refusals import Invalid
from claims.models import Claim, Desk, Rating, SavedFilter
from claims.publish.cells import Cell
from claims.rules import permissions
from claims.selectors.claim_list import ClaimListPage, claim_list_page, claims_in_order
from claims.selectors.claim_question import COLUMNS, ClaimQuestion, ListSort, claim_question_of
from claims.selectors.questions import NotAQuestion
from claims.selectors.queue import MOST_COUNTED, desks_of, readable_desks
from claims.selectors.queue_filters import filters_of
from claims.selectors.topics import topic_choices
from claims.selectors.verdicts import on_offer, ratings_by_id
from claims.web.csv_files import csv_file
from claims.web.edges import actor, desk_page

#: A file holds no more claims than this and says so in its last row.
MOST_FILED = 10_000
#: The filters that stand open; the others are behind one click.
_AT_HAND = ("state", "kind", "language")


@desk_page
@require_safe
def claim_list(request: HttpRequest) -> HttpResponse:
    """List the claims of the person's desks that the address asks for."""
    asked = question(request)
    who = actor(request)
    desks = desks_of(who)
    ratings = ratings_by_id()
    page = claim_list_page(asked, who, _zone(desks))
    context = {
        "asked": asked,
        "page": page,
        "rows": [(claim, ratings.get(claim.rating_id)) for claim in page.claims],  # type: ignore[attr-defined]
        "most_counted": MOST_COUNTED,
        "at_hand": _fields(asked, _AT_HAND),
        "behind": _fields(asked, tuple(name for name in COLUMNS if name not in _AT_HAND)),
        "topics": topic_choices(),
        "ratings": [(rating.key, str(rating)) for rating in on_offer(ratings.values())],
        "sorts": ListSort.choices,
        "desks": desks,
        "here": asked.address(),
        "filters": filters_of(who, SavedFilter.Place.CLAIMS),
        "may_sort": any(permissions.can_log_claim(who, desk.pk) for desk in desks),
        "may_triage": any(permissions.can_triage(who, desk.pk) for desk in desks),
        "priorities": Claim.Priority.choices,
        "risks": Claim.Risk.choices,
    }
    return render(request, "claims/claim_list.html", context | _pages(asked, page))


@desk_page
@require_safe
def claim_file(request: HttpRequest) -> HttpResponseBase:
    """Answer with the list as CSV, in its order, at most ``MOST_FILED`` claims."""
    who = actor(request)
    found = claims_in_order(question(request), who, _zone(desks_of(who)), most=MOST_FILED + 1)
    return csv_file(_lines(request, found), f"claims-{timezone.now():%Y-%m-%d}.csv")


def question(request: HttpRequest) -> ClaimQuestion:
    """Return what the address asks. Raises ``Invalid`` with the sentence for the person."""
    return question_in(request.GET, request)


def question_in(parameters: QueryDict, request: HttpRequest) -> ClaimQuestion:
    """Return what ``parameters`` ask. Raises ``Invalid``."""
    try:
        return claim_question_of(dict(parameters.lists()), readable_desks(actor(request)))
    except NotAQuestion as refusal:
        raise Invalid(str(refusal)) from None


def _zone(desks: list[Desk]) -> str:
    return min(desks, key=lambda desk: desk.pk).zone if desks else "UTC"


def _fields(asked: ClaimQuestion, names: tuple[str, ...]) -> list[dict[str, object]]:
    return [
        {
            "name": name,
            "label": COLUMNS[name][0],
            "choices": COLUMNS[name][1],
            "value": asked.chosen.get(name),
        }
        for name in names
    ]


def _pages(asked: ClaimQuestion, page: ClaimListPage) -> dict[str, str]:
    """Return the addresses of the neighbouring pages, "" where there is none."""
    return {
        "next_address": asked.address(after=page.after) if page.after else "",
        "before_address": asked.address(before=page.before) if page.before else "",
        "first_address": asked.address(),
    }


def _lines(request: HttpRequest, claims: Iterator[Claim]) -> Iterator[list[Cell]]:
    """Yield the rows of the file, its head first."""
    yield [
        *(_("number"), _("claim as said"), _("summary"), _("claimant"), _("reported by"), _("outlet")),
        *(_("state"), _("kind"), _("language"), _("risk"), _("priority"), _("topics"), _("rating")),
        *(_("made"), _("logged at"), _("logged by"), _("deadline"), _("address")),
    ]
    ratings = ratings_by_id()
    for place, claim in enumerate(claims):
        if place == MOST_FILED:
            sentence = _("There are more claims than the %(most)s in this file: narrow the list.")
            yield [sentence % {"most": f"{MOST_FILED:,}"}]
            return
        yield _cells(claim, ratings.get(claim.rating_id), request)  # type: ignore[attr-defined]


def _cells(claim: Claim, rating: Rating | None, request: HttpRequest) -> list[Cell]:
    outlets = {
        str(seen.article.outlet) for seen in claim.appearances.all() if seen.article and seen.article.outlet
    }
    made = claim.made_at or claim.made_on
    return [
        claim.pk,
        claim.text,
        claim.summary,
        str(claim.claimant or ""),
        claim.attribution,
        ", ".join(sorted(outlets)),
        claim.get_state_display(),
        claim.get_kind_display(),
        claim.get_language_display(),
        claim.get_risk_display(),
        claim.get_priority_display(),
        ", ".join(sorted(str(topic) for topic in claim.topics.all())),
        str(rating or ""),
        made.isoformat() if made else "",
        claim.logged_at.isoformat(),
        str(claim.logged_by or ""),
        claim.deadline.isoformat() if claim.deadline else "",
        request.build_absolute_uri(claim.get_absolute_url()),
    ]
