"""Checks on other sites: the card that may be framed anywhere, and the oEmbed endpoint that describes it.

Invariant: the card is made anew from what is public at this moment and is kept by nobody without asking, so that
a correction or a retraction stands in every frame at its next view. It sets no cookie and holds no script.
"""

from __future__ import annotations

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from claims.publish.embed import describe
from claims.publish.entries import shown_title
from claims.rules.numbers import LARGEST
from claims.selectors.corrections import overtaken_by
from claims.selectors.own_addresses import check_named_by
from claims.selectors.publications import PublishedPage, published_page
from claims.web.edges import etag_of, number


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[arg-type] # Its types know no views with ids.
def embed(request: HttpRequest, publication_id: int) -> HttpResponseBase:
    """Show the card of one check, in the language of the check."""
    published = _published(publication_id)
    if published is None:
        raise Http404(_("There is no such check, or it is not published yet."))
    snapshot = published.snapshot
    context = {
        "published": published,
        "check": snapshot,
        "headline": shown_title(snapshot, published.publication.state),
        "overtaken": overtaken_by(published.publication),
        "language": snapshot["language"],
    }
    with override(snapshot["language"]):
        body = render_to_string("claims/embed.html", context)
    etag = etag_of(body.encode())
    answer = get_conditional_response(request, etag, None, HttpResponse(body))
    assert answer is not None
    answer["ETag"] = etag
    answer["Cache-Control"] = "public, no-cache"
    answer["Content-Language"] = snapshot["language"]
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer as https://oembed.com says: 404 for an address without a card, 501 for another format than JSON.

    400 is for a missing address and for sizes that are no numbers above zero.
    """
    asked = request.GET
    sizes = {name: number(asked[name], least=1) for name in ("maxwidth", "maxheight") if name in asked}
    if not asked.get("url") or None in sizes.values():
        return _told(400, "url: required; maxwidth, maxheight: whole numbers of pixels, at least 1")
    if asked.get("format", "json") != "json":
        return _told(501, "format: only json is offered")
    published = _published(check_named_by(asked["url"]))
    if published is None:
        return _told(404, "url: no published check of this site")
    description = describe(
        published.snapshot,
        published.publication.state,
        card_url=settings.SITE_URL + reverse("embed", args=[published.publication.pk]),
        site_url=settings.SITE_URL,
        max_width=sizes.get("maxwidth"),
        max_height=sizes.get("maxheight"),
    )
    return _open_to_all(JsonResponse(description))


def _published(publication_id: int) -> PublishedPage | None:
    return published_page(publication_id) if 0 < publication_id <= LARGEST else None


def _told(status: int, sentence: str) -> HttpResponse:
    return _open_to_all(JsonResponse({"error": sentence}, status=status))


def _open_to_all(response: HttpResponse) -> HttpResponse:
    """Editors in browsers ask from their own sites; what is public may be read from anywhere."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "public, max-age=60"
    return response
