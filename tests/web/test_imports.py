"""The pages of an import: asked for, under way, stopped, ended; the report as a table."""

from __future__ import annotations

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims import jobs
from claims.models import Import, Job
from claims.tasks import BODIES
from tests.newsroom import Newsroom

pytestmark = pytest.mark.django_db
TABLE = (
    "claim,url,rating,publisher\nThe pier sank.,https://checks.example.net/pier,=False(),Quay\n"
    "No address.,,False,Quay\n"
)


def ask(client: Client) -> Import:
    answer = client.post("/imports/", {"file": SimpleUploadedFile("checks.csv", TABLE.encode())})
    assert answer.status_code == 302
    return Import.objects.get()


def test_an_import_is_followed_to_its_end_and_its_report_is_a_safe_table(
    newsroom: Newsroom, jonas: Client
) -> None:
    run = ask(jonas)
    page = jonas.get(run.get_absolute_url()).content.decode()
    assert "Waiting for a worker" in page
    assert f'hx-get="/imports/{run.pk}/state/"' in page
    jobs.run(Job.objects.get(kind="run_import").pk, BODIES)
    page = jonas.get(f"/imports/{run.pk}/state/").content.decode()
    assert "New: 1. Changed: 0. Known already: 0. Left out: 1." in page
    assert "Line 3:" in page
    assert "hx-get" not in page, "what has ended is not asked for again"
    report = b"".join(jonas.get(f"/imports/{run.pk}/report.csv")).decode("utf-8-sig")
    assert report.splitlines()[1].startswith("2,3,,The address of the check")


def test_the_state_is_not_sent_again_while_nothing_changed(newsroom: Newsroom, jonas: Client) -> None:
    run = ask(jonas)
    first = jonas.get(f"/imports/{run.pk}/state/")
    again = jonas.get(f"/imports/{run.pk}/state/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_a_stopped_import_says_so_and_can_go_on(newsroom: Newsroom, jonas: Client) -> None:
    run = ask(jonas)
    page = jonas.post(f"/imports/{run.pk}/stop/", follow=True).content.decode()
    assert "What was taken in stays." in page
    assert "Go on where it stopped" in page
    jonas.post(f"/imports/{run.pk}/resume/")
    assert Job.objects.get(kind="run_import").state == Job.State.WAITING


def test_a_file_of_sources_is_taken_in_by_a_job_too(newsroom: Newsroom, jonas: Client) -> None:
    line = json.dumps({"outlet": "Wire", "title": "Pier", "text": "The pier stands.", "language": "en"})
    answer = jonas.post("/sources/add/", {"way": "import", "file": io.BytesIO(line.encode())})
    assert answer["Location"] == Import.objects.get(kind="sources").get_absolute_url()


@pytest.mark.parametrize("url", ["", "ftp://checks.example.net/", "javascript:alert(1)"])
def test_what_is_no_address_is_refused_at_the_form(newsroom: Newsroom, jonas: Client, url: str) -> None:
    answer = jonas.post("/imports/", {"url": url})
    assert answer.status_code == 400
    assert "Write it like https://example.org/page." in answer.content.decode()


def test_the_page_of_an_import_costs_few_statements(
    newsroom: Newsroom, jonas: Client, django_assert_max_num_queries: object
) -> None:
    run = ask(jonas)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        jonas.get(run.get_absolute_url())


def test_older_imports_are_one_page_further(
    newsroom: Newsroom, jonas: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("claims.selectors.imports.LISTED", 1)
    for _each in range(2):
        jonas.post("/imports/", {"file": SimpleUploadedFile("checks.csv", TABLE.encode())})
    older, newer = Import.objects.order_by("pk")
    assert f'href="?before={newer.pk}"' in jonas.get("/imports/").content.decode()
    page = jonas.get(f"/imports/?before={newer.pk}").content.decode()
    assert older.get_absolute_url() in page
    assert newer.get_absolute_url() not in page
    assert 'rel="next"' not in page
