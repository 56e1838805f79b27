"""Standing watch: each new document and article is held against open claims and against concluded ones.

The search is turned round: a passage's tokens ask the index of claims, and only the claims that it finds are
compared. An open claim that a document bears on gathers again, and however many documents come at once it has
at most one gathering waiting. A concluded claim that is said again keeps a record of where, once per place and
words, however often the job runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from claims import jobs, search
from claims.actions.repeats import Heard, Place, record_repeats
from claims.corroboration.comparison import Comparison
from claims.corroboration.ranking import evidence_query
from claims.corroboration.stance import compare
from claims.language.readings import Reading
from claims.models import Article, Claim, Document, Job, Passage
from claims.rules.lifecycle import OPEN_CLAIM_STATES, ClaimState
from claims.search.base import Query, WeightedToken
from claims.search.claim_context import CONTEXT_LOADED, read_context
from claims.search.documents import read_claim, read_document, read_passage
from claims.search.kept_readings import WITH_READINGS
from claims.selectors.article_readings import read_article

#: Bounds for one document or article: how many passages are looked at, and how many claims each may find.
PASSAGES_WATCHED = 200
CLAIMS_FOUND = 30
#: A claim with a verdict; what the machine finds then is a repeat and no evidence.
CONCLUDED = frozenset({ClaimState.CONCLUDED})


@dataclass(frozen=True, slots=True)
class _Met:
    """A claim that a passage bears on, and how."""

    claim: Claim
    passage: Reading
    comparison: Comparison


def watch_document(document_id: int) -> None:
    """Have evidence gathered again for open claims that this document bears on, and note what it says again.

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
    document = passages[0].document
    search.get_backend().refresh("passages")
    met = _claims_met([read_passage(passage) for passage in passages], read_document(document))
    for claim_id in sorted({each.claim.pk for each in met if each.claim.state in OPEN_CLAIM_STATES}):
        _gather_again(claim_id)
    record_repeats(_place_of(document), _heard(met))


def watch_article(article_id: int) -> None:
    """Note which concluded claims of its desk the newest version of an article says again, update by update.

    Safe to run again. Raises ``SearchUnavailable`` when the engine cannot be trusted.
    """
    article = (
        Article.objects.select_related("current", "outlet")
        .defer("current__raw")
        .prefetch_related("current__updates")
        .filter(pk=article_id, current__isnull=False)
        .first()
    )
    if article is None:
        return
    for part in read_article(article, at_most=PASSAGES_WATCHED):
        met = [
            each
            for each in _claims_met(part.passages, part.whole, desk_id=article.desk_id)
            if not any(appearance.article_id == article.pk for appearance in each.claim.appearances.all())
        ]
        place = Place(article=article, outlet=article.outlet, moment=part.moment, said_on=part.said_on)
        record_repeats(place, _heard(met))


def _claims_met(passages: Sequence[Reading], whole: Reading, desk_id: int | None = None) -> list[_Met]:
    """Return the open and concluded claims that the passages support, contradict or give context to."""
    known: dict[int, tuple[Claim, Reading, Reading | None]] = {}
    met: list[_Met] = []
    for passage in passages:
        for claim_id in _claims_near(passage, known, desk_id):
            claim, reading, context = known[claim_id]
            comparison = compare(reading, passage, whole, context)
            if comparison.stance != "unrelated":
                met.append(_Met(claim, passage, comparison))
    return met


def _claims_near(
    passage: Reading, known: dict[int, tuple[Claim, Reading, Reading | None]], desk_id: int | None
) -> list[int]:
    """Ask the index of claims for those nearest to a passage; read those not yet ``known``."""
    tokens = tuple(WeightedToken(*token) for token in evidence_query(passage))
    if not tokens:
        return []
    filters = {} if desk_id is None else {"desk": [str(desk_id)]}
    hits = search.get_backend().search("claims", Query(tokens, filters), limit=CLAIMS_FOUND).hits
    ids = [int(hit.id) for hit in hits]
    unread = Claim.objects.filter(
        pk__in=[id for id in ids if id not in known], state__in=OPEN_CLAIM_STATES | CONCLUDED
    )
    if desk_id is not None:
        # The index may be behind the database.
        unread = unread.filter(desk_id=desk_id)
    for claim in unread.select_related("desk", "claimant").prefetch_related(*CONTEXT_LOADED):
        known[claim.pk] = (claim, read_claim(claim), read_context(claim))
    return [id for id in ids if id in known]


def _heard(met: Iterable[_Met]) -> list[Heard]:
    """Return what says a concluded claim wholly; what only touches it, or denies it, is no repeat."""
    return [
        Heard(each.claim, each.passage, each.comparison.span)
        for each in met
        if each.claim.state in CONCLUDED
        and (each.comparison.stance, each.comparison.strength) == ("supports", "full")
    ]


def _place_of(document: Document) -> Place:
    return Place(
        document=document,
        outlet=document.outlet,
        moment=document.published_at,
        said_on=document.published_on,
        address=document.url,
    )


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
