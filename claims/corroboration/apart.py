"""Held apart: what came after a meeting, or beside it, is another meeting.

“After the summit the two ministers sat together for an hour” tells how long they sat, not how long the summit was.
Invariant: a claim that is itself about such a side meeting is never held to be about the main one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from claims.corroboration.alignment import likeness
from claims.corroboration.comparison import Reason
from claims.corroboration.counted import StatedFigure
from claims.corroboration.profile import Profile
from claims.corroboration.units import Unit
from claims.corroboration.weights import MEETINGS
from claims.language.readings import Reading, Span

_AFTER: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"(?<!\w)(?:after|following|on the results of|on the sidelines of)(?!\w)", re.I),
    "uk": re.compile(r"(?<!\w)(?:після|по завершенні|за підсумками|на полях)(?!\w)", re.I),
    "ru": re.compile(r"(?<!\w)(?:после|по окончании|по завершении|по итогам|на полях)(?!\w)", re.I),
}
#: What comes after something names it this near after the “after”, in words.
_AFTER_REACH = 6
_APART: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"(?<!\w)(?:separate(?:ly)?|another|side|one more|private)(?!\w)", re.I),
    "uk": re.compile(r"(?<!\w)(?:окрем\w{1,3}|ще одн\w{1,3}|інш\w{1,3})(?!\w)", re.I),
    "ru": re.compile(
        r"(?<!\w)(?:отдельн\w{1,3}|ещё одн\w{1,3}|еще одн\w{1,3}|друг(?:ая|ой|ую|ие))(?!\w)", re.I
    ),
}
#: “Another” stands this near before its meeting, in code points.
_APART_REACH = 14


def afterwards(claim: Profile, passage: Profile, at: StatedFigure | None, stretch: Span) -> Iterator[Reason]:
    """What was held after the claim's event, or on its sidelines, is another one: “after the summit they met”."""
    pattern = _AFTER.get(passage.reading.language)
    asked = _AFTER.get(claim.reading.language)
    if pattern is None or (asked and asked.search(claim.reading.text)):
        return
    held = [unit for unit in claim.content if _is_occasion(unit)]
    if not held:
        return
    around = passage.with_previous(stretch)
    # What follows its figure (“two hours, after a longer session”) tells of the time before.
    for found in pattern.finditer(passage.reading.text, around.start, at.span.start if at else around.end):
        word = Span(*found.span())
        reach = passage.clause_of(word).end
        following = [
            unit
            for unit in passage.within(Span(word.end, reach))
            if passage.distance(word, unit.span) <= _AFTER_REACH
        ]
        before = [unit for unit in following if any(likeness(unit, one) > 0.5 for one in held)]
        others = [
            unit for unit in passage.within(stretch) if unit.span.start > reach or unit.span.end <= word.start
        ]
        if before and not any(unit.ids & one.ids for unit in others for one in held if one.kind == "concept"):
            yield Reason("afterwards", held[0].span, before[0].span)
            return


def is_held_afterwards(claim: Profile) -> bool:
    """Tell whether a claim is itself about what was held after something else, or apart from it."""
    return tells_apart(claim.reading, claim.whole)


def tells_apart(reading: Reading, stretch: Span) -> bool:
    """Tell whether a stretch has a word for what comes after something, or is held apart from it."""
    patterns = (_AFTER.get(reading.language), _APART.get(reading.language))
    return any(pattern and pattern.search(reading.text, stretch.start, stretch.end) for pattern in patterns)


def held_apart(claim: Profile, passage: Profile, at: StatedFigure | None, stretch: Span) -> Iterator[Reason]:
    """A meeting that is called separate, or another one, is not the one that a claim speaks of without ado."""
    pattern = _APART.get(passage.reading.language)
    if pattern is None or is_held_afterwards(claim):
        return
    held = [unit for unit in claim.content if unit.ids & MEETINGS]
    end = at.span.start if at else stretch.end
    start = passage.with_previous(passage.with_previous(stretch)).start
    told = [unit for unit in passage.units if start <= unit.span.start < end and unit.ids & MEETINGS]
    for found in pattern.finditer(passage.reading.text, start, end):
        word = Span(*found.span())
        apart = [unit for unit in told if 0 <= unit.span.start - word.end <= _APART_REACH]
        since = [unit for unit in told if apart and unit.span > apart[-1].span]
        # “Another meeting … this conversation lasted”, unless the claim's own meeting was named since.
        if held and apart and not any(unit.ids & one.ids for unit in since for one in held):
            yield Reason("held_apart", held[0].span, apart[-1].span)
            return


def _is_occasion(unit: Unit) -> bool:
    return unit.is_place or bool(unit.ids & MEETINGS)
