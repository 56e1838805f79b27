"""Real HTTP receivers for what the product sends out: each listens on a port of its own until it is closed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Sent:
    """One request as it came in; header names are lower case."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    def is_signed_with(self, secret: str) -> bool:
        """Verify as https://www.standardwebhooks.com tells receivers to, without any code of the product."""
        key = base64.b64decode(secret.split("_", 1)[1])
        content = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + self.body
        expected = "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
        fresh = abs(time.time() - int(self.headers["webhook-timestamp"])) < 300
        return fresh and expected in self.headers["webhook-signature"].split(" ")


@dataclass
class Receiver:
    """What came in, and what is answered: ``status``, ``headers`` and ``body``, one byte each ``drip`` seconds."""

    port: int = 0
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    drip: float = 0.0
    sent: list[Sent] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/hook"


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.sent.append(Sent(self.path, headers, body))
            self.send_response(receiver.status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(receiver.body)))
            self.end_headers()
            self._write(receiver.body)

        def do_GET(self) -> None:
            """Confirm a subscription: say the hub's challenge back (WebSub, 5.3)."""
            challenge = parse_qs(urlsplit(self.path).query).get("hub.challenge", [""])[0].encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(challenge)))
            self.end_headers()
            self._write(challenge)

        def _write(self, body: bytes) -> None:
            try:
                for byte in (bytes([each]) for each in body) if receiver.drip else [body]:
                    self.wfile.write(byte)
                    self.wfile.flush()
                    time.sleep(receiver.drip)
            except OSError:
                # The product hung up, which some tests are about.
                self.close_connection = True

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing on the test's output."""

    return Handler


@contextmanager
def listening(make: Callable[[], Receiver] = Receiver) -> Iterator[Receiver]:
    """Open a receiver on a free port of this machine."""
    receiver = make()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(receiver))
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
