"""Clients of Google's Fact Check Tools API are pointed here: the same names, the same meaning."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from claims.models import Publication
from tests.api.conftest import Program, indexed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("engine")]


def published(program: Program, **fields: object) -> Publication:
    newsroom = program.newsroom
    claim = newsroom.weighed_claim(**fields)
    revision = newsroom.published(newsroom.approved(newsroom.submitted(newsroom.draft(claim))))
    indexed(revision.publication.claim)
    return revision.publication


def search(program: Program, **query: object) -> object:
    answer = program.client.get("/api/v1alpha1/claims:search", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_an_answer_has_the_shape_of_the_reference(program: Program) -> None:
    publication = published(program)
    assert publication.first_published_at is not None
    assert search(program, query="tugs in the harbour", languageCode="en-US", key="of-google") == {
        "claims": [
            {
                "text": "Four tugs entered the harbour that morning.",
                "claimant": "Port Authority",
                "claimDate": "2026-02-03T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": settings.ORGANISATION_NAME, "site": "127.0.0.1"},
                        "url": f"{settings.SITE_URL}{publication.get_absolute_url()}",
                        "title": "How many tugs entered the harbour?",
                        "reviewDate": f"{publication.first_published_at:%Y-%m-%dT%H:%M:%SZ}",
                        "textualRating": "True",
                        "languageCode": "en",
                    }
                ],
            }
        ]
    }


def test_what_is_not_known_is_left_out(program: Program) -> None:
    published(program, claimant=None, made_on=None)
    (claim,) = search(program, query="tugs")["claims"]  # type: ignore[index]
    assert set(claim) == {"text", "claimReview"}


def test_nothing_found_is_an_empty_object(program: Program) -> None:
    published(program)
    assert search(program, query="zebra") == {}
    assert search(program, query="tugs", languageCode="uk") == {}
    assert search(program, query="tugs", languageCode="sr-Latn") == {}
    assert search(program, query="tugs", reviewPublisherSiteFilter="example.org") == {}


@pytest.mark.parametrize("site", ["127.0.0.1", "http://127.0.0.1:8000/", "www.127.0.0.1", "127.0.0.1/checks"])
def test_this_site_is_a_publisher_like_any(program: Program, site: str) -> None:
    published(program)
    assert len(search(program, reviewPublisherSiteFilter=site)["claims"]) == 1  # type: ignore[index]


def test_pages_follow_by_token_or_offset(program: Program) -> None:
    for _each in range(5):
        published(program, made_on=date(2026, 2, 3))
    first = search(program, query="tugs", pageSize=2)
    second = search(program, query="tugs", pageSize=2, pageToken=first["nextPageToken"])  # type: ignore[index]
    third = search(program, query="tugs", pageSize=2, offset=4)
    assert "nextPageToken" not in third  # type: ignore[operator]
    told = [claim["claimReview"][0]["url"] for page in (first, second, third) for claim in page["claims"]]  # type: ignore[index]
    assert len(set(told)) == 5
    # Where a page token is set, the offset counts for nothing.
    again = search(program, query="tugs", pageSize=2, offset=4, pageToken=first["nextPageToken"])  # type: ignore[index]
    assert again == second


def test_an_old_check_is_left_out_by_its_age(program: Program) -> None:
    publication = published(program)
    Publication.objects.filter(pk=publication.pk).update(modified_at=timezone.now() - timedelta(days=40))
    assert search(program, query="tugs", maxAgeDays=30) == {}
    assert search(program, query="tugs", maxAgeDays=41) != {}


@pytest.mark.parametrize(
    "query",
    ["", "query=", "query=%20", "query=x&pageToken=forged", "query=x&pageSize=0", "query=x&offset=-1"],
)
def test_a_question_that_cannot_be_asked_is_refused(program: Program, query: str) -> None:
    answer = program.get(f"/v1alpha1/claims:search?{query}")
    assert answer.status_code in (400, 422)
    assert answer["Content-Type"] == "application/problem+json"


# --- pages.list ---------------------------------------------------------------------------------------


def pages(program: Program, **query: object) -> object:
    answer = program.client.get("/api/v1alpha1/pages", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_page_has_the_shape_of_the_reference(program: Program) -> None:
    publication = published(program)
    assert publication.first_published_at is not None
    address = f"{settings.SITE_URL}{publication.get_absolute_url()}"
    told = {
        "claimReviewMarkupPages": [
            {
                "name": f"pages/{publication.pk}",
                "pageUrl": address,
                "publishDate": f"{publication.first_published_at:%Y-%m-%dT%H:%M:%SZ}",
                "claimReviewAuthor": {"name": settings.ORGANISATION_NAME},
                "claimReviewMarkups": [
                    {
                        "url": address,
                        "claimReviewed": "Four tugs entered the harbour that morning.",
                        "claimDate": "2026-02-03T00:00:00Z",
                        "claimFirstAppearance": "https://news.example.org/harbour",
                        "claimAuthor": {"name": "Port Authority"},
                        "rating": {
                            "textualRating": "True",
                            "ratingExplanation": "The harbour log and two reporters agree on four.",
                            "ratingValue": 5,
                            "worstRating": 1,
                            "bestRating": 5,
                        },
                    }
                ],
                "versionId": "1",
            }
        ]
    }
    assert pages(program, url=address) == told
    assert pages(program, url=f"{settings.SITE_URL}/embed/{publication.pk}/") == told, (
        "the canonical address is told"
    )
    assert pages(program, organization="127.0.0.1") == told


def test_pages_of_the_site_follow_newest_first_without_the_retracted(program: Program) -> None:
    made = [published(program, made_on=date(2026, 2, 3)).pk for _each in range(4)]
    program.newsroom.retracted(Publication.objects.get(pk=made.pop()).revisions.get())
    first = pages(program, organization="127.0.0.1", pageSize=2)
    second = pages(program, organization="127.0.0.1", pageSize=2, pageToken=first["nextPageToken"])  # type: ignore[index]
    assert "nextPageToken" not in second  # type: ignore[operator]
    both = [*first["claimReviewMarkupPages"], *second["claimReviewMarkupPages"]]  # type: ignore[index]
    assert [page["name"] for page in both] == [f"pages/{id}" for id in reversed(made)]
    assert pages(program, organization="127.0.0.1", offset=2) == second


def test_a_page_that_has_no_markup_of_ours_is_an_empty_object(program: Program) -> None:
    publication = published(program)
    program.newsroom.retracted(publication.revisions.get())
    for address in (
        f"{settings.SITE_URL}{publication.get_absolute_url()}",
        f"{settings.SITE_URL}/checks/{2**70}/x/",
        f"{settings.SITE_URL}/about/",
        "https://elsewhere.example.org/checks/1/",
        "no address",
        "http://[",
    ):
        assert pages(program, url=address) == {}, address
    assert pages(program, organization="elsewhere.example.org") == {}


@pytest.mark.parametrize(
    "query", [{}, {"url": " "}, {"url": "https://a.example", "organization": "a.example"}]
)
def test_a_page_is_asked_for_by_address_or_by_site(program: Program, query: dict[str, str]) -> None:
    answer = program.client.get("/api/v1alpha1/pages", query)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
