"""The schema is what is committed, and the API does what it says: every operation, tried by schemathesis.

In a test run there is one seed and few examples; FACTCHECK_SOAK=1 tries many, with a seed of its own. A run on
both databases shares the phases out between them.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pydantic import BaseModel

from claims.actions.publication import start_correction
from claims.api.examples import ANSWERED, SENT
from claims.api.fields import Sent, Shown
from claims.api.openapi import COMMITTED, schema, written
from claims.models import Publication
from tests.api.conftest import Program, indexed
from tests.faults.soak import SOAK
from tests.newsroom import open_newsroom

#: An answer that says no to something well-formed is right: the schema cannot know the state of the newsroom.
CONFIGURATION = """
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "400", "401", "403", "404", "409", "412", "422"]
negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "405", "409", "412", "415", "422", "428"]
missing_required_header.expected-statuses = ["401", "403", "404", "422", "428"]
[generation]
allow-x00 = false
"""


def test_the_committed_schema_is_that_of_the_code() -> None:
    assert COMMITTED.read_text("utf-8") == written(), "Write it anew: python -m claims.api"


def test_every_operation_is_described_for_those_who_use_it() -> None:
    for path, operations in schema()["paths"].items():
        for method, operation in operations.items():
            where = f"{method} {path}"
            assert operation["summary"], where
            assert operation["description"], where
            assert {"400", "401", "404", "422", "429"} <= set(operation["responses"]), where
            assert all("examples" not in each for each in operation["parameters"]), where
            assert ("security" in operation) == ("403" in operation["responses"]), where
            if method != "get" and "security" in operation:
                assert {"403", "409", "413", "415"} <= set(operation["responses"]), where
                assert "Idempotency-Key" in {each["name"] for each in operation["parameters"]}, where


def _shapes(kind: type[BaseModel]) -> dict[str, type[BaseModel]]:
    found = {shape.__name__: shape for shape in kind.__subclasses__()}
    return found | {name: shape for each in found.values() for name, shape in _shapes(each).items()}


@pytest.mark.parametrize(("kind", "examples"), [(Sent, SENT), (Shown, ANSWERED)])
def test_whole_examples_are_what_their_shape_says(kind: type[BaseModel], examples: dict[str, Any]) -> None:
    for name, example in examples.items():
        read = _shapes(kind)[name].model_validate_json(json.dumps(example))
        assert json.loads(read.model_dump_json(exclude_unset=True)) == example, name


def test_every_body_that_can_be_sent_has_a_whole_example() -> None:
    for path, operations in schema()["paths"].items():
        for method, operation in operations.items():
            for body in operation.get("requestBody", {}).get("content", {}).values():
                assert body["example"], f"{method} {path}"


@pytest.mark.usefixtures("engine")
@pytest.mark.django_db(transaction=True)
def test_no_request_breaks_it_and_no_answer_is_undeclared(
    live_server: object, tmp_path: Path, settings: object
) -> None:
    settings.API_REQUESTS_PER_MINUTE = settings.API_TOKEN_REQUESTS_PER_MINUTE = 10**6  # type: ignore[attr-defined]
    program = Program(_busy_newsroom())
    report = _schemathesis(str(live_server), program.secret("omar"), tmp_path)
    assert report.returncode == 0, report.stdout[-12_000:] + report.stderr[-2_000:]


def _busy_newsroom() -> object:
    """A newsroom with something in every state, and Omar, who holds every role of it."""
    newsroom = open_newsroom()
    newsroom.join("omar", "journalist", "editor", "reviewer", "publisher", "auditor", "admin")
    indexed(newsroom.published().publication.claim)
    correcting = Publication.objects.get(pk=newsroom.published().publication_id)
    start_correction(
        publication_id=correcting.pk,
        seen_version=correcting.version,
        reason="A slip",
        actor=newsroom.actor("pavlo"),
    )
    newsroom.approved()
    newsroom.submitted()
    newsroom.draft()
    newsroom.claim()
    return newsroom


def _phases() -> str:
    if SOAK:
        return "examples,coverage,fuzzing,stateful"
    if not os.environ.get("TEST_POSTGRES_URL"):
        return "examples,coverage,fuzzing"
    return "coverage" if connection.vendor == "postgresql" else "examples,fuzzing"


def _schemathesis(address: str, secret: str, folder: Path) -> subprocess.CompletedProcess[str]:
    configuration = folder / "schemathesis.toml"
    configuration.write_text(CONFIGURATION, "utf-8")
    command = [
        *(str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(configuration), "run"),
        *("--checks", "all", "--max-examples", "150" if SOAK else "3", "--no-shrink"),
        *("--phases", _phases()),
        *("--seed", str(int(time.time())) if SOAK else "20261123", "--continue-on-failure"),
        *("--header", f"Authorization: Bearer {secret}", "--warnings", "off", "--no-color"),
        f"{address}/api/v1/openapi.json",
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, timeout=3_000)
