"""The read interface of Google's Fact Check Tools API (v1alpha1), so that its clients can be pointed here.

Names and meaning are those of its reference: ``claims.search`` here, ``pages.list`` in ``markup_pages``
(https://developers.google.com/fact-check/tools/api/reference/rest). Empty members are left out, as there. Every
answer is from this newsroom alone; parameters of Google's own (``key`` and the like) are passed over.
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from pydantic import BeforeValidator, Field

from claims.api.cursors import seal, unseal
from claims.api.fields import CursorText, Shown, whole
from claims.api.operations import reading
from claims.api.problems import Refused
from claims.models import Publication
from claims.publish.snapshot import Snapshot
from claims.selectors.published import Asked, find_checks

TAG = "Google Fact Check Tools"
router = Router(tags=[TAG])
_MOST = 100
_DEEPEST = 10_000
QueryText = Annotated[
    str,
    Field(max_length=300, description="Needed unless reviewPublisherSiteFilter is set.", examples=["tugs"]),
]
LanguageTag = Annotated[str, Field(max_length=35, description="BCP 47; the region is passed over.")]
SiteText = Annotated[
    str, Field(max_length=253, description="Host of a publisher; only this one has answers.")
]
PageSize = Annotated[int, Field(ge=1, le=_MOST), BeforeValidator(whole)]
Days = Annotated[int, Field(ge=0, le=36_500), BeforeValidator(whole)]
Offset = Annotated[int, Field(ge=0, le=_DEEPEST), BeforeValidator(whole)]


class Publisher(Shown):
    name: str
    site: str = Field(description="Host of the publisher, without www.", examples=["check.example.org"])


class ClaimReview(Shown):
    publisher: Publisher
    url: str
    title: str
    reviewDate: str  # noqa: N815
    textualRating: str  # noqa: N815
    languageCode: str  # noqa: N815


class FoundClaim(Shown):
    text: str
    claimant: str | None = None
    claimDate: str | None = Field(None, description="RFC 3339; left out where it is not known.")  # noqa: N815
    claimReview: list[ClaimReview]  # noqa: N815


class ClaimSearchAnswer(Shown):
    claims: list[FoundClaim] | None = None
    nextPageToken: str | None = None  # noqa: N815


@router.get(
    "/claims:search",
    summary="Search fact-checked claims",
    **reading(ClaimSearchAnswer, searches=True) | {"exclude_none": True},
)
def claims_search(
    request: HttpRequest,
    query: QueryText = "",
    languageCode: LanguageTag = "",  # noqa: N803
    reviewPublisherSiteFilter: SiteText = "",  # noqa: N803
    maxAgeDays: Days | None = None,  # noqa: N803
    pageSize: PageSize = 10,  # noqa: N803
    pageToken: CursorText = "",  # noqa: N803
    offset: Offset = 0,
) -> ClaimSearchAnswer:
    """As `claims.search` of the Fact Check Tools API; publishers other than this one have no answers here."""
    if not query.strip() and not reviewPublisherSiteFilter.strip():
        raise Refused("malformed", _("Send query or reviewPublisherSiteFilter."))
    start = start_of("claims:search", pageToken, offset)
    language = languageCode.replace("_", "-").split("-")[0].lower()
    if not is_us(reviewPublisherSiteFilter) or language not in ("", "en", "uk", "ru"):
        return ClaimSearchAnswer()
    asked = Asked(words=query, language=language, max_age_days=maxAgeDays)
    rows, more = find_checks(asked, start=start, size=pageSize)
    after = token_after("claims:search", start + pageSize) if more else None
    return ClaimSearchAnswer(claims=[_claim(row) for row in rows] or None, nextPageToken=after)


def start_of(listed: str, page_token: str, offset: int) -> int:
    """Return how many answers to pass over. The offset counts only where no page token is set."""
    place = unseal(listed, page_token)
    return int(place) if place else offset


def token_after(listed: str, start: int) -> str | None:
    """Return the token of the page from ``start`` on, None where pages end."""
    return seal(listed, str(start)) if start <= _DEEPEST else None


def own_site() -> str:
    return (urlsplit(settings.SITE_URL).hostname or "").removeprefix("www.")


def is_us(site: str) -> bool:
    """Say whether a filter by publisher means this site; it is written as a host, mostly without scheme."""
    wanted = site.strip().lower()
    if not wanted:
        return True
    host = wanted.split("://", 1)[-1].split("/", 1)[0].split(":", 1)[0]
    return host.removeprefix("www.") == own_site()


def _claim(publication: Publication) -> FoundClaim:
    assert publication.current is not None, "What is public has a current revision."
    snapshot: Snapshot = publication.current.snapshot
    claimant = snapshot["claimant"]
    told: dict[str, Any] = {"claimant": claimant["name"] if claimant else None}
    return FoundClaim(
        text=snapshot["claim_reviewed"],
        claimDate=timestamp(snapshot["made"]),
        claimReview=[
            ClaimReview(
                publisher=Publisher(name=snapshot["organisation"]["name"], site=own_site()),
                url=snapshot["url"],
                title=snapshot["title"],
                reviewDate=snapshot["modified_at"],
                textualRating=snapshot["rating"]["label"],
                languageCode=snapshot["language"],
            )
        ],
        **told,
    )


def timestamp(made: str) -> str | None:
    """Return a moment as it is and a bare date as its midnight, which is how Google's answers show one."""
    if not made:
        return None
    return made if "T" in made else f"{made}T00:00:00Z"
