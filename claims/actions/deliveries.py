"""One delivery to one webhook: plan, send, record. Tried until it is taken, for as many days as the setting says.

Invariant: the attempt is counted before it is made, and nothing is sent inside a transaction. A receiver gets
each event at least once, always under the same name; a repeated attempt changes nothing that a later one wrote.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.history import append_event
from claims.ingest.fetch_errors import FetchError
from claims.ingest.posting import PostAnswer, post
from claims.jobs.leases import LONGEST_BACKOFF, backoff
from claims.models import Delivery, Subscription
from claims.publish.webhook import Told, body_of, headers_of
from claims.rules.permissions import MACHINE
from claims.rules.storing import storable
from claims.selectors.verdicts import iso_utc

#: The receiver says that the address is gone for good (RFC 9110, 15.5.11).
_GONE = 410
LONGEST_PROBLEM = 500


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one attempt sends where; ``attempt`` fences its record."""

    url: str
    body: bytes
    headers: dict[str, str]
    attempt: int


def deliver_webhook(delivery_id: int) -> None:
    """Send one delivery; the body of a job. Raises ``NotReady`` until it is taken or its days are over."""
    plan = _plan(delivery_id)
    if plan is None:
        return
    try:
        answer = post(plan.url, plan.body, plan.headers)
    except FetchError as problem:
        _record_failure(delivery_id, plan.attempt, str(problem))
        return
    if answer.is_success:
        _record_success(delivery_id, plan.attempt, answer)
    else:
        problem_told = _("The receiver answered with the status %(status)d.") % {"status": answer.status}
        _record_failure(delivery_id, plan.attempt, problem_told, answer)


def _plan(delivery_id: int) -> _Plan | None:
    """Count the attempt and return it, or None where there is nothing (any more) to send."""
    now = timezone.now()
    with transaction.atomic():
        waiting = Delivery.objects.filter(pk=delivery_id, state=Delivery.State.WAITING)
        delivery = waiting.select_related("subscription", "event__revision").first()
        if delivery is None:
            return None
        if not delivery.subscription.active:
            waiting.update(state=Delivery.State.FAILED, problem=_("The subscription was disabled."))
            return None
        waiting.update(attempts=F("attempts") + 1, attempted_at=now)
    event, key = delivery.event, str(delivery.key)
    told = Told(event.event, iso_utc(event.at), event.version, event.note, event.revision.snapshot)
    body = body_of(told, key)
    headers = headers_of(key, int(time.time()), body, _salts(delivery.subscription, now))
    return _Plan(delivery.subscription.url, body, headers, delivery.attempts + 1)


def _salts(subscription: Subscription, now: datetime) -> list[str]:
    """Return what the secrets that count now are derived from, the newest first."""
    former = subscription.former_until is not None and now < subscription.former_until
    return [subscription.salt, *([subscription.former_salt] if former else [])]


def _record_success(delivery_id: int, attempt: int, answer: PostAnswer) -> None:
    with transaction.atomic():
        ours = Delivery.objects.filter(pk=delivery_id, attempts=attempt, state=Delivery.State.WAITING)
        taken = ours.update(
            state=Delivery.State.DELIVERED,
            status=answer.status,
            problem="",
            held_revision=_held_revision(answer.body),
            delivered_at=timezone.now(),
        )
        if taken:
            served = Subscription.objects.filter(deliveries=delivery_id, failing_since__isnull=False)
            served.update(failing_since=None)


def _record_failure(delivery_id: int, attempt: int, problem: str, answer: PostAnswer | None = None) -> None:
    """Write the failure down; disable the subscription when it has failed for too long, else try again later."""
    now = timezone.now()
    patience = timedelta(days=settings.WEBHOOK_FAILING_DAYS)
    with transaction.atomic():
        ours = Delivery.objects.filter(pk=delivery_id, attempts=attempt, state=Delivery.State.WAITING)
        problem = storable(problem)[:LONGEST_PROBLEM]
        if not ours.update(status=answer.status if answer else None, problem=problem):
            return
        delivery = Delivery.objects.select_related("subscription").get(pk=delivery_id)
        subscription = delivery.subscription
        begun = Subscription.objects.filter(pk=subscription.pk, failing_since__isnull=True)
        begun.update(failing_since=now)
        gone = answer is not None and answer.status == _GONE
        failing_since = subscription.failing_since or now
        if gone or now - failing_since >= patience:
            _disable(subscription, problem)
        over = gone or now - delivery.begun_at >= patience
        if over:
            ours.update(state=Delivery.State.FAILED)
    if not over:
        wait = answer.retry_after if answer and answer.retry_after is not None else 0.0
        raise jobs.NotReady(problem, after=min(LONGEST_BACKOFF, max(wait, backoff(attempt))))


def _disable(subscription: Subscription, problem: str) -> None:
    standing = Subscription.objects.filter(pk=subscription.pk, active=True)
    reason = _("It no longer takes what is sent: %(problem)s") % {"problem": problem}
    if standing.update(active=False, disabled_because=reason[:LONGEST_PROBLEM], version=F("version") + 1):
        append_event(
            actor=MACHINE, subject=subscription, verb="disable_subscription", claim_id=None, note=reason
        )


def _held_revision(body: bytes) -> int | None:
    """Return the revision that the receiver says it shows now: ``{"revision": 3}``; None for anything else."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return None
    held = told.get("revision") if isinstance(told, dict) else None
    return held if isinstance(held, int) and not isinstance(held, bool) and 0 < held < 2**31 else None
