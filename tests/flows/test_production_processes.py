"""What a container does, done by plain processes: granian, worker, beat on PostgreSQL, Redis, Elasticsearch.

Containers cannot be built where the tests run, so the commands are taken from ``compose.yaml`` itself.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shlex
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.servers import ROOT, Processes, Redis, free_port, wait_until

pytestmark = [pytest.mark.postgres, pytest.mark.elasticsearch, pytest.mark.redis]


def _commands() -> dict[str, list[str]]:
    """Return the commands of web, worker and beat in compose.yaml, to be run by this Python."""
    text = (ROOT / "compose.yaml").read_text("utf-8")
    service = re.compile(r"^  (web|worker|beat|migrate):\n(?:    .*\n)*?    command: (.+)$", re.MULTILINE)
    found = dict(service.findall(text))
    assert sorted(found) == ["beat", "migrate", "web", "worker"]
    return {name: [sys.executable, *shlex.split(command)[1:]] for name, command in found.items()}


@pytest.fixture
def environment() -> Iterator[tuple[dict[str, str], Processes]]:
    """Yield the environment of a production installation on an empty database and its processes."""
    postgres, elasticsearch = os.environ.get("TEST_POSTGRES_URL"), os.environ.get("ELASTICSEARCH_URL")
    if not postgres or not elasticsearch:
        pytest.skip("TEST_POSTGRES_URL or ELASTICSEARCH_URL is not set")
    name = f"production_{secrets.token_hex(6)}"
    server = urlunsplit(urlsplit(postgres)._replace(path="/postgres"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    with tempfile.TemporaryDirectory(prefix="production-") as folder:
        processes = Processes(Path(folder))
        try:
            redis = Redis(processes, durable=True)
            yield (
                {
                    "SECRET_KEY": secrets.token_urlsafe(50),
                    "SITE_URL": "https://check.example.org",
                    "DATABASE_URL": urlunsplit(urlsplit(postgres)._replace(path=f"/{name}")),
                    "REDIS_URL": redis.url,
                    "ELASTICSEARCH_URL": elasticsearch,
                    "SEARCH_INDEX_PREFIX": name,
                    "FACTCHECK_VAR": str(Path(folder) / "var"),
                    "GRANIAN_HOST": "127.0.0.1",
                },
                processes,
            )
        finally:
            processes.kill_all()
            _drop_indices(elasticsearch, name)
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _drop_indices(server: str, prefix: str) -> None:
    with urllib.request.urlopen(f"{server}/_cat/indices/{prefix}-*?format=json", timeout=10) as response:
        names = [row["index"] for row in json.load(response)]
    for name in names:
        deletion = urllib.request.Request(f"{server}/{name}", method="DELETE")
        urllib.request.urlopen(deletion, timeout=10).close()


def _readiness(port: str) -> dict[str, object]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
            return {"status": response.status, **json.load(response)}
    except urllib.error.HTTPError as error:
        return {"status": error.code, "body": error.read().decode()}
    except OSError as error:
        return {"status": 0, "body": str(error)}


def test_the_production_commands_come_up_ready_and_do_the_work(
    environment: tuple[dict[str, str], Processes],
) -> None:
    chosen, processes = environment
    commands = _commands()
    migrated = processes.start("migrate", commands["migrate"], chosen)
    assert migrated.wait(300) == 0, processes.output("migrate")
    port = str(free_port())
    chosen |= {"PORT": port, "GRANIAN_PORT": port}
    for name in ("web", "worker", "beat"):
        processes.start(name, commands[name], chosen)
    ready: dict[str, object] = {}

    def is_ready() -> bool:
        ready.update(_readiness(port))
        return ready["status"] == 200

    wait_until(is_ready, seconds=300, what="readyz answers 200")
    assert ready["index"] == {
        "ok": True,
        "engine": "elasticsearch",
        "generations": {"passages": 1, "claims": 1, "articles": 1},
        "waiting_passages": 0,
    }
    # A job is found by beat's sweep and done by the worker: here one whose subject does not exist.
    with psycopg.connect(chosen["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            "INSERT INTO claims_job (kind, subject, subject_version, state, due_at, starts, token, "
            "last_error, done_steps, all_steps, note, created_at) "
            "VALUES ('gather_evidence', 1, 1, 'waiting', now(), 0, 0, '', 0, 0, '', now())"
        )

        def is_done() -> bool:
            states = connection.execute("SELECT state FROM claims_job WHERE kind = 'gather_evidence'")
            return states.fetchall() == [("done",)]

        wait_until(is_done, seconds=120, what="beat and worker have done the job")
