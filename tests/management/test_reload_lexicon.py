"""A newsroom's lexicon is reloaded by one command, in every process that runs."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from claims.language import lexicon as module
from claims.language.concepts import read_concepts
from claims.language.lexicon import use_lexicon_folders
from tests.servers import ROOT

WATCHING = """
import sys, time
import django
django.setup()
from claims.language.concepts import read_concepts
deadline = time.monotonic() + 180
print("started" if not read_concepts("A quokka slept.", "en") else "too early", flush=True)
while time.monotonic() < deadline:
    if any(found.concept == "zz-quokka" for found in read_concepts("A quokka slept.", "en")):
        print("reloaded", flush=True)
        break
    time.sleep(0.1)
"""


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Iterator[Path]:
    own = tmp_path / "lexicon"
    own.mkdir()
    settings.LEXICON_FOLDER = str(own)
    settings.LEXICON_SIGNAL = tmp_path / "lexicon-reloaded"
    use_lexicon_folders([own], signal=settings.LEXICON_SIGNAL)
    yield own
    use_lexicon_folders([])


def reload() -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("reload_lexicon", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_new_word_is_read_once_the_command_was_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY", 0.0)
    assert not read_concepts("A quokka slept.", "en")
    (folder / "zoo.tsv").write_text("zz-quokka\tquokka\tквока\tквокка\n")
    assert not read_concepts("A quokka slept.", "en")
    told, _faulty = reload()
    assert "1 of them new or extended" in told
    assert "reindex" in told
    assert [found.concept for found in read_concepts("A quokka slept.", "en")] == ["zz-quokka"]


def test_each_faulty_line_is_named_and_the_rest_is_taken(folder: Path) -> None:
    (folder / "zoo.tsv").write_text("zz-quokka\tquokka\tквока\tквокка\nNo id\tx\tх\tх\nonly-an-id\n")
    told, faulty = reload()
    assert "zoo.tsv:2:" in faulty
    assert "zoo.tsv:3:" in faulty
    assert "2 faulty lines left out" in told


def test_without_a_folder_the_command_says_so(settings: LazySettings, tmp_path: Path) -> None:
    settings.LEXICON_FOLDER = ""
    with pytest.raises(CommandError, match="LEXICON_FOLDER"):
        call_command("reload_lexicon")
    settings.LEXICON_FOLDER = str(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="not a folder"):
        call_command("reload_lexicon")


def test_a_running_process_takes_up_what_another_process_reloads(tmp_path: Path) -> None:
    own = tmp_path / "lexicon"
    own.mkdir()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "SECRET_KEY": "of a test",
        "FACTCHECK_VAR": str(tmp_path),
        "LEXICON_FOLDER": str(own),
    }
    running = subprocess.Popen(
        [sys.executable, "-c", WATCHING], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout is not None
        assert running.stdout.readline() == "started\n"
        (own / "zoo.tsv").write_text("zz-quokka\tquokka\tквока\tквокка\n")
        began = time.monotonic()
        command = [sys.executable, "manage.py", "reload_lexicon"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, timeout=180)
        assert running.stdout.readline() == "reloaded\n"
        assert time.monotonic() - began < 180
    finally:
        running.kill()
        running.wait()
