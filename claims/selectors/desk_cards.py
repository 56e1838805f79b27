"""The evidence of one claim as cards on the screen: by stance, then by origin, with what people decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.functional import Promise

from claims.models import Citation, Claim, ClaimEvent, Evidence, EvidenceDecision, StanceChoice
from claims.selectors.evidence import by_stance
from claims.selectors.figure_wording import word_figure

#: The verbs of the history that tell of a decision on evidence; undo is one of them.
DECISION_VERBS = tuple(EvidenceDecision.Decision.values)


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A figure of the claim beside the passage's, in their own words and as they were read."""

    claim_words: str
    claim_read: str
    passage_words: str
    passage_read: str
    agreement: str


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision on a piece of evidence, as the history tells it."""

    at: datetime
    who: str
    did: str | Promise
    reason: str


@dataclass(frozen=True, slots=True)
class Card:
    """One piece of evidence; ``pieces`` are (words, whether they are marked) and join to the passage."""

    evidence: Evidence
    pieces: tuple[tuple[str, bool], ...]
    figures: tuple[ReadFigure, ...]
    decisions: tuple[Decided, ...]
    is_cited: bool


@dataclass(frozen=True, slots=True)
class OriginCards:
    name: str
    documents: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class StanceColumn:
    stance: StanceChoice
    documents: int
    origins: tuple[OriginCards, ...]
    rejected: tuple[Card, ...]


def evidence_for_desk(claim: Claim, verdict_id: int | None, former_id: int | None) -> list[Evidence]:
    """Return all evidence, best first, with ``cited`` and ``cited_before``: its place among the citations of
    the two verdicts, None where it has none. One query."""
    rows = (
        Evidence.objects.filter(claim=claim)
        .select_related("passage__document__outlet")
        .defer("passage__document__raw", "passage__document__text")
        .annotate(cited=_place_in(verdict_id), cited_before=_place_in(former_id))
    )
    return list(rows.order_by("-score", "pk"))


def _place_in(verdict_id: int | None) -> Subquery:
    cited: QuerySet[Citation] = Citation.objects.filter(verdict_id=verdict_id or 0, evidence=OuterRef("pk"))
    return Subquery(cited.values("ordinal")[:1])


def columns_of(
    claim: Claim, evidence: list[Evidence], events: Sequence[ClaimEvent]
) -> Iterable[StanceColumn]:
    """Return a column for every stance, an empty one too: “none found” is an answer."""
    decided = _decisions(events)
    for group in by_stance(evidence):
        yield StanceColumn(
            stance=group.stance,
            documents=group.documents,
            origins=tuple(
                OriginCards(
                    origin.name,
                    origin.documents,
                    tuple(_card(claim, piece, decided) for piece in origin.pieces),
                )
                for origin in group.origins
            ),
            rejected=tuple(_card(claim, piece, decided) for piece in group.rejected),
        )


def _decisions(events: Sequence[ClaimEvent]) -> dict[int, list[Decided]]:
    words = dict(EvidenceDecision.Decision.choices)
    decided: dict[int, list[Decided]] = defaultdict(list)
    for event in events:
        if event.verb in DECISION_VERBS and event.subject_kind == Evidence._meta.model_name:
            decided[event.subject_id].append(
                Decided(event.at, event.person_name, words[event.verb], event.note)
            )
    return decided


def _card(claim: Claim, evidence: Evidence, decided: dict[int, list[Decided]]) -> Card:
    text = evidence.passage.text
    return Card(
        evidence=evidence,
        pieces=marked_pieces(text, [(mark[0], mark[1]) for mark in evidence.marks]),
        figures=tuple(_figure(pair, claim.text, text) for pair in evidence.figures),
        decisions=tuple(decided.get(evidence.pk, ())),
        is_cited=getattr(evidence, "cited", None) is not None,
    )


def marked_pieces(text: str, marks: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """Cut ``text`` at the marks (code points, in any order, overlapping or not); the pieces join to it."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(marks):
        start, end = max(start, at), min(end, len(text))
        if end <= start:
            continue
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if at < len(text):
        pieces.append((text[at:], False))
    return tuple(pieces)


def _figure(pair: dict[str, dict[str, object]], claim_text: str, passage_text: str) -> ReadFigure:
    claim, passage = pair["claim"], pair["passage"]
    return ReadFigure(
        claim_words=_words(claim_text, claim["span"]),
        claim_read=word_figure(claim),
        passage_words=_words(passage_text, passage["span"]),
        passage_read=word_figure(passage),
        agreement=str(pair["agreement"]),
    )


def _words(text: str, span: object) -> str:
    return text[span[0] : span[1]] if isinstance(span, list) else ""
