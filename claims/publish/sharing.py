"""What an answer to OPTIONS says: which methods are taken, and which from scripts of other sites. Pure.

Sources: RFC 9110, section 9.3.7; the Fetch standard, section 3.2.3.
"""

from __future__ import annotations

from collections.abc import Sequence

#: So long a browser need not ask again, in seconds.
_REMEMBERED = "86400"


def allowing(methods: Sequence[str], *, shared: Sequence[str] = (), sending: str = "") -> dict[str, str]:
    """Return the headers: ``methods`` are taken, the ``shared`` ones from scripts of any site as well.

    ``sending`` names the headers that those may send beside the ones that every script may.
    """
    told = {"Allow": ", ".join((*methods, "OPTIONS"))}
    if shared:
        told |= {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Methods": ", ".join(shared),
            "Access-Control-Allow-Headers": sending,
            "Access-Control-Max-Age": _REMEMBERED,
        }
    return told
