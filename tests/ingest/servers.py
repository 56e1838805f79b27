"""Small HTTP servers that misbehave on purpose, for the fetching tests."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Answer = Callable[[socket.socket, str], None]


@dataclass
class Server:
    """A running server: its ``host:port`` and the request heads that it was sent."""

    place: str
    heads: list[str] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        return f"http://{self.place}{path}"


@contextmanager
def serving(answer: Answer) -> Iterator[Server]:
    """Run a server on a free local port; ``answer`` writes raw bytes for each request's head."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(f"127.0.0.1:{listener.getsockname()[1]}")
    ended = threading.Event()

    def converse(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.settimeout(10)
            head = b""
            while b"\r\n\r\n" not in head:
                received = connection.recv(4096)
                if not received:
                    return
                head += received
            server.heads.append(head.decode("latin-1"))
            answer(connection, head.decode("latin-1"))

    def accept() -> None:
        while not ended.is_set():
            try:
                connection, _peer = listener.accept()
            except OSError:
                return
            threading.Thread(target=converse, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield server
    finally:
        ended.set()
        # Closing alone does not wake a thread that waits in accept().
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def page(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A whole raw answer with a ``Content-Length`` (the true one unless given)."""
    size = len(body) if length is None else length
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {size}", *headers])
    return head.encode("latin-1") + b"\r\n\r\n" + body
