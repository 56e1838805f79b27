"""Fetching from real local servers: redirects, limits, conditional requests."""

from __future__ import annotations

import gzip
import socket
import time
import zlib

import pytest
from django.conf import LazySettings

from claims.ingest.fetch import FetchLimits, fetch
from claims.ingest.fetch_errors import (
    AddressNotPublic,
    BadAddress,
    BrokenAnswer,
    FetchError,
    StatusRefused,
    TooLarge,
    TooManyRedirects,
    TooSlow,
    Unreachable,
)
from tests.ingest.servers import Answer, page, serving

#: Much longer than the time allowed, much shorter than what the servers here would go on for, in seconds.
LATE = 20.0
QUICK = FetchLimits(seconds=1.0, wire_bytes=200_000, decoded_bytes=400_000)


def answering(raw: bytes) -> Answer:
    return lambda connection, _head: connection.sendall(raw)


def redirecting(location: str) -> Answer:
    return answering(page(b"", f"Location: {location}", status="302 Found"))


def test_a_page_is_fetched_with_its_headers_and_validators() -> None:
    raw = page(
        b"<p>Hello</p>",
        'ETag: "v1"',
        "Last-Modified: Wed, 05 Mar 2025 10:00:00 GMT",
        "Content-Type: text/html",
    )
    with serving(answering(raw)) as server:
        got = fetch(server.url("/a"), allowed_hosts=[server.place])
    assert (got.status, got.body, got.content_type) == (200, b"<p>Hello</p>", "text/html")
    assert (got.etag, got.last_modified) == ('"v1"', "Wed, 05 Mar 2025 10:00:00 GMT")
    assert got.final_url == server.url("/a")
    assert got.fetched_at.utcoffset() is not None


def test_validators_are_sent_back_and_an_unchanged_page_has_no_body() -> None:
    with serving(answering(b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n')) as server:
        got = fetch(
            server.url(),
            etag='"v1"',
            last_modified="Wed, 05 Mar 2025 10:00:00 GMT",
            allowed_hosts=[server.place],
        )
    assert got.not_modified
    assert got.body == b""
    assert 'If-None-Match: "v1"' in server.heads[0]
    assert "If-Modified-Since: Wed, 05 Mar 2025 10:00:00 GMT" in server.heads[0]


def test_a_validator_that_would_forge_a_header_is_not_sent() -> None:
    with serving(answering(page(b"x"))) as server:
        fetch(server.url(), etag='"v1"\r\nX-Forged: 1', allowed_hosts=[server.place])
    assert "Forged" not in server.heads[0]


def test_the_setting_allows_exact_local_servers(settings: LazySettings) -> None:
    with serving(answering(page(b"x"))) as server:
        settings.FETCH_ALLOWED_HOSTS = [server.place]
        assert fetch(server.url()).body == b"x"
        settings.FETCH_ALLOWED_HOSTS = []
        with pytest.raises(BadAddress):
            fetch(server.url())
    assert len(server.heads) == 1


def test_a_proxy_in_the_environment_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answering(page(b"direct"))) as server, serving(answering(page(b"proxied"))) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url())
        monkeypatch.setenv("http_proxy", proxy.url())
        assert fetch(server.url(), allowed_hosts=[server.place]).body == b"direct"


def test_redirects_are_followed_up_to_five() -> None:
    def answer(connection: socket.socket, head: str) -> None:
        step = int(head.split()[1].strip("/"))
        raw = (
            page(b"here")
            if step == 0
            else page(b"", f"Location: /{step - 1}", status="301 Moved Permanently")
        )
        connection.sendall(raw)

    with serving(answer) as server:
        assert fetch(server.url("/5"), allowed_hosts=[server.place]).final_url == server.url("/0")
        with pytest.raises(TooManyRedirects):
            fetch(server.url("/6"), allowed_hosts=[server.place])


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://[::1]/",
        "http://[::ffff:10.0.0.1]/",
        "//10.0.0.1/",
        "https://192.168.0.1/",
        "http://127.0.0.1:22/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/x",
        "http://user@news.example/",
        "http://127.0.0.1\\@news.example/",
    ],
)
def test_a_redirect_to_where_we_may_not_go_is_refused_unvisited(
    location: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    visited: list[object] = []
    connect = socket.socket.connect

    def record(self: socket.socket, address: object) -> None:
        visited.append(address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", record)
    with serving(redirecting(location)) as server, pytest.raises((AddressNotPublic, BadAddress)):
        fetch(server.url(), allowed_hosts=[server.place])
    assert [f"{host}:{port}" for host, port in visited] == [server.place]


def drip(connection: socket.socket, head: bytes, piece: bytes) -> None:
    connection.sendall(head)
    while True:
        connection.sendall(piece)
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\n", b"X-More: y\r\n"),
        (b"", b"H"),
    ],
    ids=["body", "headers", "status"],
)
def test_an_answer_that_drips_ends_with_the_time_allowed(head: bytes, piece: bytes) -> None:
    with serving(lambda connection, _head: drip(connection, head, piece)) as server:
        started = time.monotonic()
        with pytest.raises((TooSlow, BrokenAnswer)) as ended:
            fetch(server.url(), limits=QUICK, allowed_hosts=[server.place])
    assert time.monotonic() - started < LATE
    assert ended.value.retryable


def test_a_server_that_never_answers_ends_with_the_time_allowed() -> None:
    with serving(lambda _connection, _head: time.sleep(60)) as server:
        started = time.monotonic()
        with pytest.raises(TooSlow):
            fetch(server.url(), limits=QUICK, allowed_hosts=[server.place])
    assert time.monotonic() - started < LATE


def test_the_time_allowed_is_for_all_redirects_together() -> None:
    def answer(connection: socket.socket, _head: str) -> None:
        time.sleep(0.4)
        connection.sendall(page(b"", "Location: /again", status="302 Found"))

    with serving(answer) as server:
        started = time.monotonic()
        with pytest.raises(TooSlow):
            fetch(server.url(), limits=QUICK, allowed_hosts=[server.place])
    assert time.monotonic() - started < LATE


def test_endless_headers_are_cut_off() -> None:
    def answer(connection: socket.socket, _head: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            connection.sendall(b"X-Filler: " + b"y" * 1000 + b"\r\n")

    with serving(answer) as server, pytest.raises((BrokenAnswer, TooLarge)):
        fetch(server.url(), allowed_hosts=[server.place])


def test_an_endless_body_is_cut_off_at_the_wire_limit() -> None:
    def answer(connection: socket.socket, _head: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            connection.sendall(b"400\r\n" + b"z" * 1024 + b"\r\n")

    with serving(answer) as server, pytest.raises(TooLarge):
        fetch(server.url(), limits=QUICK, allowed_hosts=[server.place])


def test_a_declared_length_beyond_the_limit_is_refused_at_once() -> None:
    with serving(answering(page(b"x", length=10**9))) as server, pytest.raises(TooLarge):
        fetch(server.url(), allowed_hosts=[server.place])


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_compression_bomb_is_ended_at_the_unpacked_limit(encoding: str) -> None:
    zeros = b"\0" * 50_000_000
    bomb = gzip.compress(zeros) if encoding == "gzip" else zlib.compress(zeros)
    with serving(answering(page(bomb, f"Content-Encoding: {encoding}"))) as server, pytest.raises(TooLarge):
        fetch(server.url(), limits=FetchLimits(decoded_bytes=1_000_000), allowed_hosts=[server.place])


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(b"words " * 900)),
        ("x-gzip", gzip.compress(b"words " * 400) + gzip.compress(b"words " * 500)),
        ("deflate", zlib.compress(b"words " * 900)),
        ("deflate", zlib.compress(b"words " * 900)[2:-4]),
        ("identity", b"words " * 900),
    ],
    # A name of one's own: gzip writes the present second into the bytes.
    ids=["gzip", "two-members", "deflate", "raw-deflate", "identity"],
)
def test_compressed_answers_are_unpacked(encoding: str, body: bytes) -> None:
    with serving(answering(page(body, f"Content-Encoding: {encoding}"))) as server:
        assert fetch(server.url(), allowed_hosts=[server.place]).body == b"words " * 900


@pytest.mark.parametrize(
    "raw",
    [
        page(b"short", length=50),
        page(b"not gzip at all", "Content-Encoding: gzip"),
        page(gzip.compress(b"words " * 900)[:-20], "Content-Encoding: gzip"),
        page(b"??", "Content-Encoding: br"),
        b"no http\r\n\r\n",
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nx",
    ],
    ids=["cut short", "not gzip", "cut gzip", "brotli unasked", "not http", "nothing", "length in words"],
)
def test_a_broken_answer_is_named_and_may_be_retried(raw: bytes) -> None:
    with serving(answering(raw)) as server, pytest.raises(BrokenAnswer) as broken:
        fetch(server.url(), limits=QUICK, allowed_hosts=[server.place])
    assert broken.value.retryable


def test_a_length_that_is_too_small_yields_what_was_declared() -> None:
    with serving(answering(page(b"abcdefgh", length=3))) as server:
        assert fetch(server.url(), allowed_hosts=[server.place]).body == b"abc"


@pytest.mark.parametrize(
    ("status", "retryable"), [(404, False), (403, False), (410, False), (429, True), (503, True)]
)
def test_an_error_status_says_whether_to_try_again(status: int, retryable: bool) -> None:
    raw = page(b"", "Retry-After: 120", status=f"{status} Sorry")
    with serving(answering(raw)) as server, pytest.raises(StatusRefused) as refused:
        fetch(server.url(), allowed_hosts=[server.place])
    assert (refused.value.status, refused.value.retryable, refused.value.retry_after) == (
        status,
        retryable,
        120.0,
    )
    assert str(status) in str(refused.value)


def test_nobody_listening_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        place = f"127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(Unreachable):
        fetch(f"http://{place}/", allowed_hosts=[place])


def test_a_server_without_a_trusted_certificate_is_unreachable() -> None:
    with serving(answering(page(b"x"))) as server, pytest.raises(FetchError) as failed:
        fetch(f"https://{server.place}/", limits=QUICK, allowed_hosts=[server.place])
    assert failed.value.retryable
