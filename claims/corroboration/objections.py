"""What speaks against holding two figures against each other at all, each as a reason that a person can read.

Invariant: a figure with an objection neither agrees nor differs, whatever its value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from claims.corroboration.alignment import likeness, opposed
from claims.corroboration.comparison import Reason
from claims.corroboration.counted import (
    COUNTED,
    SURELY_ALIKE,
    TELLING,
    counted_by,
    deeds_of,
    stands_at_place,
)
from claims.corroboration.kinship import rivals_of
from claims.corroboration.manner import (
    course_of,
    is_done,
    is_per_side,
    is_planned,
    looks_done,
    part_words,
)
from claims.corroboration.occasion import differences
from claims.corroboration.profile import Profile, Unit
from claims.corroboration.weights import FATES, MEETINGS
from claims.language.readings import Quantity, Span

_AGREED = frozenset("agree agreement promise plan treaty-text memorandum".split())
_DAY = 86_400
_TOTAL: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"(?<!\w)(?:in all|in total|altogether|a total of|overall)(?!\w)", re.IGNORECASE),
    "uk": re.compile(r"(?<!\w)(?:разом|загалом|усього|всього|у підсумку)(?!\w)", re.IGNORECASE),
    "ru": re.compile(r"(?<!\w)(?:всего|итого|вместе|в общей сложности|в целом)(?!\w)", re.IGNORECASE),
}


def objections(
    figure: Quantity,
    claim: Profile,
    mine: Sequence[Unit],
    other: Quantity,
    passage: Profile,
    theirs: Sequence[Unit],
    document: Profile,
    sentence: Span,
) -> Iterator[Reason]:
    """Yield what speaks against holding the two figures against each other."""
    yield from differences(claim, passage, document, other, sentence)
    yield from _elsewhere(claim, passage, other, sentence)
    if figure.unit == other.unit == "count":
        yield from _other_counted(claim, figure, mine, passage, other, theirs)
    for one in mine:
        for two in theirs:
            if opposed(one, two) and not any(likeness(one, third) == 1.0 for third in theirs):
                yield Reason("opposite", one.span, two.span)
    yield from _rival(mine, theirs)
    yield from _other_deed(claim, figure, mine, passage, other, theirs)
    if _is_share_of_total(passage, other):
        yield Reason("part_or_whole", figure.span, other.span)
    asked = claim.clause_of(figure.span)
    told = passage.clause_of(other.span)
    plans = is_planned(claim.reading, asked), is_planned(passage.reading, told)
    # What was agreed is yet to be done, so a plan may tell of it.
    agreed = any(unit.ids & _AGREED for unit in claim.content)
    if (plans[0] and is_done(passage.reading, told)) or (
        plans[1] and is_done(claim.reading, asked) and not agreed
    ):
        yield Reason("plan_or_result", figure.span, other.span)
    if _is_days_against_hours(claim, figure, other):
        yield Reason("part_or_whole", figure.span, other.span)
    if figure.unit not in ("count", "s"):
        courses = {course_of(claim.reading, figure), course_of(passage.reading, other)}
        if courses == {"level", "change"}:
            yield Reason("level_or_change", figure.span, other.span)
    if is_per_side(claim.reading, figure) and not is_per_side(passage.reading, other):
        yield Reason("part_or_whole", figure.span, other.span)
    in_its_place = stands_at_place(claim, passage, other)
    if not in_its_place and part_words(passage.reading, told) and not part_words(claim.reading, asked):
        yield Reason("part_or_whole", figure.span, other.span)


def _is_days_against_hours(claim: Profile, figure: Quantity, other: Quantity) -> bool:
    """Tell whether one is how many days a meeting runs and the other how many hours they sat."""
    if not figure.unit == other.unit == "s" or not any(unit.ids & MEETINGS for unit in claim.content):
        return False
    lengths = sorted((each.low or each.high or 0.0) for each in (figure, other))
    return lengths[0] < _DAY <= lengths[1]


def _other_deed(
    claim: Profile,
    figure: Quantity,
    mine: Sequence[Unit],
    passage: Profile,
    other: Quantity,
    theirs: Sequence[Unit],
) -> Iterator[Reason]:
    """Yield where both say what was done, and it is not the same: launched and shot down, sat and waited."""
    if figure.unit not in ("count", "%", "s"):
        return
    asked, told = deeds_of(claim, figure, mine), deeds_of(passage, other, theirs)
    around = passage.within(passage.clause_of(other.span))
    if figure.unit == "s":
        around = passage.within(passage.with_previous(passage.sentence_of(other.span)))
        told = [unit for unit in around if unit.kind == "concept" and unit.weight >= TELLING] or told
    elif verbs := [unit for unit in asked if looks_done(claim.reading, unit.span)]:
        # Where both have a verb of their own, the verbs tell; else whatever stands around.
        asked = verbs
        if own := [unit for unit in told if looks_done(passage.reading, unit.span)]:
            told = around = own
    if not asked or not told:
        return
    if not any(likeness(one, two) >= 0.5 for one in asked for two in (*told, *around)):
        yield Reason("other_measure", asked[0].span, told[0].span)


def _is_share_of_total(profile: Profile, figure: Quantity) -> bool:
    """Tell whether a total stands in the same sentence: “175 soldiers and two others, 177 in all”."""
    pattern = _TOTAL.get(profile.reading.language)
    sentence = profile.sentence_of(figure.span)
    if pattern is None:
        return False
    rivals = [
        other for other in profile.figures if other.unit == figure.unit and other.span.overlaps(sentence)
    ]
    totals = [other for other in rivals if pattern.search(_around(profile, other))]
    return bool(totals) and figure not in totals and len(rivals) > 2


def _around(profile: Profile, figure: Quantity) -> str:
    clause = profile.clause_of(figure.span)
    return clause.of(profile.reading.text)


def _elsewhere(claim: Profile, passage: Profile, other: Quantity, sentence: Span) -> Iterator[Reason]:
    """Yield where the claim's place stands at another figure of the sentence: “nine in all, four in the city”."""
    rivals = [
        figure
        for figure in passage.figures
        if figure is not other and figure.unit == other.unit and figure.span.overlaps(sentence)
    ]
    places = [unit for unit in claim.content if unit.name is not None and unit.name.kind == "place"]
    for here in passage.within(sentence):
        if rivals and any(likeness(place, here) > 0.5 for place in places):
            nearest = min([other, *rivals], key=lambda figure: passage.distance(here.span, figure.span))
            # “23 dead and 9 missing in Lviv” tells of the city for both, “30 hurt, 9 in Lviv” for the second.
            own_clause = not nearest.span.overlaps(passage.clause_of(other.span))
            if nearest is not other and own_clause and passage.distance(here.span, nearest.span) <= COUNTED:
                yield Reason("other_place", passage_span=here.span)


def _rival(mine: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[Reason]:
    """Yield where the passage counts what is counted apart from what the claim counts (killed, hurt)."""
    for one in mine:
        if one.kind != "concept" or any(likeness(one, two) >= 0.5 for two in theirs):
            continue
        rivals = frozenset().union(*(rivals_of(concept) for concept in one.ids))
        for two in theirs:
            if rivals & two.ids and not any(likeness(two, third) >= 0.5 for third in mine):
                yield Reason("other_measure", one.span, two.span)


def _other_counted(
    claim: Profile,
    figure: Quantity,
    mine: Sequence[Unit],
    passage: Profile,
    other: Quantity,
    theirs: Sequence[Unit],
) -> Iterator[Reason]:
    one, two = counted_by(claim, figure), counted_by(passage, other)
    if one is None or two is None or likeness(one, two) >= 0.5:
        return
    # “18 dead” and “killed 18 people” count the same, one by its noun and one by its verb.
    met = bool(one.ids & FATES) and any(likeness(one, unit) >= SURELY_ALIKE for unit in theirs)
    if not met and not (two.ids & FATES and any(likeness(two, unit) >= SURELY_ALIKE for unit in mine)):
        yield Reason("other_counted", one.span, two.span)
