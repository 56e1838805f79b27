"""Claims: the desk's list, logging, editing what describes them, taking them, asking for evidence."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from claims.actions.claims import Selection, ask_for_evidence, edit_claim, log_claim
from claims.actions.queue import release_claim, take_claim
from claims.actions.refusals import NotFound
from claims.api.callers import actor
from claims.api.conditions import seen_version, versioned
from claims.api.cursors import newest_page
from claims.api.desk_shapes import ClaimList, ClaimWithPlaces, JobShape, claim_of, claim_with_places, job_of
from claims.api.fields import BodyId, CursorText, Day, Id, Limit, Sent
from claims.api.operations import reading, writing
from claims.models import Claim
from claims.selectors import api_rows
from claims.selectors.claims import ClaimFilter, gather_job

router = Router(tags=["Claims"])
Kind = Literal["duration", "count", "date", "attendance", "quote", "event", "image", "video", "other"]
State = Literal["logged", "checking", "concluded", "not_checkable", "already_checked", "merged"]
AnyLanguage = Literal["en", "uk", "ru", "other"]


class SelectionSent(Sent):
    """Words of an article: code points `[start, end)` of its text."""

    article_id: BodyId
    start: int = Field(strict=True, ge=0, le=2**31 - 1)
    end: int = Field(strict=True, ge=1, le=2**31 - 1)


class ClaimSent(Sent):
    """Say where it was made: a selection in an article, an address, or a description."""

    desk_id: BodyId
    text: str = Field(min_length=1, max_length=2_000, examples=["Four tugs entered the harbour."])
    selection: SelectionSent | None = None
    url: str = Field("", max_length=2_000, pattern=r"^(https?://[!-~]+)?$")
    offline_origin: str = Field("", max_length=500, examples=["Radio interview, 4 March"])
    language: AnyLanguage | None = Field(None, description="Found out where it is left out.")
    kind: Kind = "other"
    summary: str = Field("", max_length=300)
    claimant: str = Field("", max_length=200, description="Who made it; empty where unknown.")
    claimant_kind: Literal["Person", "Organization"] | None = Field(
        None, description="Say it where a claimant is named; nothing is guessed."
    )
    attribution: str = Field("", max_length=300, description="Who reported it and how.")
    made_on: Day | None = None
    topic: str = Field("", max_length=80)


class ClaimEdit(Sent):
    """What describes a claim; what is left out stays. Its words as said never change."""

    summary: str | None = Field(None, max_length=300)
    kind: Kind | None = None
    attribution: str | None = Field(None, max_length=300)
    topic: str | None = Field(None, max_length=80)


@router.get("/claims", summary="List claims", **reading(ClaimList, scope="read"))
def claims_list(
    request: HttpRequest,
    state: State | None = None,
    kind: Kind | None = None,
    language: AnyLanguage | None = None,
    mine: bool = False,
    cursor: CursorText | None = None,
    limit: Limit = 30,
) -> ClaimList:
    """The claims of your desks, newest first, without those that you keep out of."""
    who = actor(request)
    wanted = ClaimFilter(state or "", kind or "", language or "", who.person_id if mine else None)
    rows, after = newest_page(wanted.apply(api_rows.claims_for(who)), "claims", cursor, limit)
    return ClaimList(claims=[claim_of(row) for row in rows], next_cursor=after)


@router.post(
    "/claims", summary="Log a claim", **writing(ClaimWithPlaces, scope="claims", changes=False, status=201)
)
def claims_log(request: HttpRequest, sent: ClaimSent) -> Status[ClaimWithPlaces]:
    """Evidence is asked for at once; the answer has the job. The same quotation is logged once (409)."""
    chosen = sent.selection
    claim = log_claim(
        desk_id=sent.desk_id,
        text=sent.text,
        selection=Selection(chosen.article_id, chosen.start, chosen.end) if chosen else None,
        url=sent.url,
        offline_origin=sent.offline_origin,
        language=sent.language or "",
        kind=sent.kind,
        summary=sent.summary,
        claimant_name=sent.claimant,
        claimant_kind=sent.claimant_kind or "",
        attribution=sent.attribution,
        made_on=sent.made_on,
        topic=sent.topic,
        actor=actor(request),
    )
    return Status(201, _shown(request, claim.pk))


@router.get("/claims/{int:claim_id}", summary="Read a claim", **reading(ClaimWithPlaces, scope="read"))
def claims_read(request: HttpRequest, claim_id: Id) -> ClaimWithPlaces:
    """The claim, where it was made, and the job that gathers its evidence."""
    return _told(request, _claim(request, claim_id))


@router.patch("/claims/{int:claim_id}", summary="Edit a claim", **writing(ClaimWithPlaces, scope="claims"))
def claims_edit(request: HttpRequest, claim_id: Id, sent: ClaimEdit) -> ClaimWithPlaces:
    """Change what describes the claim."""
    seen, before = seen_version(request), _claim(request, claim_id)
    told = {name: getattr(before, name) for name in ("summary", "kind", "attribution", "topic")}
    told |= {name: value for name, value in sent.model_dump().items() if value is not None}
    edit_claim(claim_id=claim_id, seen_version=seen, actor=actor(request), **told)
    return _shown(request, claim_id)


@router.post(
    "/claims/{int:claim_id}/take", summary="Take a claim", **writing(ClaimWithPlaces, scope="claims")
)
def claims_take(request: HttpRequest, claim_id: Id) -> ClaimWithPlaces:
    """Hold the claim for 15 minutes; every piece of work on it prolongs that."""
    take_claim(claim_id=claim_id, seen_version=seen_version(request), actor=actor(request))
    return _shown(request, claim_id)


@router.post(
    "/claims/{int:claim_id}/release", summary="Give a claim back", **writing(ClaimWithPlaces, scope="claims")
)
def claims_release(request: HttpRequest, claim_id: Id) -> ClaimWithPlaces:
    """Give the claim that you hold back to the queue."""
    release_claim(claim_id=claim_id, seen_version=seen_version(request), actor=actor(request))
    return _shown(request, claim_id)


@router.post(
    "/claims/{int:claim_id}/gather",
    summary="Gather evidence again",
    **writing(JobShape, scope="claims", changes=False, status=202),
)
def claims_gather(request: HttpRequest, claim_id: Id) -> Status[JobShape]:
    """Have evidence gathered again; the answer is the job."""
    claim = ask_for_evidence(claim_id=claim_id, actor=actor(request))
    job = job_of(gather_job(claim))
    assert job is not None, "It was enqueued in this very request."
    return Status(202, job)


def _claim(request: HttpRequest, claim_id: int) -> Claim:
    claim = api_rows.claim_for(actor(request), claim_id)
    if claim is None:
        raise NotFound(_("claim"))
    return claim


def _shown(request: HttpRequest, claim_id: int) -> ClaimWithPlaces:
    """Show what an action has just written."""
    return _told(request, api_rows.changed_claim(claim_id))


def _told(request: HttpRequest, claim: Claim) -> ClaimWithPlaces:
    versioned(request, claim.version)
    return claim_with_places(claim, claim.appearances.all(), gather_job(claim))
