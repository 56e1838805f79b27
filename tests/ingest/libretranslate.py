"""A local HTTP server that speaks LibreTranslate's protocol, and one that misbehaves where a test asks."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_KNOWN = {"en", "uk", "ru"}


@dataclass
class LibreTranslate:
    """The running service: its address and the questions that it was asked. ``words`` are what it knows;
    any other text comes back in brackets after its target. ``key`` is asked for where it is set."""

    url: str = ""
    key: str = ""
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    questions: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, question: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        self.questions.append(question)
        if self.key and question.get("api_key") != self.key:
            return 403, {"error": "Visit the portal to get an API key"}
        for name in ("q", "source", "target"):
            if not question.get(name):
                return 400, {"error": f"Invalid request: missing {name} parameter"}
        if question["target"] not in _KNOWN:
            return 400, {"error": f"{question['target']} is not supported"}
        asked, target = question["q"], question["target"]
        if isinstance(asked, list):
            return 200, {"translatedText": [self._translated(text, target) for text in asked]}
        return 200, {"translatedText": self._translated(asked, target)}

    def _translated(self, text: str, target: str) -> str:
        return self.words.get((text, target), f"{target} [{text}]")


@contextmanager
def libretranslate(service: LibreTranslate | None = None) -> Iterator[LibreTranslate]:
    """Run the service on a free local port."""
    running = service or LibreTranslate()

    class Edge(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            is_ours = self.path == "/translate" and self.headers["Content-Type"] == "application/json"
            status, answer = running.answer(json.loads(body)) if is_ours else (404, {"error": "Not found"})
            told = json.dumps(answer, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, format: str, *args: Any) -> None:
            """Stay quiet: the questions are kept."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Edge)
    running.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
