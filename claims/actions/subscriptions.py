"""Webhook subscriptions: made, changed, given a new secret, disabled and enabled by the role admin; replays.

Invariant: an address that is not public is refused here, and again at each delivery. A secret leaves only the
action that makes it, once.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.changes import change
from claims.actions.history import append_event
from claims.actions.refusals import Invalid, NotFound
from claims.ingest.fetch_errors import FetchError
from claims.ingest.posting import require_public
from claims.models import Delivery, EventChoice, LanguageChoice, Rating, Subscription, Topic
from claims.publish.webhook import new_salt, secret_of
from claims.rules import permissions
from claims.rules.permissions import Actor, NotAllowed
from claims.rules.storing import storable

LONGEST_NAME = 80
#: Each public event is compared with every one of them.
MOST_SUBSCRIPTIONS = 500
#: How long the former secret counts beside a new one.
BOTH_SECRETS_COUNT = timedelta(days=1)
#: What one press of “replay all” takes up.
MOST_REPLAYED = 200


@dataclass(frozen=True, slots=True)
class SubscriptionDetails:
    """What a subscription asks for; an empty filter lets everything through."""

    name: str
    url: str
    languages: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    ratings: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)


def subscribe(*, details: SubscriptionDetails, actor: Actor) -> tuple[Subscription, str]:
    """Make a subscription; return it with its secret, which nobody is shown again."""
    _require_administrator(actor, "subscribe")
    details = _sound(details)
    salt = new_salt()
    with transaction.atomic():
        if Subscription.objects.count() >= MOST_SUBSCRIPTIONS:
            raise Invalid(_("There are %(most)d subscriptions already.") % {"most": MOST_SUBSCRIPTIONS})
        subscription = Subscription.objects.create(salt=salt, **asdict(details))
        told = {name: ["", _shown(value)] for name, value in asdict(details).items() if value}
        _tell(subscription, "subscribe", actor, details=told)
    return subscription, secret_of(salt)


def change_subscription(
    *, subscription_id: int, seen_version: int, details: SubscriptionDetails, actor: Actor
) -> Subscription:
    """Change address or filters; deliveries that wait go to the new address."""
    _require_administrator(actor, "change_subscription")
    details = _sound(details)
    with transaction.atomic():
        subscription = change(Subscription, subscription_id, seen_version)
        told: dict[str, list[str]] = {}
        for name, value in asdict(details).items():
            if getattr(subscription, name) != value:
                told[name] = [_shown(getattr(subscription, name)), _shown(value)]
                setattr(subscription, name, value)
        subscription.save(update_fields=list(asdict(details)))
        _tell(subscription, "change_subscription", actor, details=told)
    return subscription


def rotate_secret(*, subscription_id: int, seen_version: int, actor: Actor) -> tuple[Subscription, str]:
    """Give the subscription a new secret and return it; for a day deliveries are signed with both."""
    _require_administrator(actor, "rotate_secret")
    salt = new_salt()
    with transaction.atomic():
        subscription = change(
            Subscription,
            subscription_id,
            seen_version,
            former_salt=F("salt"),
            former_until=timezone.now() + BOTH_SECRETS_COUNT,
            salt=salt,
        )
        _tell(subscription, "rotate_secret", actor)
    return subscription, secret_of(salt)


def disable_subscription(
    *, subscription_id: int, seen_version: int, reason: str, actor: Actor
) -> Subscription:
    """Send nothing there any more; what would have been sent stands in the log as given up."""
    _require_administrator(actor, "disable_subscription")
    reason = storable(reason).strip()[:500]
    if not reason:
        raise Invalid(_("Give a reason."), {"reason": _("Give a reason.")})
    with transaction.atomic():
        subscription = change(
            Subscription,
            subscription_id,
            seen_version,
            active=False,
            disabled_because=reason,
            failing_since=None,
        )
        _tell(subscription, "disable_subscription", actor, note=reason)
    return subscription


def enable_subscription(*, subscription_id: int, seen_version: int, actor: Actor) -> Subscription:
    """Send there again, from now on; what was given up meanwhile can be replayed."""
    _require_administrator(actor, "enable_subscription")
    with transaction.atomic():
        subscription = change(
            Subscription,
            subscription_id,
            seen_version,
            active=True,
            disabled_because="",
            failing_since=None,
        )
        _tell(subscription, "enable_subscription", actor)
    return subscription


def replay_delivery(*, subscription_id: int, delivery_id: int, actor: Actor) -> Delivery:
    """Send one delivery again, under its own name, whatever became of it."""
    _require_administrator(actor, "replay_delivery")
    with transaction.atomic():
        own = Delivery.objects.filter(subscription_id=subscription_id).select_related("subscription", "event")
        delivery = own.filter(pk=delivery_id).first()
        if delivery is None:
            raise NotFound(_("delivery"))
        _require_active(delivery.subscription)
        _send_again(delivery.pk)
        _tell(delivery.subscription, "replay_delivery", actor, note=str(delivery.event))
    delivery.refresh_from_db()
    return delivery


def replay_failed(*, subscription_id: int, actor: Actor) -> int:
    """Send again what was given up, oldest first, ``MOST_REPLAYED`` at once; return how many."""
    _require_administrator(actor, "replay_delivery")
    with transaction.atomic():
        subscription = Subscription.objects.filter(pk=subscription_id).first()
        if subscription is None:
            raise NotFound(_("webhook subscription"))
        _require_active(subscription)
        failed = subscription.deliveries.filter(state=Delivery.State.FAILED).order_by("pk")
        ids = list(failed.values_list("pk", flat=True)[:MOST_REPLAYED])
        for delivery_id in ids:
            _send_again(delivery_id)
        if ids:
            _tell(subscription, "replay_delivery", actor, note=str(len(ids)))
    return len(ids)


def _send_again(delivery_id: int) -> None:
    row = Delivery.objects.filter(pk=delivery_id)
    row.update(
        state=Delivery.State.WAITING,
        round=F("round") + 1,
        begun_at=timezone.now(),
        problem="",
    )
    jobs.enqueue("deliver_webhook", delivery_id, subject_version=row.values_list("round", flat=True).get())


def _sound(details: SubscriptionDetails) -> SubscriptionDetails:
    """Return the details tidied, or raise ``Invalid``. Call outside of transactions: a name is looked up."""
    name, url = " ".join(storable(details.name).split()), details.url.strip()
    wrong: dict[str, str] = {}
    if not name or len(name) > LONGEST_NAME:
        wrong["name"] = _("Give it a name of at most %(most)d characters.") % {"most": LONGEST_NAME}
    try:
        require_public(url)
    except FetchError as refusal:
        wrong["url"] = str(refusal)
    known = {
        "languages": set(LanguageChoice.values[:3]),
        "topics": set(Topic.objects.values_list("slug", flat=True)),
        "ratings": set(Rating.objects.values_list("key", flat=True)),
        "events": set(EventChoice.values),
    }
    chosen = {filter_name: sorted(set(getattr(details, filter_name))) for filter_name in known}
    for filter_name, values in chosen.items():
        if set(values) - known[filter_name]:
            wrong[filter_name] = _("Choose among what is there.")
    if wrong:
        raise Invalid(" ".join(wrong.values()), wrong)
    return SubscriptionDetails(name=name, url=url, **chosen)


def _require_administrator(actor: Actor, verb: str) -> None:
    if not permissions.can_administer(actor):
        raise NotAllowed(verb, _("Only administrators look after webhooks."))


def _require_active(subscription: Subscription) -> None:
    if not subscription.active:
        raise Invalid(_("The subscription is disabled. Enable it first."))


def _shown(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _tell(
    subscription: Subscription,
    verb: str,
    actor: Actor,
    note: str = "",
    details: dict[str, list[str]] | None = None,
) -> None:
    append_event(
        actor=actor, subject=subscription, verb=verb, claim_id=None, note=note, details=dict(details or {})
    )
