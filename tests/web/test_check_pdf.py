"""A check as a tagged PDF: made from the snapshot, once, fetching nothing; a clear answer where it cannot be."""

from __future__ import annotations

import re
import threading
import zlib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from claims.actions.publication import retract_publication
from claims.models import Publication
from claims.publish import pdf
from tests.newsroom import Newsroom


@pytest.fixture
def check(newsroom: Newsroom, settings: Any, tmp_path: Path) -> Publication:
    settings.VAR_DIR = tmp_path
    return newsroom.published(justification="Слово «правда» тут. " * 20).publication


def _address(check: Publication) -> str:
    return f"/checks/{check.pk}/revisions/1/check.pdf"


def _inflated(body: bytes) -> bytes:
    """Return the file with its compressed objects laid open, so that its tags can be read."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", body, re.DOTALL)
    laid_open = b""
    for stream in streams:
        try:
            laid_open += zlib.decompress(stream)
        except zlib.error:
            continue
    return body + laid_open


def test_the_pdf_is_tagged_has_a_language_and_is_made_once(
    check: Publication, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = client.get(_address(check))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    told = _inflated(answer.content)
    assert b"/StructTreeRoot" in told
    assert re.search(rb"/Marked\s+true", told)
    assert re.search(rb"/Lang\s*\(en\)", told)
    assert b"/H1" in told
    assert len(list((tmp_path / "pdf").iterdir())) == 1
    # From here on nothing can make another: what was kept answers.
    monkeypatch.setattr(pdf, "WORKER", tmp_path / "gone.py")
    assert client.get(_address(check)).content == answer.content
    again = client.get(_address(check), headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_where_the_library_is_missing_a_sentence_says_so(
    check: Publication, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = tmp_path / "worker.py"
    without.write_text(f"import sys; sys.exit({pdf.MISSING})")
    monkeypatch.setattr(pdf, "WORKER", without)
    answer = client.get(_address(check))
    assert answer.status_code == 503
    assert "The PDF needs Pango" in answer.content.decode()


def test_one_that_takes_too_long_is_ended(
    check: Publication, client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "worker.py"
    slow.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(pdf, "WORKER", slow)
    monkeypatch.setattr(pdf, "LONGEST_SECONDS", 0.5)
    answer = client.get(_address(check))
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert not (tmp_path / "pdf").exists()


def test_a_second_one_is_not_made_at_the_same_time(check: Publication, client: Client) -> None:
    held = threading.Lock()
    held.acquire()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "_one_at_a_time", held)
        assert client.get(_address(check)).status_code == 503


def test_of_a_retracted_check_there_is_no_pdf(newsroom: Newsroom, check: Publication, client: Client) -> None:
    retract_publication(
        publication_id=check.pk,
        seen_version=check.version,
        actor=newsroom.actor("pavlo"),
        note="The log was misread.",
    )
    assert client.get(_address(check)).status_code == 302
    assert client.get(f"/checks/{check.pk}/revisions/7/check.pdf").status_code == 404
