"""The schema as a file, and the page that lists the operations from it: plain HTML under the strict policy."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from claims.api.openapi import schema, written
from claims.api.problems import KINDS

_ORDER = ("get", "post", "put", "patch", "delete")


@csrf_exempt
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Whoever comes to the API's own address is led to what describes it."""
    return redirect("api_docs")


@csrf_exempt
@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """The schema, for programs."""
    return HttpResponse(written(), content_type="application/json; charset=utf-8")


@csrf_exempt
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The schema, for people."""
    told = schema()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, operations in told["paths"].items():
        for method in _ORDER:
            if method in operations:
                shown = _shown(path, method, operations[method], told)
                groups.setdefault(operations[method]["tags"][0], []).append(shown)
    context = {
        "paragraphs": told["info"]["description"].replace("**", "").replace("`", "").strip().split("\n\n"),
        "groups": groups,
        "kinds": [(kind, status, title) for kind, (status, title) in KINDS.items()],
    }
    return render(request, "claims/api_docs.html", context)


def _shown(path: str, method: str, operation: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    good = next((status for status in operation["responses"] if status.startswith("2")), "")
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "scope": operation.get("x-scope"),
        "parameters": operation.get("parameters", []),
        "body": _fields(body, told),
        "status": good,
        "answers": ", ".join(sorted(operation["responses"])),
    }


def _fields(body: dict[str, Any], told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the fields of a body, as far as a line each tells them."""
    name = body.get("$ref", "").rsplit("/", 1)[-1]
    shape = told["components"]["schemas"].get(name, {})
    required = set(shape.get("required", []))
    return [
        {
            "name": field,
            "type": _type(details),
            "required": field in required,
            "description": details.get("description", ""),
        }
        for field, details in shape.get("properties", {}).items()
    ]


def _type(details: dict[str, Any]) -> str:
    if "enum" in details:
        return " | ".join(str(value) or "“”" for value in details["enum"])
    if "anyOf" in details:
        return " | ".join(_type(each) for each in details["anyOf"])
    if "$ref" in details:
        return str(details["$ref"]).rsplit("/", 1)[-1]
    return str(details.get("format") or details.get("type", ""))
