"""Who gets where in the admin, and that no stock form, bulk action or superuser writes anything editorial."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from claims.admin import desk
from claims.admin.steps import STEPS
from claims.models import (
    Approval,
    Claim,
    ClaimEvent,
    Desk,
    Job,
    Membership,
    Person,
    Publication,
    RatingScale,
    Verdict,
)
from tests.admin.conftest import SignedIn
from tests.newsroom import Newsroom, fresh

EDITORIAL = ["claim", "claimevent", "publication"]
ADMINISTERED = ["person", "desk", "ratingscale", "subscription"]
SHARED = ["source", "outlet", "topic"]
#: What administrators look after and nobody adds at the desk.
WATCHED = ["job", "apitoken"]


def address(model: str, page: str, *args: object) -> str:
    return reverse(f"admin:claims_{model}_{page}", args=args)


def test_every_model_at_the_desk_is_covered_here() -> None:
    registered = {model._meta.model_name for model in desk._registry}
    assert registered == {*EDITORIAL, *ADMINISTERED, *SHARED, *WATCHED}


@pytest.mark.parametrize("model", [*EDITORIAL, *ADMINISTERED, *SHARED, *WATCHED])
def test_strangers_journalists_and_superusers_without_a_role_are_sent_to_sign_in(
    at_desk: SignedIn, model: str
) -> None:
    for client in (Client(), at_desk("jonas"), at_desk("root")):
        answer = client.get(address(model, "changelist"))
        assert answer.status_code == 302
        assert "/admin/login/" in answer["Location"]


@pytest.mark.parametrize("name", ["rita", "anna", "pavlo", "ada", "adam"])
@pytest.mark.parametrize("model", [*EDITORIAL, *SHARED])
def test_everyone_with_a_role_reads_what_is_their_desks(at_desk: SignedIn, name: str, model: str) -> None:
    assert at_desk(name).get(address(model, "changelist")).status_code == 200


@pytest.mark.parametrize("model", ADMINISTERED)
def test_people_desks_and_scales_are_the_admins_alone(at_desk: SignedIn, model: str) -> None:
    assert at_desk("adam").get(address(model, "changelist")).status_code == 200
    assert at_desk("adam").get(address(model, "add")).status_code == 200
    for name in ("rita", "anna", "pavlo", "ada"):
        assert at_desk(name).get(address(model, "changelist")).status_code == 403
        assert at_desk(name).get(address(model, "add")).status_code == 403


@pytest.mark.parametrize("name", ["rita", "anna", "pavlo", "ada", "adam"])
@pytest.mark.parametrize("model", EDITORIAL)
def test_no_stock_form_adds_or_deletes_anything_editorial(
    newsroom: Newsroom, at_desk: SignedIn, name: str, model: str
) -> None:
    newsroom.published()
    rows = {"claim": Claim, "claimevent": ClaimEvent, "publication": Publication}[model].objects
    row, before = rows.first(), rows.count()
    client = at_desk(name)
    assert client.get(address(model, "add")).status_code == 403
    assert client.post(address(model, "add"), {"text": "x"}).status_code == 403
    assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    client.post(
        address(model, "changelist"), {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    )
    assert rows.count() == before


def test_a_stock_change_form_posted_at_a_claim_changes_nothing(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim = newsroom.claim()
    at_desk("adam").post(address("claim", "change", claim.pk), {"text": "Other", "state": "concluded"})
    assert Claim.objects.get(pk=claim.pk).text == claim.text


def test_a_superuser_with_the_role_admin_takes_no_editorial_step(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    verdict = newsroom.approved()
    Person.objects.filter(pk=newsroom.people["adam"].pk).update(is_superuser=True)
    client = at_desk("adam")
    for verb in STEPS:
        client.post(address("claim", "step", verdict.claim_id, verb), _everything(verdict))
    assert fresh(verdict).state == "approved"
    assert fresh(verdict).version == verdict.version
    assert not Publication.objects.exists()


@pytest.mark.parametrize("name", ["rita", "jonas", "ada", "adam", "root", "olha"])
def test_nobody_but_another_reviewer_approves_by_any_button(
    newsroom: Newsroom, at_desk: SignedIn, name: str
) -> None:
    newsroom.join("olha", "reviewer", desk=Desk.objects.create(name="Culture"), is_staff=True)
    verdict = newsroom.submitted()
    at_desk(name).post(address("claim", "step", verdict.claim_id, "approve"), _everything(verdict))
    assert not Approval.objects.exists()
    assert fresh(verdict).state == "submitted"


def _everything(verdict: Verdict) -> dict[str, object]:
    return {
        "verdict": verdict.pk,
        "seen_version": verdict.version,
        "seen_hash": verdict.content_hash,
        "evidence": verdict.citations.first().evidence_id,
        "comment": "Because.",
        "reason": "Because.",
        "stance": "context",
        "language": "en",
        "publish_at": "2030-01-01T12:00",
    }


def test_another_desks_claims_are_not_there(newsroom: Newsroom, at_desk: SignedIn) -> None:
    claim = newsroom.claim()
    newsroom.join("olha", "reviewer", desk=Desk.objects.create(name="Culture"), is_staff=True)
    client = at_desk("olha")
    assert claim.text.encode() not in client.get(address("claim", "changelist")).content
    assert client.get(address("claim", "change", claim.pk)).status_code == 404
    assert client.get(address("claim", "history", claim.pk)).status_code == 404
    taken = client.post(address("claim", "step", claim.pk, "take"), {"seen_version": claim.version})
    assert taken.status_code == 404
    assert Claim.objects.get(pk=claim.pk).held_by is None


def test_a_disabled_person_is_out_at_once(newsroom: Newsroom, at_desk: SignedIn) -> None:
    client = at_desk("rita")
    Person.objects.filter(pk=newsroom.people["rita"].pk).update(is_active=False)
    assert client.get(address("claim", "changelist")).status_code == 302


def test_a_role_that_was_taken_away_is_away_at_once(newsroom: Newsroom, at_desk: SignedIn) -> None:
    verdict, client = newsroom.submitted(), at_desk("remi")
    Membership.objects.filter(person=newsroom.people["remi"]).update(role="auditor")
    client.post(address("claim", "step", verdict.claim_id, "approve"), _everything(verdict))
    assert not Approval.objects.exists()


def test_the_person_form_offers_neither_the_superuser_flag_nor_djangos_permissions(
    newsroom: Newsroom, at_desk: SignedIn
) -> None:
    person = newsroom.people["rita"]
    client = at_desk("adam")
    page = client.get(address("person", "change", person.pk)).content
    assert b"is_superuser" not in page
    assert b"user_permissions" not in page
    client.post(address("person", "change", person.pk), {"username": "rita", "is_superuser": "on"})
    assert not Person.objects.get(pk=person.pk).is_superuser


def test_a_frozen_scale_has_no_form(newsroom: Newsroom, at_desk: SignedIn) -> None:
    scale = RatingScale.objects.get()
    client = at_desk("adam")
    answer = client.post(address("ratingscale", "change", scale.pk), {"name": "Other", "key": "other"})
    assert answer.status_code == 403
    assert RatingScale.objects.get().name == "Default"


@pytest.mark.parametrize(
    "query", ["held_by__password__startswith=p", "desk__memberships__role=admin", "o=a.b;--", "p=x"]
)
def test_a_forged_filter_is_no_way_in_and_no_server_error(at_desk: SignedIn, query: str) -> None:
    assert at_desk("rita").get(f"{address('claim', 'changelist')}?{query}").status_code in (200, 302, 400)


def test_only_the_admin_starts_a_dead_job_again(newsroom: Newsroom, at_desk: SignedIn) -> None:
    job = Job.objects.create(
        kind="gather_evidence",
        subject=1,
        state="dead",
        starts=5,
        due_at="2026-03-01T00:00Z",
        created_at="2026-03-01T00:00Z",
        last_error="Killed five times.",
    )
    form = {"action": "requeue", "_selected_action": job.pk}
    assert at_desk("rita").post(address("job", "changelist"), form).status_code == 403
    at_desk("ada").post(address("job", "changelist"), form)
    assert Job.objects.get(pk=job.pk).state == "dead"
    assert b"Killed five times." in at_desk("adam").get(address("job", "changelist")).content
    at_desk("adam").post(address("job", "changelist"), form)
    assert Job.objects.get(pk=job.pk).state == "waiting"
