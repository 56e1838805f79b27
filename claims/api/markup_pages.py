"""``pages.list`` of Google's Fact Check Tools API: the pages of this site that carry ClaimReview markup.

Names and meaning are those of its reference
(https://developers.google.com/fact-check/tools/api/reference/rest/v1alpha1/pages); it is read here without a
token, for the pages are public. Empty members are left out. A retracted check carries no ClaimReview.
"""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import Field

from claims.api.factchecktools import TAG, Offset, PageSize, is_us, start_of, timestamp, token_after
from claims.api.fields import CursorText, Shown
from claims.api.operations import reading
from claims.api.problems import Refused
from claims.models import Publication
from claims.publish.snapshot import Snapshot
from claims.selectors.own_addresses import check_named_by
from claims.selectors.published import Asked, find_checks, standing_check

router = Router(tags=[TAG])
PageAddress = Annotated[
    str, Field(max_length=2_000, description="Address of one page; not together with organization.")
]
OrganizationText = Annotated[
    str,
    Field(
        max_length=253, description="Host of a publisher; only this one has pages.", examples=["127.0.0.1"]
    ),
]


class ReviewAuthor(Shown):
    name: str


class ClaimAuthor(Shown):
    name: str
    sameAs: str | None = None  # noqa: N815


class MarkupRating(Shown):
    """The numbers are left out where the rating is text only."""

    textualRating: str  # noqa: N815
    ratingExplanation: str  # noqa: N815
    ratingValue: int | None = None  # noqa: N815
    worstRating: int | None = None  # noqa: N815
    bestRating: int | None = None  # noqa: N815


class Markup(Shown):
    url: str
    claimReviewed: str  # noqa: N815
    claimDate: str | None = None  # noqa: N815
    claimFirstAppearance: str | None = None  # noqa: N815
    claimAppearances: list[str] | None = None  # noqa: N815
    claimAuthor: ClaimAuthor | None = None  # noqa: N815
    rating: MarkupRating


class MarkupPage(Shown):
    name: str = Field(examples=["pages/17"])
    pageUrl: str  # noqa: N815
    publishDate: str = Field(description="RFC 3339.")  # noqa: N815
    claimReviewAuthor: ReviewAuthor  # noqa: N815
    claimReviewMarkups: list[Markup]  # noqa: N815
    versionId: str = Field(description="The number of the revision that stands.")  # noqa: N815


class MarkupPageList(Shown):
    claimReviewMarkupPages: list[MarkupPage] | None = None  # noqa: N815
    nextPageToken: str | None = None  # noqa: N815


@router.get(
    "/pages",
    summary="List pages with ClaimReview markup",
    **reading(MarkupPageList) | {"exclude_none": True},
)
def pages_list(
    request: HttpRequest,
    url: PageAddress = "",
    organization: OrganizationText = "",
    pageSize: PageSize = 10,  # noqa: N803
    pageToken: CursorText = "",  # noqa: N803
    offset: Offset = 0,
) -> MarkupPageList:
    """As `pages.list` of the Fact Check Tools API: one page by its `url`, or those of this `organization`, newest
    first. The address in the answer is the one that counts, whichever was asked for."""
    if bool(url.strip()) == bool(organization.strip()):
        raise Refused("malformed", _("Send either url or organization."))
    if url.strip():
        found = standing_check(check_named_by(url.strip()))
        return MarkupPageList(claimReviewMarkupPages=[_page(found)] if found else None)
    start = start_of("pages", pageToken, offset)
    if not is_us(organization):
        return MarkupPageList()
    rows, more = find_checks(Asked(), start=start, size=pageSize)
    return MarkupPageList(
        claimReviewMarkupPages=[_page(row) for row in rows] or None,
        nextPageToken=token_after("pages", start + pageSize) if more else None,
    )


def _page(publication: Publication) -> MarkupPage:
    assert publication.current is not None, "What is public has a current revision."
    snapshot: Snapshot = publication.current.snapshot
    return MarkupPage(
        name=f"pages/{publication.pk}",
        pageUrl=snapshot["url"],
        publishDate=snapshot["first_published_at"],
        claimReviewAuthor=ReviewAuthor(name=snapshot["organisation"]["name"]),
        claimReviewMarkups=[_markup(snapshot)],
        versionId=str(snapshot["revision"]),
    )


def _markup(snapshot: Snapshot) -> Markup:
    rating, claimant = snapshot["rating"], snapshot["claimant"]
    numbers: dict[str, Any] = {}
    if rating["value"] is not None:
        numbers = {
            "ratingValue": rating["value"],
            "worstRating": rating["worst"],
            "bestRating": rating["best"],
        }
    places = [place for place in snapshot["appearances"] if place["url"]]
    return Markup(
        url=snapshot["url"],
        claimReviewed=snapshot["claim_reviewed"],
        claimDate=timestamp(snapshot["made"]),
        claimFirstAppearance=next((place["url"] for place in places if place["is_first"]), None),
        claimAppearances=[place["url"] for place in places if not place["is_first"]] or None,
        claimAuthor=(
            ClaimAuthor(name=claimant["name"], sameAs=claimant["same_as"] or None) if claimant else None
        ),
        rating=MarkupRating(textualRating=rating["label"], ratingExplanation=snapshot["summary"], **numbers),
    )
