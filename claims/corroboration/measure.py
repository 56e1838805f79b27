"""Is it the same measure? Each figure of a claim is paired with the one of a passage that measures it.

Pairs are chosen by what is counted and said around the figures, never by their values: else “18 killed,
3 hurt” would be found to agree with “3 killed, 18 hurt”. Only between pairs that fit alike does the value
decide, in favour of agreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from claims.corroboration.alignment import Coverage, coverage, likeness, opposed
from claims.corroboration.comparison import Agreement, Reason
from claims.corroboration.figures import equivalents, figures_agree, says_enough
from claims.corroboration.kinship import rivals_of
from claims.corroboration.manner import course_of, is_done, is_per_side, is_planned, looks_done, part_words
from claims.corroboration.occasion import differences, ordinals_of, times_near
from claims.corroboration.profile import Profile, Unit, days_of
from claims.corroboration.sessions import same_session
from claims.corroboration.weights import BODIES, FATES, GROUPS_OF_PERSONS, MEETINGS
from claims.language.readings import Quantity, Span

#: Words this near to a figure say what it measures.
NEAR = 7
#: The counted noun stands this near after the figure.
_COUNTED = 3
#: Pairs whose fit differs by less fit alike.
_ALIKE = 0.08
#: Lighter concepts (“person”, “say”) do not tell what was done.
_TELLING = 0.7
_COULD_BE_MEANT = 0.4
#: How surely a meeting that was recognised by its day is the same.
_RECOGNISED = 0.62
_AGREED = frozenset("agree agreement promise plan treaty-text memorandum".split())
#: Counted nouns less alike than this may be a group and a part of it.
_SURELY_ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class Match:
    """A figure of the claim with one of the passage. ``fit`` in [0, 1] says how surely it is one measure, and
    ``sure`` how surely by the figure's own sentence alone, as a contradiction wants it;
    ``reasons`` are what speaks against comparing them at all, ``doubts`` what forbids to call them different.
    """

    claim: Quantity
    passage: Quantity
    agreement: Agreement
    fit: float
    sure: float
    reasons: tuple[Reason, ...]
    doubts: tuple[Reason, ...]
    marks: tuple[Span, ...]


def match_figures(claim: Profile, passage: Profile, document: Profile, whole: Coverage) -> list[Match]:
    """Return the best match of each figure of the claim that has one of a comparable unit.

    ``whole`` is how much of the claim the passage and its document carry.
    """
    found: list[Match] = []
    # The second figure of “60 for 60” says nothing new.
    distinct = {(figure.low, figure.high, figure.unit): figure for figure in reversed(claim.figures)}
    for figure in reversed(distinct.values()):
        matches = _doubt_rivals(list(_matches(figure, claim, passage, document, whole)))
        if matches:
            best = max(match.fit - 0.5 * bool(match.reasons) for match in matches)
            alike = [match for match in matches if match.fit - 0.5 * bool(match.reasons) >= best - _ALIKE]
            found.append(
                max(
                    alike,
                    key=lambda match: (
                        not _tells_other_deed(match, alike),
                        match.agreement == "same",
                        not match.doubts,
                        match.fit,
                    ),
                )
            )
    return _without_doubles(found)


def _doubt_rivals(matches: list[Match]) -> list[Match]:
    """Doubt a difference where another figure of the passage would agree and could be the one that is meant."""
    meant = [
        match
        for match in matches
        if match.agreement == "same"
        and not match.reasons
        and not any(doubt.code == "deed_not_told" for doubt in match.doubts)
    ]
    if not any(match.fit >= _COULD_BE_MEANT for match in meant):
        return matches
    return [
        match
        if match.agreement == "same"
        else replace(
            match,
            doubts=(*match.doubts, Reason("other_figure_agrees", match.claim.span, meant[0].passage.span)),
        )
        for match in matches
    ]


def _tells_other_deed(match: Match, alike: Sequence[Match]) -> bool:
    """Tell whether another figure that fits as well is told with the claim's deed, and this one is not."""
    doubted = any(doubt.code == "deed_not_told" for doubt in match.doubts)
    return doubted and any(
        not other.reasons and not any(doubt.code == "deed_not_told" for doubt in other.doubts)
        for other in alike
    )


def _without_doubles(found: list[Match]) -> list[Match]:
    """Drop what differs from a figure that another figure of the claim agrees with."""
    taken = {match.passage.span for match in found if match.agreement == "same"}
    return [match for match in found if match.agreement == "same" or match.passage.span not in taken]


def _matches(
    figure: Quantity, claim: Profile, passage: Profile, document: Profile, whole: Coverage
) -> Iterator[Match]:
    one_language = claim.reading.language == passage.reading.language
    mine = _own_units(claim, figure)
    for other in passage.figures:
        same = _values_agree(figure, claim, other, passage)
        if same is None:
            continue
        theirs = _own_units(passage, other)
        sentence = passage.sentence_of(other.span)
        # “It lasted two hours” speaks of what the sentence before has named.
        around = passage.within(passage.with_previous(sentence))
        near = coverage(mine, theirs + around, one_language=one_language)
        here = coverage(mine, passage.within(sentence), one_language=one_language)
        back = coverage(
            [unit for unit in theirs if unit.kind != "term"], claim.content, one_language=one_language
        )
        reasons = tuple(_objections(figure, claim, mine, other, passage, theirs, document, sentence))
        doubts = tuple(_doubts(figure, claim, mine, other, passage, theirs, sentence))
        marks = tuple(pair[1] for pair in (*near.pairs, *whole.pairs))
        agreement: Agreement = "same" if same else "different"
        if same and figure.unit == other.unit and not says_enough(figure, other):
            reasons = (*reasons, Reason("bound_says_little", figure.span, other.span))
        fit, sure = _fit(near, back, whole), _fit(here, back, whole)
        if figure.unit == other.unit == "s":
            recognised = same_session(claim, passage, document, other)
            if recognised:
                # Its day tells the meeting, whatever the sentence calls it.
                reasons = tuple(reason for reason in reasons if reason.code != "other_measure")
                doubts = tuple(doubt for doubt in doubts if doubt.code != "deed_not_told")
            fit = max(fit, _RECOGNISED if recognised else 0.0)
            sure = max(sure, _RECOGNISED if recognised == "by_its_day" else 0.0)
        yield Match(figure, other, agreement, fit, sure, reasons, doubts, marks)


def _fit(near: Coverage, back: Coverage, whole: Coverage) -> float:
    return 0.5 * near.share + 0.2 * back.share + 0.3 * whole.share


def _values_agree(one: Quantity, claim: Profile, other: Quantity, passage: Profile) -> bool | None:
    """Tell whether the values agree; None where the units cannot be compared."""
    agreed: bool | None = None
    for mine in equivalents(one, claim.figures, claim.reading.text, falls=_falls(claim)):
        for theirs in equivalents(other, passage.figures, passage.reading.text, falls=_falls(passage)):
            if mine.unit == theirs.unit:
                agreed = bool(agreed) or figures_agree(mine, theirs, claim.reading.text, passage.reading.text)
    return agreed


def _falls(profile: Profile) -> bool:
    ids = {id for unit in profile.content for id in unit.ids}
    return bool(ids & {"decrease", "price-decrease", "halve", "plunge", "lower-level"})


def _own_units(profile: Profile, figure: Quantity) -> list[Unit]:
    """Return the content words near a figure that stand nearer to it than to any other figure."""
    sentence = profile.sentence_of(figure.span)
    rivals = [other for other in profile.figures if other is not figure and other.span.overlaps(sentence)]
    own: list[Unit] = []
    for unit in profile.within(sentence):
        apart = profile.distance(unit.span, figure.span)
        if apart <= NEAR and all(apart <= profile.distance(unit.span, rival.span) for rival in rivals):
            own.append(unit)
    return own


def _objections(
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
    if is_share_of_total(passage, other):
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
    in_its_place = _stands_at_place(claim, passage, other)
    if not in_its_place and part_words(passage.reading, told) and not part_words(claim.reading, asked):
        yield Reason("part_or_whole", figure.span, other.span)


def _doubts(
    figure: Quantity,
    claim: Profile,
    mine: Sequence[Unit],
    other: Quantity,
    passage: Profile,
    theirs: Sequence[Unit],
    sentence: Span,
) -> Iterator[Reason]:
    """Yield what leaves open whether two differing figures measure the same."""
    if not ordinals_of(claim, Span(0, len(claim.reading.text))):
        for _number, _numbered, span in ordinals_of(passage, passage.clause_of(other.span)):
            yield Reason("round_not_claimed", figure.span, span)
            break
    near = times_near(passage, other.span, sentence)
    if claim.context_day and near and all(claim.context_day not in days_of(time) for time in near):
        yield Reason("day_not_claimed", figure.span, near[0].span)
    clause = passage.clause_of(other.span)
    hours = [
        time
        for time in near
        if time.kind == "datetime" and time.span.overlaps(clause) and not time.span.overlaps(other.span)
    ]
    if hours and not any(time.kind == "datetime" for time in claim.reading.times):
        yield Reason("hour_not_claimed", figure.span, hours[0].span)
    said = [unit for unit in mine if unit.kind == "concept" and unit.weight >= _TELLING]
    if figure.unit == "s":
        # Who does it says little: a delegation flies, talks and waits.
        said = [unit for unit in said if not unit.ids & BODIES] or said
    told = (*theirs, *(unit for unit in passage.within(sentence) if unit.kind == "concept"))
    if said and not any(likeness(one, two) >= _SURELY_ALIKE for one in said[:3] for two in told):
        yield Reason("deed_not_told", figure.span, other.span)
    if figure.unit == other.unit == "count":
        one, two = _counted(claim, figure), _counted(passage, other)
        deeds = [unit for unit in said if unit is not one and not unit.ids & GROUPS_OF_PERSONS]
        if deeds and not any(likeness(deed, unit) >= _SURELY_ALIKE for deed in deeds for unit in told):
            yield Reason("deed_not_told", figure.span, other.span)
        alike = max(
            (likeness(a, b) for a in _counted_words(claim, figure) for b in _counted_words(passage, other)),
            default=0.0,
        )
        if one is not None and two is not None and 0.0 < alike < _SURELY_ALIKE:
            yield Reason("perhaps_other_group", one.span, two.span)
        taken_up = _stands_at_place(claim, passage, other)
        if (one is None or two is None) and not taken_up and not _shares_deed(mine, theirs):
            yield Reason("counted_not_named", figure.span, other.span)


def _shares_deed(mine: Sequence[Unit], theirs: Sequence[Unit]) -> bool:
    return any(
        likeness(one, two) >= 0.8
        for one in mine
        if one.kind == "concept" and one.weight >= 0.7
        for two in theirs
    )


def _is_days_against_hours(claim: Profile, figure: Quantity, other: Quantity) -> bool:
    """Tell whether one is how many days a meeting runs and the other how many hours they sat."""
    if not figure.unit == other.unit == "s" or not any(unit.ids & MEETINGS for unit in claim.content):
        return False
    lengths = sorted((each.low or each.high or 0.0) for each in (figure, other))
    return lengths[0] < _DAY <= lengths[1]


_DAY = 86_400


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
    asked, told = _deeds(claim, figure, mine), _deeds(passage, other, theirs)
    around = passage.within(passage.clause_of(other.span))
    if figure.unit == "s":
        around = passage.within(passage.with_previous(passage.sentence_of(other.span)))
        told = [unit for unit in around if unit.kind == "concept" and unit.weight >= _TELLING] or told
    elif verbs := [unit for unit in asked if looks_done(claim.reading, unit.span)]:
        # Where both have a verb of their own, the verbs tell; else whatever stands around.
        asked = verbs
        if own := [unit for unit in told if looks_done(passage.reading, unit.span)]:
            told = around = own
    if not asked or not told:
        return
    if not any(likeness(one, two) >= 0.5 for one in asked for two in (*told, *around)):
        yield Reason("other_measure", asked[0].span, told[0].span)


def _deeds(profile: Profile, figure: Quantity, own: Sequence[Unit]) -> list[Unit]:
    """Return what is said to be done in the clause of a figure, apart from who or what is counted."""
    counted = _counted(profile, figure)
    clause = profile.clause_of(figure.span)
    return [
        unit
        for unit in own
        if unit.kind == "concept"
        and unit is not counted
        and unit.weight > _TELLING
        and not unit.ids & BODIES
        # Of a count, a meeting is the setting; of a length, it is what lasted.
        and (figure.unit == "s" or not unit.ids & MEETINGS)
        and unit.span.overlaps(clause)
    ]


def is_share_of_total(profile: Profile, figure: Quantity) -> bool:
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


_TOTAL: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"(?<!\w)(?:in all|in total|altogether|a total of|overall)(?!\w)", re.IGNORECASE),
    "uk": re.compile(r"(?<!\w)(?:разом|загалом|усього|всього|у підсумку)(?!\w)", re.IGNORECASE),
    "ru": re.compile(r"(?<!\w)(?:всего|итого|вместе|в общей сложности|в целом)(?!\w)", re.IGNORECASE),
}


def _stands_at_place(claim: Profile, passage: Profile, figure: Quantity) -> bool:
    """Tell whether the claim's own place stands right at a figure: “nine, of them four in the city”."""
    places = [unit for unit in claim.content if unit.name is not None and unit.name.kind == "place"]
    return any(
        likeness(place, unit) > 0.5 and passage.distance(unit.span, figure.span) <= _COUNTED
        for place in places
        for unit in passage.within(passage.clause_of(figure.span))
    )


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
            if nearest is not other and own_clause and passage.distance(here.span, nearest.span) <= _COUNTED:
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
    one, two = _counted(claim, figure), _counted(passage, other)
    if one is None or two is None or likeness(one, two) >= 0.5:
        return
    # “18 dead” and “killed 18 people” count the same, one by its noun and one by its verb.
    met = bool(one.ids & FATES) and any(likeness(one, unit) >= _SURELY_ALIKE for unit in theirs)
    if not met and not (two.ids & FATES and any(likeness(two, unit) >= _SURELY_ALIKE for unit in mine)):
        yield Reason("other_counted", one.span, two.span)


def _counted(profile: Profile, figure: Quantity) -> Unit | None:
    """Return the noun that is counted, where the lexicon knows it: the first concept close after the figure."""
    return next(iter(_counted_words(profile, figure)), None)


def _counted_words(profile: Profile, figure: Quantity) -> list[Unit]:
    """Return the concepts close after a figure: “crew members” counts crew as well as members."""
    return [
        unit
        for unit in profile.content
        if unit.kind == "concept"
        and unit.span.start >= figure.span.end
        and profile.distance(figure.span, unit.span) <= _COUNTED
    ]
