"""The dossier: the same bytes for the same state, and every alteration named by file, field or event."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from claims.publish import dossier
from claims.publish.claimreview import MARKUP_VERSION
from claims.publish.dossier import json_bytes, pack
from claims.publish.dossier_check import DossierReport, NotADossier, check_dossier
from claims.publish.signing import UnusableKey, described_key, ensure_signing_key, parsed_key
from claims.rules.hashing import sha256_of
from claims.selectors.dossier_files import dossier_files
from tests.newsroom import Newsroom
from tests.servers import ROOT

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
SITE = "https://check.example.org"


@pytest.fixture
def made(newsroom: Newsroom) -> bytes:
    """The dossier of a published verdict."""
    return _made(newsroom.published().verdict_id)


def _made(verdict_id: int, key: Ed25519PrivateKey = KEY) -> bytes:
    about, files = dossier_files(verdict_id)
    return pack(files, {"installation": SITE, **about}, key)


def _files(dossier: bytes, folder: Path) -> dict[str, bytes]:
    path = folder / "read.zip"
    path.write_bytes(dossier)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _checked(files: dict[str, bytes], folder: Path, key: Ed25519PrivateKey = KEY) -> DossierReport:
    path = folder / "altered.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return check_dossier(path, key.public_key())


def _told(report: DossierReport) -> list[str]:
    return [str(finding) for finding in report.findings]


def _edited(files: dict[str, bytes], name: str, edit: Callable[[Any], None]) -> dict[str, bytes]:
    content = json.loads(files[name])
    edit(content)
    return files | {name: json_bytes(content)}


def test_the_same_state_gives_the_same_bytes(newsroom: Newsroom, tmp_path: Path) -> None:
    verdict_id = newsroom.published().verdict_id
    first = _made(verdict_id)
    assert first == _made(verdict_id)
    (tmp_path / "d.zip").write_bytes(first)
    report = check_dossier(tmp_path / "d.zip", KEY.public_key())
    assert report.holds, _told(report)
    assert report.verdict == verdict_id
    assert report.events > 8


def test_a_dossier_of_a_verdict_that_is_not_published_yet_holds(newsroom: Newsroom, tmp_path: Path) -> None:
    files = _files(_made(newsroom.approved().pk), tmp_path)
    assert "publication.json" not in files
    assert _checked(files, tmp_path).holds


def test_it_holds_the_revision_approvals_evidence_captures_markup_and_chain(
    made: bytes, tmp_path: Path
) -> None:
    files = _files(made, tmp_path)
    verdict, chain = json.loads(files["verdict.json"]), json.loads(files["chain.json"])
    assert verdict["rating"]["label"] == "True"
    assert json.loads(files["approvals.json"])[0]["person"]["name"] == "Anna"
    assert len([name for name in files if name.startswith("captures/")]) == 6
    assert json.loads(files["markup.json"])["@type"] == "ClaimReview"
    assert {"submit", "approve", "publish"} <= {event["verb"] for event in chain}


def test_every_field_of_every_file_is_named_when_it_is_altered(made: bytes, tmp_path: Path) -> None:
    files = _files(made, tmp_path)
    cases: list[tuple[str, Callable[[Any], None], str]] = [
        ("verdict.json", lambda v: v.update(summary="Other."), "verdict.json, summary: was altered"),
        ("verdict.json", lambda v: v["rating"].update(value=1), "verdict.json, rating.value: was altered"),
        ("verdict.json", lambda v: v.pop("title"), "verdict.json, title: was removed"),
        ("verdict.json", lambda v: v.update(more="x"), "verdict.json, more: was added"),
        (
            "approvals.json",
            lambda v: v[0]["person"].update(name="Rita"),
            "approvals.json, [0].person.name: was altered",
        ),
        ("evidence.json", lambda v: v[1].update(stance="context"), "evidence.json, [1].stance: was altered"),
        (
            "content.json",
            lambda v: v.update(claim_text="Five."),
            "content.json: its hash is not the one that the verdict names",
        ),
        (
            "publication.json",
            lambda v: v["snapshot"].update(title="Other"),
            "publication.json, snapshot.title: was altered",
        ),
        ("markup.json", lambda v: v.update(name="Other"), "markup.json, name: was altered"),
    ]
    for name, edit, expected in cases:
        told = _told(_checked(_edited(files, name, edit), tmp_path))
        assert expected in told, (name, told)


def test_an_altered_event_is_named_by_its_number_in_the_chain(made: bytes, tmp_path: Path) -> None:
    files = _files(made, tmp_path)
    number = json.loads(files["chain.json"])[4]["sequence"]
    told = _told(_checked(_edited(files, "chain.json", lambda v: v[4].update(note="No.")), tmp_path))
    assert f"chain.json, event {number}, note: was altered" in told
    assert f"chain.json, event {number}: its hash is not that of its content" in told


def test_every_byte_of_every_file_counts(made: bytes, tmp_path: Path) -> None:
    """One changed byte in the middle of each file is found, and that file is named."""
    files = _files(made, tmp_path)
    for name, body in files.items():
        middle = len(body) // 2
        changed = body[:middle] + bytes([body[middle] ^ 1]) + body[middle + 1 :]
        told = _told_or_refused(files | {name: changed}, tmp_path)
        signed = ("manifest.json", "manifest.sig") if name == "manifest.json" else name
        assert any(line.startswith(signed) for line in told), (name, told)


def _told_or_refused(files: dict[str, bytes], folder: Path) -> list[str]:
    try:
        return _told(_checked(files, folder))
    except NotADossier as refusal:
        return [str(refusal)]


def test_a_missing_and_an_extra_file_are_named(made: bytes, tmp_path: Path) -> None:
    files = _files(made, tmp_path)
    for name in sorted(set(files) - {"manifest.json"}):
        told = _told(_checked({kept: body for kept, body in files.items() if kept != name}, tmp_path))
        assert any(line.startswith(f"{name}: is missing") for line in told), (name, told)
    told = _told(_checked(files | {"captures/more.txt": b"x"}, tmp_path))
    assert told == ["captures/more.txt: is extra: the manifest does not list it"]


def test_a_manifest_that_was_altered_breaks_its_signature(made: bytes, tmp_path: Path) -> None:
    files = _files(made, tmp_path)
    told = _told(_checked(_edited(files, "manifest.json", lambda v: v.update(revision=9)), tmp_path))
    assert told == [
        "manifest.sig: it is no signature of manifest.json by this key; one of the two was altered"
    ]


def test_a_dossier_that_another_signed_is_not_the_installations(newsroom: Newsroom, tmp_path: Path) -> None:
    files = _files(_made(newsroom.published().verdict_id, OTHER_KEY), tmp_path)
    told = _told(_checked(files, tmp_path))
    assert "manifest.json, key: it was signed with another key than the installation's" in told
    assert _checked(files, tmp_path, OTHER_KEY).holds


def test_even_one_signed_anew_shows_where_it_contradicts_itself(newsroom: Newsroom, tmp_path: Path) -> None:
    """Somebody who holds the key changes a word and signs again: chain, approvals and markup tell."""
    about, files = dossier_files(newsroom.published().verdict_id)

    def resigned(name: str, edit: Callable[[Any], None]) -> list[str]:
        dossier = pack(_edited(files, name, edit), {"installation": SITE, **about}, KEY)
        return _told(_checked(_files(dossier, tmp_path), tmp_path))

    assert "content.json: its hash is not the one that the verdict names" in resigned(
        "content.json", lambda v: v.update(summary="Other.")
    )
    assert any(
        "its hash is not that of its content" in line
        for line in resigned("chain.json", lambda v: v[3].update(person=[1, "Nobody"]))
    )
    assert any(
        "does not follow the event before it" in line
        for line in resigned(
            "chain.json", lambda v: v[3].update(_rehashed(v[3] | {"previous_hash": "0" * 64}))
        )
    )
    assert any("does not come after" in line for line in resigned("chain.json", lambda v: v.reverse()))
    assert any("no event submits" in line for line in resigned("chain.json", lambda v: v.clear()))
    assert any("fewer than the 1" in line for line in resigned("approvals.json", lambda v: v.clear()))
    recorder = json.loads(files["verdict.json"])["recorder"]
    assert any(
        "worked on" in line for line in resigned("approvals.json", lambda v: v[0].update(person=recorder))
    )
    assert any(
        "is not the markup" in line
        for line in resigned("publication.json", lambda v: v["snapshot"].update(title="Other"))
    )
    assert any("has not the shape" in line for line in resigned("evidence.json", lambda v: v[0].clear()))


# --- Markup of another version ------------------------------------------------------------------------


def _of_version(
    version: int | None, monkeypatch: pytest.MonkeyPatch, newsroom: Newsroom, edit: Callable[[Any], None]
) -> dict[str, Any]:
    """Return what ``pack`` needs for a dossier whose markup another version wrote: it lacks a field of ours."""
    about, files = dossier_files(newsroom.published().verdict_id)
    markup = json.loads(files["markup.json"])
    del markup["archivedAt"]
    edit(markup)
    monkeypatch.setattr(dossier, "MARKUP_VERSION", version)
    return {"files": files | {"markup.json": json_bytes(markup)}, "about": {"installation": SITE, **about}}


@pytest.mark.parametrize("version", [None, MARKUP_VERSION + 1])
def test_markup_of_another_version_is_told_and_contradicts_nothing(
    version: int | None, newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = _of_version(version, monkeypatch, newsroom, lambda markup: None)
    report = _checked(_files(pack(**written, key=KEY), tmp_path), tmp_path)
    assert report.holds, _told(report)
    assert "not word by word" in report.notes[0]
    assert (f"version {version}" if version else "a version without a number") in report.notes[0]
    told = _command(tmp_path, "altered.zip", "--key", described_key(KEY.public_key())["public_key"])
    assert told.returncode == 0
    assert "not word by word" in told.stdout


@pytest.mark.parametrize(
    ("edit", "place"),
    [
        (lambda v: v.update(claimReviewed="Other."), "claimReviewed"),
        (lambda v: v["reviewRating"].update(alternateName="False"), "reviewRating.alternateName"),
        (lambda v: v.update(url="https://elsewhere.example.org/"), "url"),
    ],
    ids=["claim", "rating", "address"],
)
def test_markup_of_another_version_still_says_what_was_published(
    edit: Callable[[Any], None],
    place: str,
    newsroom: Newsroom,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = _of_version(MARKUP_VERSION + 1, monkeypatch, newsroom, edit)
    report = _checked(_files(pack(**written, key=KEY), tmp_path), tmp_path)
    assert _told(report) == [f"markup.json, {place}: does not say what was published"]


def test_markup_of_this_version_is_held_word_by_word(newsroom: Newsroom, tmp_path: Path) -> None:
    made = _made(newsroom.published().verdict_id)
    report = _checked(_files(made, tmp_path), tmp_path)
    assert report.notes == ()
    assert json.loads(_files(made, tmp_path)["manifest.json"])["markup_version"] == MARKUP_VERSION


def _rehashed(event: dict[str, Any]) -> dict[str, Any]:
    rest = {name: value for name, value in event.items() if name != "hash"}
    return rest | {"hash": sha256_of(rest)}


# --- Files that are no dossiers -----------------------------------------------------------------------


def _zip(folder: Path, *entries: tuple[str, bytes], deflated: bool = False) -> Path:
    path = folder / "bad.zip"
    kind = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", kind) as archive:
        for name, body in entries:
            archive.writestr(zipfile.ZipInfo(name), body, kind)
    return path


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\x",
        "a//b",
        "a/../b",
        "captures/",
        "ї.txt",
        ".hidden",
        "a" * 300,
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotADossier, match="which no dossier has"):
        check_dossier(_zip(tmp_path, (name, b"x")))


def test_a_zip_that_unfolds_without_end_is_refused_before_it_is_read(tmp_path: Path) -> None:
    entries = [(f"captures/{number}.txt", bytes(60 << 20)) for number in range(8)]
    path = _zip(tmp_path, *entries, deflated=True)
    assert path.stat().st_size < 1 << 20
    with pytest.raises(NotADossier, match="unfolds to more"):
        check_dossier(path)


def test_every_truncation_is_told(made: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cut.zip"
    for length in range(0, len(made), max(1, len(made) // 60)):
        path.write_bytes(made[:length])
        with pytest.raises(NotADossier, match="no zip"):
            check_dossier(path)


def test_what_is_no_dossier_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with pytest.raises(NotADossier, match="No such file"):
        check_dossier(path)
    with pytest.raises(NotADossier, match="Is a directory"):
        check_dossier(tmp_path)
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(NotADossier, match="no zip"):
        check_dossier(path)
    for entries, said in (
        ([("a.txt", b"x")], r"no manifest\.json"),
        ([("manifest.json", b"{")], "does not list"),
        ([("manifest.json", b"[" * 100_000)], "does not list"),
        ([("manifest.json", b'{"files": {}, "format": "other-2"}')], "format is 'other-2'"),
        ([("a.txt", b"")] * 2, "twice"),
    ):
        with pytest.warns(UserWarning, match="Duplicate") if said == "twice" else nullcontext():
            path = _zip(tmp_path, *entries)
        with pytest.raises(NotADossier, match=said):
            check_dossier(path)


def test_links_and_encrypted_files_are_refused(tmp_path: Path) -> None:
    path, link = tmp_path / "bad.zip", zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(NotADossier, match="no plain file"):
        check_dossier(path)
    path = _zip(tmp_path, ("a.txt", b"x"))
    body = bytearray(path.read_bytes())
    body[body.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(body))
    with pytest.raises(NotADossier, match="encrypted"):
        check_dossier(path)


# --- The command --------------------------------------------------------------------------------------


def _command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the check as somebody outside does: no settings, no database, no network address."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "claims.verify_dossier", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


def test_the_command_checks_offline_and_tells_by_its_status(made: bytes, tmp_path: Path) -> None:
    (tmp_path / "d.zip").write_bytes(made)
    (tmp_path / "key.json").write_text(json.dumps(described_key(KEY.public_key())))
    held = _command(tmp_path, "d.zip", "--key", "key.json")
    assert (held.returncode, "All holds." in held.stdout) == (0, True), held
    compared = _command(tmp_path, "d.zip")
    assert described_key(KEY.public_key())["fingerprint"] in compared.stdout
    files = _edited(_files(made, tmp_path), "verdict.json", lambda v: v.update(summary="Other."))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    altered = _command(tmp_path, "a.zip", "--key", described_key(KEY.public_key())["public_key"])
    assert altered.returncode == 1
    assert "verdict.json, summary: was altered" in altered.stdout
    for arguments in (["key.json"], ["none.zip"], ["d.zip", "--key", "nonsense"]):
        refused = _command(tmp_path, *arguments)
        assert refused.returncode == 2
        assert "Traceback" not in refused.stderr
        assert refused.stderr.strip()


def test_the_check_loads_no_framework() -> None:
    loaded = "import claims.verify_dossier, sys; print('django' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert told.stdout.strip() == "False", told


# --- The key ------------------------------------------------------------------------------------------


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "signing_key"
    first = ensure_signing_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert described_key(first.public_key()) == described_key(ensure_signing_key(path).public_key())
    assert os.listdir(path.parent) == ["signing_key"]
    path.chmod(0o640)
    with pytest.raises(UnusableKey, match="chmod 600"):
        ensure_signing_key(path)


def test_a_file_that_is_no_key_is_told(tmp_path: Path) -> None:
    path = tmp_path / "signing_key"
    path.write_text("nothing")
    path.chmod(0o600)
    with pytest.raises(UnusableKey, match="no private key"):
        ensure_signing_key(path)


@pytest.mark.parametrize("text", ["", "ü", "AAAA", "{}", "[1]", '{"public_key": 7}'])
def test_what_is_no_public_key_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match="public key"):
        parsed_key(text)
