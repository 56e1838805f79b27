"""The checklist while a verdict is written: the gates asked about a form that nobody has saved."""

from __future__ import annotations

import copy

from claims.actions.verdicts import VerdictContent
from claims.models import Citation, Verdict
from claims.rules.gates import Phase, checklist
from claims.selectors.desk_screen import DeskScreen
from claims.selectors.gate_dossier import dossier_of
from claims.selectors.gate_wording import WordedGate, worded
from claims.selectors.precedents import Precedent, rated_unlike
from claims.selectors.verdict_panel import VerdictPanel
from claims.selectors.verdicts import WRITTEN_FIELDS, with_content


def verdict_as_typed(screen: DeskScreen, panel: VerdictPanel, typed: VerdictContent) -> Verdict:
    """Return a copy of the verdict with what was typed; it is never saved. No query."""
    verdict = copy.copy(panel.verdict)
    verdict.__dict__["_prefetched_objects_cache"] = {}
    for name in WRITTEN_FIELDS:
        setattr(verdict, name, str(getattr(typed, name)).strip())
    verdict.exceptions = {gate: reason for gate, reason in typed.exceptions.items() if reason.strip()}
    verdict.rating = next((rating for rating in screen.ratings if rating.pk == typed.rating_id), None)
    accepted = {piece.pk: piece for piece in screen.accepted}
    chosen = [accepted[id] for id in dict.fromkeys(typed.citations) if id in accepted]
    return with_content(
        verdict,
        screen.claim,
        citations=[
            Citation(verdict=verdict, evidence=piece, ordinal=place)
            for place, piece in enumerate(chosen, start=1)
        ],
        approvals=list(panel.verdict.approvals.all()),
        co_authors=list(panel.verdict.co_authors.all()),
    )


def gates_as_typed(verdict: Verdict, panel: VerdictPanel) -> list[WordedGate]:
    """Return what the gates say of ``verdict`` (from ``verdict_as_typed``) if it were submitted now."""
    return worded(checklist(dossier_of(verdict, around=panel.around), Phase.SUBMISSION))


def unlike_as_typed(verdict: Verdict, screen: DeskScreen) -> list[Precedent]:
    return rated_unlike(screen.precedents or (), verdict.rating)
