"""Rating scales: putting the first one in place."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from claims.models import Rating, RatingScale
from claims.rules.ratings import DEFAULT_SCALE


def seed_rating_scale() -> RatingScale:
    """Put the default scale in place, frozen; a scale that stands already, in use or not, is left alone."""
    with transaction.atomic():
        scale, is_new = RatingScale.objects.get_or_create(
            key=DEFAULT_SCALE.key,
            version=DEFAULT_SCALE.version,
            defaults={
                "name": DEFAULT_SCALE.name,
                "worst": DEFAULT_SCALE.worst,
                "best": DEFAULT_SCALE.best,
            },
        )
        if is_new:
            Rating.objects.bulk_create(
                Rating(
                    scale=scale,
                    key=step.key,
                    label_en=step.labels["en"],
                    label_uk=step.labels["uk"],
                    label_ru=step.labels["ru"],
                    value=step.value,
                    ordinal=ordinal,
                )
                for ordinal, step in enumerate(DEFAULT_SCALE.steps, start=1)
            )
            scale.frozen_at = timezone.now()
            scale.save(update_fields=["frozen_at"])
    return scale
