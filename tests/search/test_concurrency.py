"""Several writers, a switch of generations under load, and a kill in the middle, on both engines."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from claims.search.base import SearchBackend, SearchUnavailable
from claims.search.elasticsearch import ElasticsearchBackend
from claims.search.embedded import EmbeddedBackend
from tests.search.conftest import elasticsearch_url
from tests.search.documents import asking, found, passage
from tests.servers import ROOT

#: A process of its own that opens the engine which it is told of, and then does ``{work}``.
SCRIPT = """
import random, sys
from pathlib import Path
from claims.search.base import IndexDocument
if sys.argv[1] == "embedded":
    from claims.search.embedded import EmbeddedBackend
    backend = EmbeddedBackend(Path(sys.argv[2]))
else:
    from claims.search.elasticsearch import ElasticsearchBackend
    backend = ElasticsearchBackend(sys.argv[1], prefix=sys.argv[2])
{work}
"""

WRITES = """
rng = random.Random(int(sys.argv[3]))
for batch in range(10):
    shared = [IndexDocument(f"shared-{rng.randrange(50)}", rng.randrange(1, 100)) for _ in range(20)]
    own = [IndexDocument(f"own-{sys.argv[3]}-{batch}-{place}", 1, {"terms": "river"}) for place in range(20)]
    for document in shared:
        print(document.id, document.version)
    assert not backend.write("passages", shared + own).rejected
"""

REBUILD = """
number = backend.begin_generation("passages")
print("begun", flush=True)
for batch in range(1000):
    rows = [IndexDocument(f"{batch}-{place}", 1, {"terms": "rebuilt"}) for place in range(20)]
    backend.write("passages", rows, generation=number)
    print(batch, flush=True)
"""

SWITCHES = """
while True:
    number = backend.begin_generation("passages")
    backend.write("passages", [IndexDocument("1", 1, {"terms": "river"})], generation=number)
    backend.activate_generation("passages", number)
    print("switched", flush=True)
"""


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """Arguments with which a process finds the same engine as ``shared``."""
    if request.param == "embedded":
        return ["embedded", str(tmp_path / "shared")]
    prefix = f"test-{os.getpid()}-{time.time_ns()}"
    return [elasticsearch_url(), prefix]


@pytest.fixture
def shared(place: list[str]) -> Iterator[SearchBackend]:
    if place[0] == "embedded":
        folder = EmbeddedBackend(Path(place[1]))
        folder.ensure()
        yield folder
    else:
        server = ElasticsearchBackend(place[0], prefix=place[1])
        server.ensure()
        yield server
        server.drop_everything()


def start(work: str, place: list[str], *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT.replace("{work}", work), *place, *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_processes_that_write_at_the_same_time_lose_nothing(shared: SearchBackend, place: list[str]) -> None:
    writers = [start(WRITES, place, str(seed)) for seed in range(3)]
    highest: dict[str, int] = {}
    for writer in writers:
        printed, _ = writer.communicate(timeout=300)
        assert writer.returncode == 0
        for line in printed.splitlines():
            id, version = line.split()
            highest[id] = max(highest.get(id, 0), int(version))
    assert len(found(shared, "river", limit=1_000)) == 3 * 10 * 20
    held = dict(shared.versions("passages"))
    assert {id: held[id] for id in highest} == highest


def test_a_kill_in_the_middle_of_a_rebuild_leaves_the_complete_index(
    shared: SearchBackend, place: list[str]
) -> None:
    shared.write("passages", [passage(str(number), 1, "river") for number in range(100)])
    rng = random.Random(11)
    for _ in range(3):
        rebuild = start(REBUILD, place)
        assert rebuild.stdout is not None
        for _ in range(rng.randrange(1, 12)):
            rebuild.stdout.readline()
        rebuild.send_signal(signal.SIGKILL)
        rebuild.communicate()
        assert len(found(shared, "river", limit=200)) == 100
        assert found(shared, "rebuilt") == []
        assert shared.write("passages", [passage("0", 1, "river")]).stale == 1
    number = shared.begin_generation("passages")
    shared.write("passages", [passage("1", 1, "river")], generation=number)
    shared.activate_generation("passages", number)
    assert found(shared, "river") == ["1"]
    assert found(shared, "rebuilt") == []


def test_a_kill_at_any_step_of_switching_leaves_one_complete_generation(
    shared: SearchBackend, place: list[str]
) -> None:
    shared.write("passages", [passage("1", 1, "river")])
    rng = random.Random(12)
    for _ in range(4):
        switching = start(SWITCHES, place)
        assert switching.stdout is not None
        switching.stdout.readline()
        time.sleep(rng.random() * 0.3)
        switching.send_signal(signal.SIGKILL)
        switching.communicate()
        assert found(shared, "river") == ["1"]
        assert shared.write("passages", [passage("2", 1, "bridge")]).rejected == ()


def test_a_switch_under_writes_and_searches_fails_none_and_loses_nothing(backend: SearchBackend) -> None:
    """S3 in small: rebuilds one after the other while two threads write and two search."""
    rows = {str(number): 1 for number in range(400)}
    rows_lock = threading.Lock()
    backend.write("passages", [passage(id, 1, "river") for id in rows])
    backend.refresh("passages")
    stop = threading.Event()
    failures: list[str] = []
    searches = 0

    def write_on(seed: int) -> None:
        rng = random.Random(seed)
        while not stop.is_set():
            id = str(rng.randrange(400))
            with rows_lock:
                rows[id] += 1
                version = rows[id]
            backend.write("passages", [passage(id, version, "river")])

    def search_on() -> None:
        nonlocal searches
        while not stop.is_set():
            count = len(backend.search("passages", asking("river"), limit=1_000).hits)
            searches += 1
            if count != 400:
                failures.append(f"{count} of 400 found")

    threads = [
        threading.Thread(target=_reporting(work, failures))
        for work in (lambda: write_on(1), lambda: write_on(2), search_on, search_on)
    ]
    for thread in threads:
        thread.start()
    for _ in range(4):
        number = backend.begin_generation("passages")
        for start_at in range(0, 400, 50):
            with rows_lock:
                read = {str(at): rows[str(at)] for at in range(start_at, start_at + 50)}
            backend.write(
                "passages", [passage(id, version, "river") for id, version in read.items()], generation=number
            )
        backend.activate_generation("passages", number)
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert searches > 4
    backend.refresh("passages")
    assert dict(backend.versions("passages")) == rows


def test_a_commit_of_another_process_is_seen_by_the_next_search(
    embedded: EmbeddedBackend, tmp_path: Path
) -> None:
    assert found(embedded, "river") == []
    EmbeddedBackend(tmp_path / "embedded").write("passages", [passage("1", 1, "river")])
    assert [hit.id for hit in embedded.search("passages", asking("river"), limit=5).hits] == ["1"]


def test_a_writer_that_finds_the_lock_taken_too_long_says_so(
    embedded: EmbeddedBackend, tmp_path: Path
) -> None:
    hurried = EmbeddedBackend(tmp_path / "embedded", lock_timeout_s=0.1)
    with embedded._generations["passages"].locked(), pytest.raises(SearchUnavailable, match="another writer"):
        hurried.write("passages", [passage("1", 1, "river")])
    assert hurried.write("passages", [passage("1", 1, "river")]).written == 1


def test_a_damaged_embedded_index_is_unavailable_and_can_be_rebuilt(
    embedded: EmbeddedBackend, tmp_path: Path
) -> None:
    embedded.write("passages", [passage("1", 1, "river")])
    folder = tmp_path / "embedded" / "passages" / f"{embedded.generation('passages'):06d}"
    for part in folder.iterdir():
        part.write_bytes(b"damaged")
    fresh = EmbeddedBackend(tmp_path / "embedded")
    with pytest.raises(SearchUnavailable):
        fresh.search("passages", asking("river"), limit=5)
    with pytest.raises(SearchUnavailable):
        fresh.write("passages", [passage("2", 1, "river")])
    number = fresh.begin_generation("passages")
    fresh.write("passages", [passage("1", 1, "river")], generation=number)
    fresh.activate_generation("passages", number)
    assert found(fresh, "river") == ["1"]


def _reporting(work: Callable[[], None], failures: list[str]) -> Callable[[], None]:
    def run() -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001  # A thread cannot fail a test by itself.
            failures.append(repr(error))

    return run
