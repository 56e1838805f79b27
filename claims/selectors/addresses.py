"""Where a publication would stand, tried against this site's own routes; nothing outside is asked (gate E6)."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from claims.models import Publication
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
