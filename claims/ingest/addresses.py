"""Which web addresses we connect to, decided from the resolved addresses and never from their text.

Invariant: a ``Target`` that leaves ``resolve`` carries only addresses that were checked, and the connection
is made to exactly those, so that a name that answers differently a moment later changes nothing.
Python's ``ipaddress`` calls some private and reserved networks global, hence the explicit lists
(IANA special-purpose registries for IPv4 and IPv6).
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Collection
from dataclasses import dataclass, replace

import httpx
from django.utils.translation import gettext as _

from claims.ingest.fetch_errors import AddressNotPublic, BadAddress, TooSlow, UnknownHost

MAX_URL_LENGTH = 2048
PORTS = {"http": 80, "https": 443}

_CLOSED_V4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        # Azure's platform address answers metadata requests although it is in public space.
        "168.63.129.16/32",
    )
)  # fmt: skip
# Everything public in IPv6 is inside 2000::/3; mapped, compatible, NAT64 and local addresses are outside.
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_V6 = tuple(
    ipaddress.IPv6Network(network)
    for network in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
)


@dataclass(frozen=True, slots=True)
class Target:
    """One request's destination. ``addresses`` are the literal IP addresses that may be connected to;
    ``trusted`` is true for a ``host:port`` pair that the operator allowed by setting."""

    url: httpx.URL
    host: str
    port: int
    trusted: bool = False
    addresses: tuple[str, ...] = ()


def is_public(address: str) -> bool:
    """Tell whether a literal IP address may be connected to. Anything unreadable is not public."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return not any(ip in network for network in _CLOSED_V4)
    return ip.scope_id is None and ip in _OPEN_V6 and not any(ip in network for network in _CLOSED_V6)


def read_target(address: str, allowed_hosts: Collection[str] = ()) -> Target:
    """Read a web address with the one parser that the request also uses; raise ``BadAddress``.

    ``allowed_hosts`` holds exact ``host:port`` pairs that may be private and on another port.
    """
    _refuse_trick_characters(address)
    try:
        url = httpx.URL(address)
        scheme, host, port = url.scheme, url.raw_host.decode("ascii"), url.port
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise BadAddress from error
    if scheme not in PORTS:
        raise BadAddress(_("Only http and https addresses are fetched."))
    if not host or len(host) > 253:
        raise BadAddress(_("The address names no site."))
    port = PORTS[scheme] if port is None else port
    trusted = f"{host}:{port}" in allowed_hosts
    if not trusted and port not in PORTS.values():
        raise BadAddress(_("Only the ports 80 and 443 are fetched."))
    return Target(url.copy_with(fragment=None), host, port, trusted)


def resolve(target: Target, seconds: float) -> Target:
    """Resolve the name once and check every answer; one closed address closes the whole name.

    Raises ``AddressNotPublic``, ``UnknownHost``, or ``TooSlow`` after ``seconds``.
    """
    addresses = _look_up(target.host, target.port, seconds)
    if not target.trusted and not all(is_public(address) for address in addresses):
        raise AddressNotPublic
    return replace(target, addresses=addresses)


def _refuse_trick_characters(address: str) -> None:
    """Refuse what different parsers read differently, before any parser sees it."""
    if len(address) > MAX_URL_LENGTH:
        raise BadAddress(_("The address is too long."))
    if "\\" in address or any(ord(c) <= 32 or 127 <= ord(c) < 160 or c.isspace() for c in address):
        raise BadAddress(_("The address contains characters that no web address has."))
    scheme, separator, rest = address.partition("://")
    if not separator or not scheme.isascii():
        raise BadAddress(_("Only http and https addresses are fetched."))
    authority = rest.partition("/")[0].partition("?")[0].partition("#")[0]
    if "@" in authority:
        raise BadAddress(_("The address contains a user name or password; remove it."))
    if "%" in authority:
        raise BadAddress(_("The site's name in the address is not readable."))


def _look_up(host: str, port: int, seconds: float) -> tuple[str, ...]:
    """``getaddrinfo`` with a time limit, which it lacks: a thread that is left behind when it hangs."""
    answers: list[str] = []
    errors: list[Exception] = []

    def ask() -> None:
        try:
            for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                answers.append(str(found[4][0]))
        except (OSError, UnicodeError) as error:
            errors.append(error)

    thread = threading.Thread(target=ask, daemon=True, name="look-up")
    thread.start()
    thread.join(max(seconds, 0))
    if thread.is_alive():
        raise TooSlow
    if errors or not answers:
        raise UnknownHost from (errors[0] if errors else None)
    return tuple(dict.fromkeys(answers))
