"""V6: a publisher's process that is killed at one statement after the other. ``python -m tests.faults.dying``.

One process of one thread forks a child for each statement of a publish; the child kills itself just before it,
as the kernel would. After each death the database is looked at: it has to be as before, or as after a
publish that nobody disturbed. The last children die before, in and after the commit.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import Any

import django

#: At what the children die beside statements.
BEFORE_COMMIT, AFTER_COMMIT = "before the commit", "after the commit"


def main(verdict_id: int, person_id: int, every: int) -> int:
    """Print how many children died, and at what; return 0 when each left all or nothing."""
    django.setup()
    from django.db import connection, transaction

    before = _standing(verdict_id)
    # Whatever a first publish loads is loaded here once, and not by each child again.
    with transaction.atomic():
        _publish(verdict_id, person_id, None, None)
        transaction.set_rollback(True)
    connection.close()
    statements = _count(verdict_id, person_id)
    deaths: list[int | str] = [*range(1, statements + 1, every), statements, BEFORE_COMMIT, AFTER_COMMIT]
    for death in dict.fromkeys(deaths):
        status = _publish_in_a_child(verdict_id, person_id, death)
        if not (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL):
            print(f"the child of {death} was not killed: {status}")
            return 1
        after = _standing(verdict_id)
        connection.close()
        if death == AFTER_COMMIT:
            return _judged(after, before, len(dict.fromkeys(deaths)), statements)
        if after != before:
            print(f"half a publish was left by a death at {death}: {before} became {after}")
            return 1
    return 1


def _judged(after: dict[str, Any], before: dict[str, Any], deaths: int, statements: int) -> int:
    expected = {
        "verdict": "published",
        "publication": [("live", 1)],
        "revisions": 1,
        "events": before["events"] + 2,
        "head": before["events"] + 2,
        "entries": 1,
        "told": 1,
        "holds": True,
        "claim": "concluded",
    }
    told = {name: after[name] for name in expected}
    if told != expected:
        print(f"a publish that was committed is not whole: {told}")
        return 1
    print(f"{deaths} deaths over {statements} statements")
    return 0


def _standing(verdict_id: int) -> dict[str, Any]:
    """Return everything that a publish changes: rows, history, feeds, what webhooks are told, jobs."""
    from claims.actions.verification import verify_history
    from claims.models import (
        ClaimEvent,
        HistoryHead,
        Job,
        Publication,
        PublicEvent,
        PublishedRevision,
        Verdict,
    )
    from claims.selectors.feeds import feed_window

    verdict = Verdict.objects.select_related("claim").get(pk=verdict_id)
    return {
        "verdict": verdict.state,
        "version": verdict.version,
        "claim": verdict.claim.state,
        "publication": list(Publication.objects.values_list("state", "current__number")),
        "revisions": PublishedRevision.objects.count(),
        "events": ClaimEvent.objects.count(),
        "head": HistoryHead.objects.get().count,
        "holds": verify_history().holds,
        "entries": len(feed_window().entries),
        "told": PublicEvent.objects.count(),
        "jobs": sorted(Job.objects.values_list("kind", "subject")),
    }


def _count(verdict_id: int, person_id: int) -> int:
    """Return how many statements a publish takes; the one that is counted ends before its commit."""
    reading, writing = os.pipe()
    if child := os.fork():
        os.close(writing)
        with os.fdopen(reading) as told:
            count = int(told.read())
        os.waitpid(child, 0)
        return count
    with suppress(BaseException):
        _publish(verdict_id, person_id, None, writing)
    os._exit(1)


def _publish_in_a_child(verdict_id: int, person_id: int, death: int | str) -> int:
    if child := os.fork():
        return os.waitpid(child, 0)[1]
    with suppress(BaseException):
        _publish(verdict_id, person_id, death, None)
    os._exit(3)


def _publish(verdict_id: int, person_id: int, death: int | str | None, writing: int | None) -> None:
    from django.db import connection

    from claims.actions.publication import publish_verdict
    from claims.models import Person, Verdict
    from claims.selectors.people import actor_of

    actor, version = actor_of(Person.objects.get(pk=person_id)), Verdict.objects.get(pk=verdict_id).version
    count = 0

    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def counted(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        nonlocal count
        count += 1
        if count == death:
            die()
        return execute(sql, parameters, many, context)

    commit = connection._commit

    def committed() -> None:
        if writing is not None:
            os.write(writing, str(count).encode())
            os._exit(0)
        if death == BEFORE_COMMIT:
            die()
        commit()
        if death == AFTER_COMMIT:
            die()

    connection._commit = committed  # type: ignore[method-assign]
    with connection.execute_wrapper(counted):
        publish_verdict(verdict_id=verdict_id, seen_version=version, actor=actor)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
