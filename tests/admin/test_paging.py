"""History, publications and jobs by key: every row once, forward and back, at the same cost on every page."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from claims import jobs
from claims.admin import claim_desk, paging
from claims.models import Claim, ClaimEvent, Job
from claims.selectors import queue
from tests.admin.conftest import SignedIn
from tests.newsroom import Newsroom, tell

HISTORY, JOBS, PUBLICATIONS = (f"/admin/claims/{noun}/" for noun in ("claimevent", "job", "publication"))


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging.KeysetRows, "list_per_page", 10)


def linked(page: str, rel: str) -> str:
    """Return the address that the page links to as ``next``, ``prev``, ``first`` or ``last``; "" for none."""
    found = re.search(rf'<a href="([^"]*)" rel="{rel}">', page)
    return found[1].replace("&amp;", "&") if found else ""


def walked(client: Client, address: str, rel: str) -> list[list[Any]]:
    """Return the keys of the rows page by page, following the links ``rel`` to the end."""
    pages = []
    query = "?"
    if rel == "prev":
        query = linked(client.get(address).content.decode(), "last")
    while query:
        answer = client.get(address + query)
        assert answer.status_code == 200
        pages.append([row.pk for row in answer.context["cl"].result_list])
        query = linked(answer.content.decode(), rel)
    return pages


def a_long_history(newsroom: Newsroom, events: int) -> None:
    claim = newsroom.claim()
    with transaction.atomic():
        for _event in range(events):
            tell(claim)


def test_the_history_is_read_by_key_forward_and_back(
    newsroom: Newsroom, at_desk: SignedIn, short_pages: None
) -> None:
    a_long_history(newsroom, 34)
    expected = list(ClaimEvent.objects.order_by("-sequence").values_list("pk", flat=True))
    forward = walked(at_desk("ada"), HISTORY, "next")
    assert [len(page) for page in forward] == [10, 10, 10, 4]
    assert list(chain.from_iterable(forward)) == expected
    back = walked(at_desk("ada"), HISTORY, "prev")
    assert list(chain.from_iterable(reversed(back))) == expected


def test_the_history_of_one_claim_is_told_page_by_page_to_its_end(
    newsroom: Newsroom, at_desk: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_desk, "EVENTS_SHOWN", 10)
    a_long_history(newsroom, 29)
    claim = Claim.objects.get()
    a_long_history(newsroom, 2)
    expected = list(ClaimEvent.objects.filter(claim=claim).order_by("-sequence"))
    address = reverse("admin:claims_claim_history", args=[claim.pk])
    query, pages, costs = "?", [], []
    while query:
        with CaptureQueriesContext(connection) as asked:
            answer = at_desk("ada").get(address + query)
        costs.append(len(asked))
        pages.append([line.sequence for line in answer.context["lines"]])
        page = answer.content.decode()
        assert linked(page, "first") == ("" if query == "?" else "?")
        query = linked(page, "next")
    assert [len(page) for page in pages] == [10, 10, 9]
    assert list(chain.from_iterable(pages)) == [event.sequence for event in expected]
    assert len(set(costs)) == 1


@pytest.mark.parametrize("place", ["x", "-1", "9" * 30, "1 or 1=1"])
def test_a_place_that_is_no_number_begins_the_history_of_a_claim_anew(
    newsroom: Newsroom, at_desk: SignedIn, place: str
) -> None:
    a_long_history(newsroom, 2)
    address = reverse("admin:claims_claim_history", args=[Claim.objects.get().pk])
    answer = at_desk("ada").get(address, {"before": place})
    assert answer.status_code == 200
    assert len(answer.context["lines"]) == 2


def test_a_deep_page_of_the_history_costs_what_the_first_one_does(
    newsroom: Newsroom, at_desk: SignedIn, short_pages: None
) -> None:
    a_long_history(newsroom, 60)
    client = at_desk("ada")
    client.get(HISTORY)
    deep = linked(client.get(HISTORY).content.decode(), "last")
    counts = []
    for address in (HISTORY, HISTORY + deep):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(address)
        counts.append(len(asked))
        assert [query["sql"] for query in asked if "OFFSET" in query["sql"]] == []
    assert counts[0] == counts[1] <= 12


def test_who_has_one_page_is_shown_no_way_to_another(newsroom: Newsroom, at_desk: SignedIn) -> None:
    newsroom.published()
    page = at_desk("ada").get(HISTORY).content.decode()
    assert "published the verdict" in page
    assert [rel for rel in ("first", "prev", "next", "last") if linked(page, rel)] == []


def test_the_count_of_a_long_list_stops(
    newsroom: Newsroom, at_desk: SignedIn, short_pages: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (queue, paging):
        monkeypatch.setattr(module, "MOST_COUNTED", 20)
    monkeypatch.setattr(paging.KeysetList, "most_counted", 20)
    a_long_history(newsroom, 25)
    assert "History: 20+" in at_desk("ada").get(HISTORY).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "p=2",
        "p=0",
        "all=",
        "o=1",
        "after=x",
        "after=1",
        "before=1.2.3",
        "after=1.1&before=1.1",
        "before=-1.1",
    ],
)
def test_an_address_that_no_page_gave_is_refused(query: str, newsroom: Newsroom, at_desk: SignedIn) -> None:
    newsroom.published()
    assert at_desk("ada").get(f"{HISTORY}?{query}", follow=True).status_code == 400


def test_jobs_keep_their_filter_from_page_to_page(
    newsroom: Newsroom, at_desk: SignedIn, short_pages: None
) -> None:
    with transaction.atomic():
        for subject in range(1, 31):
            jobs.enqueue("index_claim", subject)
    Job.objects.filter(subject__gt=12).update(state="dead")
    expected = list(Job.objects.filter(state="dead").order_by("-pk").values_list("pk", flat=True))
    client = at_desk("adam")
    first = client.get(f"{JOBS}?state__exact=dead").content.decode()
    assert "state__exact=dead" in linked(first, "next")
    second = client.get(JOBS + linked(first, "next"))
    assert [job.pk for job in second.context["cl"].result_list] == expected[10:]


def test_what_waits_for_its_embargo_is_among_the_publications(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.approved()
    newsroom.scheduled(verdict, publish_at=timezone.now() + timedelta(days=1))
    listed = at_desk("pavlo").get(PUBLICATIONS).context["cl"].result_list
    assert [(row.claim_id, row.state) for row in listed] == [(verdict.claim_id, "embargoed")]
