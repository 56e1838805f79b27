"""Public lists of checks: by claimant, topic, outlet and rating, by words, and one claim with all its verdicts."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from claims.actions.refusals import Invalid, NotFound
from claims.models import Publication
from claims.publish.entries import shown_title
from claims.search.base import SearchUnavailable
from claims.selectors import public_site
from claims.selectors.paging import CursorBroken
from claims.selectors.public_site import ChecksPage
from claims.selectors.published import BY_EVENT, Asked, find_checks, frozen_scales
from claims.selectors.topics import topics_with_checks
from claims.web.edges import id_in, number
from claims.web.public import public_page

LANGUAGES = ("en", "uk", "ru")


@public_page
def publication_list(request: HttpRequest) -> HttpResponse:
    """List the published checks, newest event first, of all languages or one (``?language=uk``)."""
    language = _language(request)
    context = {
        "checks": public_site.checks_page(public_site.checks_in(language), _place(request)),
        "topics": topics_with_checks(),
        "language": language,
        "filters": f"language={language}" if language else "",
    }
    return render(request, "claims/publication_list.html", context)


@public_page
def claimant_checks(request: HttpRequest, claimant_id: int) -> HttpResponse:
    """List the checks of what one person or body said; without one, nobody here has heard of them."""
    claimant = public_site.claimant_of(id_in(claimant_id))
    checks = public_site.checks_of_claimant(claimant, _place(request)) if claimant else None
    if claimant is None or checks is None or not checks.checks:
        raise NotFound(_("claimant"))
    return _about(request, checks, _("Who said it"), str(claimant), link=claimant.same_as)


@public_page
def outlet_checks(request: HttpRequest, outlet_id: int) -> HttpResponse:
    """List the checks of claims that were made in one outlet."""
    outlet = public_site.outlet_of(id_in(outlet_id))
    checks = public_site.checks_of_outlet(outlet, _place(request)) if outlet else None
    if outlet is None or checks is None or not checks.checks:
        raise NotFound(_("outlet"))
    return _about(request, checks, _("Where it was said"), str(outlet))


@public_page
def topic_checks(request: HttpRequest, slug: str) -> HttpResponse:
    """List the checks of one topic; a topic is public before its first check, for people subscribe to it."""
    topic = public_site.topic_of(slug)
    if topic is None:
        raise NotFound(_("topic"))
    checks = public_site.checks_page(public_site.checks_of_topic(slug), _place(request))
    return _about(request, checks, _("Topic"), str(topic))


@public_page
def rating_checks(request: HttpRequest, key: str) -> HttpResponse:
    """List the checks with one rating."""
    ratings = [rating for scale in frozen_scales() for rating in scale.ratings.all() if rating.key == key]
    if not ratings:
        raise NotFound(_("rating"))
    checks = public_site.checks_rated(key, _place(request))
    return _about(request, checks, _("Our verdict"), str(ratings[-1]))


@public_page
def public_claim(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Show a claim that readers know: where it was said, and every verdict on it, in every language."""
    known = public_site.public_claim(id_in(claim_id))
    if known is None:
        raise NotFound(_("claim"))
    titles = {
        check.pk: shown_title(check.current.snapshot, check.state) for check in known.checks if check.current
    }
    context = {
        "known": known,
        "said": known.snapshot,
        "titles": titles,
        "url": known.snapshot["claim_iri"],
        "topics": known.claim.topics.all(),
    }
    return render(request, "claims/public_claim.html", context)


@public_page
def find(request: HttpRequest) -> HttpResponse:
    """Answer a reader's words (``q``) with published checks, in any of the three languages and scripts."""
    words = " ".join(request.GET.get("q", "").replace("\x00", " ").split())
    start = number(request.GET.get("start")) or 0
    found: list[Publication] = []
    more, is_away = False, False
    if words:
        try:
            found, more = find_checks(
                Asked(words, _language(request)), start=min(start, 1_000), size=public_site.PAGE_SIZE
            )
        except SearchUnavailable:
            is_away = True
    context = {
        "words": words,
        "found": found,
        "is_away": is_away,
        "next": start + public_site.PAGE_SIZE if more else None,
        "language": _language(request),
    }
    return render(request, "claims/public_search.html", context)


@public_page
def methodology(request: HttpRequest) -> HttpResponse:
    """Say how a check is made, and what every version of the rating scale means."""
    context = {"scales": frozen_scales(), "organisation": settings.ORGANISATION_NAME}
    return render(request, "claims/methodology.html", context)


def _language(request: HttpRequest) -> str:
    language = request.GET.get("language", "")
    if language and language not in LANGUAGES:
        raise Invalid(_("Checks are published in English, Ukrainian and Russian."))
    return language


def _place(request: HttpRequest) -> str:
    """Return the place that the page begins at, or refuse one that no page has given."""
    place = request.GET.get("before", "")
    try:
        if place:
            BY_EVENT.cursor(place, backward=False)
    except CursorBroken:
        raise Invalid(_("This page of the list does not exist. Begin with the newest.")) from None
    return place


def _about(
    request: HttpRequest, checks: ChecksPage, kicker: str, heading: str, link: str = ""
) -> HttpResponse:
    context = {"checks": checks, "kicker": kicker, "heading": heading, "link": link}
    return render(request, "claims/checks_about.html", context)
