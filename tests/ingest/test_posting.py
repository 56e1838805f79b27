"""Sending to an address that others gave us: what the receiver says, and each failure by its name."""

from __future__ import annotations

import socket

import pytest

from claims.ingest.fetch_errors import BrokenAnswer, Unreachable
from claims.ingest.posting import PostAnswer, post
from tests.ingest.servers import page, serving


def sent_to(answer: bytes) -> PostAnswer:
    """Send to a real local server that answers with these bytes."""
    with serving(lambda connection, _head: connection.sendall(answer)) as server:
        return post(server.url("/hook"), b"{}", {}, allowed_hosts=[server.place])


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120.0), ("Wed, 04 Mar 2026 09:00:00 GMT", None), ("-5", None), ("9" * 12, None)],
)
def test_a_receiver_may_ask_for_a_pause_in_seconds(header: str, seconds: float | None) -> None:
    answer = sent_to(page(b"later", f"Retry-After: {header}", status="503 Service Unavailable"))
    assert (answer.status, answer.body, answer.retry_after) == (503, b"later", seconds)


@pytest.mark.parametrize(
    "answer",
    [b"", b"not HTTP at all\r\n\r\n", page(b"cut short", length=500)],
    ids=["none", "no HTTP", "cut"],
)
def test_an_answer_that_breaks_off_is_named_and_may_pass(answer: bytes) -> None:
    with pytest.raises(BrokenAnswer) as broken:
        sent_to(answer)
    assert broken.value.retryable


def test_a_closed_port_is_named_as_no_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = f"127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(Unreachable):
        post(f"http://{place}/hook", b"{}", {}, allowed_hosts=[place])
