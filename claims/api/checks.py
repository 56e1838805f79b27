"""The public part: checks, checked claims, scales, search and similar claims, for everybody without a token."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from claims.actions.refusals import NotFound
from claims.api.check_shapes import (
    Check,
    CheckContent,
    CheckedClaimList,
    CheckedClaimShape,
    CheckList,
    CheckSummary,
    RatingScaleList,
    check_of,
    claim_of,
    content_of,
    scale_of,
    summary_of,
)
from claims.api.conditions import versioned
from claims.api.cursors import seal, unseal
from claims.api.fields import CursorText, Id, Limit, Moment, Sent, Shown
from claims.api.operations import asking, reading
from claims.api.problems import Refused
from claims.selectors import published
from claims.selectors.feeds import FeedQuestion, filter_names
from claims.selectors.reason_wording import word_reason

router = Router(tags=["Published"])
PublicLanguage = Literal["en", "uk", "ru"]
Slug = Annotated[str, Field(pattern="^[-A-Za-z0-9_]{1,60}$", examples=["health"])]
SearchText = Annotated[str, Field(min_length=1, max_length=300, examples=["tugs in the harbour"])]


class SearchAnswer(Shown):
    publications: list[CheckSummary]


class SimilarAsked(Sent):
    text: str = Field(min_length=1, max_length=2_000, examples=["Four tugs entered the harbour."])
    language: PublicLanguage | None = Field(None, description="Only checks in this language.")


class SharedPart(Shown):
    """One thing that both claims say, or in which they differ; spans are code points `[start, end)`."""

    code: str = Field(examples=["shared_name"])
    sentence: str
    in_text: tuple[int, int] | None
    in_claim: tuple[int, int] | None


class SimilarCheckShape(Shown):
    kinship: str = Field(description="same, other_figure (the same words with another figure) or related.")
    share: float = Field(description="How much of both is shared, 0 to 1.")
    reasons: list[SharedPart]
    check: CheckSummary


class SimilarAnswer(Shown):
    similar: list[SimilarCheckShape]


@router.get("/publications", summary="List published checks, newest event first", **reading(CheckList))
def checks_list(
    request: HttpRequest,
    language: PublicLanguage | None = None,
    topic: Slug | None = None,
    claimant: Id | None = None,
    rating: Slug | None = None,
    changed_since: Moment | None = None,
    cursor: CursorText | None = None,
    limit: Limit = 30,
) -> CheckList:
    """Retracted checks stay in the list, with their note and without their verdict. `changed_since` narrows it to
    checks with an event since then. With `rating`, checks stay that were corrected away from it, so that whoever
    took them there learns of it. What a filter names has to exist, or the answer is 422."""
    question = FeedQuestion(language or "", topic or "", claimant, rating or "")
    try:
        filter_names(question, "en")
    except LookupError as unknown:
        raise Refused("invalid", _("%(filter)s: unknown.") % {"filter": unknown.args[0]}) from unknown
    rows, place = published.checks_page(
        question, changed_since=changed_since, place=unseal("publications", cursor), size=limit
    )
    return CheckList(
        publications=[summary_of(row) for row in rows],
        next_cursor=seal("publications", place) if place else None,
    )


@router.get("/publications/{int:publication_id}", summary="Read a check", **reading(Check))
def checks_read(request: HttpRequest, publication_id: Id) -> Check:
    """The check as it stands now, with its content and the list of its revisions."""
    found = published.check_with_revisions(publication_id)
    if found is None:
        raise NotFound(_("publication"))
    versioned(request, found[0].version)
    return check_of(*found)


@router.get(
    "/publications/{int:publication_id}/revisions/{int:number}",
    summary="Read a former revision",
    **reading(CheckContent),
)
def checks_revision(request: HttpRequest, publication_id: Id, number: Id) -> CheckContent:
    """A revision exactly as it was published; those of a retracted check are withdrawn with it."""
    revision = published.published_revision(publication_id, min(number, 2**31 - 1))
    if revision is None:
        raise NotFound(_("publication"))
    return content_of(revision.snapshot)


@router.get("/published-claims", summary="List claims that were checked", **reading(CheckedClaimList))
def checked_claims_list(
    request: HttpRequest, cursor: CursorText | None = None, limit: Limit = 30
) -> CheckedClaimList:
    """Claims with public checks, newest first, each with its checks in all languages."""
    place = unseal("published-claims", cursor)
    claims, before = published.checked_claims(int(place) if place else None, limit)
    return CheckedClaimList(
        claims=[claim_of(claim) for claim in claims],
        next_cursor=None if before is None else seal("published-claims", str(before)),
    )


@router.get("/published-claims/{int:claim_id}", summary="Read a checked claim", **reading(CheckedClaimShape))
def checked_claims_read(request: HttpRequest, claim_id: Id) -> CheckedClaimShape:
    """The claim as published: where it was made, by whom, and its checks in all languages."""
    claim = published.checked_claim(claim_id)
    if claim is None:
        raise NotFound(_("claim"))
    return claim_of(claim)


@router.get("/rating-scales", summary="List the rating scales", **reading(RatingScaleList))
def rating_scales(request: HttpRequest) -> RatingScaleList:
    """Every version of every scale that checks were or may be published on."""
    return RatingScaleList(scales=[scale_of(scale) for scale in published.frozen_scales()])


@router.get("/search", summary="Search published checks", **reading(SearchAnswer, searches=True))
def search(
    request: HttpRequest,
    query: SearchText,
    language: PublicLanguage | None = None,
    limit: Limit = 30,
) -> SearchAnswer:
    """Words in any of the three languages and scripts find checks in all of them, best first."""
    asked = published.Asked(words=query, language=language or "")
    rows, _more = published.find_checks(asked, start=0, size=limit)
    return SearchAnswer(publications=[summary_of(row) for row in rows])


@router.post("/similar-claims", summary="Has this been checked?", **asking(SimilarAnswer))
def similar_claims(request: HttpRequest, asked: SimilarAsked) -> SimilarAnswer:
    """Checks of claims that say much the same as a text, nearest first, with what both share. Nothing is kept."""
    found = published.similar_checks(asked.text, language=asked.language or "")
    return SimilarAnswer(similar=[_similar(each) for each in found])


def _similar(found: published.SimilarCheck) -> SimilarCheckShape:
    reasons = [
        SharedPart(
            code=reason.code,
            sentence=word_reason({"code": reason.code, "details": dict(reason.details)}),
            in_text=(reason.claim_span.start, reason.claim_span.end) if reason.claim_span else None,
            in_claim=(reason.passage_span.start, reason.passage_span.end) if reason.passage_span else None,
        )
        for reason in found.reasons
    ]
    return SimilarCheckShape(
        kinship=found.kinship,
        share=round(found.share, 4),
        reasons=reasons,
        check=summary_of(found.publication),
    )
