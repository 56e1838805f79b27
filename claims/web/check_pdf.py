"""A published revision as a tagged PDF, from the same snapshot as its page."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from claims.models import Publication, PublishedRevision
from claims.publish.entries import shown_title
from claims.publish.pdf import PdfBusy, PdfLibraryMissing, kept_pdf, pdf_name
from claims.selectors.public_site import revision_shown
from claims.web.edges import id_in, page, refused
from claims.web.public import cacheable_seconds

STYLE = Path(__file__).resolve().parents[1] / "static" / "claims" / "check_pdf.css"
#: When to ask again where another PDF is just being made, in seconds.
ASK_AGAIN = 10


@page
@require_safe
def publication_pdf(request: HttpRequest, publication_id: int, number: int) -> HttpResponse:
    """Answer with the PDF of one revision; of a retracted check there is the tombstone alone."""
    revision = revision_shown(id_in(publication_id), min(number, 2**31 - 1))
    if revision is None:
        raise Http404(_("There is no such check, or it is not published yet."))
    publication = revision.publication
    if publication.state == "retracted":
        return redirect("publication_detail", publication.pk, publication.slug)
    html = _html(revision, publication)
    etag = quote_etag(pdf_name(html)[:32])
    known = get_conditional_response(request, etag, None)
    if isinstance(known, HttpResponse):
        answer = known
    else:
        try:
            answer = HttpResponse(kept_pdf(html, settings.VAR_DIR / "pdf"), content_type="application/pdf")
        except PdfLibraryMissing:
            return refused(
                request,
                503,
                _("The PDF needs Pango, which is not installed here. The page itself prints well."),
            )
        except PdfBusy:
            busy = refused(request, 503, _("Another PDF is being made. Ask again in a few seconds."))
            busy["Retry-After"] = str(ASK_AGAIN)
            return busy
        answer["Content-Disposition"] = f'inline; filename="check-{publication.pk}-{revision.number}.pdf"'
    answer["ETag"] = etag
    answer["Cache-Control"] = f"public, max-age={cacheable_seconds()}"
    return answer


def _html(revision: PublishedRevision, publication: Publication) -> str:
    """Return the document in the language of the publication, whoever asks."""
    snapshot = revision.snapshot
    context = {
        "check": snapshot,
        "headline": shown_title(snapshot, publication.state),
        "style": mark_safe(STYLE.read_text("utf-8")),  # noqa: S308
    }
    with override(snapshot["language"]):
        return render_to_string("claims/publication_pdf.html", context)
