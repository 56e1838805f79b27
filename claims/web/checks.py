"""The public pages of published checks: list, check, corrections. They read the snapshot, never the claim."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from claims.actions.refusals import Invalid
from claims.models import Publication
from claims.publish.claimreview import script_json
from claims.publish.entries import shown_title
from claims.publish.snapshot import SnapshotEvidence
from claims.selectors.corrections import corrections_page, overtaken_by
from claims.selectors.publications import public_publications, published_page
from claims.web.edges import id_in, number, page

PAGE_SIZE = 20


@page
def publication_list(request: HttpRequest) -> HttpResponse:
    """List the published checks, newest event first."""
    pages = Paginator(public_publications(), PAGE_SIZE)
    shown: Page[Publication] = pages.get_page(number(request.GET.get("page"), least=1) or 1)
    return render(request, "claims/publication_list.html", {"checks": shown})


@page
def publication_detail(request: HttpRequest, publication_id: int, slug: str = "") -> HttpResponse:
    """Show one check; a wrong or missing slug leads to the address that counts."""
    published = published_page(id_in(publication_id))
    if published is None:
        raise Http404(_("There is no such check, or it is not published yet."))
    if slug != published.publication.slug:
        return redirect(
            "publication_detail", published.publication.pk, published.publication.slug, permanent=True
        )
    snapshot = published.snapshot
    sides: dict[str, list[SnapshotEvidence]] = {"supports": [], "contradicts": [], "context": []}
    for cited in snapshot["evidence"]:
        sides[cited["stance"]].append(cited)
    context = {
        "published": published,
        "headline": shown_title(snapshot, published.publication.state),
        "overtaken": overtaken_by(published.publication),
        "check": snapshot,
        "sides": sides,
        # ``script_json`` escapes whatever could end the script element (gate E19).
        "markup": mark_safe(script_json(snapshot)),  # noqa: S308
    }
    return render(request, "claims/publication_detail.html", context)


@page
def corrections(request: HttpRequest) -> HttpResponse:
    """Show what was corrected and retracted, newest first."""
    try:
        shown = corrections_page(request.GET.get("before", ""))
    except ValueError:
        raise Invalid(_("This page of the log does not exist. Begin with the newest.")) from None
    return render(request, "claims/corrections.html", {"log": shown})
