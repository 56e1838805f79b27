"""Is it the same measure? Each figure of a claim is paired with the one of a passage that measures it.

Pairs are chosen by what is counted and said around the figures, never by their values: else “18 killed,
3 hurt” would be found to agree with “3 killed, 18 hurt”. Only between pairs that fit alike does the value
decide, in favour of agreement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claims.corroboration.alignment import Coverage, coverage
from claims.corroboration.comparison import Agreement, Reason
from claims.corroboration.counted import StatedFigure, stated_figures
from claims.corroboration.doubts import doubts_of
from claims.corroboration.figures import figures_agree, says_enough
from claims.corroboration.objections import objections
from claims.corroboration.profile import Profile
from claims.corroboration.sessions import same_session
from claims.language.readings import Quantity, Span

#: Pairs whose fit differs by less fit alike.
_ALIKE = 0.08
_COULD_BE_MEANT = 0.4
#: Figures that fit less measure something else, and no reason needs to be sought.
_WORTH_A_REASON = 0.3
#: How surely a meeting that was recognised by its day is the same.
_RECOGNISED = 0.62


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

    @property
    def standing(self) -> float:
        """Return the fit by which rival matches are chosen from: one that cannot be compared yields."""
        return self.fit - 0.5 * bool(self.reasons)

    @property
    def tells_deed(self) -> bool:
        """Tell whether nothing leaves open that the passage says the claim's deed."""
        return not any(doubt.code == "deed_not_told" for doubt in self.doubts)


def match_figures(claim: Profile, passage: Profile, document: Profile, whole: Coverage) -> list[Match]:
    """Return the best match of each figure of the claim that has one of a comparable unit.

    ``whole`` is how much of the claim the passage and its document carry.
    """
    found: list[Match] = []
    # The second figure of “60 for 60” says nothing new.
    distinct = {
        (figure.quantity.low, figure.quantity.high, figure.unit): figure
        for figure in reversed(stated_figures(claim))
    }
    for figure in reversed(distinct.values()):
        matches = _doubt_rivals(list(_matches(figure, passage, document, whole)))
        if matches:
            best = max(match.standing for match in matches)
            alike = [match for match in matches if match.standing >= best - _ALIKE]
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
        match for match in matches if match.agreement == "same" and not match.reasons and match.tells_deed
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
    return not match.tells_deed and any(not other.reasons and other.tells_deed for other in alike)


def _without_doubles(found: list[Match]) -> list[Match]:
    """Drop what differs from a figure that another figure of the claim agrees with."""
    taken = {match.passage.span for match in found if match.agreement == "same"}
    return [match for match in found if match.agreement == "same" or match.passage.span not in taken]


def _matches(asked: StatedFigure, passage: Profile, document: Profile, whole: Coverage) -> Iterator[Match]:
    claim = asked.profile
    one_language = claim.reading.language == passage.reading.language
    for told in stated_figures(passage):
        same = _values_agree(asked, told)
        if same is None:
            continue
        # “It lasted two hours” speaks of what the sentence before has named.
        near = coverage(asked.units, (*told.units, *told.around), one_language=one_language)
        here = coverage(asked.units, told.in_sentence, one_language=one_language)
        back = coverage(
            [unit for unit in told.units if unit.kind != "term"], claim.content, one_language=one_language
        )
        fit, sure = _fit(near, back, whole), _fit(here, back, whole)
        recognised = same_session(claim, document, told) if asked.unit == told.unit == "s" else None
        fit = max(fit, _RECOGNISED if recognised else 0.0)
        sure = max(sure, _RECOGNISED if recognised == "by_its_day" else 0.0)
        reasons: tuple[Reason, ...] = ()
        doubts: tuple[Reason, ...] = ()
        if fit >= _WORTH_A_REASON:
            reasons = tuple(objections(asked, told, document))
            doubts = tuple(doubts_of(asked, told))
        if recognised:
            # Its day tells the meeting, whatever the sentence calls it.
            reasons = tuple(reason for reason in reasons if reason.code != "other_measure")
            doubts = tuple(doubt for doubt in doubts if doubt.code != "deed_not_told")
        if same and asked.unit == told.unit and not says_enough(asked.quantity, told.quantity):
            reasons = (*reasons, Reason("bound_says_little", asked.span, told.span))
        marks = tuple(pair[1] for pair in (*near.pairs, *whole.pairs))
        agreement: Agreement = "same" if same else "different"
        yield Match(asked.quantity, told.quantity, agreement, fit, sure, reasons, doubts, marks)


def _fit(near: Coverage, back: Coverage, whole: Coverage) -> float:
    return 0.5 * near.share + 0.2 * back.share + 0.3 * whole.share


def _values_agree(asked: StatedFigure, told: StatedFigure) -> bool | None:
    """Tell whether the values agree; None where the units cannot be compared."""
    agreed: bool | None = None
    for mine in asked.equivalents:
        for theirs in told.equivalents:
            if mine.unit == theirs.unit:
                agreed = bool(agreed) or figures_agree(
                    mine, theirs, asked.profile.reading.text, told.profile.reading.text
                )
    return agreed
