"""WebSub from end to end: a subscriber finds the hub in a feed, and the hub's process brings it every change."""

from __future__ import annotations

import hashlib
import hmac
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import feedparser
import pytest
from django.utils import timezone

from claims import jobs
from claims.actions.publication import retract_publication
from claims.jobs.clock import FromNow
from claims.models import Job, Publication
from claims.tasks import BODIES
from tests.newsroom import open_newsroom
from tests.receivers import Receiver, Sent, listening
from tests.servers import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "a secret of the subscriber"
OpenHub = Callable[..., str]


@pytest.fixture
def open_hub() -> Iterator[OpenHub]:
    """Start the hub on a port, or on any free one; return its address."""
    running: list[subprocess.Popen[str]] = []

    def start(port: str = "0") -> str:
        command = [sys.executable, "-m", "tests.hub", port]
        hub = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        running.append(hub)
        assert hub.stdout is not None
        return f"http://127.0.0.1:{hub.stdout.readline().strip()}/"

    yield start
    for hub in running:
        hub.kill()
        hub.wait()


def ping() -> None:
    Job.objects.filter(kind="ping_hub", state=Job.State.WAITING).update(due_at=FromNow(-1.0))
    for job_id in Job.objects.filter(kind="ping_hub", state=Job.State.WAITING).values_list("pk", flat=True):
        jobs.run(job_id, BODIES)


def subscribe(feed_address: str, receiver: Receiver) -> str:
    """Subscribe as a reader does, by what the feed itself says; return the topic."""
    with urlopen(feed_address, timeout=20) as answer:
        links = {
            relation: address
            for value in answer.headers.get_all("Link")
            for address, relation in re.findall(r'<([^>]+)>; rel="(\w+)"', value)
        }
    form = {
        "hub.mode": "subscribe",
        "hub.topic": links["self"],
        "hub.callback": receiver.url,
        "hub.secret": SECRET,
    }
    with urlopen(Request(links["hub"], data=urlencode(form).encode()), timeout=20) as answer:
        assert answer.status == 202
    return links["self"]


def is_genuine(sent: Sent) -> bool:
    expected = hmac.new(SECRET.encode(), sent.body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(sent.headers["x-hub-signature"], f"sha256={expected}")


def test_a_subscriber_of_the_hub_gets_a_publication_and_its_retraction(
    live_server: Any, settings: Any, open_hub: OpenHub
) -> None:
    settings.WEBSUB_HUB_URL = open_hub()
    settings.SITE_URL = live_server.url
    newsroom = open_newsroom()
    with listening() as reader, listening() as elsewhere:
        subscribe(f"{live_server.url}/feeds/atom.xml?language=en", reader)
        subscribe(f"{live_server.url}/feeds/atom.xml?language=uk", elsewhere)
        publication = newsroom.published().publication
        ping()
        assert [entry.title for entry in feedparser.parse(reader.sent[-1].body).entries] == [
            "How many tugs entered the harbour?"
        ]
        publication.refresh_from_db()
        retract_publication(
            publication_id=publication.pk,
            seen_version=publication.version,
            note="The photograph was of another port.",
            actor=newsroom.actor("pavlo"),
        )
        ping()
        assert b"deleted-entry" in reader.sent[-1].body
        assert "The photograph was of another port." in reader.sent[-1].body.decode()
        assert len(reader.sent) == 2
        assert all(is_genuine(sent) for sent in reader.sent)
        assert elsewhere.sent == []
    assert set(Job.objects.filter(kind="ping_hub").values_list("state", flat=True)) == {Job.State.DONE}


def test_a_hub_that_is_away_is_told_when_it_is_back(
    live_server: Any, settings: Any, open_hub: OpenHub
) -> None:
    settings.SITE_URL = live_server.url
    with socket.socket() as kept:
        # Bound and not listening: nobody else gets the port until the hub takes it.
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        kept.bind(("127.0.0.1", 0))
        port = str(kept.getsockname()[1])
        settings.WEBSUB_HUB_URL = f"http://127.0.0.1:{port}/"
        open_newsroom().published()
        for _try in range(7):
            ping()
        job = Job.objects.get(kind="ping_hub")
        assert (job.state, job.starts) == (Job.State.WAITING, 0)
        assert timezone.now() < job.due_at
        assert job.last_error
        assert open_hub(port) == settings.WEBSUB_HUB_URL
        ping()
    job.refresh_from_db()
    assert job.state == Job.State.DONE


def test_without_a_hub_nobody_is_pinged_and_no_feed_names_one(client: Any, settings: Any) -> None:
    settings.WEBSUB_HUB_URL = ""
    open_newsroom().published()
    assert Publication.objects.exists()
    assert not Job.objects.filter(kind="ping_hub").exists()
    for address in ("/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json"):
        answer = client.get(address)
        assert 'rel="hub"' not in answer["Link"]
        assert b"hub" not in answer.content


@pytest.mark.parametrize("address", ["/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json"])
def test_a_feed_names_itself_and_the_hub_once(client: Any, settings: Any, address: str) -> None:
    settings.WEBSUB_HUB_URL = "https://hub.example.org/"
    open_newsroom().published()
    answer = client.get(address)
    body = answer.content.decode()
    assert answer["Link"].count('<https://hub.example.org/>; rel="hub"') == 1
    assert answer["Link"].count('rel="self"') == 1
    assert body.count("https://hub.example.org/") == 1
    own = settings.SITE_URL + address
    assert body.count(f'"{own}"') == 1
