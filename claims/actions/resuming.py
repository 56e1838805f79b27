"""Asking anew for the work that was open when an export was made: jobs themselves are no part of it.

Called within the transaction of the import, so that no row stands without the job that it waits for. Polling and
watching need none: they go by the moments that stand in their rows.
"""

from __future__ import annotations

from datetime import datetime

from claims import jobs
from claims.actions.drift_repair import request_drift_repair
from claims.models import Article, Claim, Delivery, Document, Dossier, Import, PassageTranslation, Verdict
from claims.rules.lifecycle import OPEN_CLAIM_STATES, VerdictState
from claims.selectors.imports import RUN_IMPORT


def ask_for_open_work() -> dict[str, int]:
    """Enqueue what is still to be done; return how many jobs of each kind.

    An import that had not ended is stopped, for it may have been stopped: a person has it go on.
    """
    told = {"repair_drift": request_drift_repair()}
    scheduled = Verdict.objects.filter(state=VerdictState.SCHEDULED, publish_at__isnull=False)
    for pk, version, due_at in scheduled.values_list("pk", "version", "publish_at"):
        _ask("publish_scheduled", pk, version, told, due_at)
    for pk, version in Article.objects.filter(state=Article.State.FETCHING).values_list("pk", "version"):
        _ask("fetch_article", pk, version, told)
    for pk in Document.objects.filter(text="", failure="").exclude(url="").values_list("pk", flat=True):
        _ask("fetch_document", pk, 1, told)
    asked = Claim.objects.filter(gather_round__gt=0, gathered_at__isnull=True, state__in=OPEN_CLAIM_STATES)
    for pk, turn in asked.values_list("pk", "gather_round"):
        _ask("gather_evidence", pk, turn, told)
    waiting = PassageTranslation.objects.filter(state=PassageTranslation.State.WAITING)
    for pk, turn in waiting.values_list("pk", "requests"):
        _ask("translate_passage", pk, turn, told)
    for pk, version in Dossier.objects.filter(made_at__isnull=True).values_list("pk", "version"):
        _ask("make_dossier", pk, version, told)
    # Their subscriptions are disabled: they end in the log, from where a button sends them again.
    on_their_way = Delivery.objects.filter(state=Delivery.State.WAITING)
    for pk, turn in on_their_way.values_list("pk", "round"):
        _ask("deliver_webhook", pk, turn, told)
    for pk in Import.objects.filter(ended_at__isnull=True).values_list("pk", flat=True):
        jobs.cancel(jobs.enqueue(RUN_IMPORT, pk).pk)
    return told


def _ask(kind: str, subject: int, version: int, told: dict[str, int], due_at: datetime | None = None) -> None:
    jobs.enqueue(kind, subject, subject_version=version, due_at=due_at)
    told[kind] = told.get(kind, 0) + 1
