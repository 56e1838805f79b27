"""Where things stand on this site: a publication, tried against the site's own routes and nothing outside
(gate E6), and a claim at the review desk."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from claims.models import Claim, Publication
from claims.rules.dossier import PlannedAddress

#: The route of a published page; it redirects only where the slug is not the publication's own.
_ROUTE = "publication_detail"


def planned_address(publication: Publication, url: str) -> PlannedAddress:
    """Return how ``url`` would stand for ``publication``. No query."""
    return PlannedAddress(
        url=url, site_url=settings.SITE_URL, answers_itself=_leads_to(publication, urlsplit(url).path)
    )


def _leads_to(publication: Publication, path: str) -> bool:
    try:
        match = resolve(path)
    except Resolver404:
        return False
    own = {"publication_id": publication.pk, "slug": publication.slug}
    return match.url_name == _ROUTE and match.kwargs == own


def review_address(claim: Claim, person: object) -> str:
    """Return the address of ``claim`` at the review desk, "" for a person who may not enter it."""
    if not getattr(person, "is_staff", False):
        return ""
    try:
        return reverse("admin:claims_claim_change", args=[claim.pk])
    except NoReverseMatch:
        return ""
