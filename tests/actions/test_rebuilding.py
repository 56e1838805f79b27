"""A rebuild by several processes, and one that is killed, both as a person starts them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest
from pytest_django import Settings

from claims import jobs
from claims.actions.drift import Drift
from claims.actions.indexing import find_and_repair_drift, index_document
from claims.actions.rebuilding import REBUILD_INDEX, RebuildStopped, rebuild_in_sight, rebuild_index
from claims.models import Document, Job, Outlet, Passage
from claims.search import get_backend, reset_backend
from claims.tasks import BODIES
from tests.servers import ROOT, database_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def embedded_index(settings: Settings, tmp_path: Path) -> Iterator[None]:
    reset_backend()
    settings.ELASTICSEARCH_URL = ""
    settings.SEARCH_FOLDER = tmp_path / "search"
    yield
    reset_backend()


def add_passages(count: int) -> Document:
    document = Document.objects.create(
        outlet=Outlet.objects.create(name="Harbour Gazette"),
        key="harbour-1",
        text="Harbour",
        language="en",
        published_at=datetime(2026, 5, 4, 9, tzinfo=UTC),
        text_sha256="0" * 64,
    )
    texts = [f"Ferry {number} left port {number % 9} with {number} cars." for number in range(count)]
    Passage.objects.bulk_create(
        Passage(document=document, ordinal=place, start=0, end=len(text), text=text)
        for place, text in enumerate(texts)
    )
    return document


def test_several_processes_read_and_the_index_is_complete() -> None:
    add_passages(3_500)
    steps: list[int] = []
    rebuilt = rebuild_index("passages", lambda done, rows: steps.append(done), processes=2)
    assert rebuilt.rows == 3_500
    assert steps == [0, 1_000, 2_000, 3_000, 3_500]
    assert find_and_repair_drift("passages") == Drift()
    # The standard library's resource tracker stays until this process ends; readers do not.
    children = psutil.Process().children(recursive=True)
    assert not [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def test_a_killed_rebuild_leaves_the_complete_index_and_no_process(tmp_path: Path) -> None:
    document = add_passages(4_000)
    get_backend().ensure()
    index_document(document.pk)
    before = get_backend().generation("passages")
    rebuild = subprocess.Popen(
        [sys.executable, "manage.py", "reindex", "--kind", "passages", "--processes", "2"],
        cwd=ROOT,
        env=os.environ
        | {
            "DATABASE_URL": database_url(),
            "SEARCH_FOLDER": str(tmp_path / "search"),
            "ELASTICSEARCH_URL": "",
        },
        stderr=subprocess.DEVNULL,
    )
    readers: list[psutil.Process] = []
    try:
        half_built = tmp_path / "search" / "passages" / f"{before + 1:06d}"
        deadline = time.monotonic() + 300
        # The new generation stands beside the old one, and the processes that read for it are at work.
        while not (half_built.exists() and readers):
            assert rebuild.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.002)
            readers = psutil.Process(rebuild.pid).children(recursive=True)
    finally:
        rebuild.kill()
        rebuild.wait()
    _, alive = psutil.wait_procs(readers, timeout=60)
    assert alive == []
    assert get_backend().generation("passages") == before
    assert find_and_repair_drift("passages") == Drift()
    assert rebuild_index("passages", lambda done, rows: None).rows == 4_000
    assert find_and_repair_drift("passages") == Drift()


def test_a_rebuild_shows_how_far_it_is_in_the_row_of_a_job() -> None:
    add_passages(2_500)
    seen: list[tuple[str, int, int]] = []

    def look(done: int, there: int) -> None:
        seen.extend(Job.objects.values_list("state", "done_steps", "all_steps"))

    for _again in range(2):
        assert rebuild_in_sight("passages", look).rows == 2_500
    assert ("running", 0, 2_500) in seen
    assert list(Job.objects.values_list("state", "done_steps", "subject_version").order_by("pk")) == [
        ("done", 2_500, 1),
        ("done", 2_500, 2),
    ]


def test_a_rebuild_that_a_person_stops_leaves_the_index_in_use() -> None:
    document = add_passages(2_500)
    get_backend().ensure()
    index_document(document.pk)
    before = get_backend().generation("passages")

    def stop(done: int, there: int) -> None:
        jobs.cancel(Job.objects.get(kind=REBUILD_INDEX).pk)

    with pytest.raises(RebuildStopped):
        rebuild_in_sight("passages", stop)
    assert get_backend().generation("passages") == before
    assert find_and_repair_drift("passages") == Drift()


def test_the_row_of_a_killed_rebuild_is_buried_with_a_sentence() -> None:
    job = jobs.enqueue(REBUILD_INDEX, 1)
    jobs.run(job.pk, BODIES)
    job.refresh_from_db()
    assert job.state == "dead"
    assert "run manage.py reindex again" in job.last_error
