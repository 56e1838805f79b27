"""Parse a page or feed in a subprocess that can be killed: some extractors never return on some pages.

Invariant: whatever the page does, the call returns what it holds or raises a ``ParseError`` within the time
limit, and nothing of the parser outlives it. Works from a daemonic Celery pool process, which may not have
``multiprocessing`` children. The subprocess inherits no secrets: its environment is empty but for paths.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from claims.ingest.dating import Dating
from claims.ingest.extracted import ExtractedArticle
from claims.ingest.feeds import Feed
from claims.ingest.fetch import FetchedPage
from claims.ingest.parse_errors import BY_NAME, ParserFailed, ParserTooSlow
from claims.ingest.parse_wire import Fields, article_from, feed_from
from claims.ingest.structured import Node

_LOG = logging.getLogger(__name__)

Built = TypeVar("Built")

_ROOT = Path(__file__).resolve().parents[2]
_COMMAND: tuple[str, ...] = ("-m", "claims.ingest.parse_worker")


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """Wall-clock and processor ``seconds``, and address space in bytes."""

    seconds: float = 10.0
    memory_bytes: int = 1024**3


def parse_page(
    body: bytes,
    *,
    outlet_zone: str,
    seen_at: datetime,
    url: str = "",
    content_type: str = "",
    limits: ParseLimits | None = None,
) -> ExtractedArticle:
    """Decode and read a fetched or uploaded page, or plain text; ``seen_at`` is aware.

    Raises a ``ParseError``, and ``ValueError`` for an unknown zone.
    """
    Dating(None, None, outlet_zone).zone()
    asked = {"kind": "page", "outlet_zone": outlet_zone, "seen_at": seen_at.isoformat()}
    return _parse(body, {**asked, "url": url, "content_type": content_type}, limits, article_from)


def parse_fetched(page: FetchedPage, *, outlet_zone: str) -> ExtractedArticle:
    """Read a page as it was fetched, like ``parse_page``."""
    return parse_page(
        page.body,
        url=page.final_url,
        content_type=page.content_type,
        outlet_zone=outlet_zone,
        seen_at=page.fetched_at,
    )


def parse_feed(body: bytes, *, url: str, content_type: str = "", limits: ParseLimits | None = None) -> Feed:
    """Read the bytes of an RSS or Atom feed; raises a ``ParseError``."""
    asked = {"kind": "feed", "url": url, "content_type": content_type}
    return _parse(body, asked, limits, feed_from)


def parse_reviews(
    body: bytes, *, url: str, content_type: str = "", limits: ParseLimits | None = None
) -> list[Node]:
    """Return the ClaimReview objects in the markup of a page; raises a ``ParseError``."""
    asked = {"kind": "reviews", "url": url, "content_type": content_type}
    return _parse(body, asked, limits, _nodes_from)


def _nodes_from(fields: Fields) -> list[Node]:
    return [dict(node) for node in fields["nodes"]]


def _parse(
    body: bytes, asked: dict[str, str], limits: ParseLimits | None, build: Callable[[Fields], Built]
) -> Built:
    limits = limits or ParseLimits()
    allowed = {"cpu_seconds": max(int(limits.seconds), 1), "memory_bytes": limits.memory_bytes}
    answer = _run(json.dumps({**asked, **allowed}).encode() + b"\n" + body, limits.seconds)
    try:
        fields = json.loads(answer)
        if "error" in fields:
            raise BY_NAME[fields["error"]]
        return build(fields["read"])
    except (ValueError, TypeError, KeyError) as error:
        raise ParserFailed from error


def _run(given: bytes, seconds: float) -> bytes:
    # Our own interpreter and module, without any words of the page.
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, *_COMMAND],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=_ROOT,
        env={"PATH": os.defpath, "PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
        start_new_session=True,
    )
    try:
        answer, complaint = child.communicate(given, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise ParserTooSlow from error
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
    if child.returncode == -signal.SIGXCPU or child.returncode == -signal.SIGKILL:
        raise ParserTooSlow
    if child.returncode != 0:
        _LOG.warning(
            "parse worker ended with %s: %s", child.returncode, complaint[-2000:].decode("utf-8", "replace")
        )
        raise ParserFailed
    return answer
