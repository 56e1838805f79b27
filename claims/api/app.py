"""The API: its routers, its way to read a body, and its schema. One application, one document."""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.parser import Parser

from claims.api import (
    articles,
    checks,
    claims,
    evidence,
    factchecktools,
    markup_pages,
    problems,
    publications,
    sources,
    verdicts,
    work,
)

DESCRIPTION = """\
Published checks for everybody; the work of the newsroom for its people, by token.

**Tokens** are made under “My account”, are shown once, and are sent as `Authorization: Bearer …`. A token does
what its person may do in the pages, within its scopes, and nothing more.

**Changes** carry `If-Match` with the ETag that you were shown: 428 without it, 412 where someone else was
faster. **Writes** may be named by an `Idempotency-Key`: sent again within 24 hours, they are answered and not
done again.

**Lists** are paged by `next_cursor`. **Errors** are problem details (RFC 9457). **Limits** are told by the
`RateLimit-…` headers, and 429 carries `Retry-After`.
"""


class StrictJson(Parser):
    """Takes what JSON says and any database can hold; whatever it raises is answered as malformed."""

    def parse_body(self, request: HttpRequest) -> Any:
        parsed = json.loads(request.body.decode("utf-8"), parse_constant=_no_constant)
        # Halves of characters and NUL pass json.loads and no database.
        if _NUL.search(json.dumps(parsed, ensure_ascii=False).encode("utf-8")):
            raise ValueError("NUL")
        return parsed


#: A NUL as JSON writes it: an escape that is not itself escaped.
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def _no_constant(name: str) -> None:
    raise ValueError(name)


api = NinjaAPI(
    title="factcheck",
    version="1",
    description=DESCRIPTION,
    parser=StrictJson(),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
for room in (checks, work, articles, claims, evidence, verdicts, publications, sources):
    api.add_router("/v1", room.router)
for room in (factchecktools, markup_pages):
    api.add_router("/v1alpha1", room.router)
problems.install(api)
