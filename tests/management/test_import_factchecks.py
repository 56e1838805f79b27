"""``import_factchecks`` takes a file in at once, says what it left out, and writes no history of its own kind."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.actions.verification import verify_history
from claims.models import Desk, OutsideCheck

pytestmark = pytest.mark.django_db
TABLE = (
    "claim,url,rating,publisher\nThe pier sank.,https://checks.example.net/pier,False,Quay\n"
    "No address.,,False,Quay\n"
)


def test_the_good_lines_come_in_and_the_others_are_named(tmp_path: Path) -> None:
    Desk.objects.create(name="Coast")
    file = tmp_path / "checks.csv"
    file.write_text(TABLE)
    out, complaints = io.StringIO(), io.StringIO()
    call_command("import_factchecks", str(file), desk="Coast", stdout=out, stderr=complaints)
    assert "1 new, 0 changed, 0 unchanged, 1 left out" in out.getvalue()
    assert "entry 2, line 3:" in complaints.getvalue()
    assert OutsideCheck.objects.get().publisher == "Quay"
    assert verify_history().holds


def test_an_unknown_desk_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no desk"):
        call_command("import_factchecks", str(tmp_path / "none"), desk="Nowhere")
    Desk.objects.create(name="Coast")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_factchecks", str(tmp_path / "none"), desk="Coast")
