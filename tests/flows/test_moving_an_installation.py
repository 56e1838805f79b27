"""A newsroom moves: export, an empty installation, import; nothing that the outside relies on is different."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection

from claims.actions.importing_everything import import_everything
from claims.actions.verification import verify_history
from claims.models import ApiToken, Delivery, Export, Import, Job, KeptDraft, Person, Subscription, Verdict
from claims.search.base import INDEX_KINDS
from tests.guarded import empty_database
from tests.moving import Elsewhere, exported, exported_labels, furnished, rows_of, told_in_public, triggers
from tests.newsroom import open_newsroom

pytestmark = pytest.mark.django_db(transaction=True)


def _quiet(done: int, total: int, note: str) -> None:
    """Nobody looks at the progress."""


@pytest.fixture(autouse=True)
def own_key(tmp_path: Path, settings: object) -> None:
    settings.SIGNING_KEY_FILE = tmp_path / "signing_key"  # type: ignore[attr-defined]


def test_a_moved_newsroom_is_the_same_to_the_last_byte(tmp_path: Path) -> None:
    furnished()
    told, guards, head = told_in_public(), triggers(), verify_history()
    exported(tmp_path / "before")
    empty_database()
    report = import_everything(tmp_path / "before", _quiet)
    assert verify_history() == head
    assert told_in_public() == told
    assert triggers() == guards
    exported(tmp_path / "after")
    before, after = tmp_path / "before", tmp_path / "after"
    names = sorted(path.relative_to(before) for path in before.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(after) for path in after.rglob("*") if path.is_file())
    for name in names:
        if name.parent.name in ("rows", "captures"):
            assert (before / name).read_bytes() == (after / name).read_bytes(), name
    assert set(report.counts) == exported_labels()
    assert report.unmapped == [] == report.filled


def test_something_of_nearly_everything_was_moved(tmp_path: Path) -> None:
    furnished()
    counts = exported(tmp_path / "all").counts
    # Of these the newsroom of the tests has none; they have no column of a kind that others lack.
    none = {"claims.ArticleWatch", "claims.BlindLabel", "claims.ImportProblem", "claims.OutsideCheck"}
    none |= {"claims.Preference", "claims.Verdict_co_authors"}
    assert {label for label, rows in counts.items() if not rows} <= none


def test_secrets_stay_behind_and_nobody_can_sign_in_before_they_get_a_new_password(tmp_path: Path) -> None:
    newsroom = furnished()
    salt = Subscription.objects.get().salt
    hashed = ApiToken.objects.get().token_hash
    password = Person.objects.get(pk=newsroom.people["rita"].pk).password
    exported(tmp_path / "all")
    whole = b"".join(path.read_bytes() for path in (tmp_path / "all").rglob("*") if path.is_file())
    for secret in (salt, hashed, password, "Half a thought"):
        assert secret.encode() not in whole
    empty_database()
    report = import_everything(tmp_path / "all", _quiet)
    assert report.people_without_login == Person.objects.count() > 0
    assert not any(person.has_usable_password() for person in Person.objects.all())
    assert not ApiToken.objects.exists()
    assert not KeptDraft.objects.exists()
    subscription = Subscription.objects.get()
    assert not subscription.active
    assert "new one" in subscription.disabled_because
    assert len(subscription.salt) >= 20
    assert subscription.salt != salt


def test_open_work_is_asked_for_anew(tmp_path: Path) -> None:
    furnished()
    scheduled = Verdict.objects.get(state="scheduled")
    exported(tmp_path / "all.zip")
    empty_database()
    report = import_everything(tmp_path / "all.zip", _quiet)
    job = Job.objects.get(kind="publish_scheduled")
    assert (job.subject, job.due_at) == (scheduled.pk, scheduled.publish_at)
    assert Job.objects.filter(kind="repair_drift").count() == len(INDEX_KINDS)
    assert report.jobs["deliver_webhook"] == Delivery.objects.filter(state="waiting").count() > 0
    # An import that somebody may have stopped does not go on by itself.
    assert Job.objects.get(kind="run_import", subject=Import.objects.get().pk).state == Job.State.CANCELLED
    assert not Export.objects.exists()


def test_what_is_made_afterwards_is_numbered_after_what_came(tmp_path: Path) -> None:
    furnished()
    newest = Person.objects.latest("pk").pk
    exported(tmp_path / "all.zip")
    empty_database()
    import_everything(tmp_path / "all.zip", _quiet)
    newsroom = open_newsroom()
    assert newsroom.people["rita"].pk > newest
    newsroom.published()
    assert verify_history().holds


@pytest.fixture
def other_database(tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database of the other kind than the one that the tests use."""
    if connection.vendor == "postgresql":
        yield f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}"
        return
    postgres = os.environ.get("TEST_POSTGRES_URL")
    if not postgres:
        pytest.skip("TEST_POSTGRES_URL is not set")
    name = f"moving_{secrets.token_hex(6)}"
    server = urlunsplit(urlsplit(postgres)._replace(path="/postgres"))
    with closing(psycopg.connect(server, autocommit=True)) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(urlsplit(postgres)._replace(path=f"/{name}"))
        finally:
            admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.postgres
def test_it_moves_to_the_other_database_and_back(tmp_path: Path, other_database: str) -> None:
    furnished()
    told, head = told_in_public(), verify_history()
    exported(tmp_path / "here")
    elsewhere = Elsewhere(tmp_path, other_database)
    elsewhere.manage("migrate", "-v0")
    assert "The history holds" in elsewhere.manage("import_everything", str(tmp_path / "here"), "-v0")
    assert f"head {head.count}:{head.hash}" in elsewhere.manage("verify_history")
    assert elsewhere.told_in_public() == told
    elsewhere.manage("export_everything", str(tmp_path / "there"), "-v0")
    # A JSON column keeps no order of its keys on PostgreSQL, so rows are compared and not bytes.
    assert rows_of(tmp_path / "there") == rows_of(tmp_path / "here")
    empty_database()
    import_everything(tmp_path / "there", _quiet)
    assert verify_history() == head
    assert told_in_public() == told
    exported(tmp_path / "home")
    assert rows_of(tmp_path / "home") == rows_of(tmp_path / "here")
    for capture in (tmp_path / "here" / "captures").iterdir():
        assert capture.read_bytes() == (tmp_path / "home" / "captures" / capture.name).read_bytes()
