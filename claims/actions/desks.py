"""Desks: how many people approve there, in which zone it works, and what it asks of approvers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from claims.actions.changes import change
from claims.actions.history import append_event
from claims.actions.people import require_administrator
from claims.actions.refusals import Invalid
from claims.models import Desk
from claims.rules.permissions import Actor


@dataclass(frozen=True, slots=True)
class DeskDetails:
    """The settings of a desk. ``approvals_required`` is 1 to 3 (rule 2)."""

    name: str
    zone: str = "Europe/Kyiv"
    approvals_required: int = 1
    second_factor_required: bool = False
    labels_blind: bool = False


def open_desk(*, details: DeskDetails, actor: Actor) -> Desk:
    """Open a desk of its own queue."""
    require_administrator(actor, "open_desk")
    with transaction.atomic():
        desk = Desk(**asdict(details))
        _require_valid(desk)
        desk.save()
        told = {name: ["", str(value)] for name, value in asdict(details).items()}
        append_event(actor=actor, subject=desk, verb="open_desk", claim_id=None, details=told)
    return desk


def change_desk(*, desk_id: int, seen_version: int, details: DeskDetails, actor: Actor) -> Desk:
    """Change the settings of a desk.

    The number of approvals counts for what is decided from now on: a raised one also for verdicts that are
    approved and not yet published, a lowered one moves nothing by itself.
    """
    require_administrator(actor, "change_desk")
    with transaction.atomic():
        desk = change(Desk, desk_id, seen_version)
        changed: dict[str, list[str]] = {}
        for name, value in asdict(details).items():
            if getattr(desk, name) != value:
                changed[name] = [str(getattr(desk, name)), str(value)]
                setattr(desk, name, value)
        _require_valid(desk)
        desk.save(update_fields=list(asdict(details)))
        append_event(actor=actor, subject=desk, verb="change_desk", claim_id=None, details=changed)
    return desk


def _require_valid(desk: Desk) -> None:
    fields: dict[str, str] = {}
    try:
        desk.full_clean()
    except ValidationError as refusal:
        fields = {name: " ".join(sentences) for name, sentences in refusal.message_dict.items()}
    if desk.zone not in available_timezones():
        fields["zone"] = _("There is no time zone of this name; write it like Europe/Kyiv.")
    if not 1 <= desk.approvals_required <= 3:
        fields["approvals_required"] = _("Ask for one to three approvals.")
        fields.pop("__all__", None)
    if fields:
        raise Invalid(" ".join(fields.values()), fields)
