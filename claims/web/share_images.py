"""The picture that other sites show beside a link to a check, drawn from its snapshot as it stands now."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from claims.publish.share_image import can_draw, share_image, words_of
from claims.selectors.publications import published_page
from claims.web.edges import etag_of, id_in, page
from claims.web.public import cacheable_seconds


@page
@require_safe
def publication_image(request: HttpRequest, publication_id: int, version: int) -> HttpResponse:
    """Answer with the picture of the present state, so that no address shows a verdict that was withdrawn.

    ``version`` only gives each state another address, for sites that keep pictures by address.
    """
    published = published_page(id_in(publication_id))
    if published is None or not can_draw():
        raise Http404(_("There is no such check, or it is not published yet."))
    snapshot = published.snapshot
    with override(snapshot["language"]):
        note = _("Demonstration") if snapshot["is_demonstration"] else ""
    picture = share_image(words_of(snapshot, published.publication.state, note=note))
    etag = etag_of(picture)
    known = get_conditional_response(request, etag, None)
    answer = known if isinstance(known, HttpResponse) else HttpResponse(picture, content_type="image/png")
    answer["ETag"] = etag
    answer["Cache-Control"] = f"public, max-age={cacheable_seconds()}"
    return answer
