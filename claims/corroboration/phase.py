"""Has it begun, is it going on, is it over? What a stretch says about the course of an event.

An event that is told to have lasted two hours is over, whether or not the text says so; one that resumes is
not. Invariant: only what is told as done counts, never what is planned, and what was going on earlier does
not deny that it is over later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from claims.corroboration.alignment import likeness
from claims.corroboration.comparison import Comparison, Reason, Stance
from claims.corroboration.counted import stated_figures
from claims.corroboration.manner import is_planned, words_pattern
from claims.corroboration.occasion import differences
from claims.corroboration.profile import Profile
from claims.corroboration.units import Unit
from claims.corroboration.weights import COMMON_CONCEPTS
from claims.language.readings import Quantity, Reading, Span

Phase = Literal["over", "going_on"]

_OVER: Mapping[str, re.Pattern[str]] = {
    "en": words_pattern(
        "(?:is|are|was|were|now|be|all|already|being|part) over|over by|ended|ends|end in|finished|concluded"
        "|concludes|completed|complete|wrapped up|wraps up|adjourned|broke up|came to an end|drew to a close"
        "|called off|the end of|at the end of|conclusion of"
    ),
    "uk": words_pattern(
        "завершив*|завершил*|завершено|завершені|завершен*|закінчив*|закінчил*|закінчено|закінчена|закінчен*"
        "|скінчив*|скінчил*|розійшлися|роз.їхалися|припинив*|припинил*|добіг* кінця"
    ),
    "ru": words_pattern(
        "завершил*|завершен*|завершён*|закончил*|закончен*|окончил*|окончен*|окончани*|кончил*|разошлись"
        "|разъехались|прекратил*|прекращен*|подошл* к концу"
    ),
    "other": words_pattern(
        "beendet|endete|endeten|zu ende|schluss|abgeschlossen|auseinander|finita|finito|finite|finiti|finisce"
        "|conclus*|concluid*|terminad*|terminó|terminat*|terminé*|terminou|acabaram|acabou|chega ao fim|acabad*"
        "|cerrad*|finalizad*|finalizó|achev*|fini|pris fin|încheiat*|zakończy*|zakończen*|završen*|završil*"
        "|skončil*|ukončen*|befejez*"
    ),
}
_GOING_ON: Mapping[str, re.Pattern[str]] = {
    "en": words_pattern(
        "continue|continues|continuing|continued|ongoing|going on|goes on|under way|underway|resumed|resumes"
        "|still|not yet over|extended"
    ),
    "uk": words_pattern("ще тривають|ще триває|тривають|триває|продовжу*|поновил*|відновил*|досі"),
    "ru": words_pattern("продолжаются|продолжается|продолжили|возобновил*|идут|ещё идут|до сих пор|всё ещё"),
    "other": words_pattern("dauern an|continuano|continúan|continuam|trwają|se poursuivent|continuă|traju"),
}
#: Words by which a stretch of time becomes the length of what has happened.
_LASTED: Mapping[str, re.Pattern[str]] = {
    "en": words_pattern(
        "lasted|took|ran for|ran|went on for|after|in|session|meeting|sat for|met for|spent|put"
    ),
    "uk": words_pattern(
        "тривал*|тривав|зайняв|зайнял*|протягом|за|через|після|впорал*|розмовлял*|спілкувал*"
    ),
    "ru": words_pattern(
        "длил*|продлил*|продолжал*|занял*|шли|шёл|шла|заседал*|говорил*|общал*|спустя|через|уложил*|за|после"
    ),
    "other": words_pattern(
        "nach|dauerte*|durat*|dopo|duró|duraron|durante|tras|após|durou|durant|après|trwał*|trvajući|trajali*|po"
    ),
}


class Told(NamedTuple):
    """What a sentence says of the course of its event, and the words that say it."""

    phase: Phase
    span: Span
    by_words: bool = True


def phase_of(reading: Reading, stretch: Span, durations: Sequence[Quantity]) -> Told | None:
    """Return what a stretch says of the course of what it speaks of, None where it says nothing."""
    text = stretch.of(reading.text)
    planned = is_planned(reading, stretch)
    going = _GOING_ON[reading.language].search(text)
    over = None if planned else _OVER[reading.language].search(text)
    if over and _is_denied(reading, stretch.start + over.start()):
        over, going = None, over
    if going and not over and not planned:
        return Told("going_on", Span(stretch.start + going.start(), stretch.start + going.end()))
    if over:
        return Told("over", Span(stretch.start + over.start(), stretch.start + over.end()))
    length = next((each for each in durations if each.unit == "s" and each.span.overlaps(stretch)), None)
    if length is not None and not planned and not going and _LASTED[reading.language].search(text):
        return Told("over", length.span, by_words=False)
    return None


def compare_phases(claim: Profile, passage: Profile, document: Profile) -> Comparison | None:
    """Compare a claim that something is over with a passage; None where either says nothing of the kind."""
    asked = _claimed(claim)
    if asked is None:
        return None
    events = _events(claim)
    if not events:
        return None
    tellings = list(_tellings(events, claim, passage, document))
    for told, sentence in tellings:
        if told.phase == "over":
            return _comparison("supports", "phase_over", asked, told, sentence)
    if tellings and not _came_out_before(passage, claim):
        return _comparison("contradicts", "phase_going_on", asked, *tellings[0])
    return Comparison("context", "partial", 0.4, passage.whole, (Reason("phase_not_told", asked.span),))


def _comparison(stance: Stance, code: str, asked: Told, told: Told, sentence: Span) -> Comparison:
    reason = Reason(code, asked.span, told.span)
    return Comparison(stance, "partial", 0.7, sentence, (reason,), marks=(told.span,))


def _claimed(claim: Profile) -> Told | None:
    """Return what a claim says of the end of its event, where that is what it says."""
    sentence = claim.reading.sentences[0] if claim.reading.sentences else claim.whole
    if claim.figures or claim.reading.language == "other":
        return None
    told = phase_of(claim.reading, claim.clause_of(Span(sentence.start, sentence.start + 1)), ())
    return told if told is not None and told.phase == "over" else None


def _events(claim: Profile) -> list[Unit]:
    """Return what is said to be over: the weighty concepts of the claim's first clause."""
    first = claim.clause_of(Span(0, 1))
    return [
        unit
        for unit in claim.within(first)
        if unit.kind == "concept" and not unit.ids & COMMON_CONCEPTS and unit.weight >= 1.0
    ]


def _tellings(
    events: Sequence[Unit], claim: Profile, passage: Profile, document: Profile
) -> Iterator[tuple[Told, Span]]:
    """Yield what each sentence about such an event says of its course, where nothing tells of another event."""
    everywhere = (*passage.content, *document.content)
    placed = any(likeness(place, unit) > 0.5 for place in claim.places for unit in everywhere)
    if claim.places and not placed and not claim.days:
        return
    spoken_of = any(likeness(event, unit) >= _SAME_EVENT for event in events for unit in everywhere)
    for sentence in passage.reading.sentences:
        told = phase_of(passage.reading, sentence, passage.figures)
        if told is None:
            continue
        around = passage.within(passage.with_previous(sentence))
        named = spoken_of and any(likeness(place, unit) > 0.5 for place in claim.places for unit in around)
        if not named and not any(likeness(event, unit) >= _SAME_EVENT for event in events for unit in around):
            continue
        at = next((figure for figure in stated_figures(passage) if figure.span == told.span), None)
        others = (
            reason
            for reason in differences(claim, passage, document, at, sentence)
            if reason.code != "other_party"
            and not (reason.code == "other_place" and placed)
            # “After the talks ended” says of another meeting that it was later, and of the talks their end.
            and not (reason.code == "afterwards" and told.by_words)
        )
        if next(others, None) is None:
            yield told, sentence


_SAME_EVENT = 0.7


def _is_denied(reading: Reading, at: int) -> bool:
    return any(0 <= at - negation.end <= _DENIAL_REACH for negation in reading.negations)


_DENIAL_REACH = 8


def _came_out_before(passage: Profile, claim: Profile) -> bool:
    """Tell whether a passage is older than the claim: what went on then may be over by now."""
    one, two = passage.reading.published_at, claim.reading.published_at
    return one is not None and two is not None and one < two
