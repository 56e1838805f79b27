"""Writes that a program names by an Idempotency-Key: done once, however often they are sent.

The answer is kept in the transaction of the write itself, so that there is never the one without the other.
An attempt whose process died is given up after ``LEASE``; it has written nothing, and the next one may begin.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from claims.models import ApiToken, IdempotencyKey, RequestCount

#: How long an attempt may take before it counts as dead.
LEASE = timedelta(seconds=60)
#: How long an answer is kept.
KEPT = timedelta(hours=24)
#: Counts of requests that no minute refers to any more.
_COUNTS_KEPT_MINUTES = 60


class OtherWrite(Exception):
    """The key names another write: other method, address, condition or body."""


class UnderWay(Exception):
    """The same write is being done at this moment."""


class AttemptLost(Exception):
    """This attempt took longer than its lease, and another one has begun: nothing of it may be kept."""


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    status: int
    headers: dict[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """The right to do the write now."""

    row_id: int
    attempt: int


def begin_write(*, token: ApiToken, key: str, fingerprint: str) -> Attempt | KeptAnswer:
    """Return the kept answer of this write, or the right to do it. Call it outside any transaction.

    Raises ``OtherWrite`` or ``UnderWay``.
    """
    now = timezone.now()
    IdempotencyKey.objects.filter(token=token, key=key, created_at__lt=now - KEPT).delete()
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(
                token=token, key=key, fingerprint=fingerprint, claimed_until=now + LEASE, created_at=now
            )
        return Attempt(row.pk, row.attempt)
    except IntegrityError:
        row_or_none = IdempotencyKey.objects.filter(token=token, key=key).first()
    if row_or_none is None:
        raise UnderWay  # It was refused and forgotten in this very moment; the next try finds the key free.
    row = row_or_none
    if row.fingerprint != fingerprint:
        raise OtherWrite
    if row.status is not None:
        return KeptAnswer(row.status, row.headers, row.body)
    expired = IdempotencyKey.objects.filter(
        pk=row.pk, attempt=row.attempt, status__isnull=True, claimed_until__lte=now
    )
    if not expired.update(attempt=F("attempt") + 1, claimed_until=now + LEASE):
        raise UnderWay
    return Attempt(row.pk, row.attempt + 1)


def keep_answer(attempt: Attempt, answer: KeptAnswer) -> None:
    """Keep what was answered; call it inside the transaction of the write. Raises ``AttemptLost``."""
    own = IdempotencyKey.objects.filter(pk=attempt.row_id, attempt=attempt.attempt, status__isnull=True)
    if not own.update(status=answer.status, headers=answer.headers, body=answer.body):
        raise AttemptLost


def forget_attempt(attempt: Attempt) -> None:
    """Free the key of a write that was refused: it has written nothing, and may be sent again, mended."""
    IdempotencyKey.objects.filter(pk=attempt.row_id, attempt=attempt.attempt, status__isnull=True).delete()


def forget_old_requests() -> int:
    """Delete what nobody asks for any more: answers older than a day, counts of past hours."""
    now = timezone.now()
    forgotten, _each = IdempotencyKey.objects.filter(created_at__lt=now - KEPT).delete()
    minute = int(now.timestamp()) // 60
    forgotten += RequestCount.objects.filter(minute__lt=minute - _COUNTS_KEPT_MINUTES).delete()[0]
    return forgotten
