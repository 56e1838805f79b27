"""Claims that state no figure: who took part, what was said or done, on which days.

A passage supports such a claim when neighbouring sentences carry nearly all of its content, and contradicts
it only where one clear word turns it round: a negation, an opposite, another day, another head of the body.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from claims.corroboration.alignment import Coverage, coverage, likeness, opposed
from claims.corroboration.comparison import Comparison, Reason, Stance, Strength
from claims.corroboration.dates import Days, compare_days
from claims.corroboration.occasion import differences
from claims.corroboration.profile import Profile, Unit
from claims.corroboration.roles import compare_heads
from claims.language.readings import Span

SAID = 0.85
NEARLY_SAID = 0.7
#: From here on, one word may turn a statement round.
SURELY_SAID = 0.75
#: A name or concept of this weight carries a statement; without it the rest says something else.
_CARRYING = 1.0
#: A negation denies a word this near after it.
_AT = 2
_SAME_WORD = 0.75
_TELLING = 0.7


@dataclass(frozen=True, slots=True)
class Stretch:
    """One or two neighbouring sentences of a passage with how much of the claim they carry."""

    span: Span
    units: tuple[Unit, ...]
    here: Coverage


def compare_statements(claim: Profile, passage: Profile, document: Profile) -> Comparison:
    """Compare a claim without figures with a passage of the same matter."""
    best = max(_stretches(claim, passage), key=lambda stretch: stretch.here.share)
    marks = tuple(sorted({pair[1] for pair in best.here.pairs}))
    share = best.here.share
    heads = compare_heads(claim, passage)
    if heads is not None:
        elsewhere = [
            reason
            for reason in differences(claim, passage, document, None, heads.sentence)
            if reason.code not in ("other_party", "afterwards")
        ]
        if not elsewhere:
            code = "same_head" if heads.headship == "same" else "other_head"
            reason = Reason(code, heads.claim_span, heads.passage_span)
            stance: Stance = "supports" if heads.headship == "same" else "contradicts"
            return Comparison(stance, "full", max(share, 0.7), heads.sentence, (reason,), marks=marks)
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
    if share >= SAID and (turn := _turned(claim, passage, best)):
        return Comparison("contradicts", "full", share, best.span, (turn,), marks=marks)
    lacking = [unit for unit in best.here.missed if _carries(unit)]
    if share < NEARLY_SAID or _lacks_person(best.here.missed, document) or len(lacking) > 1:
        return Comparison(
            "context", "partial", share * 0.9, best.span, (Reason("part_of_the_matter"),), marks=marks
        )
    if days is None and claim.days and not _came_out_then(claim, passage):
        return Comparison(
            "context", "partial", share * 0.9, best.span, (Reason("days_not_told"),), marks=marks
        )
    strength: Strength = "full" if share >= SAID else "partial"
    reasons = (Reason("same_names_and_concepts"),)
    return Comparison("supports", strength, share, best.span, reasons, marks=marks)


def _came_out_then(claim: Profile, passage: Profile) -> bool:
    """Tell whether a passage without a day came out on the one day that a claim speaks of, or the next."""
    published = passage.reading.published_at
    if published is None or len(claim.days) > 1:
        return False
    return timedelta(0) <= published.date() - min(claim.days) <= timedelta(days=1)


def _stretches(claim: Profile, passage: Profile) -> Iterator[Stretch]:
    one_language = claim.reading.language == passage.reading.language
    sentences: Sequence[Span] = passage.reading.sentences or (Span(0, len(passage.reading.text)),)
    for first, last in zip(sentences, (*sentences[1:], sentences[-1]), strict=True):
        span = Span(first.start, last.end)
        units = tuple(passage.within(span))
        yield Stretch(span, units, coverage(claim.content, units, one_language=one_language))


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


def _turned(claim: Profile, passage: Profile, stretch: Stretch) -> Reason | None:
    """Return what turns the statement round: an opposite word, or a negation on one side only.

    Everything else that carries the claim must be in the stretch, or the passage speaks of something else.
    """
    lacking = [unit for unit in stretch.here.missed if _carries(unit)]
    for one in claim.content:
        for two in stretch.units:
            if opposed(one, two) and lacking in ([], [one]) and not _met(one, stretch):
                return Reason("opposite", one.span, two.span)
    denied = _denials(claim, claim.content, stretch.units)
    denying = _denials(passage, stretch.units, claim.content)
    if not lacking and bool(denied) != bool(denying):
        return Reason("negation", denied[0] if denied else None, denying[0] if denying else None)
    return None


def _denials(profile: Profile, units: Sequence[Unit], others: Sequence[Unit]) -> list[Span]:
    """Return the negations that stand right before a word, no name, that the other text has too."""
    found = []
    for negation in profile.reading.negations:
        after = [unit for unit in units if unit.kind != "name" and unit.span.start >= negation.end]
        denied = min(after, key=lambda unit: unit.span.start, default=None)
        if denied is None or denied.weight < _TELLING or profile.distance(negation, denied.span) > _AT:
            continue
        if any(likeness(denied, other) >= _SAME_WORD for other in others):
            found.append(negation)
    return found


def _met(unit: Unit, stretch: Stretch) -> bool:
    return any(likeness(unit, other) >= 0.5 for other in stretch.units)


def _carries(unit: Unit) -> bool:
    return unit.kind != "term" and unit.weight >= _CARRYING


def _lacks_person(missed: Sequence[Unit], document: Profile) -> bool:
    """Tell whether a person of the claim is not in the passage, nor in its document."""
    persons = [unit for unit in missed if unit.name is not None and unit.name.kind == "person"]
    return any(all(likeness(person, other) < 0.5 for other in document.content) for person in persons)
