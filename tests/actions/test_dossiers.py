"""Asking for a dossier and making it: once per state, by those who may, and never of what is judged blind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import reverse

from claims import jobs
from claims.actions.dossiers import ask_dossier, make_dossier
from claims.actions.publication import start_correction
from claims.actions.refusals import IllegalMove, NotAllowed, NotFound
from claims.actions.verification import verify_history
from claims.models import Claim, ClaimEvent, Desk, Dossier, Job, Person, Verdict
from claims.publish.dossier_check import check_dossier
from claims.publish.signing import parsed_key
from claims.tasks import BODIES
from tests.newsroom import Newsroom


@pytest.fixture(autouse=True)
def own_key(tmp_path: Path, settings: Any) -> Path:
    settings.SIGNING_KEY_FILE = tmp_path / "signing_key"
    return tmp_path


def _ask(newsroom: Newsroom, verdict: Verdict, by: str = "ada") -> Dossier:
    return ask_dossier(verdict_id=verdict.pk, actor=newsroom.actor(by))


def _made(newsroom: Newsroom, verdict: Verdict, by: str = "ada") -> Dossier:
    dossier = _ask(newsroom, verdict, by)
    make_dossier(dossier.pk, lambda done, total, note: None)
    return Dossier.objects.get(pk=dossier.pk)


@pytest.mark.parametrize("name", ["ada", "pavlo", "rita", "anna"])
def test_those_who_answer_for_a_verdict_may_ask_for_its_dossier(newsroom: Newsroom, name: str) -> None:
    assert _made(newsroom, newsroom.published().verdict, name).size > 1000


@pytest.mark.parametrize("name", ["jonas", "adam"])
def test_others_of_the_desk_may_not(newsroom: Newsroom, name: str) -> None:
    verdict = newsroom.published().verdict
    with pytest.raises(NotAllowed, match="Only auditors"):
        _ask(newsroom, verdict, name)


def test_another_desks_dossier_does_not_exist(newsroom: Newsroom) -> None:
    newsroom.join("alien", "auditor", desk=Desk.objects.create(name="Sports"))
    verdict = newsroom.published().verdict
    for name in ("alien", "root"):
        with pytest.raises(NotFound):
            _ask(newsroom, verdict, name)


def test_no_dossier_is_made_of_what_is_still_judged(newsroom: Newsroom) -> None:
    for verdict in (newsroom.draft(), newsroom.submitted()):
        with pytest.raises(IllegalMove):
            _ask(newsroom, verdict)


def test_asking_again_makes_one_only_when_something_happened(newsroom: Newsroom) -> None:
    revision = newsroom.published()
    first = _made(newsroom, revision.verdict)
    again = _ask(newsroom, revision.verdict, "pavlo")
    assert (again.version, again.sha256) == (first.version, first.sha256)
    assert Job.objects.filter(kind="make_dossier").count() == 1
    start_correction(
        publication_id=revision.publication_id,
        seen_version=revision.publication.version,
        reason="A reader wrote.",
        actor=newsroom.actor("pavlo"),
    )
    newer = _made(newsroom, revision.verdict)
    assert newer.version > first.version
    assert newer.sha256 != first.sha256


def test_two_dossiers_of_one_state_are_equal_byte_by_byte(newsroom: Newsroom) -> None:
    verdict = newsroom.published().verdict
    first = _made(newsroom, verdict)
    Dossier.objects.update(mark="")
    second = _made(newsroom, verdict, "pavlo")
    assert second.version > first.version
    assert bytes(second.content) == bytes(first.content)


def test_what_others_have_still_to_rate_blind_is_not_in_it(newsroom: Newsroom) -> None:
    """The dossier of what stands published tells nothing of the correction that is being judged."""
    revision = newsroom.published()
    start_correction(
        publication_id=revision.publication_id,
        seen_version=revision.publication.version,
        reason="A reader wrote.",
        actor=newsroom.actor("pavlo"),
    )
    draft = newsroom.started(Claim.objects.get(pk=revision.publication.claim_id))
    newsroom.submitted(newsroom.saved(draft, rating="false", tier="substantial", correction_note="Five."))
    content = bytes(_made(newsroom, revision.verdict).content)
    assert b"A reader wrote." in content
    assert b"Five." not in content


def test_asking_is_kept_in_the_history(newsroom: Newsroom) -> None:
    verdict = newsroom.published().verdict
    _made(newsroom, verdict)
    event = ClaimEvent.objects.get(verb="ask_dossier")
    assert (event.person_name, event.claim_id) == ("Ada", verdict.claim_id)
    assert verify_history().holds


def test_the_job_does_it_with_progress(newsroom: Newsroom) -> None:
    verdict = newsroom.published().verdict
    _ask(newsroom, verdict)
    job = Job.objects.get(kind="make_dossier")
    assert jobs.run(job.pk, BODIES)
    job.refresh_from_db()
    assert (job.state, job.done_steps > 0) == ("done", True), job.last_error
    assert Dossier.objects.get().made_at is not None


def test_a_key_that_others_may_read_signs_nothing(newsroom: Newsroom, own_key: Path) -> None:
    verdict = newsroom.published().verdict
    _made(newsroom, verdict)
    Dossier.objects.update(mark="", made_at=None)
    (own_key / "signing_key").chmod(0o644)
    _ask(newsroom, verdict)
    job = Job.objects.order_by("-pk").filter(kind="make_dossier")[0]
    jobs.run(job.pk, BODIES)
    job.refresh_from_db()
    assert (job.state, "chmod 600" in job.last_error) == ("dead", True)
    assert Dossier.objects.get().made_at is None


# --- On the desk --------------------------------------------------------------------------------------


def _signed_in(newsroom: Newsroom, name: str) -> Client:
    Person.objects.filter(pk=newsroom.people[name].pk).update(is_staff=True)
    return newsroom.signed_in(name)


def test_it_is_asked_for_watched_downloaded_and_checked_with_the_published_key(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    verdict = newsroom.published().verdict
    client = _signed_in(newsroom, "ada")
    address = reverse("admin:claims_dossier", args=[verdict.pk])
    assert client.get(reverse("admin:claims_dossier_file", args=[verdict.pk])).status_code == 404
    assert "Make the dossier" in client.get(address).content.decode()
    assert "It is being made" in client.post(address, follow=True).content.decode()
    jobs.run(Job.objects.get(kind="make_dossier").pk, BODIES)
    assert "Download the dossier" in client.get(address).content.decode()
    answer = client.get(reverse("admin:claims_dossier_file", args=[verdict.pk]))
    assert answer["Content-Type"] == "application/zip"
    assert "no-store" in answer["Cache-Control"]
    (tmp_path / "d.zip").write_bytes(answer.content)
    published = Client().get("/.well-known/factcheck-key.json")
    assert published.status_code == 200
    report = check_dossier(tmp_path / "d.zip", parsed_key(published.content.decode()))
    assert report.holds, report.findings
    assert report.installation == project.SITE_URL


def test_the_page_and_the_file_are_closed_to_others(newsroom: Newsroom) -> None:
    verdict = newsroom.published().verdict
    _made(newsroom, verdict)
    for name in ("claims_dossier", "claims_dossier_file"):
        address = reverse(f"admin:{name}", args=[verdict.pk])
        assert _signed_in(newsroom, "jonas").get(address).status_code == 403
        assert Client().get(address).status_code == 302
        newsroom.join("alien", "auditor", desk=Desk.objects.create(name=f"Sports {name}"))
        assert _signed_in(newsroom, "alien").get(address).status_code == 404
    for forged in (0, 2**63):
        gone = reverse("admin:claims_dossier", args=[forged])
        assert _signed_in(newsroom, "ada").get(gone).status_code == 404


def test_the_page_asks_few_questions_of_the_database(
    newsroom: Newsroom, django_assert_max_num_queries: Any
) -> None:
    verdict = newsroom.published().verdict
    _made(newsroom, verdict)
    client = _signed_in(newsroom, "ada")
    with django_assert_max_num_queries(12):
        client.get(reverse("admin:claims_dossier", args=[verdict.pk]))
