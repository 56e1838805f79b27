"""Rating scales: written by the role admin until they are frozen, then read by all."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.actions.ratings import freeze_scale
from claims.actions.refusals import Invalid
from claims.admin.access import Administered, Rows, Table
from claims.admin.site import actor, desk
from claims.models import Rating, RatingScale


class _UntilFrozen(Administered):
    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_frozen = isinstance(obj, RatingScale) and obj.frozen_at is not None
        return not is_frozen and super().has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_frozen = isinstance(obj, RatingScale) and obj.frozen_at is not None
        return not is_frozen and super().has_add_permission(request, obj)


class RatingInline(_UntilFrozen, Table):
    model = Rating
    extra = 1


@admin.register(RatingScale, site=desk)
class RatingScaleAdmin(_UntilFrozen, Rows):
    list_display = ("name", "key", "version", "worst", "best", "active", "frozen_at")
    readonly_fields = ("frozen_at",)
    inlines = [RatingInline]
    actions = ["freeze", "start_using", "stop_using"]

    @admin.action(description=_("Freeze for good: it can then be used, and not be changed"))
    def freeze(self, request: HttpRequest, scales: QuerySet[RatingScale]) -> None:
        for scale in scales:
            try:
                freeze_scale(scale_id=scale.pk, actor=actor(request))
            except Invalid as refusal:
                messages.error(request, f"{scale}: {refusal}")

    @admin.action(description=_("Offer for new verdicts"))
    def start_using(self, request: HttpRequest, scales: QuerySet[RatingScale]) -> None:
        scales.update(active=True)

    @admin.action(description=_("Offer no longer for new verdicts"))
    def stop_using(self, request: HttpRequest, scales: QuerySet[RatingScale]) -> None:
        scales.update(active=False)
