"""What stood beside a button that refused comes back: comments, reasons, entries, moments."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from claims.models import Claim, Verdict
from tests.admin.conftest import SignedIn
from tests.admin.test_desk import press, screen, written
from tests.newsroom import Newsroom, fresh

COMMENT = "Name the page of the log. <b>And</b> the ships."
SHOWN = "Name the page of the log. &lt;b&gt;And&lt;/b&gt; the ships.</textarea>"


def seen(verdict: Verdict) -> dict[str, Any]:
    verdict = fresh(verdict)
    return {"verdict": verdict.pk, "seen_version": verdict.version, "seen_hash": verdict.content_hash}


def test_a_comment_on_a_verdict_that_changed_meanwhile_is_not_lost(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.submitted()
    form = seen(verdict)
    newsroom.approved(verdict, by="anna")
    answer = press(at_desk("remi"), verdict.claim, "request_changes", **form, comment=COMMENT)
    assert answer.status_code == 409
    assert SHOWN in answer.content.decode()


def test_a_refused_remark_comes_back_once(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.submitted()
    rita = at_desk("rita")
    answer = press(rita, verdict.claim, "request_changes", **seen(verdict), comment=COMMENT)
    assert answer.status_code == 302
    assert SHOWN in rita.get(screen(verdict.claim)).content.decode()
    assert SHOWN not in rita.get(screen(verdict.claim)).content.decode()


def test_a_moment_that_the_clocks_skip_comes_back(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.approved()
    pavlo = at_desk("pavlo")
    press(pavlo, verdict.claim, "schedule", **seen(verdict), publish_at="2027-03-28T03:30")
    assert ">2027-03-28T03:30</textarea>" in pavlo.get(screen(verdict.claim)).content.decode()


def test_it_comes_back_on_its_own_claim_alone(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.submitted()
    other = newsroom.claim(text="Nobody weighed this.")
    rita = at_desk("rita")
    press(rita, verdict.claim, "request_changes", **seen(verdict), comment=COMMENT)
    assert SHOWN not in rita.get(screen(other)).content.decode()
    assert SHOWN in rita.get(screen(verdict.claim)).content.decode()


def test_a_remark_outlives_a_sign_in_that_ended(newsroom: Newsroom) -> None:
    verdict = newsroom.submitted()
    anna = newsroom.people["anna"]
    client = Client()
    answer = press(client, verdict.claim, "request_changes", **seen(verdict), comment=COMMENT)
    assert answer["Location"].startswith("/sign-in/")
    client.post("/sign-in/", {"username": anna.username, "password": "a long pass phrase"})
    assert SHOWN in client.get(screen(verdict.claim)).content.decode()
    assert fresh(verdict).state == "submitted"


@pytest.mark.parametrize("name", ["accept", "reject"])
def test_the_reason_that_a_card_brings_along_is_no_remark(
    name: str, newsroom: Newsroom, at_desk: SignedIn
) -> None:
    claim = newsroom.claim()
    piece = newsroom.evidence(claim, "supports", origin="log")
    anna = Client()
    anna.force_login(newsroom.people["anna"])
    Claim.objects.filter(pk=claim.pk).update(state="not_checkable", state_reason="An opinion.")
    form = {"evidence": piece.pk, "seen_version": piece.version, "reason": "Does not bear on the claim"}
    press(anna, claim, name, **form)
    assert "What you typed was not taken" not in anna.get(screen(claim)).content.decode()


def test_a_verdicts_words_are_offered_as_before_and_not_twice(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict = newsroom.draft()
    newsroom.saved(verdict, summary="Saved by the other window.")
    answer = press(at_desk("rita"), verdict.claim, "save", **written(verdict, summary="Typed here."))
    assert answer.status_code == 409
    assert "What you typed was not taken" not in answer.content.decode()
    assert reverse("admin:claims_claim_step", args=[verdict.claim_id, "save"]) in answer.content.decode()
