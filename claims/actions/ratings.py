"""Rating scales: putting the first one in place, and closing one so that verdicts can rate by it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.actions.history import append_event
from claims.actions.people import require_administrator
from claims.actions.refusals import Invalid
from claims.models import Rating, RatingScale
from claims.rules.permissions import Actor
from claims.rules.ratings import DEFAULT_SCALE, number_stands
from claims.selectors.gate_dossier import chosen_rating


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


def freeze_scale(*, scale_id: int, actor: Actor) -> None:
    """Close a scale for good; one that is frozen already stays as it is.

    Raises ``Invalid`` for a step whose number no markup may carry (gate E4): frozen, it could be neither
    published with nor mended.
    """
    require_administrator(actor, "freeze_scale")
    with transaction.atomic():
        # Frozen first: from here on its steps stay as they are looked at.
        if not RatingScale.objects.filter(pk=scale_id, frozen_at=None).update(frozen_at=timezone.now()):
            return
        scale = RatingScale.objects.get(pk=scale_id)
        for rating in scale.ratings.select_related("scale"):
            if not number_stands(chosen_rating(rating).step, worst=scale.worst, best=scale.best):
                sentence = _(
                    "The number of “%(rating)s” does not fit: the scale runs from %(worst)s up to %(best)s."
                )
                told = {"rating": rating, "worst": scale.worst, "best": scale.best}
                raise Invalid(sentence % told)
        append_event(actor=actor, subject=scale, verb="freeze_scale", claim_id=None)
