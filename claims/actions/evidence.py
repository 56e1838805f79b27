"""Gathering evidence for a claim: plan, search with no transaction open, record if the plan still holds.

What the machine finds is a suggestion: a stance that a person has decided on is never changed by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from claims import search
from claims.actions.collecting import collector_waits
from claims.actions.history import append_event
from claims.actions.notices import notify_followers
from claims.actions.reading import keep_readings
from claims.actions.translation import translate_claim
from claims.corroboration.comparison import Comparison, Reason
from claims.corroboration.context import context_reasons
from claims.corroboration.origins import Origin, OriginText, group_origins
from claims.corroboration.ranking import Ranked, rank
from claims.language.readings import Quantity, Span
from claims.models import Claim, Evidence, Notice, Passage, StanceChoice
from claims.rules.lifecycle import OPEN_CLAIM_STATES
from claims.rules.permissions import MACHINE
from claims.search.claim_context import CONTEXT_LOADED, read_context
from claims.search.documents import missing_readings, read_claim
from claims.search.kept_readings import WITH_READINGS
from claims.search.retrieval import candidates, find_passages

#: How much context is kept beside what settles a claim.
CONTEXT_KEPT = 30
#: Reasons that speak of the occasion, which a bare claim takes from its article.
_ON_OCCASION = frozenset({"other_day", "other_place", "other_party", "other_time", "day_not_claimed"})

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One passage with how it compares, the report that it belongs to, and what its claim left to its article."""

    passage: Passage
    comparison: Comparison
    score: float
    origin: Origin
    taken_over: tuple[Reason, ...] = ()


def gather_evidence(claim_id: int, progress: Progress) -> None:
    """Search the sources for one claim and record the evidence; safe to run again at any point.

    Raises ``SearchUnavailable`` when the engine cannot be trusted: nothing is recorded then.
    """
    open_claims = Claim.objects.filter(state__in=OPEN_CLAIM_STATES).select_related("desk")
    claim = open_claims.prefetch_related(*CONTEXT_LOADED).filter(pk=claim_id).first()
    if claim is None:
        return
    with collector_waits():
        progress(0, 3, "search")
        passages = retrieve(claim)
        progress(1, 3, "compare")
        findings = weigh(claim, passages)
        keep_readings(missing_readings(passage for passage, _score in passages))
        progress(2, 3, "record")
        _record(claim, findings)
    progress(3, 3, "")


def retrieve(claim: Claim) -> list[tuple[Passage, float]]:
    """Return passages with their retrieval scores, best first; only what the database still shows."""
    hits = find_passages(search.get_backend(), read_claim(claim), translate_claim(claim), read_context(claim))
    found = (
        Passage.objects.filter(retired=False)
        .select_related(*WITH_READINGS)
        .defer("document__raw")
        .in_bulk([id for id, _score in hits])
    )
    return [(found[id], score) for id, score in hits if id in found]


def weigh(claim: Claim, passages: Sequence[tuple[Passage, float]]) -> list[Finding]:
    """Compare each passage with the claim and group what bears on it by origin, best first."""
    by_id = {passage.pk: passage for passage, _score in passages}
    reading, context = read_claim(claim), read_context(claim)
    compared = candidates(passages)
    ranked = _without_surplus(rank(reading, compared, context))
    taken_over = context_reasons(reading, context)
    read = {by_id[each.id].document_id: each.document for each in compared}
    documents = {by_id[entry.id].document_id: by_id[entry.id].document for entry in ranked}
    origins = group_origins(
        [
            OriginText(id=str(document.pk), outlet=document.outlet.name, reading=read[document.pk])
            for document in documents.values()
        ]
    )
    return [
        Finding(
            by_id[entry.id],
            entry.comparison,
            entry.score,
            origins[str(by_id[entry.id].document_id)],
            taken_over if _rests_on_context(entry.comparison) else (),
        )
        for entry in ranked
    ]


def _rests_on_context(comparison: Comparison) -> bool:
    """Tell whether a person should see that the event or the day came from the claim's article."""
    return comparison.stance != "context" or any(reason.code in _ON_OCCASION for reason in comparison.reasons)


def _without_surplus(ranked: Iterable[Ranked]) -> list[Ranked]:
    """Leave out what is unrelated, and context beyond what a person would look through."""
    kept: list[Ranked] = []
    context = 0
    for entry in ranked:
        stance = entry.comparison.stance
        context += stance == "context"
        if stance != "unrelated" and (stance != "context" or context <= CONTEXT_KEPT):
            kept.append(entry)
    return kept


def _record(plan: Claim, findings: Sequence[Finding]) -> None:
    """Write the findings; drop them when the claim has moved on or was asked for anew meanwhile."""
    with transaction.atomic():
        current = Claim.objects.select_for_update().filter(
            pk=plan.pk, text=plan.text, gather_round=plan.gather_round, state__in=OPEN_CLAIM_STATES
        )
        if not current.update(gathered_at=timezone.now()):
            return
        fresh = upsert_evidence(plan.pk, findings)
        kept = [finding.passage.pk for finding in findings]
        Evidence.objects.filter(
            claim_id=plan.pk, state=Evidence.State.FOUND, decisions__isnull=True, citations__isnull=True
        ).exclude(passage_id__in=kept).delete()
        append_event(
            actor=MACHINE,
            subject=plan,
            verb="gathered",
            claim_id=plan.pk,
            details={"round": plan.gather_round, "passages": len(findings)},
        )
        _tell_of_contradiction(plan, fresh)


def _tell_of_contradiction(claim: Claim, fresh: Sequence[Evidence]) -> None:
    """Tell who follows the claim what now speaks against it wholly; whoever logged it sees the first round."""
    against = [
        piece
        for piece in fresh
        if (piece.stance, piece.strength) == (StanceChoice.CONTRADICTS, Evidence.Strength.FULL)
    ]
    if not against:
        return
    best = max(against, key=lambda piece: piece.score).passage
    notify_followers(
        Notice.Kind.CONTRADICTED,
        about=claim,
        note=f"{best.document.outlet.name}: {best.text}",
        once=f"{claim.pk}:{claim.gather_round}",
        logger_too=claim.gather_round > 1,
    )


def upsert_evidence(claim_id: int, findings: Sequence[Finding]) -> list[Evidence]:
    """Write each finding on its unique row; where a person has decided, only the suggestion is refreshed.

    Return what was not known before.
    """
    standing = {
        row.passage_id: row
        for row in Evidence.objects.filter(claim_id=claim_id).prefetch_related("decisions")
    }
    fresh: list[Evidence] = []
    for finding in findings:
        suggested = _suggestion(finding)
        row = standing.get(finding.passage.pk)
        if row is None:
            fresh.append(
                Evidence(
                    claim_id=claim_id, passage=finding.passage, stance=finding.comparison.stance, **suggested
                )
            )
            continue
        if not row.decisions.all():
            suggested["stance"] = finding.comparison.stance
        # Mostly nothing has changed since the last round, and what has not is not written again.
        changed = [name for name, value in suggested.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, suggested[name])
        if changed:
            row.save(update_fields=changed)
    return Evidence.objects.bulk_create(fresh)


def _suggestion(finding: Finding) -> dict[str, Any]:
    comparison = finding.comparison
    return {
        "machine_stance": comparison.stance,
        "strength": comparison.strength,
        "score": finding.score,
        "reasons": [_reason_row(reason) for reason in (*comparison.reasons, *finding.taken_over)],
        "figures": [
            {
                "claim": _figure_row(pair.claim),
                "passage": _figure_row(pair.passage),
                "agreement": pair.agreement,
            }
            for pair in comparison.figures
        ],
        "marks": [_pair(span) for span in comparison.marks],
        "start": comparison.span.start,
        "end": comparison.span.end,
        "origin": finding.origin.key,
        "origin_name": finding.origin.name,
        "origin_reason": dict(finding.origin.reason),
    }


def _reason_row(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "claim_span": _pair(reason.claim_span),
        "passage_span": _pair(reason.passage_span),
        "details": dict(reason.details),
    }


def _figure_row(quantity: Quantity) -> dict[str, Any]:
    row = asdict(quantity)
    row["span"] = _pair(quantity.span)
    return row


def _pair(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None
