"""Telling of a public event: the newsroom by notices, the outside by a row that a job spreads.

Invariant: every public event of a publication has exactly one row, written in the transaction of the change, and
one delivery for each subscription that asked for it, however often the job runs.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.notices import notify_followers
from claims.actions.rating_lists import list_ratings
from claims.models import Delivery, EventChoice, Notice, Publication, PublicEvent, Subscription, Verdict
from claims.rules.permissions import Actor

#: Deliveries that the log keeps of each subscription; what is on its way is kept besides.
KEPT_DELIVERIES = 1000
#: What a revision is told as, by its tier.
EVENT_OF_TIER = {
    Verdict.Tier.FIRST: EventChoice.PUBLISHED,
    Verdict.Tier.MINOR: EventChoice.UPDATED,
    Verdict.Tier.UPDATE: EventChoice.UPDATED,
    Verdict.Tier.SUBSTANTIAL: EventChoice.CORRECTED,
}
#: What those who follow the claim hear; that a correction was begun is the desk's own until it is made.
NOTICE_OF_EVENT = {
    EventChoice.PUBLISHED: Notice.Kind.PUBLISHED,
    EventChoice.UPDATED: Notice.Kind.UPDATED,
    EventChoice.CORRECTED: Notice.Kind.CORRECTED,
    EventChoice.RETRACTED: Notice.Kind.RETRACTED,
}


def announce(publication_id: int, event: EventChoice, note: str, *, actor: Actor) -> None:
    """Write the event into the caller's transaction, after its writes, with the jobs that tell of it."""
    publication = Publication.objects.select_related("claim", "current__verdict").get(pk=publication_id)
    assert publication.current is not None
    assert publication.event_at is not None
    list_ratings(publication)
    told = PublicEvent.objects.create(
        publication=publication,
        version=publication.version,
        revision=publication.current,
        event=event,
        note=note,
        at=publication.event_at,
    )
    jobs.enqueue("spread_event", told.pk)
    if settings.WEBSUB_HUB_URL:
        jobs.enqueue("ping_hub", told.pk)
    if event in NOTICE_OF_EVENT:
        recorder = publication.current.verdict.recorder_id
        notify_followers(
            NOTICE_OF_EVENT[event], about=publication.claim, actor=actor, note=note, also=[recorder]
        )


def spread_event(event_id: int) -> None:
    """Make the deliveries of one event; the body of a job, safe to repeat.

    A disabled subscription gets its delivery as given up, so that it can be replayed once it is enabled again.
    """
    event = PublicEvent.objects.select_related("publication", "revision").get(pk=event_id)
    topics = set(event.publication.claim.topics.values_list("slug", flat=True))
    # Who took it under an older rating has to learn of the new one.
    rated = event.publication.revisions.values_list("verdict__rating__key", flat=True)
    ratings = {key for key in rated if key}
    with transaction.atomic():
        asked = [one for one in Subscription.objects.all() if wants(one, event, topics, ratings)]
        Delivery.objects.bulk_create([_delivery(one, event) for one in asked], ignore_conflicts=True)
        waiting = Delivery.objects.filter(event=event, state=Delivery.State.WAITING)
        for delivery_id, turn in waiting.values_list("pk", "round"):
            jobs.enqueue("deliver_webhook", delivery_id, subject_version=turn)
        for one in asked:
            _trim(one)


def wants(subscription: Subscription, event: PublicEvent, topics: set[str], ratings: set[str]) -> bool:
    """Say whether the filters of ``subscription`` let the event through; an empty one lets all through."""
    return (
        (not subscription.languages or event.publication.language in subscription.languages)
        and (not subscription.topics or bool(topics & set(subscription.topics)))
        and (not subscription.ratings or bool(ratings & set(subscription.ratings)))
        and (not subscription.events or event.event in subscription.events)
    )


def _delivery(subscription: Subscription, event: PublicEvent) -> Delivery:
    delivery = Delivery(subscription=subscription, event=event, begun_at=event.at)
    if not subscription.active:
        delivery.state, delivery.problem = Delivery.State.FAILED, _("The subscription was disabled.")
    return delivery


def _trim(subscription: Subscription) -> None:
    ended = Delivery.objects.filter(subscription=subscription).exclude(state=Delivery.State.WAITING)
    oldest = ended.order_by("-pk").values_list("pk", flat=True)[KEPT_DELIVERIES : KEPT_DELIVERIES + 1].first()
    if oldest is not None:
        ended.filter(pk__lte=oldest).delete()
