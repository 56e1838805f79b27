"""Standing watch: each new document is held against the open claims, and those that it bears on gather again.

The search is turned round: a passage's tokens ask the index of claims, and only the claims that it finds are
compared. However many documents come at once, a claim has at most one gathering waiting.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from claims import jobs, search
from claims.corroboration.ranking import evidence_query
from claims.corroboration.stance import compare
from claims.models import Claim, Document, Job, Passage
from claims.rules.lifecycle import OPEN_CLAIM_STATES
from claims.search.base import Query, WeightedToken
from claims.search.documents import read_claim, read_document, read_passage
from claims.search.kept_readings import WITH_READINGS

#: Bounds for one document: how many of its passages are looked at, and how many claims each may find.
PASSAGES_WATCHED = 200
CLAIMS_FOUND = 30


def watch_document(document_id: int) -> None:
    """Have evidence gathered again for every open claim that a passage of this document bears on.

    Safe to run again. Raises ``SearchUnavailable`` when the engine cannot be trusted.
    """
    passages = list(
        Passage.objects.filter(document_id=document_id, retired=False)
        .select_related(*WITH_READINGS)
        .defer("document__raw")
        .order_by("ordinal")[:PASSAGES_WATCHED]
    )
    if not passages:
        return
    search.get_backend().refresh("passages")
    touched = {claim_id for passage in passages for claim_id in _claims_touched(passage, passage.document)}
    for claim_id in sorted(touched):
        _gather_again(claim_id)


def _claims_touched(passage: Passage, document: Document) -> set[int]:
    """Return the open claims that the passage supports, contradicts or gives context to."""
    reading = read_passage(passage)
    tokens = tuple(WeightedToken(*token) for token in evidence_query(reading))
    if not tokens:
        return set()
    hits = search.get_backend().search("claims", Query(tokens), limit=CLAIMS_FOUND).hits
    claims = Claim.objects.filter(
        pk__in=[int(hit.id) for hit in hits], state__in=OPEN_CLAIM_STATES
    ).select_related("desk", "claimant")
    whole = read_document(document)
    return {
        claim.pk
        for claim in claims.prefetch_related("appearances__article", "appearances__update")
        if compare(read_claim(claim), reading, whole).stance != "unrelated"
    }


def _gather_again(claim_id: int) -> None:
    """Ask for one more gathering, unless one is waiting that will see the new document anyway."""
    with transaction.atomic():
        claim = Claim.objects.select_for_update().filter(pk=claim_id, state__in=OPEN_CLAIM_STATES).first()
        if claim is None:
            return
        waiting = Job.objects.filter(
            kind="gather_evidence",
            subject=claim_id,
            subject_version=claim.gather_round,
            state=Job.State.WAITING,
        )
        if waiting.exists():
            return
        Claim.objects.filter(pk=claim_id).update(gather_round=F("gather_round") + 1)
        jobs.enqueue("gather_evidence", claim_id, subject_version=claim.gather_round + 1)
