"""No address in reliability.md's list of bad URLs ever leads to a connection."""

from __future__ import annotations

import socket
import threading
from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.ingest.addresses import is_public, read_target
from claims.ingest.fetch import FetchLimits, fetch
from claims.ingest.fetch_errors import AddressNotPublic, BadAddress, FetchError, TooSlow, UnknownHost

BAD_SYNTAX = [
    "file:///etc/passwd",
    "gopher://example.com/",
    "ftp://example.com/a",
    "data:text/html,hello",
    "jar:http://example.com!/a",
    "javascript:alert(1)",
    "//example.com/",
    "example.com",
    "",
    "http://",
    "http:///path",
    "http://user:word@example.com/",
    "http://user@example.com/",
    "http://127.0.0.1\\@example.com/",
    "http://example.com\\.evil.example/",
    "http://example.com:22/",
    "http://example.com:6379/",
    "http://example.com:0/",
    "http://example.com:65536/",
    "http://example.com:-1/",
    "http://example.com:8080/",
    "http://exa\nmple.com/",
    "http://example.com/\r\nX-Injected: 1",
    "http://example.com/a b",
    "http://example.com/\x00",
    "http://example.com/\u2028a",
    "http://%31%32%37.0.0.1/",
    "http://[fe80::1%25lo]/",
    "http://[::1/",
    "http://[zz::1]/",
    "http://example.com/" + "a" * 3000,
    "http://" + "a" * 300 + ".example/",
]
NOT_PUBLIC = [
    "127.1", "2130706433", "0x7f000001", "localhost", "0", "0.0.0.0", "127.0.0.1",
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
    "[2001:0:7f00:1::]", "169.254.169.254", "100.100.100.200", "192.0.0.192", "[fd00:ec2::254]", "[fec0::1]",
    "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1",
    "168.63.129.16", "[ff02::1]", "[2001:db8::1]", "[fe80::1]",
]  # fmt: skip


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Record every connection attempt of the process at the lowest level, and refuse it."""
    tried: list[object] = []

    def record(_self: socket.socket, address: object) -> None:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", record)
    monkeypatch.setattr(socket.socket, "connect_ex", record)
    return tried


def answering(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let ``getaddrinfo`` give these answers one after another, the last one for ever."""
    asked: list[str] = []

    def look_up(host: str, port: int, *_args: object, **_more: object) -> list[tuple[object, ...]]:
        asked.append(host)
        addresses = answers[min(len(asked), len(answers)) - 1]
        return [
            (socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port))
            for one in addresses
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


@pytest.mark.parametrize("address", BAD_SYNTAX)
def test_an_address_that_is_no_plain_web_address_is_refused_unresolved(
    address: str, connections: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answering(monkeypatch, ["93.184.215.14"])
    with pytest.raises(BadAddress) as refused:
        fetch(address)
    assert str(refused.value).endswith(".")
    assert not refused.value.retryable
    assert connections == []
    assert asked == []


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("host", NOT_PUBLIC)
def test_an_address_that_is_not_public_is_refused_without_a_connection(
    host: str, scheme: str, connections: list[object]
) -> None:
    with pytest.raises(AddressNotPublic, match="not public"):
        fetch(f"{scheme}://{host}/latest/meta-data")
    assert connections == []


@pytest.mark.parametrize(
    "host", ["１２７.０.０.１", "127。0。0。1", "0177.0.0.1", "localhost.", "[::1%25lo]"]
)
def test_a_disguise_that_only_some_resolvers_see_through_is_refused(
    host: str, connections: list[object]
) -> None:
    with pytest.raises((AddressNotPublic, BadAddress, UnknownHost)):
        fetch(f"http://{host}/")
    assert connections == []


def test_a_name_with_one_private_address_among_public_ones_is_refused(
    connections: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, ["93.184.215.14", "10.0.0.7"])
    with pytest.raises(AddressNotPublic):
        fetch("http://news.example/")
    assert connections == []


def test_a_name_that_answers_public_then_private_is_connected_to_at_the_checked_address(
    connections: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_up(host: str, port: int, *_args: object, **_more: object) -> list[tuple[object, ...]]:
        asked.append(host)
        # The name is asked for once; what is asked for afterwards is the literal address to connect to.
        found = "93.184.215.14" if host == "93.184.215.14" or asked == ["news.example"] else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, port))]

    asked: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(FetchError):
        fetch("http://news.example/")
    assert asked.count("news.example") == 1
    assert connections == [("93.184.215.14", 80)]


def test_a_resolver_that_hangs_ends_with_the_time_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: released.wait(20) and [])
    with pytest.raises(TooSlow):
        fetch("http://slow.example/", limits=FetchLimits(seconds=0.2))
    released.set()


def test_an_allowed_pair_holds_for_its_exact_port_only() -> None:
    allowed = ["127.0.0.1:8123", "archive.intranet:443"]
    assert read_target("http://127.0.0.1:8123/a", allowed).trusted
    assert read_target("https://archive.intranet/a", allowed).trusted
    assert not read_target("http://archive.intranet/a", allowed).trusted
    with pytest.raises(BadAddress):
        read_target("http://127.0.0.1:8124/", allowed)


def test_the_address_asked_for_is_the_one_that_the_parser_read() -> None:
    target = read_target("HTTPS://News.Example:443/a?b=1#part")
    assert (target.host, target.port) == ("news.example", 443)
    assert str(target.url) == "https://news.example/a?b=1"


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e", "100.128.0.1"]
)
def test_an_ordinary_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_what_python_calls_private_is_never_public(address: IPv4Address) -> None:
    assert not (
        is_public(str(address)) and (address.is_private or address.is_multicast or address.is_reserved)
    )


@given(st.ip_addresses(v=4))
def test_an_address_hidden_in_an_ipv6_address_is_never_public(address: IPv4Address) -> None:
    for prefix in ("::ffff:", "::", "64:ff9b::"):
        assert not is_public(f"{prefix}{address}")


@given(st.text(max_size=80))
def test_any_text_is_read_as_a_permitted_target_or_refused(text: str) -> None:
    try:
        target = read_target(f"http://{text}")
    except BadAddress:
        return
    assert target.port in (80, 443)
    assert target.url.userinfo == b""
