"""What monitors ask: ``/healthz`` (this process answers) and ``/readyz`` (the installation works).

A worker's pid says nothing about whether work gets done, so readiness looks at the age of the oldest due
job. A load balancer should ask ``/healthz``: the pages also serve while Redis or the search engine is away.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from claims import jobs, search
from claims.search.base import INDEX_KINDS
from claims.selectors.indexing import count_waiting_passages
from factcheck.broker import ping

logger = logging.getLogger(__name__)

#: The queue is late when a due job has waited so long, in seconds.
LATE_AFTER = 300.0


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as this process can answer at all; it asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part works, else 503; the body names each part and what it measured."""
    parts = {name: _ask(name, question) for name, question in _QUESTIONS.items()}
    ready = all(part["ok"] for part in parts.values())
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def _ask(name: str, question: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        return {"ok": True, **question()}
    except Exception as error:  # noqa: BLE001 - whatever is wrong with a part, the answer names the part.
        logger.warning("%s is not ready: %s", name, error)
        # The full reason may name hosts and stands in the log only; this page is open to everyone.
        return {"ok": False, "error": type(error).__name__}


def _database() -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"engine": connection.vendor}


def _broker() -> dict[str, Any]:
    ping(settings.CELERY_BROKER_URL)
    return {}


def _queue() -> dict[str, Any]:
    age = jobs.oldest_due_age()
    return {"ok": age < LATE_AFTER, "oldest_due_seconds": round(age, 1)}


def _index() -> dict[str, Any]:
    backend = search.get_backend()
    generations = {kind: backend.generation(kind) for kind in INDEX_KINDS}
    return {"engine": backend.name, "generations": generations, "waiting_passages": count_waiting_passages()}


_QUESTIONS: dict[str, Callable[[], dict[str, Any]]] = {
    "database": _database,
    "broker": _broker,
    "queue": _queue,
    "index": _index,
}
