"""Webhooks at the review desk: made by an administrator, the secret shown once, the log, replays, receipts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from claims import jobs
from claims.actions.publication import retract_publication
from claims.jobs.clock import FromNow
from claims.models import Delivery, Job, Publication, Subscription
from claims.tasks import BODIES
from tests.admin.conftest import SignedIn
from tests.newsroom import Newsroom
from tests.receivers import Receiver, listening

ADD = "/admin/claims/subscription/add/"


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    with listening() as opened:
        settings.FETCH_ALLOWED_HOSTS = [opened.host]
        yield opened


@pytest.fixture
def adam(at_desk: SignedIn) -> Client:
    return at_desk("adam")


def work() -> None:
    for kind in ("spread_event", "deliver_webhook"):
        for job_id in Job.objects.filter(
            kind=kind, state=Job.State.WAITING, due_at__lte=FromNow()
        ).values_list("pk", flat=True):
            jobs.run(job_id, BODIES)


def page_of(client: Client, subscription: Subscription) -> str:
    return unescape(client.get(subscription.get_absolute_url()).content.decode())


def secret_on(page: str) -> str:
    found = re.search(r"<code>(whsec_[^<]+)</code>", unescape(page))
    assert found is not None
    return found.group(1)


def press(client: Client, subscription: Subscription, verb: str, **form: object) -> str:
    subscription.refresh_from_db()
    address = f"/admin/claims/subscription/{subscription.pk}/do/{verb}/"
    answer = client.post(address, {"seen_version": subscription.version, **form}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def made(adam: Client, receiver: Receiver) -> tuple[Subscription, str]:
    answer = adam.post(ADD, {"name": "Partner", "url": receiver.url, "events": ["published", "retracted"]})
    assert "no-store" in answer["Cache-Control"]
    return Subscription.objects.get(), secret_on(answer.content.decode())


def retract(newsroom: Newsroom, publication: Publication) -> None:
    publication.refresh_from_db()
    retract_publication(
        publication_id=publication.pk,
        seen_version=publication.version,
        note="Another port.",
        actor=newsroom.actor("pavlo"),
    )


def test_a_secret_is_shown_once_and_signs_what_is_sent(
    newsroom: Newsroom, adam: Client, receiver: Receiver
) -> None:
    subscription, secret = made(adam, receiver)
    assert subscription.events == ["published", "retracted"]
    newsroom.published()
    work()
    assert receiver.sent[0].is_signed_with(secret)
    page = page_of(adam, subscription)
    assert secret not in page
    assert "How many tugs entered the harbour?" in page
    assert "made the subscription" in page
    new = secret_on(press(adam, subscription, "rotate"))
    assert new != secret
    assert "both secrets count until" in page_of(adam, subscription)


def test_an_internal_address_is_refused_beside_its_field_and_the_words_stay(adam: Client) -> None:
    answer = adam.post(ADD, {"name": "Inside", "url": "http://127.0.0.1/hook"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "The address is not public" in page
    assert 'value="Inside"' in page
    assert not Subscription.objects.exists()


def test_a_stale_form_writes_nothing(adam: Client, receiver: Receiver) -> None:
    subscription, _secret = made(adam, receiver)
    form = {"name": "Partner two", "url": receiver.url, "seen_version": subscription.version}
    assert adam.post(subscription.get_absolute_url(), form).status_code == 302
    answer = adam.post(subscription.get_absolute_url(), form | {"name": "Partner three"})
    assert "Someone else changed this" in answer.content.decode()
    subscription.refresh_from_db()
    assert (subscription.name, subscription.events) == ("Partner two", [])


def test_what_was_given_up_is_sent_again_by_a_button(
    newsroom: Newsroom, adam: Client, receiver: Receiver
) -> None:
    subscription, _secret = made(adam, receiver)
    press(adam, subscription, "disable", reason="They move house.")
    newsroom.published()
    work()
    assert "They move house." in page_of(adam, subscription)
    assert "Enable it first" in press(adam, subscription, "replay", delivery=Delivery.objects.get().pk)
    press(adam, subscription, "enable")
    assert "1 delivery is sent again." in press(adam, subscription, "replay_failed")
    work()
    assert len(receiver.sent) == 1
    press(adam, subscription, "replay", delivery=Delivery.objects.get().pk)
    work()
    assert len(receiver.sent) == 2


def test_a_delivery_of_another_subscription_is_missing(
    newsroom: Newsroom, adam: Client, receiver: Receiver
) -> None:
    subscription, _secret = made(adam, receiver)
    newsroom.published()
    work()
    adam.post(ADD, {"name": "Second", "url": receiver.url})
    second = Subscription.objects.get(name="Second")
    address = f"/admin/claims/subscription/{second.pk}/do/replay/"
    assert adam.post(address, {"delivery": subscription.deliveries.get().pk}).status_code == 404


def test_the_receipts_tell_who_has_taken_a_retraction(
    newsroom: Newsroom, adam: Client, receiver: Receiver
) -> None:
    made(adam, receiver)
    publication = newsroom.published().publication
    work()
    retract(newsroom, publication)
    work()
    page = unescape(adam.get("/admin/claims/subscription/receipts/").content.decode())
    assert "RETRACTED: How many tugs" in page
    assert "has taken it" in page
    assert "taken by 1 of 1" in page


def test_the_receipts_tell_who_has_not_taken_it(newsroom: Newsroom, adam: Client, receiver: Receiver) -> None:
    made(adam, receiver)
    publication = newsroom.published().publication
    work()
    receiver.status = 500
    retract(newsroom, publication)
    work()
    page = adam.get("/admin/claims/subscription/receipts/").content.decode()
    assert "taken by 0 of 1" in page
    assert "The receiver answered with the status 500." in page
    Delivery.objects.filter(state=Delivery.State.WAITING).update(begun_at=timezone.now() - timedelta(days=9))
    Job.objects.update(due_at=FromNow(-1.0))
    work()
    assert "has not taken it" in adam.get("/admin/claims/subscription/receipts/").content.decode()


def test_the_pages_take_few_queries(
    newsroom: Newsroom, adam: Client, receiver: Receiver, django_assert_max_num_queries: Any
) -> None:
    subscription, _secret = made(adam, receiver)
    for _turn in range(3):
        retract(newsroom, newsroom.published().publication)
    work()
    with django_assert_max_num_queries(12):
        page_of(adam, subscription)
    with django_assert_max_num_queries(8):
        adam.get("/admin/claims/subscription/receipts/")


def test_administrators_are_told_on_every_page_that_a_webhook_was_given_up(
    newsroom: Newsroom, adam: Client, at_desk: SignedIn, receiver: Receiver
) -> None:
    subscription, _secret = made(adam, receiver)
    receiver.status = 410
    newsroom.published()
    work()
    told = "The webhook “Partner” was disabled"
    assert told in adam.get("/admin/claims/claim/").content.decode()
    assert told not in at_desk("rita").get("/admin/claims/claim/").content.decode()
    press(adam, subscription, "enable")
    assert told not in adam.get("/admin/claims/claim/").content.decode()
