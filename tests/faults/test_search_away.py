"""S1: the search engine goes away in the middle of writes and comes back: everything is in, and there is no drift.

The engine is the real one; what is cut is the way to it, as a killed or unreachable server cuts it.
"""

from __future__ import annotations

import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.db.models import F

from claims.actions.documents import NewDocument, outlet_named, store_document
from claims.actions.drift import Drift
from claims.actions.indexing import find_and_repair_drift
from claims.jobs import run
from claims.jobs.clock import FromNow
from claims.models import Job, Passage
from claims.search import get_backend, reset_backend
from claims.search.elasticsearch import ElasticsearchBackend
from claims.tasks import BODIES
from tests.search.conftest import elasticsearch_url

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

DOCUMENTS = 80
#: Seconds after its return within which the engine must hold everything, on a machine that may be busy.
BACK_IN = 300


class Way:
    """The way to the server: a local port that passes bytes on, until it is cut."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 9200)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.is_cut = False
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self.is_cut = True
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def mend(self) -> None:
        self.is_cut = False

    def close(self) -> None:
        self.cut()
        self._listening.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self._listening.accept()
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection(self._target)
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    @staticmethod
    def _pass_on(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while received := one.recv(65_536):
                other.sendall(received)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def way(settings: LazySettings) -> Iterator[Way]:
    reset_backend()
    opened = Way(elasticsearch_url())
    settings.ELASTICSEARCH_URL = opened.url
    settings.SEARCH_INDEX_PREFIX = f"test-{uuid.uuid4().hex[:12]}"
    get_backend().ensure()
    yield opened
    opened.close()
    server = ElasticsearchBackend(elasticsearch_url(), prefix=settings.SEARCH_INDEX_PREFIX)
    server.drop_everything()
    reset_backend()


def run_what_is_due() -> None:
    for job_id in Job.objects.filter(kind="index_document", state=Job.State.WAITING).values_list(
        "pk", flat=True
    ):
        run(job_id, BODIES)


def test_writes_that_the_engine_missed_are_in_it_once_it_is_back(way: Way) -> None:
    outlet = outlet_named(name="Harbour Gazette")
    for number in range(DOCUMENTS):
        store_document(
            NewDocument(
                key=f"ferry-{number}",
                outlet_id=outlet.pk,
                title="",
                text=f"Ferry {number} left the harbour at noon.",
                language="en",
            )
        )
        if number == DOCUMENTS // 4:
            run_what_is_due()
            cutting = threading.Timer(0.3, way.cut)
            cutting.start()
        if number == DOCUMENTS // 2:
            run_what_is_due()
    cutting.join()
    run_what_is_due()
    waiting = Job.objects.filter(kind="index_document", state=Job.State.WAITING)
    assert waiting.count() > DOCUMENTS // 4
    assert not Job.objects.filter(state=Job.State.DEAD).exists()

    way.mend()
    began = time.monotonic()
    while waiting.exists():
        assert time.monotonic() - began < BACK_IN
        # What a worker would wait for: the time at which each job is tried again.
        waiting.update(due_at=FromNow(), leased_until=None)
        run_what_is_due()
    assert not Passage.objects.filter(indexed_version__lt=F("version")).exists()
    get_backend().refresh("passages")
    assert dict(get_backend().versions("passages")) == {
        str(id): version for id, version in Passage.objects.values_list("pk", "version")
    }
    assert find_and_repair_drift("passages") == Drift()
