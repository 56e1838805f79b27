"""Is this claim one that was checked before? What two claims share, and whether they differ in a figure.

The same words with another figure are not the same claim, and are said to be so: that is its own answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from claims.corroboration.alignment import coverage, likeness
from claims.corroboration.comparison import FigurePair, Reason
from claims.corroboration.counted import stated_figures
from claims.corroboration.measure import match_figures
from claims.corroboration.profile import Profile, profile_of
from claims.corroboration.units import Unit
from claims.language.readings import Reading
from claims.language.tokens import index_tokens

#: How much one token of a field counts when earlier claims are asked for. Words count most here: a claim is
#: matched with what was said, while evidence is matched with what happened.
FIELD_WEIGHTS = {"terms": 1.0, "names": 0.3, "concepts": 0.6, "figures": 0.3, "dates": 0.3}
#: Share of the content of both claims from which they may say the same.
SAME_MATTER = 0.6

Kinship = Literal["same", "other_figure", "related"]


@dataclass(frozen=True, slots=True)
class ClaimMatch:
    """How an earlier claim stands to a new one. Reasons point into the new claim (``claim_span``) and the
    earlier one (``passage_span``); ``share`` in [0, 1] is how much of both is shared."""

    kinship: Kinship
    share: float
    reasons: tuple[Reason, ...]
    figures: tuple[FigurePair, ...] = ()


def matching_query(claim: Reading) -> tuple[tuple[str, str, float], ...]:
    """Return ``(field, token, weight)`` for each distinct token of a claim or of words that may repeat one."""
    return tuple(
        (field, token, FIELD_WEIGHTS[field])
        for field, tokens in index_tokens(claim).items()
        for token in dict.fromkeys(tokens.split())
        # What is only a kind of the same thing is another claim more often than the same one.
        if not token.startswith("^")
    )


def explain_match(claim: Reading, earlier: Reading) -> ClaimMatch:
    """Tell what an earlier claim shares with a new one, and whether it is the same claim."""
    new, old = profile_of(claim), profile_of(earlier)
    one_language = claim.language == earlier.language
    there = coverage(new.content, old.content, one_language=one_language)
    back = coverage(old.content, new.content, one_language=one_language)
    share = (there.share + back.share) / 2
    matches = match_figures(new, old, old, there)
    figures = tuple(FigurePair(match.claim, match.passage, match.agreement) for match in matches)
    reasons = tuple(_shared(new, old))
    if share < SAME_MATTER or (stated_figures(old) and not figures):
        # What leaves out the earlier claim's figure, or counts another thing, does not say it again.
        return ClaimMatch("related", share, reasons, figures)
    differing = [pair for pair in figures if pair.agreement == "different"]
    if differing:
        reasons += tuple(
            Reason("same_words_other_figure", pair.claim.span, pair.passage.span) for pair in differing
        )
        return ClaimMatch("other_figure", share, reasons, figures)
    return ClaimMatch("same", share, reasons, figures)


def _shared(new: Profile, old: Profile) -> list[Reason]:
    found: list[Reason] = []
    for unit in new.content:
        met = next((other for other in old.content if likeness(unit, other) >= 0.5), None)
        if met is not None:
            found.append(Reason(_CODES[unit.kind], unit.span, met.span, _words(new, unit)))
    return found


_CODES = {"name": "shared_name", "concept": "shared_concept", "term": "shared_word"}


def _words(profile: Profile, unit: Unit) -> tuple[tuple[str, str], ...]:
    return (("words", unit.span.of(profile.reading.text)),)
