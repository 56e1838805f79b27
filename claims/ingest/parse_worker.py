"""The process in which a page, its fact-checks or a feed is parsed: ``python -m claims.ingest.parse_worker``.

Reads one line of JSON (``kind``, ``cpu_seconds``, ``memory_bytes``, ``content_type``, ``url`` and, for a
page, ``outlet_zone`` and ``seen_at``) and then the bytes from standard input; writes ``{"read": …}`` or
``{"error": "NoArticle"}`` to standard output.

Invariant: the limits hold before a parser is imported; nothing is written but scratch files of bounded
size, and no network is needed.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import datetime

# The language model unpacks itself into a temporary file of 65 MB.
_SCRATCH_BYTES = 256 * 1024 * 1024


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    _limit(int(asked["cpu_seconds"]), int(asked["memory_bytes"]))
    sys.stdout.write(_answer(sys.stdin.buffer.read(), asked))


def _limit(cpu_seconds: int, memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_SCRATCH_BYTES, _SCRATCH_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(body: bytes, asked: dict[str, str]) -> str:
    from claims.ingest.parse_errors import ParseError

    try:
        read = _READERS[asked["kind"]](body, asked)
    except ParseError as error:
        return json.dumps({"error": type(error).__name__})
    except MemoryError:
        return json.dumps({"error": "ParserTooSlow"})
    return f'{{"read": {read}}}'


def _page(body: bytes, asked: dict[str, str]) -> str:
    from claims.ingest.articles import has_markup, read_page
    from claims.ingest.decode import decode
    from claims.ingest.parse_wire import to_json
    from claims.ingest.plaintext import read_pasted

    words = decode(body, asked["content_type"]).text
    read = read_page if has_markup(words) else read_pasted
    seen_at = datetime.fromisoformat(asked["seen_at"])
    return to_json(read(words, url=asked["url"], outlet_zone=asked["outlet_zone"], seen_at=seen_at))


def _feed(body: bytes, asked: dict[str, str]) -> str:
    from claims.ingest.feeds import read_feed
    from claims.ingest.parse_wire import to_json

    return to_json(read_feed(body, url=asked["url"], content_type=asked["content_type"]))


def _reviews(body: bytes, asked: dict[str, str]) -> str:
    from lxml import html

    from claims.ingest.decode import decode
    from claims.ingest.review_nodes import read_review_nodes

    parser = html.HTMLParser(huge_tree=False, no_network=True)
    tree = html.document_fromstring(decode(body, asked["content_type"]).text, parser=parser)
    return json.dumps({"nodes": read_review_nodes(tree)})


_READERS = {"page": _page, "feed": _feed, "reviews": _reviews}


if __name__ == "__main__":
    main()
