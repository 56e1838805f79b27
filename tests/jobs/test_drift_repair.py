"""The index is compared with the database on schedule: one job per kind and slot, whatever beats tick."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.conf import settings as product

from claims.actions.documents import NewDocument, outlet_named, store_document
from claims.actions.drift_repair import request_drift_repair
from claims.actions.indexing import index_document
from claims.jobs import run
from claims.models import Job
from claims.search import get_backend, reset_backend
from claims.search.base import INDEX_KINDS
from claims.tasks import BODIES

pytestmark = pytest.mark.django_db


def test_the_beat_asks_for_it() -> None:
    entry = product.CELERY_BEAT_SCHEDULE["request-drift-repair"]
    assert entry["task"] == "claims.tasks.request_drift_repair"
    assert entry["schedule"] == product.DRIFT_REPAIR_SECONDS


@time_machine.travel("2026-03-04T10:00Z", tick=False)
def test_two_beats_enqueue_each_kind_once() -> None:
    assert request_drift_repair() == len(INDEX_KINDS)
    assert request_drift_repair() == 0
    Job.objects.update(state=Job.State.DONE)
    request_drift_repair()
    assert Job.objects.filter(kind="repair_drift").count() == len(INDEX_KINDS)


def test_the_job_finds_and_repairs_what_the_index_lost(settings: LazySettings, tmp_path: Path) -> None:
    reset_backend()
    settings.SEARCH_FOLDER = tmp_path
    get_backend().ensure()
    outlet = outlet_named(name="Harbour Gazette")
    document, _ = store_document(
        NewDocument(key="tugs", outlet_id=outlet.pk, title="", text="Four tugs came.", language="en")
    )
    index_document(document.pk)
    standing = sorted(get_backend().versions("passages"))
    get_backend().forget("passages", [id for id, _version in standing])
    assert not list(get_backend().versions("passages"))
    request_drift_repair()
    for job in Job.objects.filter(kind="repair_drift"):
        assert run(job.pk, BODIES)
    assert sorted(get_backend().versions("passages")) == standing
    reset_backend()
