"""The commands that back up and move an installation: what they print, keep and refuse."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from claims.actions.exporting import write_export
from claims.actions.importing_everything import import_everything
from claims.actions.verification import verify_history
from claims.models import Claim, ClaimEvent, Person
from claims.selectors.export_rows import one_reading
from tests.guarded import empty_database
from tests.newsroom import Newsroom, open_newsroom, tell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_key(tmp_path: Path, settings: Any) -> None:
    settings.SIGNING_KEY_FILE = tmp_path / "signing_key"


@pytest.fixture
def newsroom() -> Newsroom:
    opened = open_newsroom()
    opened.published()
    return opened


def test_an_export_is_told_by_model_checked_and_taken_in_with_a_report(
    newsroom: Newsroom, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, report = tmp_path / "all.zip", tmp_path / "report.json"
    head = verify_history()
    call_command("export_everything", str(file), verbosity=0)
    told = capsys.readouterr().out
    assert f"{Person.objects.count()} claims.Person\n" in told
    assert f"head of the history {head.count}:{head.hash}" in told
    call_command("import_everything", str(file), "--check", verbosity=0)
    assert "The export is whole." in capsys.readouterr().out
    empty_database()
    call_command("import_everything", str(file), "--report", str(report), verbosity=0)
    told = capsys.readouterr().out
    assert "The history holds." in told
    assert "left out: claims.ApiToken: A secret of a person" in told
    assert "manage.py changepassword NAME" in told
    kept = json.loads(report.read_text("utf-8"))
    assert kept["counts"]["claims.Claim"] == Claim.objects.count() == 1
    assert kept["head"] == f"{head.count}:{head.hash}"
    assert kept["unmapped"] == []
    assert kept["left_out"]["claims.Person.password"].startswith("A secret")


def test_an_export_is_never_written_over_anything(newsroom: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "all.zip").write_bytes(b"precious")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine").write_bytes(b"precious")
    for name, told in (("all.zip", "exists already"), ("folder", "not empty")):
        with pytest.raises(CommandError, match=told):
            call_command("export_everything", str(tmp_path / name), verbosity=0)
    assert (tmp_path / "all.zip").read_bytes() == b"precious"
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_a_refused_import_says_that_nothing_was_written(newsroom: Newsroom, tmp_path: Path) -> None:
    call_command("export_everything", str(tmp_path / "all.zip"), verbosity=0)
    with pytest.raises(CommandError, match=r"not empty: .*claims\.Person.* Nothing was written\."):
        call_command("import_everything", str(tmp_path / "all.zip"), verbosity=0)
    with pytest.raises(CommandError, match="signed by another key"):
        call_command("import_everything", str(tmp_path / "all.zip"), "--check", "--signed-by", "0" * 64)


def test_an_export_that_fails_leaves_no_file(newsroom: Newsroom, tmp_path: Path) -> None:
    def fail(done: int, total: int, note: str) -> None:
        if note == "claims.Verdict":
            raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_export(tmp_path / "all.zip", fail)
    assert [path.name for path in tmp_path.iterdir()] == ["signing_key"]
    # The reading is over as well: the same connection writes again.
    newsroom.claim("Two ferries stay in the harbour.")


def test_an_export_is_of_one_moment_whatever_is_written_meanwhile(newsroom: Newsroom, tmp_path: Path) -> None:
    before = verify_history()
    written: list[int] = []

    def write() -> None:
        try:
            with transaction.atomic():
                claim = newsroom.claim("Nine ferries stay in the harbour.")
                tell(claim)
            written.append(claim.pk)
        finally:
            connection.close()

    def meanwhile(done: int, total: int, note: str) -> None:
        if note == "claims.Outlet" and not written:
            # Whoever writes does not wait for the export: the thread ends while it is under way.
            writer = threading.Thread(target=write)
            writer.start()
            writer.join(60)
            assert written, "the export held a writer up"

    counts = write_export(tmp_path / "all.zip", meanwhile).counts
    assert verify_history().count == before.count + 1 == ClaimEvent.objects.count()
    assert counts["claims.ClaimEvent"] == before.count
    assert counts["claims.Claim"] == Claim.objects.count() - 1
    empty_database()
    import_everything(tmp_path / "all.zip", lambda done, total, note: None)
    assert verify_history() == before


def test_nothing_can_be_written_within_a_reading(newsroom: Newsroom) -> None:
    with pytest.raises(RuntimeError), transaction.atomic(), one_reading():
        pass
    if connection.vendor == "postgresql":
        with pytest.raises(Exception, match="read-only"), one_reading():
            newsroom.claim()
