"""robots.txt decides over fetches that no person asked for."""

from __future__ import annotations

import pytest

from claims.ingest.fetch import FetchedPage, fetch
from claims.ingest.fetch_errors import AddressNotPublic, RobotsRefused, RobotsUnavailable
from claims.ingest.robots import RobotsRules
from tests.ingest.servers import page, serving

RULES = b"User-agent: *\nDisallow: /private/\n\nUser-agent: factcheck\nDisallow: /not-for-us/\n"


def rules(place: str) -> RobotsRules:
    def fetch_page(url: str) -> FetchedPage:
        return fetch(url, allowed_hosts=[place])

    return RobotsRules(fetch_page)


def test_a_path_that_the_site_closes_to_us_is_refused_and_the_rest_allowed() -> None:
    with serving(lambda connection, _head: connection.sendall(page(RULES))) as server:
        robots = rules(server.place)
        robots.check(server.url("/news/1?a=b"))
        with pytest.raises(RobotsRefused):
            robots.check(server.url("/not-for-us/1"))
    assert [head.split()[1] for head in server.heads] == ["/robots.txt"]


def test_a_site_without_robots_may_be_read() -> None:
    with serving(lambda connection, _head: connection.sendall(page(b"", status="404 Not Found"))) as server:
        rules(server.place).check(server.url("/any"))
    assert len(server.heads) == 1


def test_a_site_whose_robots_fails_is_left_alone_for_now() -> None:
    busy = page(b"", status="503 Busy")
    with (
        serving(lambda connection, _head: connection.sendall(busy)) as server,
        pytest.raises(RobotsUnavailable) as refused,
    ):
        rules(server.place).check(server.url("/any"))
    assert refused.value.retryable


def test_robots_of_a_private_address_is_not_fetched_either() -> None:
    with pytest.raises(AddressNotPublic):
        RobotsRules().check("http://127.0.0.1/feed")
