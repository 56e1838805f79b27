"""The edge that every page shares: who asks, what the address holds, and refusals as answers.

Invariant: a refusal of an action becomes its status and its sentence here and nowhere else; what belongs to
another desk answers like what does not exist.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.shortcuts import render
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from claims.actions.refusals import Conflict, IllegalMove, Invalid, NotAllowed, NotFound
from claims.models import Job
from claims.rules.numbers import LARGEST, whole_number
from claims.rules.permissions import Actor
from claims.selectors.people import actor_of

P = ParamSpec("P")
#: What a view answers with: a page, or a file in pieces, which is no ``HttpResponse`` by type.
R = TypeVar("R", bound=HttpResponseBase)

#: How often a page asks again while something is under way, in seconds.
POLL_SECONDS = 2


def page(
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
    """Let ``view`` raise refusals: they become 400, 403, 404 or 409 with the sentence for the person."""

    @functools.wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotFound as refusal:
            raise Http404(str(refusal)) from refusal
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except (Conflict, IllegalMove) as refusal:
            return refused(request, 409, str(refusal))
        except Invalid as refusal:
            return refused(request, 400, str(refusal))

    return answered


def desk_page(
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
    """A page for signed-in people of a desk; everyone else is asked to sign in first."""
    return login_required(page(view))


def refused(request: HttpRequest, status: int, sentence: str) -> HttpResponse:
    """Answer with the page of ``status`` and why."""
    titles = {
        400: _("This could not be taken"),
        403: _("This is not yours to do"),
        404: _("There is no such page"),
        409: _("Someone was faster"),
        429: _("One after the other"),
        503: _("Not now"),
    }
    context = {"heading": titles[status], "sentence": sentence, "status": status}
    return render(request, "refused.html", context, status=status)


def actor(request: HttpRequest) -> Actor:
    """Return who asks, read once per request."""
    held: Actor | None = getattr(request, "_actor", None)
    if held is None:
        held = actor_of(request.user)
        request._actor = held  # type: ignore[attr-defined]
    return held


def own_desk(request: HttpRequest) -> int:
    """Return the desk that new work goes to: the one that was asked for, else the person's first."""
    desks = sorted(actor(request).roles)
    asked = whole_number(request.POST.get("desk"))
    if asked in desks:
        return asked
    if not desks:
        raise NotAllowed("work", _("You belong to no desk yet. Ask an administrator to add you to one."))
    return desks[0]


def id_in(value: int) -> int:
    """Return an id of an address, or raise ``NotFound`` where no row can have it."""
    if not 0 < value <= LARGEST:
        raise NotFound(_("page"))
    return value


def number(text: str | None, *, least: int = 0) -> int | None:
    """Return the whole number that a parameter holds, or None for anything else."""
    found = whole_number(text)
    return found if found is not None and found >= least else None


def job_stamp(job: Job | None) -> tuple[object, ...]:
    """Return the parts of an ETag that tell how far a job is; none where there is no job."""
    return (job.pk, job.state, job.starts, job.done_steps, job.last_error) if job else ()


def etag_of(shown: bytes) -> str:
    """Return a strong ETag, quoted, that stands for ``shown`` and for nothing else."""
    return quote_etag(hashlib.sha256(shown).hexdigest()[:32])


def unchanged_or(
    request: HttpRequest, parts: tuple[Any, ...], answer: Callable[[], HttpResponse]
) -> HttpResponse:
    """Answer 304 where the browser holds what ``parts`` stand for, else ``answer()`` with their ETag."""
    told = "\x1f".join(map(str, (*parts, request.user.pk, request.LANGUAGE_CODE)))
    etag = etag_of(told.encode())
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = answer()
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response
