"""The feeds over 100,000 published verdicts, beside Django's stock feed and nginx with the same bytes, in one run.

    FACTCHECK_VAR=/tmp/bench python tests/benchmarks/bench_feeds.py [--rows 100000] [--seconds 10] [--publish 20]
                                                                [--keep]

Runs on a database of its own beside the one that ``DATABASE_URL`` names; it is dropped at the end, or with
``--keep`` stays for the next run. Each server has one worker and is asked by wrk with 16 connections, one server
at a time. Beside the answers by the clock, which other programs on the machine slow down, it tells how many a
worker makes in a second of its own processor time. Needs granian (of the product), nginx and wrk (Debian).
"""

from __future__ import annotations

import argparse
import copy
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
os.environ.setdefault("SECRET_KEY", "for measuring only, and long enough for it")

import django

django.setup()

# ruff: noqa: E402

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from claims.feeds import views
from claims.migrations import _guards
from claims.models import Claim, Publication, PublishedRevision, Rating, Verdict
from tests import newsroom as newsroom_module
from tests.benchmarks.own_database import own_database
from tests.newsroom import Newsroom, open_newsroom
from tests.servers import Processes, database_url, wait_until

PORT = 8340
PAGES = {"RSS": "/feeds/rss.xml", "Atom": "/feeds/atom.xml", "JSON Feed": "/feeds/feed.json"}
#: A rating that one check in a thousand has.
RARE = "unverifiable"
_RATE = re.compile(r"Requests/sec:\s*([\d.]+)")
_ANSWERS = re.compile(r"(\d+) requests in")
_ERRORS = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")


def fill(newsroom: Newsroom, rows: int) -> None:
    """Publish one verdict as people do and copy it, each with ids, date, language and rating of its own."""
    first = newsroom.published()
    ratings = list(Rating.objects.filter(scale__key="default").order_by("ordinal"))
    pattern = {
        model: model.objects.get(pk=id)
        for model, id in (
            (Claim, first.publication.claim_id),
            (Verdict, first.verdict_id),
            (Publication, first.publication_id),
            (PublishedRevision, first.pk),
        )
    }
    began = timezone.now().replace(microsecond=0) - timedelta(days=rows // 50 + 1)
    # Copies pass no desk and no approval, which the guards would have them do.
    with connection.schema_editor() as editor:
        _guards.take_down(None, editor)
    for start in range(1, rows, 2_000):
        _copy(pattern, range(start, min(start + 2_000, rows)), began, ratings)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE claims_publication SET current_id = (SELECT r.id FROM claims_publishedrevision r "
            "WHERE r.publication_id = claims_publication.id) WHERE current_id IS NULL"
        )
        cursor.execute("DELETE FROM claims_publicationrating")
        cursor.execute(import_module("claims.migrations.0027_ratings_of_publications")._LIST)
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    with connection.schema_editor() as editor:
        _guards.put_up(None, editor)


def rating_of(number: int, ratings: list[Rating]) -> Rating:
    """Return the rating of the copy ``number``: one of four, and of every thousandth the rare one."""
    rare = next(rating for rating in ratings if rating.key == RARE)
    return rare if number % 1_000 == 500 else ratings[number % 4]


def _copy(pattern: dict[type, object], numbers: range, began: datetime, ratings: list[Rating]) -> None:
    def copies(model: type) -> list:  # type: ignore[type-arg]
        made = [copy.copy(pattern[model]) for _ in numbers]
        for row in made:
            row.pk = None
            row._state = copy.copy(row._state)
            row._state.adding = True
        return made

    claims = Claim.objects.bulk_create(copies(Claim))
    verdicts = copies(Verdict)
    publications = copies(Publication)
    for number, claim, verdict, publication in zip(numbers, claims, verdicts, publications, strict=True):
        language = ("en", "uk", "ru")[number % 3]
        at = began + timedelta(minutes=number * 1440 // 50)
        verdict.claim, verdict.language, verdict.rating = claim, language, rating_of(number, ratings)
        publication.claim, publication.language, publication.current = claim, language, None
        publication.event_at = publication.modified_at = publication.first_published_at = at
    verdicts = Verdict.objects.bulk_create(verdicts)
    publications = Publication.objects.bulk_create(publications)
    revisions = copies(PublishedRevision)
    for verdict, publication, revision in zip(verdicts, publications, revisions, strict=True):
        revision.verdict, revision.publication = verdict, publication
        place = f"/checks/{publication.pk}/{publication.slug}/"
        labels = {"en": verdict.rating.label_en, "uk": verdict.rating.label_uk, "ru": verdict.rating.label_ru}
        rating = {"key": verdict.rating.key, "labels": labels, "value": verdict.rating.value}
        revision.snapshot = revision.snapshot | {
            "rating": revision.snapshot["rating"] | rating | {"label": labels[publication.language]},
            "publication": publication.pk,
            "claim": publication.claim_id,
            "language": publication.language,
            "path": place,
            "url": settings.SITE_URL + place,
            "entry_id": f"tag:127.0.0.1,2026-01-01:check/{publication.pk}",
            "first_published_at": publication.first_published_at.isoformat().replace("+00:00", "Z"),
            "modified_at": publication.modified_at.isoformat().replace("+00:00", "Z"),
        }
    PublishedRevision.objects.bulk_create(revisions)


# --- Servers ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Served:
    """A server with its address; ``session`` is the number that its processes have in common."""

    address: str
    session: int

    def processor_seconds(self) -> float:
        """Return the processor time that its processes have taken so far (proc(5): fields 6, 14 and 15)."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                fields = stat.read_text().rpartition(")")[2].split()
                if int(fields[3]) == self.session:
                    ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Rate:
    """Answers in a second by the clock, and in a second of the server's own processor time."""

    by_clock: float
    by_core: float

    def __str__(self) -> str:
        return f"{self.by_clock:9,.0f} a second  {self.by_core:9,.0f} a second of a core"


def granian(processes: Processes, name: str, application: str, port: int, path: str) -> Served:
    """Start one worker of the product's own server, and wait until it answers for ``path``."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "1"]
    command += ["--blocking-threads", "4", "--host", "127.0.0.1", "--port", str(port), application]
    environment = {"DATABASE_URL": database_url(), "SECRET_KEY": os.environ["SECRET_KEY"]}
    started = processes.start(name, command, environment)
    address = f"http://127.0.0.1:{port}{path}"
    wait_until(lambda: _answers(address), seconds=120, what=f"{name} answers ({processes.folder})")
    return Served(address, started.pid)


def wait_until_idle(served: Served) -> None:
    """Wait until a server does nothing by itself: ten seconds after its start ours reads its word lists."""
    time.sleep(12)
    former = -1.0
    while (now := served.processor_seconds()) - former > 0.02:
        former = now
        time.sleep(1)


def nginx(processes: Processes, folder: Path, port: int, body: bytes) -> Served:
    """Serve ``body`` as a file by one worker."""
    binary = shutil.which("nginx") or "/usr/sbin/nginx"
    (folder / "www").mkdir()
    (folder / "www" / "feed.xml").write_bytes(body)
    folder.chmod(0o755)
    (folder / "nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.err;\n"
        "events { worker_connections 256; }\n"
        f"http {{ access_log off; sendfile on; open_file_cache max=10; server {{ listen 127.0.0.1:{port};\n"
        f"root {folder}/www; }} }}\n"
    )
    started = processes.start("nginx", [binary, "-c", str(folder / "nginx.conf"), "-p", str(folder)])
    address = f"http://127.0.0.1:{port}/feed.xml"
    wait_until(lambda: _answers(address), seconds=20, what="nginx answers")
    return Served(address, started.pid)


def _answers(address: str) -> bool:
    with suppress(OSError), urllib.request.urlopen(address, timeout=30) as answer:
        return answer.status == 200
    return False


def rate(served: Served, seconds: int, *headers: str) -> Rate:
    """Ask it for so many seconds. Raises ``RuntimeError`` where some answers were errors."""
    command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "--timeout", "60s"]
    for header in headers:
        command += ["-H", header]
    before = served.processor_seconds()
    told = subprocess.run([*command, served.address], capture_output=True, text=True, check=True).stdout
    taken = served.processor_seconds() - before
    if wrong := _ERRORS.search(told):
        raise RuntimeError(f"{served.address}: {wrong.group(0)}")
    found, answers = _RATE.search(told), _ANSWERS.search(told)
    assert found is not None, told
    assert answers is not None, told
    return Rate(float(found[1]), int(answers[1]) / max(taken, 0.01))


def etag(address: str, **headers: str) -> str:
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=30) as answer:
        return str(answer.headers["ETag"])


# --- Questions ----------------------------------------------------------------------------------------


def cold(repeat: int) -> None:
    """Time a page of 50 entries that nobody has asked for yet, over the whole framework."""
    client = Client()
    narrowed = {
        "Atom, by rating and language": "/feeds/atom.xml?language=uk&rating=true",
        "Atom, by a rating of one in a thousand": f"/feeds/atom.xml?rating={RARE}",
        "Atom, by a rating that none has": "/feeds/atom.xml?rating=false",
    }
    for name, address in (PAGES | narrowed).items():
        times = []
        for _ in range(repeat):
            views.rendered.clear()
            shutil.rmtree(Path(settings.VAR_DIR) / "feeds", ignore_errors=True)
            begun = time.perf_counter()
            assert client.get(address).status_code == 200
            times.append((time.perf_counter() - begun) * 1000)
        tell(f"cold, {name}", f"p50 {statistics.median(times):6.1f} ms  max {max(times):6.1f} ms (goal 300)")


def whole() -> None:
    """Time the dump: when none of it is kept, and when the parts are."""
    shutil.rmtree(Path(settings.VAR_DIR) / "datafeed", ignore_errors=True)
    for name in ("made", "kept in parts"):
        begun, taken = time.perf_counter(), time.process_time()
        answer = Client().get("/feeds/datafeed.json", headers={"Accept-Encoding": "gzip"})
        size = sum(len(block) for block in answer.streaming_content)  # type: ignore[attr-defined]
        total, of_core = time.perf_counter() - begun, time.process_time() - taken
        tell(
            f"whole DataFeed, {name}",
            f"{total:5.1f} s  {of_core:5.1f} s of a core  {size / 1e6:.1f} MB packed",
        )


def visible(newsroom: Newsroom, address: str, repeat: int) -> None:
    """Time from a publication's commit until it stands in every feed that the server answers with."""
    times = []
    for _ in range(repeat):
        verdict = newsroom.approved()
        entry = newsroom.published(verdict).snapshot["entry_id"].encode()
        begun = time.perf_counter()
        for path in PAGES.values():
            while True:
                with urllib.request.urlopen(address + path, timeout=30) as answer:
                    if entry in answer.read():
                        break
        times.append(time.perf_counter() - begun)
    p95 = sorted(times)[min(repeat - 1, round(0.95 * repeat))]
    tell("visible in every feed", f"p50 {statistics.median(times):6.3f} s  p95 {p95:6.3f} s (goal 2)")


def tell(name: str, figures: str) -> None:
    print(f"  {name:44} {figures}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--publish", type=int, default=20)
    parser.add_argument("--keep", action="store_true")
    chosen = parser.parse_args()
    settings.CELERY_BROKER_URL = "memory://localhost/"
    with (
        own_database("bench_feeds", keep=chosen.keep),
        tempfile.TemporaryDirectory(prefix="bench-feeds-") as place,
    ):
        # Names of an earlier run on a kept database are taken.
        newsroom_module._numbers = count(int(time.time()))
        newsroom = open_newsroom()
        if Publication.objects.count() < chosen.rows:
            fill(newsroom, chosen.rows)
        print(f"{connection.vendor}, {Publication.objects.count():,} published")
        cold(5)
        whole()
        processes = Processes(Path(place))
        try:
            _rates(processes, Path(place), newsroom, chosen)
        finally:
            processes.kill_all()


def _rates(processes: Processes, folder: Path, newsroom: Newsroom, chosen: argparse.Namespace) -> None:
    ours = granian(processes, "ours", "factcheck.wsgi:application", PORT, PAGES["Atom"])
    stock = granian(
        processes, "stock", "tests.benchmarks.stock_feed:application", PORT + 1, "/stock/atom.xml"
    )
    with urllib.request.urlopen(ours.address, timeout=30) as answer:
        file = nginx(processes, folder, PORT + 2, answer.read())
    wait_until_idle(ours)
    full = rate(ours, chosen.seconds)
    tell("ours, 200, plain", f"{full} (goal 1,500)")
    tell("ours, 200, gzip", f"{rate(ours, chosen.seconds, 'Accept-Encoding: gzip')}")
    same = rate(ours, chosen.seconds, f"If-None-Match: {etag(ours.address)}")
    tell("ours, 304", f"{same} (goal 2,500)")
    stock_full = rate(stock, chosen.seconds)
    tell("Django's stock feed, 200", f"{stock_full}; ours {_times(full, stock_full)}")
    file_full = rate(file, chosen.seconds)
    tell("nginx, the same bytes, 200", f"{file_full}; ours {_times(full, file_full)}")
    file_same = rate(file, chosen.seconds, f"If-None-Match: {etag(file.address)}")
    tell("nginx, 304", f"{file_same}; ours {_times(same, file_same)}")
    visible(newsroom, ours.address.removesuffix(PAGES["Atom"]), chosen.publish)


def _times(one: Rate, other: Rate) -> str:
    return (
        f"{one.by_clock / other.by_clock:.2f} times by the clock, {one.by_core / other.by_core:.2f} by core"
    )


if __name__ == "__main__":
    main()
