"""Webhooks: each public event reaches each subscription that asked for it, signed, or the log says why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from claims import jobs
from claims.actions import announcing
from claims.actions.announcing import spread_event
from claims.actions.publication import (
    cancel_correction,
    publish_scheduled,
    retract_publication,
    start_correction,
)
from claims.actions.queue import take_claim
from claims.actions.refusals import Invalid
from claims.actions.subscriptions import (
    SubscriptionDetails,
    change_subscription,
    disable_subscription,
    enable_subscription,
    replay_delivery,
    replay_failed,
    rotate_secret,
    subscribe,
)
from claims.actions.topics import sort_claim
from claims.ingest import posting
from claims.jobs.clock import FromNow
from claims.models import ClaimEvent, Delivery, Job, Publication, PublicEvent, Subscription, Topic
from claims.rules.permissions import Actor, NotAllowed
from claims.tasks import BODIES
from tests.newsroom import Newsroom, newsroom
from tests.receivers import Receiver, listening

__all__ = ["newsroom"]

Subscribe = Callable[..., tuple[Subscription, str]]


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    with listening() as opened:
        settings.FETCH_ALLOWED_HOSTS = [opened.host]
        yield opened


@pytest.fixture
def subscribed(newsroom: Newsroom, receiver: Receiver) -> Subscribe:
    def make(**filters: list[str]) -> tuple[Subscription, str]:
        details = SubscriptionDetails(name="Partner", url=receiver.url, **filters)
        return subscribe(details=details, actor=newsroom.actor("adam"))

    return make


def work() -> None:
    """Do the jobs that are due, as a worker does, until none is."""
    kinds = ["spread_event", "deliver_webhook"]
    while True:
        due = Job.objects.filter(kind__in=kinds, state=Job.State.WAITING, due_at__lte=FromNow())
        ids = list(due.order_by("pk").values_list("pk", flat=True))
        if not ids:
            return
        for job_id in ids:
            jobs.run(job_id, BODIES)


def later(**time: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**time), tick=False)


def make_due() -> None:
    """Let the waiting time of every job pass; the database's clock cannot be moved."""
    Job.objects.filter(state=Job.State.WAITING).update(due_at=FromNow(-1.0))


def step(verb: Any, publication: Publication, newsroom: Newsroom, **words: str) -> None:
    publication.refresh_from_db()
    verb(
        publication_id=publication.pk,
        seen_version=publication.version,
        actor=newsroom.actor("pavlo"),
        **words,
    )


def replay(actor: Actor) -> None:
    """Send the only delivery again."""
    delivery = Delivery.objects.get()
    replay_delivery(subscription_id=delivery.subscription_id, delivery_id=delivery.pk, actor=actor)


# --- What is told ------------------------------------------------------------------------------------


def test_every_public_event_is_told_once_signed_and_in_its_own_words(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe
) -> None:
    _subscription, secret = subscribed()
    publication = newsroom.published().publication
    step(start_correction, publication, newsroom, reason="An inner remark.")
    step(cancel_correction, publication, newsroom, reason="An inner remark.")
    step(retract_publication, publication, newsroom, note="The photograph was of another port.")
    work()
    assert [sent.told["type"] for sent in receiver.sent] == [
        "publication.published",
        "publication.correction_started",
        "publication.correction_cancelled",
        "publication.retracted",
    ]
    assert all(sent.is_signed_with(secret) for sent in receiver.sent)
    assert len({sent.headers["idempotency-key"] for sent in receiver.sent}) == 4
    assert not any(b"An inner remark." in sent.body for sent in receiver.sent)
    first, last = receiver.sent[0].told, receiver.sent[-1].told
    assert first["id"] == receiver.sent[0].headers["webhook-id"]
    assert first["data"]["claimreview"]["@type"] == "ClaimReview"
    assert first["data"]["publication"]["url"].endswith(publication.get_absolute_url())
    assert (last["data"]["publication"]["state"], last["data"]["claimreview"]) == ("retracted", None)
    assert last["data"]["publication"]["rating"] is None
    assert last["data"]["note"] == "The photograph was of another port."
    versions = [sent.told["data"]["publication"]["version"] for sent in receiver.sent]
    assert versions == sorted(set(versions))


def test_an_embargoed_check_is_told_when_it_is_published_and_not_before(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe
) -> None:
    subscribed()
    verdict = newsroom.approved()
    newsroom.scheduled(verdict, publish_at=timezone.now() + timedelta(hours=3))
    work()
    assert not PublicEvent.objects.exists()
    assert receiver.sent == []
    with later(hours=4):
        publish_scheduled(verdict.pk)
        make_due()
        work()
    assert [sent.told["type"] for sent in receiver.sent] == ["publication.published"]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({}, 2),
        ({"languages": ["en"]}, 2),
        ({"languages": ["uk", "ru"]}, 0),
        ({"ratings": ["true"]}, 2),
        ({"ratings": ["false"]}, 0),
        ({"events": ["retracted"]}, 1),
        ({"topics": ["war"]}, 2),
        ({"topics": ["health"]}, 0),
        ({"topics": ["war"], "events": ["corrected"]}, 0),
    ],
)
def test_a_subscription_gets_what_its_filters_let_through(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe, filters: dict[str, list[str]], count: int
) -> None:
    for slug in ("war", "health"):
        labels = {f"label_{language}": slug for language in ("en", "uk", "ru")}
        Topic.objects.get_or_create(slug=slug, defaults=labels)
    subscribed(**filters)
    verdict = newsroom.approved()
    claim = verdict.claim
    claim.refresh_from_db()
    sort_claim(claim_id=claim.pk, seen_version=claim.version, slugs=["war"], actor=newsroom.actor("jonas"))
    publication = newsroom.published(verdict).publication
    step(retract_publication, publication, newsroom, note="Another port.")
    work()
    assert len(receiver.sent) == count


def test_who_took_an_older_rating_is_told_of_the_new_one(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe
) -> None:
    subscribed(ratings=["true"])
    publication = newsroom.published(rating="true").publication
    step(start_correction, publication, newsroom, reason="A figure.")
    claim = publication.claim
    claim.refresh_from_db()
    take_claim(claim_id=claim.pk, seen_version=claim.version, actor=newsroom.actor("rita"))
    claim.refresh_from_db()
    content = {"rating": "false", "tier": "substantial", "correction_note": "It was three tugs."}
    approved = newsroom.approved(newsroom.submitted(newsroom.saved(newsroom.started(claim), **content)))
    newsroom.published(newsroom.approved(approved, by="remi"))
    work()
    assert [sent.told["type"].partition(".")[2] for sent in receiver.sent] == [
        "published",
        "correction_started",
        "corrected",
    ]
    corrected = receiver.sent[-1].told["data"]
    assert corrected["note"] == "It was three tugs."
    assert corrected["publication"]["rating"]["key"] == "false"
    assert corrected["publication"]["title"].startswith("CORRECTED")


def test_a_job_that_runs_again_sends_nothing_twice(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe
) -> None:
    subscribed()
    newsroom.published()
    event = PublicEvent.objects.get()
    spread_event(event.pk)
    spread_event(event.pk)
    work()
    spread_event(event.pk)
    Job.objects.filter(kind="deliver_webhook").update(state=Job.State.WAITING)
    work()
    assert len(receiver.sent) == 1
    assert Delivery.objects.count() == 1


# --- What goes wrong ---------------------------------------------------------------------------------


def test_what_was_not_taken_is_sent_again_under_the_same_name(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe
) -> None:
    subscription, _secret = subscribed()
    receiver.status = 500
    newsroom.published()
    work()
    for _attempt in range(7):
        make_due()
        work()
    job, delivery = Job.objects.get(kind="deliver_webhook"), Delivery.objects.get()
    subscription.refresh_from_db()
    assert (job.state, job.starts, delivery.attempts, delivery.status) == (Job.State.WAITING, 0, 8, 500)
    assert job.due_at <= timezone.now() + timedelta(seconds=3605)
    assert subscription.failing_since is not None
    receiver.status = 200
    make_due()
    work()
    delivery.refresh_from_db()
    subscription.refresh_from_db()
    assert (delivery.state, delivery.problem, subscription.failing_since) == ("delivered", "", None)
    assert len({sent.headers["webhook-id"] for sent in receiver.sent}) == 1
    assert len({sent.body for sent in receiver.sent}) == 1


def test_the_receiver_may_say_when_to_come_again(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe
) -> None:
    subscribed()
    receiver.status, receiver.headers = 503, {"Retry-After": "900"}
    newsroom.published()
    work()
    wait = Job.objects.get(kind="deliver_webhook").due_at - timezone.now()
    assert timedelta(seconds=880) < wait < timedelta(seconds=910)


def test_a_redirect_is_not_followed(newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe) -> None:
    subscribed()
    receiver.status, receiver.headers = 307, {"Location": "/elsewhere"}
    newsroom.published()
    work()
    assert [sent.path for sent in receiver.sent] == ["/hook"]
    assert "307" in Delivery.objects.get().problem


def test_a_receiver_that_drips_is_left_at_the_limit(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribed()
    monkeypatch.setattr(posting, "SECONDS", 0.5)
    receiver.status, receiver.body, receiver.drip = 200, b"x" * 100, 0.1
    newsroom.published()
    began = timezone.now()
    work()
    assert timezone.now() - began < timedelta(seconds=5)
    assert Delivery.objects.get().state == Delivery.State.WAITING


def test_an_endless_answer_is_not_read_and_the_delivery_counts(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe
) -> None:
    subscribed()
    receiver.status, receiver.body = 200, b"x" * 5_000_000
    newsroom.published()
    work()
    assert Delivery.objects.get().state == Delivery.State.DELIVERED


def test_an_address_that_became_internal_gets_nothing(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe, settings: Any
) -> None:
    """Its name led outside when it was entered, and leads inside now."""
    subscribed()
    settings.FETCH_ALLOWED_HOSTS = []
    newsroom.published()
    work()
    assert receiver.sent == []
    assert Delivery.objects.get().problem


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/hook",
        "http://localhost/hook",
        "http://2130706433/hook",
        "http://[::1]/hook",
        "http://[::ffff:10.0.0.1]/hook",
        "http://169.254.169.254/latest",
        "http://user:word@news.example.org/",
        "http://127.0.0.1:6379/",
        "ftp://news.example.org/",
        "http://127.0.0.1\\@news.example.org/",
        "",
    ],
)
def test_an_internal_address_is_refused_when_it_is_entered(newsroom: Newsroom, address: str) -> None:
    with pytest.raises(Invalid) as refusal:
        subscribe(details=SubscriptionDetails(name="Inside", url=address), actor=newsroom.actor("adam"))
    assert set(refusal.value.fields) == {"url"}
    assert not Subscription.objects.exists()


def test_days_of_failure_disable_the_subscription_and_the_history_says_so(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe
) -> None:
    subscription, secret = subscribed()
    receiver.status = 500
    newsroom.published()
    work()
    with later(days=4, hours=23):
        make_due()
        work()
        subscription.refresh_from_db()
        assert subscription.active
    with later(days=5, minutes=1):
        make_due()
        work()
    subscription.refresh_from_db()
    assert not subscription.active
    assert "500" in subscription.disabled_because
    assert Delivery.objects.get().state == Delivery.State.FAILED
    told = ClaimEvent.objects.get(verb="disable_subscription")
    assert (told.person, told.subject_id) == (None, subscription.pk)

    newsroom.published()
    work()
    assert Delivery.objects.filter(state=Delivery.State.FAILED).count() == 2
    sent = len(receiver.sent)
    receiver.status = 204
    enable_subscription(
        subscription_id=subscription.pk, seen_version=subscription.version, actor=newsroom.actor("adam")
    )
    assert replay_failed(subscription_id=subscription.pk, actor=newsroom.actor("adam")) == 2
    work()
    assert len(receiver.sent) == sent + 2
    assert receiver.sent[-1].is_signed_with(secret)
    assert set(Delivery.objects.values_list("state", flat=True)) == {Delivery.State.DELIVERED}


def test_a_receiver_that_is_gone_for_good_is_believed(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe
) -> None:
    subscription, _secret = subscribed()
    receiver.status = 410
    newsroom.published()
    work()
    subscription.refresh_from_db()
    assert not subscription.active
    assert Delivery.objects.get().state == Delivery.State.FAILED


# --- Secrets, replays, the log -----------------------------------------------------------------------


def test_for_a_day_both_secrets_count(newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe) -> None:
    subscription, former = subscribed()
    rotated, new = rotate_secret(
        subscription_id=subscription.pk, seen_version=subscription.version, actor=newsroom.actor("adam")
    )
    assert former not in (new, rotated.salt, rotated.former_salt)
    newsroom.published()
    work()
    assert receiver.sent[0].is_signed_with(former)
    assert receiver.sent[0].is_signed_with(new)
    with later(hours=25):
        replay(newsroom.actor("adam"))
        make_due()
        work()
        assert not receiver.sent[1].is_signed_with(former)
        assert receiver.sent[1].is_signed_with(new)


def test_a_replay_sends_the_same_body_under_the_same_name(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe
) -> None:
    subscribed()
    newsroom.published()
    work()
    replay(newsroom.actor("adam"))
    work()
    first, again = receiver.sent
    assert (first.body, first.headers["webhook-id"]) == (again.body, again.headers["webhook-id"])


def test_the_log_keeps_so_many_and_the_newest(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "KEPT_DELIVERIES", 2)
    subscribed()
    publication = newsroom.published().publication
    for _turn in range(2):
        step(start_correction, publication, newsroom, reason="A figure.")
        work()
        step(cancel_correction, publication, newsroom, reason="It was right.")
        work()
    kept = Delivery.objects.order_by("pk").values_list("event__version", flat=True)
    newest = PublicEvent.objects.order_by("-version").values_list("version", flat=True)[:3]
    assert list(kept) == sorted(newest)


def test_a_receiver_may_say_which_revision_it_shows(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe
) -> None:
    subscribed()
    receiver.status, receiver.body = 200, b'{"revision": 1}'
    newsroom.published()
    work()
    assert Delivery.objects.get().held_revision == 1


@pytest.mark.parametrize(
    "body", [b"", b"ok", b"[1]", b'{"revision": true}', b'{"revision": -1}', b"[" * 60_000]
)
def test_an_answer_that_says_nothing_is_no_revision(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe, body: bytes
) -> None:
    subscribed()
    receiver.status, receiver.body = 200, body
    newsroom.published()
    work()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.held_revision) == (Delivery.State.DELIVERED, None)


def test_only_administrators_look_after_webhooks(
    newsroom: Newsroom, receiver: Receiver, subscribed: Subscribe
) -> None:
    subscription, _secret = subscribed()
    newsroom.published()
    work()
    seen = {"subscription_id": subscription.pk, "seen_version": subscription.version}
    details = SubscriptionDetails(name="Mine", url=receiver.url)
    for name in ("rita", "anna", "pavlo", "jonas", "ada", "root"):
        actor = newsroom.actor(name)
        with pytest.raises(NotAllowed):
            subscribe(details=details, actor=actor)
        with pytest.raises(NotAllowed):
            change_subscription(details=details, actor=actor, **seen)
        with pytest.raises(NotAllowed):
            rotate_secret(actor=actor, **seen)
        with pytest.raises(NotAllowed):
            disable_subscription(reason="So.", actor=actor, **seen)
        with pytest.raises(NotAllowed):
            enable_subscription(actor=actor, **seen)
        with pytest.raises(NotAllowed):
            replay(actor)
        with pytest.raises(NotAllowed):
            replay_failed(subscription_id=subscription.pk, actor=actor)
