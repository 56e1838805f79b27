"""Webhook subscriptions as an administrator sees them: how deliveries go, and who has taken a correction.

No reader is followed: what is known of a subscriber is what its own receiver answered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from claims.models import Delivery, EventChoice, PublicEvent, Subscription
from claims.publish.entries import shown_title
from claims.selectors.people_page import Deed, deeds_about

#: The newest deliveries that the page of a subscription shows.
MOST_DELIVERIES = 50
#: The newest corrections and retractions that the receipts are shown for.
MOST_CORRECTIONS = 20
#: Disabled subscriptions that a notice names.
MOST_NOTICES = 3
#: What changes a verdict that somebody may have taken.
_CORRECTING = (EventChoice.CORRECTED, EventChoice.RETRACTED)


@dataclass(frozen=True, slots=True)
class SubscriptionPage:
    """One subscription with its newest deliveries and its history."""

    subscription: Subscription
    deliveries: tuple[Delivery, ...]
    failed: int
    both_secrets_until: datetime | None
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one subscriber was told of one correction.

    ``standing`` is ``taken``, ``waiting``, ``failed``, or ``older``: it took the message and says that it still
    shows an older revision.
    """

    subscription: Subscription
    delivery: Delivery
    standing: str


@dataclass(frozen=True, slots=True)
class CorrectionReceipts:
    """One correction or retraction, with the receipts of those who were to be told; the open ones first."""

    event: PublicEvent
    title: str
    path: str
    receipts: tuple[Receipt, ...]
    taken: int


def subscription_page(subscription: Subscription) -> SubscriptionPage:
    """Return what stands beside the form of a subscription. Three queries."""
    newest = subscription.deliveries.select_related("event__publication__current").order_by("-pk")
    until = subscription.former_until
    return SubscriptionPage(
        subscription=subscription,
        deliveries=tuple(newest[:MOST_DELIVERIES]),
        failed=subscription.deliveries.filter(state=Delivery.State.FAILED).count(),
        both_secrets_until=until if until and until > timezone.now() else None,
        deeds=deeds_about(subscription),
    )


def given_up_subscriptions() -> list[Subscription]:
    """Return what was disabled because it took nothing: a person who disables one has nothing to be told."""
    disabled = Subscription.objects.filter(active=False, failing_since__isnull=False)
    return list(disabled.order_by("name", "pk")[:MOST_NOTICES])


def correction_receipts() -> list[CorrectionReceipts]:
    """Return who has taken the newest corrections and retractions, newest first. Two queries."""
    events = PublicEvent.objects.filter(event__in=_CORRECTING).select_related("publication", "revision")
    newest = list(events.order_by("-pk")[:MOST_CORRECTIONS])
    of_event: dict[int, list[Receipt]] = {event.pk: [] for event in newest}
    deliveries = Delivery.objects.filter(event__in=newest).select_related("subscription", "event__revision")
    for delivery in deliveries.order_by("subscription__name", "pk"):
        of_event[delivery.event_id].append(Receipt(delivery.subscription, delivery, _standing(delivery)))
    return [_receipts(event, of_event[event.pk]) for event in newest]


def _receipts(event: PublicEvent, receipts: list[Receipt]) -> CorrectionReceipts:
    order = {"failed": 0, "older": 1, "waiting": 2, "taken": 3}
    snapshot = event.revision.snapshot
    return CorrectionReceipts(
        event=event,
        title=shown_title(snapshot, "retracted" if event.event == EventChoice.RETRACTED else "live"),
        path=event.publication.get_absolute_url(),
        receipts=tuple(sorted(receipts, key=lambda receipt: order[receipt.standing])),
        taken=sum(receipt.standing == "taken" for receipt in receipts),
    )


def _standing(delivery: Delivery) -> str:
    if delivery.state != Delivery.State.DELIVERED:
        return str(delivery.state)
    held = delivery.held_revision
    return "older" if held is not None and held < delivery.event.revision.number else "taken"
