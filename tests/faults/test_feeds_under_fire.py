"""V7 and V8: feeds that are read while checks are published, corrected and retracted, and all at once when cold."""

from __future__ import annotations

import hashlib
import json
import random
import sys
import threading
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.utils import timezone

from claims.actions.publication import publish_scheduled
from claims.feeds import views
from claims.feeds.edge import FeedEdge
from claims.models import Publication
from claims.publish import jsonfeed
from claims.publish.entries import Channel, Entry
from claims.selectors.feeds import history_mark
from tests.faults.soak import times
from tests.newsroom import open_newsroom
from tests.servers import Processes, database_url, wait_until
from tests.together import at_once
from tests.wsgi import Answer, Application, ask

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def var_folder(tmp_path: Path, settings: Any) -> None:
    """What an earlier run has kept of feeds is not this one's: it may have made the same ids."""
    settings.VAR_DIR = tmp_path


FORMATS = ["/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json", "/feeds/datafeed.json"]
_ATOM, _TOMBSTONE = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"


def shown(address: str, content: bytes) -> dict[str, str]:
    """Return what a feed says of each check: "retracted", or its headline. Raises where it does not parse."""
    if address.startswith("/feeds/rss.xml"):
        items = ElementTree.fromstring(content).findall("channel/item")
        return {item.findtext("guid", ""): _said(item.findtext("title", "")) for item in items}
    if address.startswith("/feeds/atom.xml"):
        feed = ElementTree.fromstring(content)
        live = {
            entry.findtext(_ATOM + "id", ""): entry.findtext(_ATOM + "title", "")
            for entry in feed.findall(_ATOM + "entry")
        }
        return live | {
            gone.get("ref", ""): "retracted" for gone in feed.findall(_TOMBSTONE + "deleted-entry")
        }
    feed_json: dict[str, Any] = json.loads(content)
    if address.startswith("/feeds/feed.json"):
        return {item["id"]: _said(item["title"]) for item in feed_json["items"]}
    elements = feed_json["dataFeedElement"]
    return {
        element["@id"]: "retracted" if "dateDeleted" in element else _headline(element["item"][0])
        for element in elements
    }


def _said(title: str) -> str:
    return "retracted" if title.startswith("RETRACTED: ") else title


def _headline(review: dict[str, Any]) -> str:
    """Return the headline as the other formats mark it; the markup tells a correction in a field of its own."""
    return f"CORRECTED: {review['name']}" if review.get("correction") else str(review["name"])


class Reader(threading.Thread):
    """Reads every format again and again, half the time with conditions and packed, and keeps what is wrong."""

    def __init__(self, edges: list[Application], bodies: dict[tuple[str, str], str], seed: int) -> None:
        super().__init__()
        self.edges, self.bodies = edges, bodies
        self.random = random.Random(seed)
        self.stop = threading.Event()
        self.wrong: list[str] = []
        self.answers = self.unchanged = self.compared = 0
        self.known: dict[str, dict[str, str]] = {}
        self.tags: dict[tuple[str, str], str] = {}

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                before = history_mark()
                told = {address: self._read(address) for address in FORMATS}
                if before == history_mark():
                    self.compared += 1
                    self._expect(
                        len({json.dumps(seen, sort_keys=True) for seen in told.values()}) == 1, "differ"
                    )
        except Exception as failure:  # noqa: BLE001 - what a thread raised is what the test looks at.
            self.wrong.append(repr(failure))
        finally:
            connection.close()

    def _read(self, address: str) -> dict[str, str]:
        accepted = self.random.choice(["", "gzip"])
        headers = {"accept_encoding": accepted}
        if self.random.random() < 0.5:
            headers["if_none_match"] = self.tags.get((address, accepted), '"none"')
        answer = ask(self.random.choice(self.edges), address, **headers)
        self.answers += 1
        if answer.status == 304:
            self.unchanged += 1
            return self.known[address]
        self._expect(answer.status == 200, f"{address}: {answer.status}")
        self._same_body(address, answer)
        self.tags[address, accepted] = answer.headers["etag"]
        now = shown(address, answer.content)
        for entry, before in self.known.get(address, {}).items():
            self._expect(entry in now, f"{address}: {entry} vanished")
            if before == "retracted" or before.startswith("CORRECTED: "):
                self._expect(now.get(entry) in (before, "retracted"), f"{address}: {entry} came back")
        self.known[address] = now
        return now

    def _same_body(self, address: str, answer: Answer) -> None:
        digest = hashlib.sha256(answer.body).hexdigest()
        kept = self.bodies.setdefault((address, answer.headers["etag"]), digest)
        self._expect(kept == digest, f"{address}: {answer.headers['etag']} names two bodies")

    def _expect(self, holds: bool, what: str) -> None:
        if not holds:
            self.wrong.append(what)


def test_eight_readers_of_two_workers_are_told_everything_and_nothing_twice() -> None:
    """V7: every body parses, formats agree, an ETag never names two bodies, nothing vanishes without notice."""
    newsroom = open_newsroom()
    views.rendered.clear()
    framework = get_wsgi_application()
    edges: list[Application] = [FeedEdge(framework), FeedEdge(framework)]
    bodies: dict[tuple[str, str], str] = {}
    readers = [Reader(edges, bodies, seed) for seed in range(8)]
    for reader in readers:
        reader.start()
    try:
        # Of each four one is corrected and retracted, one corrected twice, one retracted, one left: 9 events.
        for _ in range(times(ci=2, soak=11)):
            first, second, third, _fourth = (newsroom.published() for _ in range(4))
            newsroom.retracted(newsroom.corrected(first))
            newsroom.corrected(newsroom.corrected(second), note="And another one.")
            newsroom.retracted(third)
    finally:
        for reader in readers:
            reader.stop.set()
        for reader in readers:
            reader.join(60)
    assert [reader.wrong for reader in readers] == [[]] * 8
    assert sum(reader.answers for reader in readers) > 100
    assert sum(reader.unchanged for reader in readers) > 0
    assert sum(reader.compared for reader in readers) > 0
    final = shown("/feeds/datafeed.json", ask(edges[0], "/feeds/datafeed.json").content)
    states = Publication.objects.values_list("state", flat=True)
    assert sorted(told == "retracted" for told in final.values()) == sorted(
        state == "retracted" for state in states
    )
    call_command("verify_history")


def test_sixteen_who_find_it_cold_have_it_rendered_once_and_see_no_embargoed_byte(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """V8: before and after the end of an embargo, each state of a feed is rendered once."""
    newsroom = open_newsroom()
    newsroom.published()
    verdict = newsroom.approved(title="Zyxomma in the harbour?")
    rendered: list[int] = []

    def render(channel: Channel, entries: Iterable[Entry]) -> bytes:
        shown = list(entries)
        rendered.append(len(shown))
        time.sleep(0.3)
        return jsonfeed.render(channel, shown)

    monkeypatch.setitem(views.FORMATS, "feed_json", (render, jsonfeed.CONTENT_TYPE))
    views.rendered.clear()
    edge = FeedEdge(get_wsgi_application())
    with time_machine.travel(timezone.now(), tick=False) as clock:
        newsroom.scheduled(verdict, publish_at=timezone.now() + timedelta(seconds=3))
        embargoed = _all_at_once(edge)
        clock.shift(3)
        publish_scheduled(verdict.pk)
        ended = _all_at_once(edge)
    assert all(b"Zyxomma" not in answer.content for answer in embargoed)
    assert all(int(answer.headers["cache-control"].rpartition("=")[2]) <= 3 for answer in embargoed)
    assert all(b"Zyxomma" in answer.content for answer in ended)
    assert rendered == [1, 2]
    for answers in (embargoed, ended):
        assert len({(answer.headers["etag"], answer.content) for answer in answers}) == 1


def test_two_processes_that_find_it_cold_render_it_once(
    tmp_path: Path,
) -> None:
    newsroom = open_newsroom()
    newsroom.published()
    start, count = tmp_path / "start", tmp_path / "count"
    told = [tmp_path / "one", tmp_path / "other"]
    processes = Processes(tmp_path)
    environment = {
        "DATABASE_URL": database_url(),
        "FACTCHECK_VAR": str(tmp_path),
        "SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
    }
    try:
        for digests in told:
            command = [
                sys.executable,
                "-m",
                "tests.faults.cold_readers",
                str(start),
                str(count),
                str(digests),
            ]
            processes.start(digests.name, command, environment)
        wait_until(lambda: all(map(Path.exists, told)), seconds=120, what="both processes are there")
        start.touch()
        wait_until(
            lambda: all(digests.read_text() not in ("", "ready") for digests in told),
            seconds=60,
            what=f"both were answered ({processes.output('one')[-500:]})",
        )
    finally:
        processes.kill_all()
    answers = [line for digests in told for line in digests.read_text().splitlines()]
    assert len(answers) == 32
    assert len(set(answers)) == 1
    assert answers[0].startswith("200 ")
    assert count.read_text() == "r"


def _all_at_once(edge: Application) -> list[Answer]:
    outcomes = at_once(*[lambda: ask(edge, "/feeds/feed.json")] * 16)
    answers = [outcome for outcome in outcomes if isinstance(outcome, Answer)]
    assert [answer.status for answer in answers] == [200] * 16, outcomes
    return answers
