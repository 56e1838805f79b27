"""What a passage says about a claim: supports, contradicts, context, or unrelated, with the reasons.

Three questions in this order: is it the same event (names, concepts, day)? is it the same measure? do the
figures agree? A false contradiction costs more trust than a missed one, so doubt ends in context.
"""

from __future__ import annotations

from claims.corroboration.comparison import Comparison, FigurePair, Reason, Stance, Strength
from claims.corroboration.figures import figures_agree
from claims.language.readings import Quantity, Reading, Span
from claims.language.tokens import index_tokens

#: Share of the claim's names and concepts that a document must carry to be about the same matter.
SAME_MATTER = 0.45
NEAR_MATTER = 0.25
_WEIGHTS = {"names": 2.0, "concepts": 1.0, "terms": 0.3}


def compare(claim: Reading, passage: Reading, document: Reading) -> Comparison:
    """Compare one passage with a claim; ``document`` (title and all) tells what the passage is about."""
    here = _overlap(claim, passage)
    around = max(here, _overlap(claim, document))
    score = 0.6 * here + 0.4 * around
    marks = _marks(claim, passage)
    whole = Span(0, len(passage.text))
    if around < NEAR_MATTER:
        return Comparison("unrelated", "partial", score, whole, (Reason("other_matter"),))
    other_day = _other_day(claim, passage)
    if other_day is not None:
        return Comparison("context", "partial", score * 0.6, whole, (other_day,), marks=marks)
    pairs = _figure_pairs(claim, passage)
    if pairs:
        return _by_figures(pairs, around, score, marks)
    if not claim.quantities and here >= SAME_MATTER:
        return Comparison(
            "supports", "partial", score, whole, (Reason("same_names_and_concepts"),), marks=marks
        )
    return Comparison("context", "partial", score, whole, (Reason("same_matter_no_figure"),), marks=marks)


def _by_figures(
    pairs: tuple[FigurePair, ...], around: float, score: float, marks: tuple[Span, ...]
) -> Comparison:
    differing = [pair for pair in pairs if pair.agreement == "different"]
    settled: Stance = "contradicts" if differing else "supports"
    sure = around >= SAME_MATTER
    strength: Strength = "full" if sure else "partial"
    decisive = (differing or list(pairs))[0]
    code = "figure_differs" if differing else "figure_agrees"
    reason = Reason(code, decisive.claim.span, decisive.passage.span)
    stance: Stance = settled if sure else "context"
    return Comparison(stance, strength, score, decisive.passage.span, (reason,), pairs, marks)


def _overlap(claim: Reading, other: Reading) -> float:
    wanted, found = index_tokens(claim), index_tokens(other)
    total = matched = 0.0
    for field, weight in _WEIGHTS.items():
        present = set(found[field].split())
        for token in set(wanted[field].split()):
            total += weight
            matched += weight * (token in present)
    return matched / total if total else 0.0


def _other_day(claim: Reading, passage: Reading) -> Reason | None:
    """Return the reason when both name days and none of them is the same."""
    wanted = set(index_tokens(claim)["dates"].split())
    found = set(index_tokens(passage)["dates"].split())
    if wanted and found and not wanted & found:
        return Reason("other_day", passage_span=passage.times[0].span)
    return None


def _figure_pairs(claim: Reading, passage: Reading) -> tuple[FigurePair, ...]:
    """Pair each figure of the claim with its nearest counterpart of the same unit: an agreeing one first."""
    pairs: list[FigurePair] = []
    for wanted in claim.quantities:
        same_unit = [found for found in passage.quantities if found.unit == wanted.unit]
        if same_unit:
            agreeing: list[Quantity] = [found for found in same_unit if figures_agree(wanted, found)]
            counterpart = (agreeing or same_unit)[0]
            pairs.append(FigurePair(wanted, counterpart, "same" if agreeing else "different"))
    return tuple(pairs)


def _marks(claim: Reading, passage: Reading) -> tuple[Span, ...]:
    concepts = {concept.concept for concept in claim.concepts}
    keys = {key for name in claim.names for key in name.keys}
    spans = [concept.span for concept in passage.concepts if concept.concept in concepts]
    spans += [name.span for name in passage.names if keys & set(name.keys)]
    return tuple(sorted(set(spans)))
