"""Which check an address of this site names, however it is written: with or without slug, over TLS or not."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

#: The public addresses of one check.
_OF_A_CHECK = frozenset({"publication_detail", "publication_short", "embed"})
_DEFAULT_PORTS = {"http": 80, "https": 443}


def check_named_by(address: str) -> int:
    """Return the id of the check that is at ``address`` of this site, 0 where there can be none."""
    try:
        asked, site = urlsplit(address), urlsplit(settings.SITE_URL)
        port = asked.port or _DEFAULT_PORTS.get(asked.scheme)
    except ValueError:
        return 0
    # Old links of a site that moved to TLS name the same page.
    own_ports = {site.port, *_DEFAULT_PORTS.values()} if site.port is None else {site.port}
    if asked.scheme not in _DEFAULT_PORTS or asked.hostname != site.hostname or port not in own_ports:
        return 0
    try:
        found = resolve(asked.path)
    except Resolver404:
        return 0
    return int(found.kwargs["publication_id"]) if found.url_name in _OF_A_CHECK else 0
