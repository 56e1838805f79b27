"""Claims that state no figure: who took part, what was said or done, on which days.

A passage supports such a claim when it carries nearly all of its content in few sentences, and contradicts
it only where one clear word turns it round: a negation, an opposite, another head of the same body.
"""

from __future__ import annotations

from claims.corroboration.alignment import Coverage
from claims.corroboration.comparison import Comparison, Reason, Stance, Strength
from claims.corroboration.occasion import differences
from claims.corroboration.profile import Profile
from claims.language.readings import Span

SAID = 0.72
NEARLY_SAID = 0.6


def compare_statements(
    claim: Profile, passage: Profile, document: Profile, here: Coverage, whole: Coverage
) -> Comparison:
    """Compare a claim without figures with a passage of the same matter."""
    span = Span(0, len(passage.reading.text))
    marks = tuple(sorted({pair[1] for pair in here.pairs}))
    share = 0.75 * here.share + 0.25 * whole.share
    others = tuple(differences(claim, passage, document, None, span))
    if share < NEARLY_SAID or others:
        reasons = others or (Reason("part_of_the_matter"),)
        return Comparison("context", "partial", share, span, reasons, marks=marks)
    stance: Stance = "supports"
    strength: Strength = "full" if share >= SAID else "partial"
    return Comparison(stance, strength, share, span, (Reason("same_names_and_concepts"),), marks=marks)
