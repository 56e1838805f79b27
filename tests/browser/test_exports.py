"""The auditor's export in a browser: asked for with one button; the page shows by itself that it is made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from claims import jobs
from claims.models import Export, Job
from claims.tasks import BODIES
from tests.browser.conftest import Open
from tests.browser.looking import faults
from tests.newsroom import Newsroom

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> None:
    settings.SIGNING_KEY_FILE = tmp_path / "signing_key"
    settings.EXPORT_FOLDER = tmp_path / "exports"


def test_an_export_is_made_watched_and_taken_without_a_fault_of_the_page(
    newsroom: Newsroom, open_page: Open, tmp_path: Path
) -> None:
    page = open_page("/exports/", "ada")
    page.get_by_role("button", name="Export everything").click()
    page.get_by_role("heading", name="Waiting for a worker").wait_for()
    run = Export.objects.get()
    jobs.run(Job.objects.get(kind="make_export").pk, BODIES)
    page.get_by_role("heading", name="Made").wait_for()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download the export").click()
    taken.value.save_as(tmp_path / "taken.zip")
    assert (tmp_path / "taken.zip").stat().st_size == Export.objects.get().size
    pages = [("/exports/", "ada"), (run.get_absolute_url(), "ada")]
    assert list(faults(open_page, pages)) == []
