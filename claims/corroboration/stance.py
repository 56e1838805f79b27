"""What a passage says about a claim: supports, contradicts, context, or unrelated, with the reasons.

Three questions in this order: is it the same matter (names, concepts, day)? is it the same measure? do the
figures agree? A false contradiction costs more trust than a missed one, so doubt ends in context.
"""

from __future__ import annotations

from claims.corroboration.alignment import Coverage, coverage_of
from claims.corroboration.comparison import Comparison, FigurePair, Reason, Stance, Strength
from claims.corroboration.measure import Match, match_figures
from claims.corroboration.phase import compare_phases
from claims.corroboration.profile import Profile, profile_of
from claims.corroboration.statements import compare_statements
from claims.language.readings import Reading

#: Share of the claim's content that makes a passage be about the same matter.
NEAR_MATTER = 0.3
#: How surely two figures measure the same, before they may agree or differ.
SAME_MEASURE = 0.43
SURELY_SAME_MEASURE = 0.5


def compare(
    claim: Reading, passage: Reading, document: Reading, context: Reading | None = None
) -> Comparison:
    """Compare one passage with a claim; ``document`` (title and all) tells what the passage is about.

    ``context`` (the title of the claim's article, the update around it, its moment) tells where and when a
    bare claim stands; it only completes the place, the parties and the day that the claim leaves open.
    """
    return compare_profiles(profile_of(claim, context), profile_of(passage), profile_of(document))


def compare_profiles(claim: Profile, passage: Profile, document: Profile) -> Comparison:
    """Compare texts whose profiles are at hand, as ranking has them."""
    here, whole = coverage_of(claim, passage, document)
    theme = 0.6 * here.share + 0.4 * whole.share
    matches = match_figures(claim, passage, document, whole)
    if matches:
        settled = _by_figures(claim, matches, theme, here)
        if settled is not None:
            return settled
    elif (course := compare_phases(claim, passage, document)) is not None:
        return course
    if whole.share < NEAR_MATTER:
        return _comparison("unrelated", "partial", theme * 0.5, passage, here, (Reason("other_matter"),))
    if claim.figures:
        reasons = next((found for match in matches if (found := match.reasons or match.doubts)), ())
        reasons = reasons or (Reason("no_comparable_figure"),)
        pairs = tuple(FigurePair(match.claim, match.passage, "not_comparable") for match in matches)
        return _comparison("context", "partial", theme, passage, here, reasons, pairs)
    return compare_statements(claim, passage, document)


def _by_figures(claim: Profile, matches: list[Match], theme: float, here: Coverage) -> Comparison | None:
    """Return what the figures settle, or None where no pair can be compared with confidence."""
    comparable = [match for match in matches if not match.reasons and match.fit >= SAME_MEASURE]
    differing = [
        match
        for match in comparable
        if match.agreement == "different" and match.sure >= SURELY_SAME_MEASURE and not match.doubts
    ]
    agreeing = [m for m in comparable if m.agreement == "same"]
    if not differing and not agreeing:
        return None
    decisive = (differing or agreeing)[0]
    stance: Stance = "contradicts" if differing else "supports"
    complete = len(agreeing) == len({(f.low, f.high, f.unit) for f in claim.figures}) or bool(differing)
    strength: Strength = "full" if complete else "partial"
    reason = Reason(
        "figure_differs" if differing else "figure_agrees", decisive.claim.span, decisive.passage.span
    )
    pairs = tuple(
        FigurePair(match.claim, match.passage, match.agreement if match in comparable else "not_comparable")
        for match in matches
    )
    marks = tuple(sorted({*decisive.marks, decisive.passage.span}))
    score = min(1.0, 0.5 * theme + 0.5 * decisive.fit)
    return Comparison(stance, strength, score, decisive.passage.span, (reason,), pairs, marks)


def _comparison(
    stance: Stance,
    strength: Strength,
    score: float,
    passage: Profile,
    here: Coverage,
    reasons: tuple[Reason, ...],
    figures: tuple[FigurePair, ...] = (),
) -> Comparison:
    marks = tuple(sorted({pair[1] for pair in here.pairs}))
    return Comparison(stance, strength, score, passage.whole, reasons, figures, marks)
