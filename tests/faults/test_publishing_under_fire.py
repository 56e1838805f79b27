"""V1, V3 and V6: races for one version, fifty who publish at once, and a process killed at every statement."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from claims.actions.announcing import spread_event
from claims.actions.publication import publish_verdict
from claims.actions.refusals import Conflict
from claims.actions.subscriptions import SubscriptionDetails, subscribe
from claims.actions.verdicts import VerdictContent, save_verdict
from claims.models import Claim, ClaimEvent, Delivery, Job, PublicEvent, PublishedRevision, Verdict
from claims.selectors.feeds import feed_window
from tests.faults.soak import times
from tests.newsroom import fresh, open_newsroom
from tests.servers import ROOT, database_url
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_people_who_save_the_same_version_exactly_one_wins() -> None:
    """V1: nothing is overwritten in silence: what stands is the winner's, and the loser is told."""
    newsroom = open_newsroom()
    verdict = newsroom.draft()
    Claim.objects.update(held_by=None, held_until=None)
    actors = {name: newsroom.actor(name) for name in ("rita", "remi")}
    for race in range(times(ci=60, soak=500)):
        seen = fresh(verdict).version

        def save(name: str, seen: int = seen, words: str = f"race {race}") -> Verdict:
            content = VerdictContent(summary=f"{name} {words}")
            return save_verdict(verdict_id=verdict.pk, seen_version=seen, content=content, actor=actors[name])

        outcomes = at_once(lambda: save("rita"), lambda: save("remi"))
        winners = [outcome for outcome in outcomes if isinstance(outcome, Verdict)]
        assert len(winners) == 1, outcomes
        assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 1, outcomes
        now = fresh(verdict)
        assert (now.summary, now.version) == (winners[0].summary, seen + 1)
    call_command("verify_history")


def test_fifty_who_publish_at_once_make_one_revision_and_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    """V3, with as many jobs as one publish leaves behind, and one delivery for each of two webhooks."""
    newsroom = open_newsroom()
    monkeypatch.setattr(settings, "FETCH_ALLOWED_HOSTS", ["127.0.0.1:9"])
    for name in ("Partner", "Aggregator"):
        details = SubscriptionDetails(name=name, url="http://127.0.0.1:9/hook")
        subscribe(details=details, actor=newsroom.actor("adam"))
    verdict, actor = newsroom.approved(), newsroom.actor("pavlo")

    def publish() -> PublishedRevision:
        return publish_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=actor)

    outcomes = at_once(*[publish] * 50)
    assert sum(isinstance(outcome, PublishedRevision) for outcome in outcomes) == 1, outcomes
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 49, outcomes
    assert PublishedRevision.objects.count() == 1
    assert ClaimEvent.objects.filter(verb="publish").count() == 1
    assert len(feed_window().entries) == 1
    left = list(Job.objects.values_list("kind", "subject", "subject_version"))
    assert len(left) == len(set(left))
    assert at_once(*[lambda: spread_event(PublicEvent.objects.get().pk)] * 8) == [None] * 8
    assert Delivery.objects.values("subscription").distinct().count() == Delivery.objects.count() == 2
    assert Job.objects.filter(kind="deliver_webhook").count() == 2
    call_command("verify_history")


def test_a_publish_that_is_killed_at_any_statement_is_all_or_nothing(tmp_path: Path) -> None:
    """V6."""
    newsroom = open_newsroom()
    verdict = newsroom.approved()
    command = [
        sys.executable,
        "-m",
        "tests.faults.dying",
        str(verdict.pk),
        str(newsroom.people["pavlo"].pk),
        str(times(ci=3, soak=1)),
    ]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "DATABASE_URL": database_url(),
        "FACTCHECK_VAR": str(tmp_path),
    }
    connection.close()
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=900)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    deaths, _, statements = ended.stdout.partition(" deaths over ")
    assert int(deaths) > 10, ended.stdout
    assert int(statements.split()[0]) > 20, ended.stdout
    assert fresh(verdict).state == "published"
