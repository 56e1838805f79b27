"""The commands behind ``make run``: people, demonstration day, articles, the gathering that one watches."""

from __future__ import annotations

import gettext
import threading
from io import BytesIO
from pathlib import Path

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import RequestFactory

from claims import jobs
from claims.actions.first_people import create_first_people
from claims.actions.polling import request_due_polls
from claims.jobs.clock import FromNow
from claims.management.commands.compile_translations import compile_if_newer
from claims.models import Article, Claim, Desk, Document, Job, Outlet, Person, Source
from claims.rules.permissions import Role
from claims.selectors.gathering import gathered_claims
from claims.selectors.people import actor_of
from claims.tasks import BODIES
from tests.together import at_once

pytestmark = pytest.mark.django_db

BLOG = """Ferry strike: live updates

2:15 p.m. The port authority says nine ferries stay in the harbour today.

11:40 a.m. Crews walked out for three hours this morning, the union said.
"""


def _run_all_jobs() -> None:
    """Do what a worker does, without its waits; a job that fails is dead after its five starts."""
    while due := list(Job.objects.filter(state=Job.State.WAITING).order_by("due_at", "id")):
        for job in due:
            Job.objects.filter(pk=job.pk).update(due_at=FromNow(-1))
            jobs.run(job.pk, BODIES)


def test_the_first_people_hold_one_role_each_and_can_sign_in_with_what_was_told() -> None:
    logins = create_first_people()
    assert len({login.password for login in logins}) == 7
    for login in logins:
        door = RequestFactory().post("/sign-in/")
        person = authenticate(door, username=login.username, password=login.password)
        assert isinstance(person, Person)
        assert actor_of(person).roles == {Desk.objects.get().pk: frozenset({login.role})}
        assert person.is_staff == (login.role is not Role.JOURNALIST)
        assert person.is_superuser == (login.role is Role.ADMIN)


def test_nobody_is_created_where_anybody_exists() -> None:
    Person.objects.create_user("olena")
    assert create_first_people() == []
    assert not Desk.objects.exists()


@pytest.mark.usefixtures("engine")
def test_the_demonstration_day_is_gathered_and_a_second_load_changes_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    create_first_people()
    call_command("load_demonstration", verbosity=0)
    _run_all_jobs()
    assert not Job.objects.filter(state=Job.State.DEAD).exists()
    before = [model.objects.count() for model in (Document, Article, Claim, Job)]
    call_command("load_demonstration", verbosity=0)
    assert [model.objects.count() for model in (Document, Article, Claim, Job)] == before
    rows = gathered_claims(limit=100)
    assert len(rows) == Claim.objects.count()
    assert any(row.supports and row.origins for row in rows)
    assert all(row.seconds is not None for row in rows)
    call_command("gather_claims")
    printed = capsys.readouterr().out
    assert "independent origins" in printed


def test_without_the_demonstration_desk_nothing_is_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_demonstration")
    assert "nothing loaded" in capsys.readouterr().err
    assert not Document.objects.exists()


@pytest.mark.usefixtures("engine")
@pytest.mark.django_db(transaction=True)
def test_gather_claims_asks_for_what_has_no_evidence_and_waits_for_the_worker() -> None:
    create_first_people()
    call_command("load_demonstration", verbosity=0)
    Job.objects.filter(kind="gather_evidence").delete()

    def work() -> None:
        try:
            _run_all_jobs()
        finally:
            connections.close_all()

    workers: list[threading.Thread] = []

    def look_after() -> None:
        if not workers:
            workers.append(threading.Thread(target=work))
            workers[0].start()

    call_command("gather_claims", look_after=look_after, wait=600.0)
    workers[0].join()
    assert not Claim.objects.filter(gathered_at__isnull=True).exists()


def test_an_article_of_ones_own_is_taken_in_from_a_file_with_its_updates_and_suggestions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    create_first_people()
    path = tmp_path / "blog.txt"
    path.write_text(BLOG, "utf-8")
    call_command("take_in_article", str(path))
    printed = capsys.readouterr().out
    assert "2:15 p.m." in printed
    assert "11:40 a.m." in printed
    assert "Suggested claims" in printed
    assert "three hours" in printed.split("Suggested claims")[1]
    assert Article.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "cannot be read"),
        (b"", "text"),
        ("Порт зачинено".encode("cp1251"), "no UTF-8 text"),
        (b"a" * 10_000_001, "larger than 10 MB"),
    ],
)
def test_a_file_that_cannot_be_taken_in_is_refused_with_a_sentence(
    tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    create_first_people()
    path = tmp_path / "article.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        call_command("take_in_article", str(path))
    assert not Article.objects.exists()


def test_an_address_that_fails_is_told_with_its_reason(settings) -> None:
    create_first_people()

    def look_after() -> None:
        _run_all_jobs()

    with pytest.raises(CommandError, match="Not taken in"):
        call_command("take_in_article", "http://127.0.0.1/page", look_after=look_after)


@time_machine.travel("2026-03-04T10:00Z", tick=False)
def test_a_due_feed_is_asked_for_once_a_minute_and_not_while_a_poll_waits() -> None:
    outlet = Outlet.objects.create(name="Harbour Courier")
    due = Source.objects.create(outlet=outlet, feed_url="https://courier.example/feed")
    Source.objects.create(outlet=outlet, feed_url="https://courier.example/old", active=False)
    assert request_due_polls() == 1
    assert request_due_polls() == 0
    job = Job.objects.get()
    assert (job.kind, job.subject) == ("poll_source", due.pk)
    Job.objects.update(state=Job.State.DONE)
    request_due_polls()
    # The same minute gives the same version: the row that is done stands for it.
    assert Job.objects.count() == 1


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A catalogue of one word."""
    folder = tmp_path / "uk" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    written = folder / "django.po"
    written.write_text(head + 'msgid "claim"\nmsgstr "твердження"\n', "utf-8")
    return written


def test_several_who_compile_a_translation_at_once_leave_it_whole(source: Path) -> None:
    outcomes = at_once(*[lambda: compile_if_newer(source)] * 8)
    assert set(outcomes) <= {True, False}, outcomes
    assert [path.name for path in sorted(source.parent.iterdir())] == ["django.mo", "django.po"]
    compiled = gettext.GNUTranslations(BytesIO(source.with_suffix(".mo").read_bytes()))
    assert compiled.gettext("claim") == "твердження"


def test_a_translation_is_compiled_once_and_can_be_read(source: Path) -> None:
    assert compile_if_newer(source)
    assert not compile_if_newer(source)
    compiled = gettext.GNUTranslations(BytesIO(source.with_suffix(".mo").read_bytes()))
    assert compiled.gettext("claim") == "твердження"
