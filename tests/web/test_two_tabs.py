"""One claim in two tabs: the second one is asked, and loses nothing."""

from __future__ import annotations

import re

from django.test import Client

from claims.models import Claim
from tests.newsroom import Newsroom

WRITTEN = {
    "summary": "Five tugs came in",
    "kind": "count",
    "attribution": "the harbour office",
    "topic": "port",
}


def test_the_later_tab_sees_both_and_may_save_its_own(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim()
    address = f"/claims/{claim.pk}/edit/"
    first = WRITTEN | {"summary": "Four tugs came in", "kind": "event"}
    assert jonas.post(address, first | {"version": claim.version}).status_code == 302

    answer = jonas.post(address, WRITTEN | {"version": claim.version})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<del>Four tugs came in</del>" in page
    assert "<ins>Five tugs came in</ins>" in page
    assert "<del>event</del>" in page
    assert "<ins>count or amount</ins>" in page
    assert "the harbour office</del>" not in page
    claim.refresh_from_db()
    assert claim.summary == "Four tugs came in"

    version = re.search(r'name="version" value="(\d+)"', page)
    assert version is not None
    again = jonas.post(address, WRITTEN | {"version": version.group(1)}, follow=True)
    assert again.status_code == 200
    assert Claim.objects.get(pk=claim.pk).summary == "Five tugs came in"


def test_what_both_wrote_alike_is_no_difference(newsroom: Newsroom, jonas: Client) -> None:
    claim = newsroom.claim()
    address = f"/claims/{claim.pk}/edit/"
    jonas.post(address, WRITTEN | {"version": claim.version})
    answer = jonas.post(address, WRITTEN | {"version": claim.version})
    assert answer.status_code == 409
    assert "there is nothing to save" in answer.content.decode()
