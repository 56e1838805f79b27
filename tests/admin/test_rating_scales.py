"""Freezing a scale at the review desk: for good, and therefore only where its numbers can be published."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from claims.actions.ratings import freeze_scale
from claims.actions.refusals import NotAllowed
from claims.models import ClaimEvent, Rating, RatingScale
from tests.admin.conftest import SignedIn
from tests.newsroom import Newsroom


@pytest.fixture
def scale(newsroom: Newsroom) -> RatingScale:
    scale = RatingScale.objects.create(key="stars", name="Stars", worst=1, best=3)
    for number in (1, 2, 3):
        Rating.objects.create(scale=scale, key=f"stars-{number}", label_en=f"Stars {number}", value=number)
    return scale


def frozen_at(scale: RatingScale) -> datetime | None:
    return RatingScale.objects.get(pk=scale.pk).frozen_at


def frozen(at_desk: SignedIn, scale: RatingScale, by: str = "adam") -> str:
    form = {"action": "freeze", "_selected_action": [scale.pk]}
    return (
        at_desk(by).post(reverse("admin:claims_ratingscale_changelist"), form, follow=True).content.decode()
    )


def test_a_scale_is_frozen_once_and_stands_in_the_history(scale: RatingScale, at_desk: SignedIn) -> None:
    frozen(at_desk, scale)
    moment = frozen_at(scale)
    assert moment is not None
    frozen(at_desk, scale)
    assert frozen_at(scale) == moment
    assert ClaimEvent.objects.filter(verb="freeze_scale", subject_id=scale.pk).count() == 1


@pytest.mark.parametrize(("key", "value"), [("four", 4), ("satire", 2)])
def test_a_scale_with_a_number_that_no_markup_may_carry_stays_open(
    scale: RatingScale, at_desk: SignedIn, key: str, value: int
) -> None:
    Rating.objects.create(scale=scale, key=key, label_en="Odd one", value=value)
    assert "Stars v1: The number of “Odd one” does not fit" in frozen(at_desk, scale)
    assert frozen_at(scale) is None
    Rating.objects.filter(key=key).update(value=None)
    frozen(at_desk, scale)
    assert frozen_at(scale) is not None


def test_only_an_administrator_freezes_a_scale(scale: RatingScale, newsroom: Newsroom) -> None:
    with pytest.raises(NotAllowed):
        freeze_scale(scale_id=scale.pk, actor=newsroom.actor("anna"))
    assert frozen_at(scale) is None
