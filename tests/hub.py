"""A small WebSub hub in a process of its own: ``python -m tests.hub PORT``. It prints the port that it listens on.

It does what https://www.w3.org/TR/websub/ asks of a hub: it confirms each subscription with the subscriber, fetches
a topic when its publisher says that it changed, and sends it on, signed with the subscriber's secret. Nothing of
the product is imported; a topic that answers anything but 200 is not sent on.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode
from urllib.request import Request, urlopen

#: Callback and secret of each subscriber, by topic.
SUBSCRIBERS: dict[str, list[tuple[str, str]]] = {}


class Hub(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        mode = form["hub.mode"][0]
        if mode == "subscribe":
            self.send_response(202 if subscribe(form) else 400)
        elif mode == "publish":
            for topic in form["hub.url"]:
                if topic in SUBSCRIBERS:
                    distribute(topic)
            self.send_response(204)
        else:
            self.send_response(400)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing; the port is the only line that this process prints."""


def subscribe(form: dict[str, list[str]]) -> bool:
    topic, callback, challenge = form["hub.topic"][0], form["hub.callback"][0], secrets.token_hex(8)
    asked = urlencode({"hub.mode": "subscribe", "hub.topic": topic, "hub.challenge": challenge})
    with urlopen(f"{callback}?{asked}", timeout=10) as answer:
        confirmed = answer.read().decode() == challenge
    if confirmed:
        SUBSCRIBERS.setdefault(topic, []).append((callback, form["hub.secret"][0]))
    return confirmed


def distribute(topic: str) -> None:
    with urlopen(topic, timeout=20) as answer:
        body, content_type = answer.read(), answer.headers["Content-Type"]
    for callback, secret in SUBSCRIBERS[topic]:
        signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": content_type,
            "Link": f'<{topic}>; rel="self"',
            "X-Hub-Signature": f"sha256={signature}",
        }
        urlopen(Request(callback, data=body, headers=headers), timeout=10).close()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Hub)
    print(server.server_address[1], flush=True)
    server.serve_forever()
