"""What is under embargo leaks nowhere: every address of the site, asked by nobody in particular, says the same.

The addresses come from the URL resolver, so that a new page is asked as well; one whose parts cannot be filled
in fails here until somebody says how.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils import timezone

from claims.actions.publication import schedule_verdict
from claims.feeds import views
from claims.models import Evidence, Publication, Verdict
from tests.newsroom import Newsroom, newsroom

__all__ = ["newsroom"]

#: Words that stand in what is under embargo and nowhere else.
SECRET = "Zyxomma"
#: What changes with everything that happens, and tells only how much that is.
_COUNTERS = {"feeds/history.json", "readyz", "metrics"}
_PARTS = re.compile(r"<(?:(\w+):)?(\w+)>")


@pytest.fixture(autouse=True)
def no_kept_bodies() -> Iterator[None]:
    views.rendered.clear()
    yield
    views.rendered.clear()


def _routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if not isinstance(pattern.pattern, RoutePattern):
            continue
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from _routes(pattern, route)


def _filled(route: str, ids: list[int], words: list[str]) -> set[str]:
    """Return the route with every id, or every word, in the place of its parts."""
    kinds = {kind or "str" for kind, _name in _PARTS.findall(route)}
    unknown = kinds - {"int", "str", "slug", "path"}
    assert not unknown, f"say how {route} is filled in: {unknown}"
    return {
        _PARTS.sub(lambda part, id=id, word=word: str(id) if part[1] == "int" else word, route)
        for id in ids
        for word in words
    }


def _asked(addresses: list[str], network: int) -> dict[str, tuple[int, bytes, str, str]]:
    """Ask every address, each from another machine: who asks too often is told to wait."""
    told = {}
    for number, address in enumerate(addresses):
        machine = f"10.{network}.{number // 250}.{number % 250 + 1}"
        answer: Any = Client(REMOTE_ADDR=machine).get(f"/{address}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", body)
        told[address] = (answer.status_code, body, answer.get("ETag", ""), answer.get("Last-Modified", ""))
    return told


def test_an_embargo_changes_no_byte_for_anybody_outside(newsroom: Newsroom) -> None:
    newsroom.published()
    claim = newsroom.weighed_claim()
    verdict = newsroom.approved(
        newsroom.submitted(
            newsroom.draft(
                claim, title=f"{SECRET} tugs?", summary=f"{SECRET} counted.", claim_reviewed=SECRET
            )
        )
    )
    ids = sorted({*Publication.objects.values_list("pk", flat=True), claim.pk, verdict.pk, verdict.pk + 1})
    ids += [Publication.objects.latest("pk").pk + 1, Evidence.objects.latest("pk").pk]
    words = ["zyxomma-tugs", "how-many-tugs-entered-the-harbour", "all", str(verdict.pk)]
    addresses = sorted({full for route in _routes(get_resolver()) for full in _filled(route, ids, words)})
    assert len(addresses) > 100
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        before = _asked(addresses, 1)
        schedule_verdict(
            verdict_id=verdict.pk,
            seen_version=Verdict.objects.get(pk=verdict.pk).version,
            publish_at=now + timedelta(hours=1),
            actor=newsroom.actor("pavlo"),
        )
        embargoed = Publication.objects.get(state="embargoed")
        assert embargoed.pk in ids
        after = _asked(addresses, 2)
    for address in addresses:
        assert SECRET.encode() not in after[address][1], address
        assert SECRET.lower().encode() not in after[address][1] or address.count("zyxomma"), address
        if address not in _COUNTERS:
            assert after[address] == before[address], address


def test_the_search_is_closed_to_those_outside(newsroom: Newsroom) -> None:
    newsroom.claim(f"{SECRET} entered the harbour.")
    answer = Client().get("/search/", {"q": SECRET}, follow=True)
    assert f"{SECRET} entered" not in answer.content.decode()
