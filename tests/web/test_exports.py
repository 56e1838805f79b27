"""The auditor's page: an export of everything is asked for, watched, stopped, taken, and deleted again."""

from __future__ import annotations

import hashlib
import stat
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from claims import jobs
from claims.actions.exports import ask_export, forget_old_exports, make_export, stop_export
from claims.actions.importing_everything import check_export
from claims.jobs import GiveUp, LeaseLost
from claims.models import ClaimEvent, Desk, Export, Job, Membership
from claims.rules.permissions import NotAllowed
from claims.selectors.exports import file_of
from claims.tasks import BODIES
from tests.newsroom import Newsroom, open_newsroom

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> Path:
    settings.SIGNING_KEY_FILE = tmp_path / "signing_key"
    settings.EXPORT_FOLDER = tmp_path / "exports"
    return tmp_path


@pytest.fixture
def newsroom() -> Newsroom:
    return open_newsroom()


def _quiet(done: int, total: int, note: str) -> None:
    """Nobody looks at the progress."""


def test_an_auditor_asks_waits_and_takes_a_whole_export(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.published()
    ada = newsroom.signed_in("ada")
    assert "Export everything" in ada.get("/exports/").text
    page = ada.post("/exports/", follow=True)
    run = Export.objects.get()
    assert "Waiting for a worker" in page.text
    assert 'hx-trigger="every 2s"' in page.text
    assert ada.get(f"/exports/{run.pk}/file/").status_code == 404
    assert jobs.run(Job.objects.get(kind="make_export").pk, BODIES)
    run.refresh_from_db()
    made = ada.get(f"/exports/{run.pk}/")
    assert "Download the export" in made.text
    assert 'hx-trigger="every 2s"' not in made.text
    assert run.sha256 in made.text
    answer = ada.get(f"/exports/{run.pk}/file/")
    content = answer.getvalue()
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith('attachment; filename="factcheck-')
    assert hashlib.sha256(content).hexdigest() == run.sha256
    assert len(content) == run.size
    assert "manifest.json" in zipfile.ZipFile(BytesIO(content)).namelist()
    (tmp_path / "taken.zip").write_bytes(content)
    assert check_export(tmp_path / "taken.zip", _quiet).counts == run.counts
    assert ClaimEvent.objects.get(verb="export").person_id == newsroom.people["ada"].pk


def test_the_state_is_answered_with_nothing_while_nothing_changed(newsroom: Newsroom) -> None:
    run = ask_export(actor=newsroom.actor("ada"))
    ada = newsroom.signed_in("ada")
    first = ada.get(f"/exports/{run.pk}/state/")
    assert ada.get(f"/exports/{run.pk}/state/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    make_export(run.pk, _quiet)
    assert ada.get(f"/exports/{run.pk}/state/", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("name", ["jonas", "rita", "anna", "pavlo", "adam", "root"])
def test_nobody_but_an_auditor_may(newsroom: Newsroom, name: str) -> None:
    run = ask_export(actor=newsroom.actor("ada"))
    client = newsroom.signed_in(name)
    for address in (
        "/exports/",
        f"/exports/{run.pk}/",
        f"/exports/{run.pk}/state/",
        f"/exports/{run.pk}/file/",
    ):
        answer = client.get(address)
        assert answer.status_code == 403, address
        assert "audits every desk" in answer.text
    assert client.post("/exports/").status_code == 403
    assert client.post(f"/exports/{run.pk}/stop/").status_code == 403
    assert Export.objects.count() == 1


def test_who_audits_one_desk_of_two_may_not_take_the_other_along(newsroom: Newsroom) -> None:
    sports = Desk.objects.create(name="Sports")
    with pytest.raises(NotAllowed, match="every desk"):
        ask_export(actor=newsroom.actor("ada"))
    Membership.objects.create(person=newsroom.people["ada"], desk=sports, role="auditor")
    assert ask_export(actor=newsroom.actor("ada")).pk


def test_while_one_is_made_a_second_is_the_same(newsroom: Newsroom) -> None:
    first = ask_export(actor=newsroom.actor("ada"))
    assert ask_export(actor=newsroom.actor("ada")) == first
    make_export(first.pk, _quiet)
    Job.objects.update(state=Job.State.DONE)
    assert ask_export(actor=newsroom.actor("ada")) != first


def test_an_export_that_is_stopped_leaves_no_file(newsroom: Newsroom) -> None:
    run = ask_export(actor=newsroom.actor("ada"))

    def stopped_meanwhile(done: int, total: int, note: str) -> None:
        stop_export(export_id=run.pk, actor=newsroom.actor("ada"))
        raise LeaseLost("cancelled")

    with pytest.raises(LeaseLost):
        make_export(run.pk, stopped_meanwhile)
    assert list(file_of(run).parent.iterdir()) == []
    assert Job.objects.get().state == Job.State.CANCELLED
    assert "Stopped" in newsroom.signed_in("ada").get(f"/exports/{run.pk}/").text
    assert ClaimEvent.objects.filter(verb="stop_export").exists()


def test_an_export_that_takes_too_long_says_what_to_do(newsroom: Newsroom, settings: Any) -> None:
    settings.JOB_TIME_LIMIT_SECONDS = -1
    run = ask_export(actor=newsroom.actor("ada"))
    with pytest.raises(GiveUp, match="export_everything"):
        make_export(run.pk, _quiet)


def test_the_file_is_for_its_owner_alone_and_goes_with_the_next_or_after_a_week(newsroom: Newsroom) -> None:
    first = ask_export(actor=newsroom.actor("ada"))
    make_export(first.pk, _quiet)
    assert stat.S_IMODE(file_of(first).stat().st_mode) == 0o600
    Job.objects.update(state=Job.State.DONE)
    second = ask_export(actor=newsroom.actor("ada"))
    make_export(second.pk, _quiet)
    assert not file_of(first).exists()
    assert "Its file was deleted" in newsroom.signed_in("ada").get(f"/exports/{first.pk}/").text
    assert forget_old_exports() == 0
    Export.objects.filter(pk=second.pk).update(made_at=timezone.now() - timedelta(days=8))
    assert forget_old_exports() == 1
    assert not file_of(second).exists()


def test_a_file_on_another_machine_is_explained(newsroom: Newsroom) -> None:
    run = ask_export(actor=newsroom.actor("ada"))
    make_export(run.pk, _quiet)
    file_of(run).unlink()
    assert "EXPORT_FOLDER" in newsroom.signed_in("ada").get(f"/exports/{run.pk}/").text


def test_the_review_desk_leads_an_auditor_there(newsroom: Newsroom) -> None:
    newsroom.people["ada"].is_staff = newsroom.people["rita"].is_staff = True
    for name in ("ada", "rita"):
        newsroom.people[name].save()
    assert 'href="/exports/"' in newsroom.signed_in("ada").get("/admin/claims/claim/").text
    assert 'href="/exports/"' not in newsroom.signed_in("rita").get("/admin/claims/claim/").text


def test_a_list_costs_few_queries(newsroom: Newsroom, django_assert_max_num_queries: Any) -> None:
    run = ask_export(actor=newsroom.actor("ada"))
    ada = newsroom.signed_in("ada")
    for address in ("/exports/", f"/exports/{run.pk}/"):
        with django_assert_max_num_queries(12):
            ada.get(address)
