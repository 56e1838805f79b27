"""Claims that state no figure: who took part, what was said or done, on which days.

A passage supports such a claim when neighbouring sentences carry nearly all of its content, and contradicts
it only where one clear word turns it round: a negation, an opposite, another day, another head of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from claims.corroboration.alignment import likeness
from claims.corroboration.assertion import (
    Assertion,
    Carried,
    assertion_of,
    carried,
    is_decision,
    names_one_of,
    speaker_met,
)
from claims.corroboration.comparison import Comparison, Reason, Stance, Strength
from claims.corroboration.dates import Days, compare_days
from claims.corroboration.manner import looks_done
from claims.corroboration.occasion import differences
from claims.corroboration.profile import Profile
from claims.corroboration.roles import compare_heads
from claims.corroboration.units import Unit
from claims.language.readings import Span

SAID = 0.85
NEARLY_SAID = 0.7
#: One of two things that a claim has someone say.
PARTLY_SAID = 0.45
#: From here on, one word may turn a statement round.
SURELY_SAID = 0.75
#: A name or concept of this weight carries a statement; without it the rest says something else.
_CARRYING = 1.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """One or two neighbouring sentences of a passage with how much of the claim they carry."""

    span: Span
    here: Carried


def compare_statements(claim: Profile, passage: Profile, document: Profile) -> Comparison:
    """Compare a claim without figures with a passage of the same matter."""
    heads = _by_heads(claim, passage, document)
    if heads is not None:
        return heads
    asserted = assertion_of(claim)
    best = max(_stretches(claim, passage, document, asserted), key=lambda stretch: stretch.here.share)
    marks = tuple(sorted({pair[1] for pair in best.here.pairs}))
    share = best.here.share
    days = compare_days(claim, passage, best.span)
    others = tuple(
        reason
        for reason in differences(claim, passage, document, None, best.span)
        if days is None or reason.code not in ("other_day", "before_the_day")
    )
    if others:
        return Comparison("context", "partial", share * 0.8, best.span, others, marks=marks)
    if days is not None and share >= NEARLY_SAID:
        return _by_days(days, best, marks)
    lacking = [unit for unit in best.here.missed if _carries(unit)]
    undone = _is_undone(asserted, passage, best)
    if best.here.turned:
        if share >= SURELY_SAID and not lacking and not undone and not best.here.loose:
            turn = Reason("opposite" if _is_opposite(best) else "negation", *best.here.turned[0])
            return Comparison("contradicts", "full", share, best.span, (turn,), marks=marks)
        return _tells_a_part(share, best, marks)
    told = [pair[1] for pair in best.here.pairs]
    untold = not speaker_met(asserted, passage, best.span, told, document)
    # What denies is only borne out by what denies the same.
    untold = untold or any(unit in best.here.missed for unit, _negation in asserted.denied)
    if share < NEARLY_SAID and not untold and _says_one_of_several(claim, asserted, passage, best):
        reasons = (Reason("part_of_the_matter"),)
        return Comparison("supports", "partial", share, best.span, reasons, marks=marks)
    if (
        share < NEARLY_SAID
        or untold
        or undone
        or len(lacking) > 1
        or _lacks_person(best.here.missed, document)
    ):
        return _tells_a_part(share, best, marks)
    if days is None and claim.days and not _came_out_then(claim, passage):
        return Comparison(
            "context", "partial", share * 0.9, best.span, (Reason("days_not_told"),), marks=marks
        )
    strength: Strength = "full" if share >= SAID else "partial"
    reasons = (Reason("same_names_and_concepts"),)
    return Comparison("supports", strength, share, best.span, reasons, marks=marks)


def _is_undone(asserted: Assertion, passage: Profile, best: Stretch) -> bool:
    """Tell whether the passage does not say the claim's deed, and says another or leaves a decision out."""
    undone = [unit for unit in best.here.missed if unit in asserted.deeds]
    others = [
        unit
        for unit in passage.within(best.span)
        if unit.kind == "concept" and unit.weight >= 1.0 and looks_done(passage.reading, unit.span)
    ]
    met = [pair[1] for pair in best.here.pairs]
    other_deed = any(unit.span not in met for unit in others)
    return bool(undone) and (other_deed or any(is_decision(unit) for unit in undone))


_AND = re.compile(r"(?<!\w)(?:and|і|й|та|и)(?!\w)", re.IGNORECASE)


def _says_one_of_several(claim: Profile, asserted: Assertion, passage: Profile, best: Stretch) -> bool:
    """Tell whether the same speaker says one of the several things that a claim has them say, and closely so."""
    several = asserted.speakers and _AND.search(claim.reading.text)
    if not several or best.here.turned or best.here.share < PARTLY_SAID:
        return False
    met = {pair[0] for pair in best.here.pairs}
    heavy = [unit for unit in asserted.core if unit.kind == "concept" and unit.weight >= 1.0]
    return any(unit.span in met for unit in heavy) and names_one_of(
        asserted.speakers, passage.within(best.span)
    )


def _tells_a_part(share: float, best: Stretch, marks: tuple[Span, ...]) -> Comparison:
    reasons = (Reason("part_of_the_matter"),)
    return Comparison("context", "partial", share * 0.9, best.span, reasons, marks=marks)


def _by_heads(claim: Profile, passage: Profile, document: Profile) -> Comparison | None:
    heads = compare_heads(claim, passage)
    if heads is None:
        return None
    for reason in differences(claim, passage, document, None, heads.sentence):
        if reason.code not in ("other_party", "afterwards", "held_apart"):
            return None
    code = "same_head" if heads.headship == "same" else "other_head"
    stance: Stance = "supports" if heads.headship == "same" else "contradicts"
    reasons = (Reason(code, heads.claim_span, heads.passage_span),)
    return Comparison(stance, "full", 0.8, heads.sentence, reasons, marks=(heads.passage_span,))


def _is_opposite(best: Stretch) -> bool:
    """Tell whether words of opposite meaning turn the statement, and no negation."""
    turned = best.here.turned[0]
    return turned in best.here.pairs


def _came_out_then(claim: Profile, passage: Profile) -> bool:
    """Tell whether a passage without a day came out on the one day that a claim speaks of, or the next."""
    published = passage.reading.published_at
    if published is None or len(claim.days) > 1:
        return False
    return timedelta(0) <= published.date() - min(claim.days) <= timedelta(days=1)


def _stretches(claim: Profile, passage: Profile, document: Profile, asserted: Assertion) -> Iterator[Stretch]:
    one_language = claim.reading.language == passage.reading.language
    sentences: Sequence[Span] = passage.reading.sentences or (passage.whole,)
    for first, last in zip(sentences, (*sentences[1:], sentences[-1]), strict=True):
        span = Span(first.start, last.end)
        units = passage.within(span)
        yield Stretch(span, carried(asserted, passage, units, document, one_language=one_language))


def _by_days(days: Days, best: Stretch, marks: tuple[Span, ...]) -> Comparison:
    share = best.here.share
    whole = share >= SURELY_SAID and not any(_carries(unit) for unit in best.here.missed) and days.bound
    reason = Reason(f"days_{days.agreement}", days.claim_span, days.passage_span)
    marks = tuple(sorted({*marks, days.passage_span}))
    if days.agreement == "same":
        return Comparison("supports", "full", share, days.passage_span, (reason,), marks=marks)
    if days.agreement == "different" and whole:
        return Comparison("contradicts", "full", share, days.passage_span, (reason,), marks=marks)
    return Comparison("context", "partial", share * 0.9, best.span, (reason,), marks=marks)


def _carries(unit: Unit) -> bool:
    return unit.kind != "term" and unit.weight >= _CARRYING


def _lacks_person(missed: Sequence[Unit], document: Profile) -> bool:
    """Tell whether a person of the claim is not in the passage, nor in its document."""
    persons = [unit for unit in missed if unit.name is not None and unit.name.kind == "person"]
    return any(all(likeness(person, other) < 0.5 for other in document.content) for person in persons)
