"""The process in which one page is parsed: ``python -m claims.ingest.parse_worker``.

Reads one line of JSON (``content_type``, ``url``, ``outlet_zone``, ``seen_at``, ``cpu_seconds``,
``memory_bytes``) and then the page's bytes from standard input; writes ``{"article": …}`` or
``{"error": "NoArticle"}`` to standard output.

Invariant: the limits hold before a parser is imported; no file is written, no network is needed.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import datetime


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    _limit(int(asked["cpu_seconds"]), int(asked["memory_bytes"]))
    answer = _answer(sys.stdin.buffer.read(), asked)
    sys.stdout.write(answer)


def _limit(cpu_seconds: int, memory_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(body: bytes, asked: dict[str, str]) -> str:
    from claims.ingest.articles import has_markup, read_page
    from claims.ingest.decode import decode
    from claims.ingest.parse_errors import ParseError
    from claims.ingest.parse_wire import to_json
    from claims.ingest.plaintext import read_pasted

    try:
        words = decode(body, asked["content_type"]).text
        read = read_page if has_markup(words) else read_pasted
        seen_at = datetime.fromisoformat(asked["seen_at"])
        article = read(words, url=asked["url"], outlet_zone=asked["outlet_zone"], seen_at=seen_at)
    except ParseError as error:
        return json.dumps({"error": type(error).__name__})
    except MemoryError:
        return json.dumps({"error": "ParserTooSlow"})
    return f'{{"article": {to_json(article)}}}'


if __name__ == "__main__":
    main()
