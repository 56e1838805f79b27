"""A passage in the reader's language, by the operator's service: asked for with a button, shown when it is made."""

from __future__ import annotations

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from claims.actions.refusals import NotFound
from claims.actions.translation import ask_for_translation
from claims.selectors.translations import is_passage, translation_of, translation_service, translations_into
from claims.web.edges import POLL_SECONDS, actor, desk_page, id_in


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def translation(request: HttpRequest, passage_id: int) -> HttpResponse:
    """POST has the passage translated and goes back; GET is the translation alone, as a page polls it."""
    if request.method == "POST":
        target = request.POST.get("target", "")
        ask_for_translation(passage_id=id_in(passage_id), target=target, actor=actor(request))
        page = _page_to_return_to(request.POST.get("next", ""), request)
        return redirect(f"{page}#translation-{passage_id}")
    if not is_passage(id_in(passage_id)):
        raise NotFound(_("passage"))
    target = request.GET.get("target", "")[:8]
    context = {
        "passage_id": id_in(passage_id),
        "target": target,
        "translation": translation_of(passage_id, target),
        "may_translate": bool(translation_service()),
        "page": _page_to_return_to(request.GET.get("next", ""), request),
        "poll_seconds": POLL_SECONDS,
    }
    return render(request, "claims/partials/_translation.html", context)


def translations_shown(request: HttpRequest, passage_ids: Collection[int]) -> dict[str, object]:
    """Return what a page with these passages gives to the tag ``translation_of``. One query."""
    return {
        "translations": translations_into(request.LANGUAGE_CODE, passage_ids),
        "service": translation_service(),
        "poll_seconds": POLL_SECONDS,
    }


def _page_to_return_to(asked: str, request: HttpRequest) -> str:
    """Return the page of this site that was asked for, the first page for any other address."""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()})
    return asked.partition("#")[0] if ours else "/"
