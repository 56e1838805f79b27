"""Who is still to rate blind finds the rating, and what others said of it, on no page."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from claims.actions.conflicts import declare_conflict
from claims.actions.decisions import request_changes
from claims.actions.labels import discuss_verdict, label_verdict
from claims.actions.refusals import IllegalMove, Invalid, NotAllowed
from claims.actions.verdicts import co_write_verdict
from claims.models import Claim, Person, Rating, Verdict
from claims.selectors.blindness import hidden_verdicts
from tests.api.conftest import Program
from tests.newsroom import JUSTIFICATION, Newsroom, fresh, newsroom

__all__ = ["newsroom"]

WRITTEN = "Their own log has four."
NOTE, SAID = "Their own log says two.", "Which log counts?"


def rated_by(newsroom: Newsroom, verdict: Verdict, name: str, note: str = "") -> None:
    label_verdict(
        verdict_id=verdict.pk,
        seen_version=verdict.version,
        seen_hash=verdict.content_hash,
        rating_id=Rating.objects.get(scale__key="default", key="false").pk,
        note=note,
        actor=newsroom.actor(name),
    )


@pytest.fixture
def blind(newsroom: Newsroom) -> Verdict:
    """A submitted verdict that Anna has rated and talked about, and Remi has not."""
    Person.objects.update(is_staff=True)
    newsroom.desk.labels_blind = True
    newsroom.desk.save()
    verdict = newsroom.submitted(newsroom.draft(rating="mostly-true"))
    rated_by(newsroom, verdict, "anna", NOTE)
    verdict = fresh(verdict)
    discuss_verdict(
        verdict_id=verdict.pk, seen_version=verdict.version, comment=SAID, actor=newsroom.actor("anna")
    )
    return fresh(verdict)


@pytest.fixture
def draft(newsroom: Newsroom) -> Verdict:
    """A draft of Rita's at a desk that rates blind; Anna and Remi may come to decide on it."""
    Person.objects.update(is_staff=True)
    newsroom.desk.labels_blind = True
    newsroom.desk.save()
    return newsroom.draft(rating="mostly-true", justification=f"{WRITTEN} {JUSTIFICATION}")


def test_only_who_is_to_decide_and_has_not_rated_is_kept_from_it(blind: Verdict, newsroom: Newsroom) -> None:
    hidden = {name for name in newsroom.people if hidden_verdicts([blind.pk], newsroom.actor(name))}
    assert hidden == {"remi"}
    rated_by(newsroom, blind, "remi")
    assert hidden_verdicts([blind.pk], newsroom.actor("remi")) == frozenset()


def test_a_rating_of_other_content_does_not_open_it(blind: Verdict, newsroom: Newsroom) -> None:
    Claim.objects.filter(pk=blind.claim_id).update(risk="health")
    rated_by(newsroom, blind, "remi")
    assert hidden_verdicts([blind.pk], newsroom.actor("remi")) == frozenset()
    other = newsroom.submitted(newsroom.draft(newsroom.weighed_claim(text="Nine lighters left the basin.")))
    assert hidden_verdicts([blind.pk, other.pk], newsroom.actor("remi")) == {other.pk}


@pytest.mark.parametrize("desk_is_blind", [True, False])
def test_no_page_gives_it_away(desk_is_blind: bool, blind: Verdict, newsroom: Newsroom) -> None:
    newsroom.desk.labels_blind = desk_is_blind
    newsroom.desk.save()
    client = Client()
    client.force_login(newsroom.people["remi"])
    pages = {
        "claim": blind.claim.get_absolute_url(),
        "screen": reverse("admin:claims_claim_change", args=[blind.claim_id]),
        "its history": reverse("admin:claims_claim_history", args=[blind.claim_id]),
        "the history": reverse("admin:claims_claimevent_changelist"),
    }
    for name, address in pages.items():
        page = client.get(address).content.decode()
        # Where the desk does not rate blind the words are there, or this test would look in the wrong place.
        if name != "screen":
            assert (NOTE in page) is not desk_is_blind, name
        assert (SAID in page) is not desk_is_blind, name
    assert ("Mostly true" in client.get(pages["claim"]).content.decode()) is not desk_is_blind


# --- While it is written ------------------------------------------------------------------------------


def test_a_draft_is_hidden_from_whoever_may_decide_on_it_later(draft: Verdict, newsroom: Newsroom) -> None:
    hidden = {name for name in newsroom.people if hidden_verdicts([draft.pk], newsroom.actor(name))}
    assert hidden == {"anna", "remi"}


@pytest.mark.parametrize(("name", "is_shown"), [("remi", False), ("anna", False), ("rita", True)])
def test_no_page_gives_a_draft_away(name: str, is_shown: bool, draft: Verdict, newsroom: Newsroom) -> None:
    client = Client()
    client.force_login(newsroom.people[name])
    for address in (
        reverse("admin:claims_claim_change", args=[draft.claim_id]),
        reverse("admin:claims_claim_preview", args=[draft.claim_id]),
        reverse("admin:claims_claim_history", args=[draft.claim_id]),
    ):
        assert (WRITTEN in client.get(address).content.decode()) is is_shown, address
    claim_page = client.get(draft.claim.get_absolute_url()).content.decode()
    assert ("Mostly true" in claim_page) is is_shown
    form = {"verdict": draft.pk, "seen_version": draft.version, "justification": "Five.", "rating": ""}
    keep = reverse("admin:claims_claim_keep", args=[draft.claim_id])
    assert (client.post(keep, form).status_code == 200) is is_shown
    # Who saves over another version is shown the difference to it.
    stale = client.post(
        reverse("admin:claims_claim_step", args=[draft.claim_id, "save"]),
        form | {"seen_version": draft.version + 1},
    )
    assert stale.status_code == 409
    assert (WRITTEN in stale.content.decode()) is is_shown


def test_no_program_gives_a_draft_away(draft: Verdict, newsroom: Newsroom) -> None:
    program = Program(newsroom)
    address = f"/v1/verdicts/{draft.pk}"
    listed = f"/v1/claims/{draft.claim_id}/verdicts"
    assert program.get(address, by="remi").status_code == 403
    assert program.get(listed, by="remi").json()["verdicts"] == []
    # A step answers with the verdict as it is then, so who has not seen it takes none.
    for answer in (
        program.send("PUT", address, {"title": "Mine"}, by="remi", seen=draft.version),
        program.post(f"{address}/submit", by="remi", seen=draft.version),
    ):
        assert answer.status_code == 403
        assert WRITTEN not in answer.content.decode()
    assert program.get(address, by="rita").status_code == 200
    submitted = newsroom.submitted(fresh(draft))
    asked = {"comment": "Name the log."}
    answer = program.post(f"{address}/request-changes", asked, by="remi", seen=submitted.version)
    assert answer.status_code == 422
    assert WRITTEN not in answer.content.decode()


def test_a_colleague_sees_a_draft_by_joining_its_authors_and_decides_no_more(
    draft: Verdict, newsroom: Newsroom
) -> None:
    client = Client()
    client.force_login(newsroom.people["remi"])
    screen = reverse("admin:claims_claim_change", args=[draft.claim_id])
    assert "Join its authors" in client.get(screen).content.decode()
    step = reverse("admin:claims_claim_step", args=[draft.claim_id, "co_write"])
    client.post(step, {"verdict": draft.pk, "seen_version": draft.version})
    page = client.get(screen).content.decode()
    assert WRITTEN in page
    assert "do/save/" in page
    with pytest.raises(Invalid):
        co_write_verdict(verdict_id=draft.pk, seen_version=fresh(draft).version, actor=newsroom.actor("remi"))
    submitted = newsroom.submitted(fresh(draft))
    with pytest.raises(NotAllowed):
        rated_by(newsroom, submitted, "remi")
    rated_by(newsroom, submitted, "anna")


def test_nobody_who_keeps_out_of_a_claim_or_decided_joins_its_authors(
    draft: Verdict, newsroom: Newsroom
) -> None:
    remi = newsroom.actor("remi")
    assert remi.person_id is not None
    declare_conflict(person_id=remi.person_id, claim_id=draft.claim_id, actor=remi)
    for name in ("remi", "jonas", "pavlo", "ada"):
        with pytest.raises(NotAllowed):
            co_write_verdict(
                verdict_id=draft.pk, seen_version=fresh(draft).version, actor=newsroom.actor(name)
            )
    submitted = newsroom.submitted(fresh(draft))
    with pytest.raises(IllegalMove):
        co_write_verdict(verdict_id=draft.pk, seen_version=submitted.version, actor=newsroom.actor("anna"))


def test_what_went_back_to_its_recorder_is_hidden_from_the_others_still(
    draft: Verdict, newsroom: Newsroom
) -> None:
    submitted = newsroom.submitted(draft)
    rated_by(newsroom, submitted, "anna")
    request_changes(
        verdict_id=draft.pk,
        seen_version=fresh(draft).version,
        comment="Name the log.",
        actor=newsroom.actor("anna"),
    )
    assert hidden_verdicts([draft.pk], newsroom.actor("remi")) == {draft.pk}
    assert hidden_verdicts([draft.pk], newsroom.actor("anna")) == frozenset()
    # Another content is to be rated anew, and is not read before.
    newsroom.saved(fresh(draft), summary="The log of 3 February says four.")
    assert hidden_verdicts([draft.pk], newsroom.actor("anna")) == {draft.pk}
