"""A process of its own that asks its edge for one cold feed, sixteen times at once.

``python -m tests.faults.cold_readers START COUNT DIGESTS``: it starts when the file START appears, appends a
letter to COUNT at each rendering, and writes to DIGESTS what it was answered.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.core.wsgi import get_wsgi_application

from tests.wsgi import ask

framework = get_wsgi_application()

# ruff: noqa: E402 - models are there only now.
from claims.feeds import files, views
from claims.feeds.edge import FeedEdge
from claims.publish import jsonfeed
from claims.publish.entries import Channel, Entry

READERS = 16


def main(start: Path, count: Path, digests: Path) -> None:
    def render(channel: Channel, entries: Iterable[Entry]) -> bytes:
        with count.open("a") as file:
            file.write("r")
        time.sleep(0.5)
        return jsonfeed.render(channel, entries)

    # However busy the machine is, whoever renders is waited for.
    files.LONGEST_WAIT = 60.0
    views.FORMATS["feed_json"] = (render, jsonfeed.CONTENT_TYPE)
    edge = FeedEdge(framework)
    digests.write_text("ready")
    while not start.exists():
        time.sleep(0.01)
    with ThreadPoolExecutor(READERS) as readers:
        answers = list(readers.map(lambda _: ask(edge, "/feeds/feed.json"), range(READERS)))
    told = [f"{answer.status} {hashlib.sha256(answer.content).hexdigest()}" for answer in answers]
    digests.write_text("\n".join(told))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
