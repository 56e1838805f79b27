"""Conditions of a change (RFC 9110, If-Match) and validators of an answer (ETag).

The ETag of a thing with a version is ``"<version>.<digest of the body>"``: it never names two bodies, and sent
back as If-Match it says which version the caller saw, whatever of the body they were shown.
"""

from __future__ import annotations

import hashlib
import re

from django.http import HttpRequest, HttpResponse
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from claims.api.fields import LARGEST_VERSION
from claims.api.problems import Refused

_VERSION = re.compile(r'"([0-9]{1,10})(?:\.[0-9a-f]{1,64})?"', re.ASCII)
#: How If-Match is written, for the schema.
IF_MATCH_PATTERN = r'^"[0-9]{1,9}(\.[0-9a-f]{1,64})?"$'


def seen_version(request: HttpRequest) -> int:
    """Return the version that the caller says they saw. Raises ``Refused`` with 428, 400 or 412.

    A weak tag never matches for a change (RFC 9110, 13.1.1), nor does ``*``, which saw nothing.
    """
    header = request.headers.get("If-Match")
    if header is None:
        sentence = _(
            "Send If-Match with the ETag that you were shown, so that nothing is overwritten unseen."
        )
        raise Refused("condition-missing", sentence)
    match = _VERSION.fullmatch(header.strip())
    if match is None:
        if header.strip().startswith("W/"):
            raise Refused("stale", _("A weak ETag does not say which version you saw."))
        raise Refused("malformed", _('If-Match is one ETag of this thing, like "3".'))
    return min(int(match[1]), LARGEST_VERSION)


def versioned(request: HttpRequest, version: int) -> None:
    """Say that the answer shows a thing in this version; the edge makes its ETag of it."""
    request.api_version = version  # type: ignore[attr-defined]


def etag_of(request: HttpRequest, answer: HttpResponse) -> str:
    """Return the ETag of an answer."""
    digest = hashlib.sha256(answer.content).hexdigest()[:32]
    version: int | None = getattr(request, "api_version", None)
    return quote_etag(digest if version is None else f"{version}.{digest}")
