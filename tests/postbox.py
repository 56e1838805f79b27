"""A real SMTP server for tests: it takes letters on a port of its own, or refuses them as it is told to."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage


class Postbox(socketserver.ThreadingTCPServer):
    """What arrived stands in ``letters``; an answer in ``refusals`` is given to that command instead of “ok”."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Session(socketserver.StreamRequestHandler):
    server: Postbox

    def handle(self) -> None:
        self._say("220 postbox")
        for line in self.rfile:
            command = line[:4].strip().decode("ascii", "replace").upper()
            if command in self.server.refusals:
                self._say(self.server.refusals[command])
            elif command == "DATA":
                self._say("354 go on")
                self._take()
                self._say("250 taken")
            elif command == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self) -> None:
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.server.letters.append(letter)

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode("ascii"))


@contextmanager
def open_postbox() -> Iterator[Postbox]:
    """Serve until the block ends."""
    with Postbox() as postbox:
        thread = threading.Thread(target=postbox.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield postbox
        finally:
            postbox.shutdown()
            thread.join()
