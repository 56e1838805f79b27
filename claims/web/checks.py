"""One published check: its page, each of its revisions, and the log of corrections. They read the snapshot."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from claims.actions.refusals import Invalid
from claims.models import Publication
from claims.publish.claimreview import in_script, retraction, script_json
from claims.publish.entries import shown_title
from claims.publish.share_image import can_draw
from claims.publish.snapshot import Snapshot, SnapshotEvidence
from claims.selectors.corrections import corrections_page, overtaken_by
from claims.selectors.public_site import checks_of_claim, revision_shown, translations_of
from claims.selectors.publications import published_page
from claims.selectors.topics import topics_of
from claims.selectors.verdicts import iso_utc
from claims.web.edges import id_in
from claims.web.public import public_page, speak


@public_page
def publication_detail(request: HttpRequest, publication_id: int, slug: str = "") -> HttpResponse:
    """Show one check; a wrong or missing slug leads to the address that counts."""
    published = published_page(id_in(publication_id))
    if published is None:
        raise Http404(_("There is no such check, or it is not published yet."))
    publication, snapshot = published.publication, published.snapshot
    if slug != publication.slug:
        return redirect("publication_detail", publication.pk, publication.slug, permanent=True)
    speak(request, publication.language)
    context = _shown(snapshot, publication) | {
        "published": published,
        "overtaken": overtaken_by(publication),
        "translations": translations_of(checks_of_claim(publication.claim_id)),
        "topics": topics_of(publication.claim_id),
        "claimant_id": publication.claim.claimant_id if snapshot["claimant"] else None,
        "markup": _markup(snapshot, publication),
        "image": _image(publication),
    }
    return render(request, "claims/publication_detail.html", context)


@public_page
def publication_revision(request: HttpRequest, publication_id: int, number: int) -> HttpResponse:
    """Show a check as it was published once; of a retracted one, the tombstone is all there is."""
    revision = revision_shown(id_in(publication_id), min(number, 2**31 - 1))
    if revision is None:
        raise Http404(_("There is no such check, or it is not published yet."))
    publication = revision.publication
    published = published_page(publication.pk)
    if published is None or published.is_retracted:
        return redirect("publication_detail", publication.pk, publication.slug)
    speak(request, publication.language)
    context = _shown(revision.snapshot, publication) | {"published": published, "archived": revision}
    return render(request, "claims/publication_revision.html", context)


def _shown(snapshot: Snapshot, publication: Publication) -> dict[str, Any]:
    sides: dict[str, list[SnapshotEvidence]] = {"supports": [], "contradicts": [], "context": []}
    for cited in snapshot["evidence"]:
        sides[cited["stance"]].append(cited)
    return {"headline": shown_title(snapshot, publication.state), "check": snapshot, "sides": sides}


def _image(publication: Publication) -> str:
    """Return the address of the picture for other sites, "" where none can be drawn here."""
    if not can_draw():
        return ""
    return settings.SITE_URL + reverse("publication_image", args=[publication.pk, publication.version])


def _markup(snapshot: Snapshot, publication: Publication) -> str:
    """Return what stands in the page for programs; whatever could end the script is escaped (gate E19)."""
    if publication.state != "retracted":
        return mark_safe(script_json(snapshot))  # noqa: S308
    told = retraction(snapshot, publication.retraction_note, iso_utc(publication.event_at))
    return mark_safe(in_script(told))  # noqa: S308


@public_page
def corrections(request: HttpRequest) -> HttpResponse:
    """Show what was corrected and retracted, newest first."""
    try:
        shown = corrections_page(request.GET.get("before", ""))
    except ValueError:
        raise Invalid(_("This page of the log does not exist. Begin with the newest.")) from None
    return render(request, "claims/corrections.html", {"log": shown})
