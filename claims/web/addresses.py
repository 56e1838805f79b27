"""From which address a request comes. Headers are believed only as far as the installation says so."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Return the address of the client, or None where it is unknown.

    Each of the ``TRUST_FORWARDED_FOR`` proxies in front appends who asked it to X-Forwarded-For, so the entry
    that the outermost of them wrote is that many from the end. Whatever stands before it, the client wrote.
    """
    told: str = request.META.get("REMOTE_ADDR", "")
    proxies: int = settings.TRUST_FORWARDED_FOR
    if proxies:
        chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        told = chain[-proxies] if len(chain) >= proxies else told
    try:
        return str(ip_address(told.removeprefix("[").removesuffix("]")))
    except ValueError:
        return None
