"""What a comparison of a claim with a passage yields: a stance with its reasons, as data.

Reasons carry codes and spans, never sentences; the edge words them in the reader's language. A stance is a
suggestion for a person to weigh and never a verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from claims.language.readings import Quantity, Span

Stance = Literal["supports", "contradicts", "context", "unrelated"]
Strength = Literal["full", "partial"]
Agreement = Literal["same", "different", "not_comparable"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: ``code`` names the rule, spans point at the words in claim and passage.

    ``details`` are values for the sentence (names, days, units), already readable.
    """

    code: str
    claim_span: Span | None = None
    passage_span: Span | None = None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FigurePair:
    """A figure of the claim beside its counterpart in the passage, as both were read."""

    claim: Quantity
    passage: Quantity
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome for one passage. ``span`` is the stretch of the passage that settles the claim, ``score``
    in [0, 1] how well event, time and measure agree; ``marks`` are the words that mattered."""

    stance: Stance
    strength: Strength
    score: float
    span: Span
    reasons: tuple[Reason, ...] = ()
    figures: tuple[FigurePair, ...] = ()
    marks: tuple[Span, ...] = ()
