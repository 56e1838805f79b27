"""The schema of the API (OpenAPI 3.1) and the page that lists it.

The committed ``openapi.json`` is this schema: a test holds them equal, so that a change of what is promised to
partners is seen in review. ``python -m claims.api`` writes it anew.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from claims.api.app import api
from claims.api.examples import ANSWERED, SENT
from claims.api.problems import CONTENT_TYPE

COMMITTED = Path(__file__).with_name("openapi.json")
_LIMITS = {
    "RateLimit-Limit": "Requests in a minute.",
    "RateLimit-Remaining": "What is left of them.",
    "RateLimit-Reset": "Seconds until the next minute.",
}
_PARAMETERS = {
    "changed_since": "RFC 3339 with an offset: only what had a public event since then.",
    "cursor": "`next_cursor` of the page before; none for the first page.",
    "languageCode": "BCP 47; the region is passed over.",
    "limit": "How many rows at most, 1 to 100.",
    "maxAgeDays": "Only checks that changed in so many days.",
    "mine": "Only claims that you logged.",
    "offset": "How many answers to pass over; counts only without pageToken.",
    "pageSize": "How many answers at most, 1 to 100.",
    "pageToken": "`nextPageToken` of the page before.",
    "organization": "Host of a publisher; only this one has pages. Not together with url.",
    "query": "Words in any of the three languages and scripts.",
    "reviewPublisherSiteFilter": "Host of a publisher; only this one has answers.",
    "claimant": "The number of who made the claim; the address of their page ends with it.",
    "rating": "Key of a rating; checks that once had it stay in the list.",
    "topic": "Short name of a topic, as its page's address has it.",
    "url": "Address of one page; not together with organization.",
}
_METHODS = ("get", "put", "post", "patch", "delete")


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """Return the whole schema. It depends on the code alone, on no setting and no language."""
    told: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api"), default=str))
    told["servers"] = [{"url": "/", "description": "This site."}]
    for operation in _operations(told):
        _complete(operation)
        _exemplify(operation)
    told["components"]["headers"] = dict(_headers())
    told["components"]["securitySchemes"] = {
        "Bearer": {
            "type": "http",
            "scheme": "bearer",
            "description": "A token of yours, made under “My account”.",
        }
    }
    return told


def _describe(parameter: dict[str, Any]) -> None:
    """Give a parameter its one example, where OpenAPI looks for it, and its description."""
    examples = parameter.pop("examples", None)
    if examples:
        parameter["example"] = examples[0]
    if parameter["name"] in _PARAMETERS:
        parameter["description"] = _PARAMETERS[parameter["name"]]


def _headers() -> Iterator[tuple[str, dict[str, Any]]]:
    for name, words in {**_LIMITS, "Retry-After": "Seconds to wait."}.items():
        yield name, {"description": words, "schema": {"type": "integer", "minimum": 0}}
    words = "Names this body; send it back as If-None-Match, or for a change as If-Match."
    yield "ETag", {"description": words, "schema": {"type": "string"}}


def written() -> str:
    """Return the schema as it is committed."""
    return json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _operations(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in told["paths"].values():
        yield from (path[method] for method in _METHODS if method in path)


def _complete(operation: dict[str, Any]) -> None:
    """Say of each parameter what it is, and of each answer its content type and headers."""
    for parameter in operation["parameters"]:
        _describe(parameter)
    for status, answer in operation["responses"].items():
        answer["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in _LIMITS}
        if int(status) < 400:
            answer["headers"]["ETag"] = {"$ref": "#/components/headers/ETag"}
            continue
        if status == "429":
            answer["headers"]["Retry-After"] = {"$ref": "#/components/headers/Retry-After"}
        answer["content"] = {CONTENT_TYPE: {"schema": copy.deepcopy(_PROBLEM)}}


def _exemplify(operation: dict[str, Any]) -> None:
    """Give bodies a whole example, by the name of their shape."""
    good = [answer for status, answer in operation["responses"].items() if status.startswith("2")]
    for examples, carriers in ((SENT, [operation.get("requestBody", {})]), (ANSWERED, good)):
        for carrier in carriers:
            body = carrier.get("content", {}).get("application/json", {})
            name = body.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
            if name in examples:
                body["example"] = examples[name]


_PROBLEM = {"$ref": "#/components/schemas/Problem"}
