"""What publishers do with what is public: start and cancel a correction, retract."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router
from pydantic import Field

from claims.actions import publication
from claims.api.callers import actor
from claims.api.check_shapes import Check, check_of
from claims.api.conditions import seen_version, versioned
from claims.api.fields import Id, Sent
from claims.api.operations import writing
from claims.selectors.published import check_with_revisions

router = Router(tags=["Publications"])


class WhySent(Sent):
    reason: str = Field(min_length=1, max_length=500, examples=["The log names five tugs."])


class RetractionSent(Sent):
    """The note is shown to readers, in place of the verdict."""

    note: str = Field(min_length=1, max_length=5_000)


@router.post(
    "/publications/{int:publication_id}/start-correction",
    summary="Start a correction",
    **writing(Check, scope="publications"),
)
def publications_start_correction(request: HttpRequest, publication_id: Id, sent: WhySent) -> Check:
    """Put the banner up and open the claim again; what stands published stays until it is replaced."""
    publication.start_correction(
        publication_id=publication_id,
        seen_version=seen_version(request),
        reason=sent.reason,
        actor=actor(request),
    )
    return _shown(request, publication_id)


@router.post(
    "/publications/{int:publication_id}/cancel-correction",
    summary="Cancel a correction",
    **writing(Check, scope="publications"),
)
def publications_cancel_correction(request: HttpRequest, publication_id: Id, sent: WhySent) -> Check:
    """Take the banner down: the published revision stands as it is."""
    publication.cancel_correction(
        publication_id=publication_id,
        seen_version=seen_version(request),
        reason=sent.reason,
        actor=actor(request),
    )
    return _shown(request, publication_id)


@router.post(
    "/publications/{int:publication_id}/retract",
    summary="Retract",
    **writing(Check, scope="publications"),
)
def publications_retract(request: HttpRequest, publication_id: Id, sent: RetractionSent) -> Check:
    """Withdraw the check in public: its page and feed entry stay and say why."""
    publication.retract_publication(
        publication_id=publication_id,
        seen_version=seen_version(request),
        note=sent.note,
        actor=actor(request),
    )
    return _shown(request, publication_id)


def _shown(request: HttpRequest, publication_id: int) -> Check:
    found = check_with_revisions(publication_id)
    assert found is not None, "These moves begin and end in public."
    versioned(request, found[0].version)
    return check_of(*found)
