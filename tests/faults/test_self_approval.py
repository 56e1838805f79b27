"""V2: nobody approves what they wrote, by whichever way they try: buttons, forged forms, bulk actions, rows.

Raw SQL is tried in test_four_eyes; the recorder here holds every role that a person can hold at a desk.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse

from claims.actions.decisions import approve_verdict
from claims.actions.refusals import NotAllowed
from claims.models import Approval, Membership, Person, Verdict
from claims.rules.permissions import Role
from tests.newsroom import Newsroom, fresh, newsroom

__all__ = ["newsroom"]

Attempt = Callable[[Newsroom, Client, Verdict], object]


def _button(newsroom: Newsroom, client: Client, verdict: Verdict) -> object:
    return client.post(
        reverse("admin:claims_claim_step", kwargs={"claim_id": verdict.claim_id, "verb": "approve"}),
        {"verdict": verdict.pk, "seen_version": verdict.version, "seen_hash": verdict.content_hash},
    )


def _button_of_another_claim(newsroom: Newsroom, client: Client, verdict: Verdict) -> object:
    """The verdict's id in the form of a claim that one did not write about."""
    other = newsroom.weighed_claim(by="remi")
    return client.post(
        reverse("admin:claims_claim_step", kwargs={"claim_id": other.pk, "verb": "approve"}),
        {"verdict": verdict.pk, "seen_version": verdict.version, "seen_hash": verdict.content_hash},
    )


def _stock_form(newsroom: Newsroom, client: Client, verdict: Verdict) -> object:
    """The address at which Django's admin would edit a verdict, were it registered."""
    form = {"state": "approved", "approvals-TOTAL_FORMS": 1, "approvals-0-decision": "approved"}
    client.post(f"/admin/claims/verdict/{verdict.pk}/change/", form)
    client.post("/admin/claims/approval/add/", {"verdict": verdict.pk, "decision": "approved"})
    return client.post(f"/admin/claims/claim/{verdict.claim_id}/change/", form)


def _forged_bulk_action(newsroom: Newsroom, client: Client, verdict: Verdict) -> object:
    chosen = {"_selected_action": verdict.claim_id, "verdict": verdict.pk, "index": 0}
    for action in ("approve", "approve_verdict", "approve_chosen", "publish", "delete_selected"):
        client.post(reverse("admin:claims_claim_changelist"), {"action": action, **chosen})
    return None


def _bulk_update(newsroom: Newsroom, client: Client, verdict: Verdict) -> object:
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.filter(pk=verdict.pk).update(state="approved")
    return None


def _own_row(newsroom: Newsroom, client: Client, verdict: Verdict) -> object:
    row = Approval(
        verdict=verdict,
        approver_id=verdict.recorder_id,
        recorder_id=verdict.recorder_id,
        last_editor_id=verdict.last_editor_id,
        decision="approved",
        content_hash=verdict.content_hash,
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        Approval.objects.bulk_create([row])
    return None


def _action(newsroom: Newsroom, client: Client, verdict: Verdict) -> object:
    with pytest.raises(NotAllowed):
        approve_verdict(
            verdict_id=verdict.pk,
            seen_version=verdict.version,
            seen_hash=verdict.content_hash,
            actor=newsroom.actor("rita"),
        )
    return None


@pytest.mark.parametrize(
    "attempt",
    [_button, _button_of_another_claim, _stock_form, _forged_bulk_action, _bulk_update, _own_row, _action],
    ids=lambda attempt: attempt.__name__.strip("_"),
)
@pytest.mark.parametrize("part", ["recorder", "co-author", "superuser"])
def test_who_wrote_a_verdict_does_not_approve_it(newsroom: Newsroom, attempt: Attempt, part: str) -> None:
    rita = newsroom.people["rita"]
    for role in Role:
        Membership.objects.get_or_create(person=rita, desk=newsroom.desk, role=role.value)
    Person.objects.filter(pk=rita.pk).update(is_staff=True, is_superuser=part == "superuser")
    if part == "co-author":
        draft = newsroom.draft(newsroom.weighed_claim(by="remi"), by="remi")
        verdict = newsroom.saved(draft, by="remi")
        type(verdict.claim).objects.filter(pk=verdict.claim_id).update(held_by=None, held_until=None)
        verdict = newsroom.submitted(newsroom.saved(fresh(verdict), by="rita"), by="rita")
    else:
        verdict = newsroom.submitted()
    client = Client()
    client.force_login(rita)
    attempt(newsroom, client, verdict)
    assert fresh(verdict).state == "submitted"
    assert not Approval.objects.filter(verdict=verdict).exists()


def test_the_stock_admin_knows_neither_verdicts_nor_approvals() -> None:
    for noun in ("verdict", "approval", "publishedrevision"):
        for page in ("add", "change", "delete"):
            arguments = [] if page == "add" else [1]
            with pytest.raises(NoReverseMatch):
                reverse(f"admin:claims_{noun}_{page}", args=arguments)
