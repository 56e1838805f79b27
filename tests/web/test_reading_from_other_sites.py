"""OPTIONS says what an address takes; what leaves the newsroom is for scripts of any site, and nothing else is."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]
pytestmark = pytest.mark.django_db
SHARED = [
    "/feeds/rss.xml",
    "/feeds/datafeed.json",
    "/feeds/history.json",
    "/oembed",
    "/api/v1/publications",
    "/api/v1alpha1/claims:search",
    "/api/v1/openapi.json",
]


def methods(told: str) -> set[str]:
    return set(told.split(", "))


@pytest.mark.parametrize("address", SHARED)
def test_a_script_of_any_site_may_read_what_leaves_the_newsroom(client: Client, address: str) -> None:
    asked = {"Origin": "https://aggregator.example.net", "Access-Control-Request-Method": "GET"}
    answer = client.options(address, headers=asked | {"Access-Control-Request-Headers": "if-none-match"})
    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert methods(answer["Allow"]) == {"GET", "HEAD", "OPTIONS"}
    assert methods(answer["Access-Control-Allow-Methods"]) == {"GET", "HEAD"}
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer


def test_a_card_may_be_read_from_any_site(newsroom: Newsroom, client: Client) -> None:
    address = f"/embed/{newsroom.published().publication_id}/"
    assert client.options(address)["Access-Control-Allow-Origin"] == "*"
    assert client.get(address)["Access-Control-Allow-Origin"] == "*"


def test_a_text_may_be_sent_from_any_site_and_a_write_may_not(client: Client) -> None:
    answer = client.options("/api/v1/similar-claims")
    assert methods(answer["Access-Control-Allow-Methods"]) == {"POST"}
    assert "Content-Type" in answer["Access-Control-Allow-Headers"]
    answer = client.options("/api/v1/claims")
    assert methods(answer["Allow"]) == {"GET", "HEAD", "POST", "OPTIONS"}
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/checks/", "/admin/"])
def test_a_page_says_what_it_takes_and_is_for_no_other_site(client: Client, address: str) -> None:
    answer = client.options(address)
    assert (answer.status_code, answer.content) == (204, b"")
    assert methods(answer["Allow"]) == {"GET", "HEAD", "POST", "OPTIONS"}
    assert not [name for name in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("address", ["/no/such/page/", "/feeds/none.xml", "/api/v1/nothing"])
def test_what_does_not_exist_takes_nothing(client: Client, address: str) -> None:
    assert client.options(address).status_code in (404, 405)


def test_a_method_that_is_not_taken_is_told_those_that_are(client: Client) -> None:
    answer = client.delete("/feeds/rss.xml")
    assert answer.status_code == 405
    assert methods(answer["Allow"]) == {"GET", "HEAD", "OPTIONS"}


def test_a_script_may_read_the_limits_and_the_etag(client: Client) -> None:
    exposed = methods(client.get("/api/v1/publications")["Access-Control-Expose-Headers"])
    assert {"ETag", "RateLimit-Remaining", "Retry-After"} <= exposed
