"""An export that is not what was exported, or has no place here: refused with file and line, nothing written."""

from __future__ import annotations

import hashlib
import json
import shutil
import tarfile
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, connection, transaction

from claims.actions.exporting import signature_of
from claims.actions.importing_everything import NotEmpty, check_export, import_everything
from claims.ingest.archive_places import ArchiveRefused
from claims.models import Claim, Person, Publication, Topic, Verdict
from claims.publish.signing import described_key, ensure_signing_key
from claims.rules.archive import MANIFEST, SIGNATURE, sealed
from tests.guarded import empty_database
from tests.moving import exported, rows_of, triggers
from tests.newsroom import Newsroom, open_newsroom

pytestmark = pytest.mark.django_db(transaction=True)
CLAIMS, CAPTURES = "rows/claims.Claim.jsonl", "captures/claims.Document.raw.tar"
Change = Callable[[dict[str, Any]], object]


def _quiet(done: int, total: int, note: str) -> None:
    """Nobody looks at the progress."""


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """Export a small newsroom and empty the database."""
    settings.SIGNING_KEY_FILE = tmp_path / "signing_key"
    newsroom: Newsroom = open_newsroom()
    newsroom.published()
    newsroom.weighed_claim()
    exported(tmp_path / "all")
    empty_database()
    return tmp_path / "all"


def refused(path: Path, **asked: str) -> str:
    """Return the sentence of the refusal; nothing may have been written and the guards must stand."""
    before = triggers()
    with pytest.raises(ArchiveRefused) as refusal:
        import_everything(path, _quiet, **asked)
    assert not Person.objects.exists()
    assert not Claim.objects.exists()
    assert Topic.objects.exists()
    assert triggers() == before
    return str(refusal.value)


def forged(folder: Path, name: str, change: Change, *, line: int = 0) -> None:
    """Change one row, or the manifest, and make every hash and the signature anew, as a forger would."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    if name == MANIFEST:
        change(manifest)
    else:
        rows = rows_of(folder)[Path(name).stem]
        change(rows[line])
        written, hash = b"", ""
        for row in rows:
            piece, hash = sealed(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode(), hash)
            written += piece
        (folder / name).write_bytes(written)
        manifest["files"][name]["sha256"] = hashlib.sha256(written).hexdigest()
    body = json.dumps(manifest).encode()
    (folder / MANIFEST).write_bytes(body)
    (folder / SIGNATURE).write_text(json.dumps(signature_of(body, Ed25519PrivateKey.generate())))


def packed(folder: Path, **replaced: bytes) -> Path:
    path = folder.parent / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            archive.write(file, file.relative_to(folder).as_posix())
        for name, content in replaced.items():
            archive.writestr(name, content)
    return path


# --- Where it may go ----------------------------------------------------------------------------------


def test_an_installation_with_one_person_is_refused_with_what_it_holds(folder: Path) -> None:
    Person.objects.create_user("first")
    with pytest.raises(NotEmpty, match=r"1 × claims\.Person"):
        import_everything(folder, _quiet)
    assert Person.objects.count() == 1


def test_the_scale_and_topics_that_every_installation_is_given_are_replaced(folder: Path) -> None:
    forged(folder, "rows/claims.Topic.jsonl", lambda row: row.update(label_en="Farming"))
    Topic.objects.create(slug="given", label_en="a", label_uk="b", label_ru="c")
    import_everything(folder, _quiet)
    assert Topic.objects.order_by("pk")[0].label_en == "Farming"
    assert not Topic.objects.filter(slug="given").exists()


def test_an_import_that_is_repeated_is_refused(folder: Path) -> None:
    import_everything(folder, _quiet)
    with pytest.raises(NotEmpty):
        import_everything(folder, _quiet)


# --- Altered, cut, foreign ----------------------------------------------------------------------------


def test_a_changed_line_is_named(folder: Path) -> None:
    path = folder / CLAIMS
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[1].replace(b"Four tugs", b"Five tugs"))
    assert refused(folder).startswith(f"{CLAIMS}, line 2: It is not what was exported")


def test_a_line_that_was_taken_out_is_named_by_the_one_after_it(folder: Path) -> None:
    path = folder / "rows/claims.Evidence.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2] + lines[3:]))
    assert refused(folder).startswith("rows/claims.Evidence.jsonl, line 3:")


@pytest.mark.parametrize("kept", [0, 1], ids=["empty", "one line"])
def test_a_cut_file_is_told_with_where_it_ends(folder: Path, kept: int) -> None:
    path = folder / CLAIMS
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:kept]))
    assert f"The file ends after {kept} lines; the manifest says 2." in refused(folder)


def test_a_file_that_was_cut_within_a_line_is_named_with_the_line(folder: Path) -> None:
    path = folder / CLAIMS
    path.write_bytes(path.read_bytes()[:-20])
    assert refused(folder).startswith(f"{CLAIMS}, line 2: It is cut")


def test_a_changed_capture_is_found(folder: Path) -> None:
    path = folder / CAPTURES
    path.write_bytes(path.read_bytes().replace(b"harbour", b"airport"))
    assert refused(folder).startswith(f"{CAPTURES}: It is not what was exported")


def test_a_capture_of_another_row_is_named_with_the_row_that_lacks_it(folder: Path) -> None:
    with tarfile.open(folder / CAPTURES) as tar:
        members = [(one.name, tar.extractfile(one).read()) for one in tar]  # type: ignore[union-attr]
    with tarfile.open(folder / CAPTURES, "w") as tar:
        for name, content in reversed(members):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, BytesIO(content))
    digest = hashlib.sha256((folder / CAPTURES).read_bytes()).hexdigest()
    forged(folder, MANIFEST, lambda told: told["files"][CAPTURES].update(sha256=digest))
    assert refused(folder).startswith("rows/claims.Document.jsonl, line 1:")


def test_a_missing_file_and_one_too_many_are_named(folder: Path) -> None:
    (folder / "rows" / "more.jsonl").write_text("{}\n")
    assert refused(folder) == "rows/more.jsonl: The manifest does not name it."
    (folder / "rows" / "more.jsonl").unlink()
    (folder / CLAIMS).unlink()
    assert refused(folder) == f"{CLAIMS}: It is missing."


def test_a_cut_zip_an_unfinished_folder_and_something_else_are_no_exports(
    folder: Path, tmp_path: Path
) -> None:
    whole = packed(folder)
    whole.write_bytes(whole.read_bytes()[:-100])
    assert refused(whole).startswith("all.zip: It is cut, or is no zip")
    (folder / MANIFEST).unlink()
    assert "not finished" in refused(folder)
    other = tmp_path / "other"
    other.mkdir()
    assert "no export" in refused(other)
    assert "cannot be read" in refused(tmp_path / "nowhere.zip")


def test_a_changed_manifest_is_refused_and_a_foreign_one_is_told(folder: Path) -> None:
    manifest = (folder / MANIFEST).read_bytes()
    (folder / MANIFEST).write_bytes(manifest.replace(b'"rows": 2', b'"rows": 1', 1))
    assert refused(folder) == f"{MANIFEST}: It was changed after it was signed."
    (folder / MANIFEST).write_bytes(manifest)
    forged(folder, MANIFEST, lambda told: told.update(format="another product"))
    assert refused(folder) == f"{MANIFEST}: It is not the export of this product."
    forged(folder, MANIFEST, lambda told: told.update(format="factcheck-export", format_version=2))
    assert "version 2 of the format" in refused(folder)


def test_the_key_that_must_have_signed_it_can_be_named(folder: Path, tmp_path: Path) -> None:

    own = described_key(ensure_signing_key(tmp_path / "signing_key").public_key())["fingerprint"]
    copy = shutil.copytree(folder, tmp_path / "copy")
    forged(copy, MANIFEST, lambda told: told)
    assert "signed by another key" in refused(copy, signed_by=own)
    assert import_everything(folder, _quiet, signed_by=own.upper()).signed_by == own


# --- Bombs and ways out -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["../outside.jsonl", "/etc/passwd", "rows/../../outside.jsonl", "rows\\..\\outside.jsonl"],
    ids=["up", "absolute", "up again", "backslash"],
)
def test_a_name_that_leads_out_is_refused(folder: Path, name: str) -> None:
    assert "does not name it" in refused(packed(folder, **{name: b"{}"}))

    def smuggle(told: dict[str, Any]) -> None:
        label = name.removeprefix("rows/").removesuffix(".jsonl")
        told["models"][label] = {"rows": 0, "key": "id", "columns": ["id"], "captures": {}}
        told["files"][f"rows/{label}.jsonl"] = {"sha256": hashlib.sha256(b"").hexdigest(), "bytes": 0}

    forged(folder, MANIFEST, smuggle)
    assert "no name of a file" in refused(packed(folder))


def test_a_link_in_a_folder_is_refused(folder: Path) -> None:
    (folder / "rows" / "claims.Secret.jsonl").symlink_to("/etc/passwd")
    assert "It is a link" in refused(folder)


def test_a_zip_that_would_unpack_to_far_more_is_refused_unread(folder: Path) -> None:
    assert "would unpack to" in refused(packed(folder, **{"bomb.jsonl": bytes(100 * 1024 * 1024)}))


def test_an_endless_line_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.ingest.archive.LONGEST_LINE", 100)
    assert "longer than 100 bytes" in refused(folder)


# --- Forged with all hashes made anew -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("text", None, "text: it may not be empty."),
        ("text", 5, "text: it is no text."),
        ("summary", "x" * 301, "summary: it is longer than 300 characters."),
        ("priority", "3", "priority: it is no whole number."),
        ("priority", 2**70, "priority: it is no whole number."),
        ("priority", True, "priority: it is no whole number."),
        ("logged_at", "2026-01-01T00:00:00", "logged_at: it has no time zone."),
        ("logged_at", "soon", "logged_at: it is no moment."),
        ("made_on", "2026-13-01", "made_on: it is no day."),
        ("text", "", "The database refuses it:"),
        ("merged_as", "author", "The database refuses it:"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_a_value_that_its_column_cannot_hold_is_named_with_its_line(
    folder: Path, column: str, value: object, told: str
) -> None:
    forged(folder, CLAIMS, lambda row: row.update({column: value}), line=1)
    assert refused(folder).startswith(f"{CLAIMS}, line 2: {told}")


def test_a_row_that_names_another_that_is_not_there_is_named(folder: Path) -> None:
    forged(folder, CLAIMS, lambda row: row.update(claimant_id=987654), line=1)
    assert refused(folder) == f"{CLAIMS}, line 2: claimant_id: 987654 names no row of claims.Claimant."


def test_an_event_whose_words_were_changed_breaks_the_chain(folder: Path) -> None:
    forged(folder, "rows/claims.ClaimEvent.jsonl", lambda row: row.update(note="Nothing happened."), line=2)
    assert refused(folder).startswith("rows/claims.ClaimEvent.jsonl, line 3: The history does not hold")


def test_a_verdict_that_only_its_author_approved_is_refused(folder: Path) -> None:
    recorder = rows_of(folder)["claims.Verdict"][0]["recorder_id"]
    forged(folder, "rows/claims.Approval.jsonl", lambda row: row.update(approver_id=recorder))
    assert "The database refuses it" in refused(folder)
    other = rows_of(folder)["claims.Person"][-1]["id"]
    forged(
        folder,
        "rows/claims.Approval.jsonl",
        lambda row: row.update(recorder_id=other, last_editor_id=other),
    )
    assert refused(folder) == (
        "rows/claims.Verdict.jsonl, line 1: It was approved by nobody but who wrote it."
    )


def test_a_published_snapshot_of_content_that_nobody_approved_is_refused(folder: Path) -> None:
    forged(folder, "rows/claims.PublishedRevision.jsonl", lambda row: row.update(content_hash="0" * 64))
    assert refused(folder).startswith("rows/claims.PublishedRevision.jsonl, line 1: It shows other content")


def test_a_password_that_somebody_wrote_into_an_export_is_not_taken(folder: Path) -> None:
    name = "rows/claims.Person.jsonl"
    for line in range(len(rows_of(folder)["claims.Person"])):
        forged(folder, name, lambda row: row.update(password=make_password("let me in")), line=line)
    forged(folder, MANIFEST, lambda told: told["models"]["claims.Person"]["columns"].append("password"))
    report = import_everything(folder, _quiet).as_json()
    assert not any(person.has_usable_password() for person in Person.objects.all())
    assert [(one["model"], one["column"]) for one in report["unmapped"]] == [("claims.Person", "password")]


@pytest.mark.parametrize("lacks", ["models", "files", "history", "migrations", "left_out"])
def test_a_manifest_that_lacks_something_is_refused(folder: Path, lacks: str) -> None:
    forged(folder, MANIFEST, lambda told: told.pop(lacks))
    assert refused(folder).startswith(f"{MANIFEST}: It lacks something")


def test_a_manifest_whose_key_is_no_column_is_refused(folder: Path) -> None:
    forged(folder, MANIFEST, lambda told: told["models"]["claims.Claim"].update(key="nothing"))
    assert refused(folder).startswith(f"{MANIFEST}: It lacks something")


# --- Other versions -----------------------------------------------------------------------------------


def test_what_a_newer_product_exported_is_reported_where_it_has_no_place(folder: Path) -> None:
    _add_column(folder, CLAIMS, "mood", ["", "angry"])

    def newer(told: dict[str, Any]) -> None:
        told["migrations"]["claims"] = "9999_moods"
        told["models"]["claims.Mood"] = {"rows": 1, "key": "id", "columns": ["id"], "captures": {}}
        line, _hash = sealed(b'{"id":1}', "")
        (folder / "rows/claims.Mood.jsonl").write_bytes(line)
        told["files"]["rows/claims.Mood.jsonl"] = {
            "sha256": hashlib.sha256(line).hexdigest(),
            "bytes": len(line),
        }

    forged(folder, MANIFEST, newer)
    report = import_everything(folder, _quiet).as_json()
    assert report["unmapped"] == [
        {"model": "claims.Mood", "column": "", "rows": 1},
        {"model": "claims.Claim", "column": "mood", "rows": 1},
    ]
    assert Claim.objects.count() == 2


def test_a_state_that_a_newer_product_knows_and_this_one_does_not_is_refused(folder: Path) -> None:
    forged(folder, MANIFEST, lambda told: told["migrations"].update(claims="9999_moods"))
    forged(folder, CLAIMS, lambda row: row.update(state="pondered"), line=1)
    assert refused(folder) == f"{CLAIMS}, line 2: state: 'pondered' is not known here."


def test_a_column_that_an_older_product_did_not_have_gets_its_usual_value_and_is_reported(
    folder: Path,
) -> None:
    _drop_column(folder, CLAIMS, "risk")
    report = import_everything(folder, _quiet).as_json()
    assert report["filled"] == [{"model": "claims.Claim", "column": "risk", "rows": 2}]
    assert set(Claim.objects.values_list("risk", flat=True)) == {"ordinary"}


def test_a_column_without_a_usual_value_cannot_be_made_up(folder: Path) -> None:
    _drop_column(folder, CLAIMS, "desk_id")
    assert refused(folder).startswith(f"{CLAIMS}, line 1: desk_id: the export has no value for it")


def _add_column(folder: Path, name: str, column: str, values: list[str]) -> None:
    for line, value in enumerate(values):
        forged(folder, name, lambda row, value=value: row.update({column: value}), line=line)  # type: ignore[misc]
    forged(folder, MANIFEST, lambda told: told["models"][Path(name).stem]["columns"].append(column))


def _drop_column(folder: Path, name: str, column: str) -> None:
    for line in range(len(rows_of(folder)[Path(name).stem])):
        forged(folder, name, lambda row: row.pop(column), line=line)
    forged(folder, MANIFEST, lambda told: told["models"][Path(name).stem]["columns"].remove(column))


# --- Looking without writing --------------------------------------------------------------------------


def test_a_check_reads_all_of_it_and_writes_nothing(folder: Path) -> None:
    report = check_export(folder, _quiet)
    assert report.counts["claims.Claim"] == 2
    assert not Claim.objects.exists()
    (folder / CAPTURES).write_bytes(b"")
    with pytest.raises(ArchiveRefused, match=r"Document\.raw\.tar"):
        check_export(folder, _quiet)


def test_the_guards_stand_for_what_was_imported(folder: Path) -> None:
    import_everything(folder, _quiet)
    with connection.cursor() as cursor:
        for statement in (
            "UPDATE claims_claimevent SET note = 'x'",
            "DELETE FROM claims_approval",
            "UPDATE claims_verdict SET title = 'x'",
            "DELETE FROM claims_publication",
        ):
            with pytest.raises(DatabaseError, match=r"never|frozen"), transaction.atomic():
                cursor.execute(statement)
    assert Verdict.objects.get(state="published").title != "x"
    assert Publication.objects.count() == 1
