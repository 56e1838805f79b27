"""Export and import of everything: time, memory and size at 100,000 claims, beside Django's own dumpdata.

    FACTCHECK_VAR=/tmp/bench python -m tests.benchmarks.bench_moving [--rows 100000] [--into postgres://…/empty]

Makes a newsroom on SQLite in a folder of its own: per claim an appearance, an event of the history and two pieces
of evidence, per ten claims a document with a capture of 4 KB. Each command runs as a process of its own, so that
its peak memory is told by the system. ``--into`` names an empty database to import into, else it is SQLite again.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="bench-moving-"))
os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER / 'here.sqlite3'}"
os.environ["FACTCHECK_VAR"] = str(FOLDER / "var")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

import django

django.setup()

# ruff: noqa: E402

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from claims.actions.guards import guards_aside
from claims.actions.history import event_hash
from claims.models import (
    Appearance,
    Claim,
    ClaimEvent,
    Desk,
    Document,
    Evidence,
    HistoryHead,
    Outlet,
    Passage,
    Person,
)
from tests.benchmarks.bench_queue import fill
from tests.servers import ROOT

_AT_ONCE = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--into", default=f"sqlite:///{FOLDER / 'there.sqlite3'}")
    chosen = parser.parse_args()
    call_command("migrate", verbosity=0)
    furnish(chosen.rows)
    there = {"DATABASE_URL": chosen.into, "FACTCHECK_VAR": str(FOLDER / "there")}
    archive = str(FOLDER / "all.zip")
    print(f"{chosen.rows} claims, database of {size(FOLDER / 'here.sqlite3')}")
    run("export_everything, zip", "export_everything", archive, "-v0")
    print(f"  {'':32} {size(Path(archive))}")
    run("export_everything, folder", "export_everything", str(FOLDER / "all"), "-v0")
    run("import_everything --check", "import_everything", archive, "--check", "-v0")
    run("migrate of an empty database", "migrate", "-v0", environment=there)
    run("import_everything", "import_everything", archive, "-v0", environment=there)
    # What every Django project has: neither of one moment, nor with captures in files, nor checked.
    run("dumpdata (Django)", "dumpdata", "-o", str(FOLDER / "dump.jsonl"), "--format", "jsonl")
    print(f"  {'':32} {size(FOLDER / 'dump.jsonl')}")
    shutil.rmtree(FOLDER)


#: Started between this process and the command: a child's peak counts from its parent's size at the fork.
_SMALL_PARENT = """
import resource, subprocess, sys
ended = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(ended.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def run(name: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
    """Run one command and print its times and the most memory that it held."""
    begun = time.perf_counter()
    ended = subprocess.run(
        [sys.executable, "-c", _SMALL_PARENT, sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=True,
    )
    status, computed, peak = ended.stdout.split()
    assert status == "0", (name, status)
    seconds, megabytes = time.perf_counter() - begun, int(peak) / 1024
    print(
        f"  {name:32} {seconds:7.1f} s  computed {float(computed):7.1f} s  peak {megabytes:6.0f} MB",
        flush=True,
    )


def size(path: Path) -> str:
    return f"{path.stat().st_size / 1e6:.1f} MB"


def furnish(rows: int) -> None:
    """Fill the database; the history is chained as the product chains it."""
    desk, other = Desk.objects.create(name="One"), Desk.objects.create(name="Two")
    person = Person.objects.create_user("olena")
    fill(rows, desk, other, person)
    ids = list(Claim.objects.order_by("pk").values_list("pk", flat=True))
    outlet = Outlet.objects.create(name="Wire", domain="wire.example.org")
    stored(Document, (document(outlet, number) for number in range(0, rows, 10)))
    documents = list(Document.objects.order_by("pk"))
    stored(
        Passage,
        (Passage(document=one, ordinal=1, start=0, end=len(one.text), text=one.text) for one in documents),
    )
    passages = list(Passage.objects.order_by("pk").values_list("pk", flat=True))
    stored(
        Appearance,
        (Appearance(claim_id=id, url=f"https://wire.example.org/{id}", is_first=True) for id in ids),
    )
    stored(Evidence, (evidence(id, passages[(id + turn) % len(passages)]) for id in ids for turn in (0, 1)))
    with transaction.atomic(), guards_aside({ClaimEvent._meta.db_table, HistoryHead._meta.db_table}):
        stored(ClaimEvent, events(ids, person))
        newest = ClaimEvent.objects.latest("sequence")
        HistoryHead.objects.create(count=newest.sequence, hash=newest.hash)


def stored(model: type, made: Iterator[object]) -> None:
    while batch := list(islice(made, _AT_ONCE)):
        model.objects.bulk_create(batch)  # type: ignore[attr-defined]


def document(outlet: Outlet, number: int) -> Document:
    text = f"Report {number}: the harbour log of that morning names {number % 97} tugs at the quay. " * 6
    noise = hashlib.shake_128(str(number).encode()).hexdigest(1024)
    return Document(
        outlet=outlet,
        key=f"document-{number}",
        url=f"https://wire.example.org/report/{number}",
        text=text,
        language="en",
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        raw=f"<html><body><p>{text}</p><!-- {noise} --></body></html>".encode().ljust(4096),
    )


def evidence(claim_id: int, passage_id: int) -> Evidence:
    return Evidence(
        claim_id=claim_id,
        passage_id=passage_id,
        stance="supports",
        machine_stance="supports",
        strength="full",
        score=3.25,
        reasons=[{"code": "same_count", "claim_span": [40, 47], "passage_span": [51, 58]}],
        origin="wire",
    )


def events(ids: list[int], person: Person) -> Iterator[ClaimEvent]:
    hash, now = "", timezone.now()
    for sequence, id in enumerate(ids, 1):
        event = ClaimEvent(
            sequence=sequence,
            claim_id=id,
            subject_kind="claim",
            subject_id=id,
            verb="log",
            person=person,
            person_name="Olena",
            at=now,
            previous_hash=hash,
        )
        event.hash = hash = event_hash(event)
        yield event


if __name__ == "__main__":
    main()
