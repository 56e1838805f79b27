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
    StatedFigure,
    stands_at_place,
)
from claims.corroboration.kinship import rivals_of
from claims.corroboration.manner import looks_done
from claims.corroboration.occasion import differences
from claims.corroboration.profile import Profile
from claims.corroboration.units import Unit
from claims.corroboration.weights import FATES, MEETINGS

_AGREED = frozenset("agree agreement promise plan treaty-text memorandum".split())
_DAY = 86_400
_TOTAL: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"(?<!\w)(?:in all|in total|altogether|a total of|overall)(?!\w)", re.IGNORECASE),
    "uk": re.compile(r"(?<!\w)(?:разом|загалом|усього|всього|у підсумку)(?!\w)", re.IGNORECASE),
    "ru": re.compile(r"(?<!\w)(?:всего|итого|вместе|в общей сложности|в целом)(?!\w)", re.IGNORECASE),
}


def objections(asked: StatedFigure, told: StatedFigure, document: Profile) -> Iterator[Reason]:
    """Yield what speaks against holding the claim's figure ``asked`` against the passage's ``told``."""
    claim = asked.profile
    yield from differences(claim, told.profile, document, told, told.sentence)
    yield from _elsewhere(claim, told)
    if asked.unit == told.unit == "count":
        yield from _other_counted(asked, told)
    for one in asked.units:
        for two in told.units:
            if opposed(one, two) and not any(likeness(one, third) == 1.0 for third in told.units):
                yield Reason("opposite", one.span, two.span)
    yield from _rival(asked.units, told.units)
    yield from _other_deed(asked, told)
    if _is_share_of_total(told):
        yield Reason("part_or_whole", asked.span, told.span)
    # What was agreed is yet to be done, so a plan may tell of it.
    if (asked.is_planned and told.is_done) or (told.is_planned and asked.is_done and not claim.ids & _AGREED):
        yield Reason("plan_or_result", asked.span, told.span)
    if _is_days_against_hours(asked, told):
        yield Reason("part_or_whole", asked.span, told.span)
    if asked.unit not in ("count", "s") and {asked.course, told.course} == {"level", "change"}:
        yield Reason("level_or_change", asked.span, told.span)
    if asked.is_per_side and not told.is_per_side:
        yield Reason("part_or_whole", asked.span, told.span)
    if told.part_words and not asked.part_words and not stands_at_place(claim, told):
        yield Reason("part_or_whole", asked.span, told.span)


def _is_days_against_hours(asked: StatedFigure, told: StatedFigure) -> bool:
    """Tell whether one is how many days a meeting runs and the other how many hours they sat."""
    if not asked.unit == told.unit == "s" or not asked.profile.ids & MEETINGS:
        return False
    lengths = sorted((each.quantity.low or each.quantity.high or 0.0) for each in (asked, told))
    return lengths[0] < _DAY <= lengths[1]


def _other_deed(asked: StatedFigure, told: StatedFigure) -> Iterator[Reason]:
    """Yield where both say what was done, and it is not the same: launched and shot down, sat and waited."""
    if asked.unit not in ("count", "%", "s"):
        return
    wanted: Sequence[Unit] = asked.deeds
    done: Sequence[Unit] = told.deeds
    around: Sequence[Unit] = told.in_clause
    if asked.unit == "s":
        around = told.around
        done = [unit for unit in around if unit.kind == "concept" and unit.weight >= TELLING] or done
    elif verbs := [unit for unit in wanted if looks_done(asked.profile.reading, unit.span)]:
        # Where both have a verb of their own, the verbs tell; else whatever stands around.
        wanted = verbs
        if own := [unit for unit in done if looks_done(told.profile.reading, unit.span)]:
            done = around = own
    if not wanted or not done:
        return
    if not any(likeness(one, two) >= 0.5 for one in wanted for two in (*done, *around)):
        yield Reason("other_measure", wanted[0].span, done[0].span)


def _is_share_of_total(figure: StatedFigure) -> bool:
    """Tell whether a total stands in the same sentence: “175 soldiers and two others, 177 in all”."""
    pattern = _TOTAL.get(figure.profile.reading.language)
    if pattern is None or len(figure.rivals) < 2:
        return False
    rivals = [each for each in figure.rivals if each.unit == figure.unit]
    if len(rivals) < 2 or _is_total(pattern, figure):
        return False
    return any(_is_total(pattern, each) for each in rivals)


def _is_total(pattern: re.Pattern[str], figure: StatedFigure) -> bool:
    return bool(pattern.search(figure.clause.of(figure.profile.reading.text)))


def _elsewhere(claim: Profile, told: StatedFigure) -> Iterator[Reason]:
    """Yield where the claim's place stands at another figure of the sentence: “nine in all, four in the city”."""
    rivals = [figure for figure in told.rivals if figure.unit == told.unit]
    if not rivals or not claim.places:
        return
    distance = told.profile.distance
    for here in told.in_sentence:
        if any(likeness(place, here) > 0.5 for place in claim.places):
            nearest = min([told, *rivals], key=lambda figure: distance(here.span, figure.span))
            # “23 dead and 9 missing in Lviv” tells of the city for both, “30 hurt, 9 in Lviv” for the second.
            own_clause = not nearest.span.overlaps(told.clause)
            if nearest is not told and own_clause and distance(here.span, nearest.span) <= COUNTED:
                yield Reason("other_place", passage_span=here.span)


def _rival(mine: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[Reason]:
    """Yield where the passage counts what is counted apart from what the claim counts (killed, hurt)."""
    for one in mine:
        if one.kind != "concept" or any(
            likeness(one, two) >= 0.5 for two in theirs if not _shared(two, one, mine)
        ):
            continue
        rivals = frozenset().union(*(rivals_of(concept) for concept in one.ids))
        for two in theirs:
            if rivals & two.ids and not any(likeness(two, third) == 1.0 for third in mine):
                yield Reason("other_measure", one.span, two.span)


def _shared(told: Unit, one: Unit, mine: Sequence[Unit]) -> bool:
    """Tell whether a word of the passage says what another word of the claim than ``one`` does."""
    return any(other is not one and likeness(other, told) == 1.0 for other in mine)


def _other_counted(asked: StatedFigure, told: StatedFigure) -> Iterator[Reason]:
    if _is_counted_elsewhere(asked, told):
        # “80 buildings, among them 12 homes”: the sentence counts homes too, by another figure.
        yield Reason("other_counted", asked.followers[0].span, told.followers[0].span)
        return
    one, two = asked.counted, told.counted
    if one is None or two is None or likeness(one, two) >= 0.5:
        return
    # “18 dead” and “killed 18 people” count the same, one by its noun and one by its verb.
    met = bool(one.ids & FATES) and any(likeness(one, unit) >= SURELY_ALIKE for unit in told.units)
    if not met and not (two.ids & FATES and any(likeness(two, unit) >= SURELY_ALIKE for unit in asked.units)):
        yield Reason("other_counted", one.span, two.span)


def _is_counted_elsewhere(asked: StatedFigure, told: StatedFigure) -> bool:
    """Tell whether what the claim counts stands right after another figure of the sentence, and not after this."""
    counted = [unit for unit in told.followers if unit.name is None]
    if not asked.followers or not counted:
        # “Nine people, four of them in the city”: the second figure takes the noun of the first over.
        return False
    thing = asked.followers[0]
    if any(likeness(thing, unit) == 1.0 for unit in counted):
        return False
    return any(likeness(thing, unit) == 1.0 for rival in told.rivals for unit in rival.followers[:1])
