"""Quoted words and who spoke them; who is said to claim or report something, and how surely.

Invariant: a quotation runs from mark to matching mark within one paragraph; an attribution's span covers
the words that attribute, and ``who`` is the source as printed. Guessing is avoided: where the text does
not name a speaker next to the words, the speaker is empty.
"""

from __future__ import annotations

import re

from claims.language.attribution import read_attributions, read_credits
from claims.language.names import read_names
from claims.language.readings import Language, Name, Quotation, Span

__all__ = ["read_attributions", "read_credits", "read_quotations"]

_LONGEST = 1_500  # Code points between two marks; beyond it the closing mark was forgotten.
_MARKS = (
    re.compile(rf"«([^«»\n]{{1,{_LONGEST}}})»"),
    re.compile(rf"“([^“”\n]{{1,{_LONGEST}}})”"),
    re.compile(rf"„([^„“”\n]{{1,{_LONGEST}}})[“”]"),
    re.compile(rf'(?<![^\s(\[—–-])"([^"\n]{{1,{_LONGEST}}})"(?![^\W_])'),
)
_FEWEST_WORDS = 3  # Shorter “quotations” are names of things and words held at a distance.
_REACH = 90  # Code points beside the quotation in which its speaker is looked for.

_SAYING = re.compile(
    r"(?<![^\W_])(?:said|says|told|added|stated|stressed|noted|wrote|writes|declared|announced|replied"
    r"|claimed|insisted|warned"
    r"|explained|emphasi[sz]ed|quoted|"
    r"сказа(?:в|ла|ли|л)|заяви(?:в|ла|ли|л)|дода(?:в|ла|ли)|добави(?:л|ла|ли)|наголоси(?:в|ла|ли)"
    r"|підкресли(?:в|ла|ли)"
    r"|подчеркну(?:л|ла|ли)|зазначи(?:в|ла|ли)|отмети(?:л|ла|ли)|написа(?:в|ла|ли|л)|повідоми(?:в|ла|ли)"
    r"|сообщи(?:л|ла|ли)"
    r"|розпові(?:в|ла|ли)|рассказа(?:л|ла|ли)|поясни(?:в|ла|ли|л)|вважає|считает|каже|говорит|говорить"
    r"|пише|пишет"
    r"|відпові(?:в|ла|ли)|ответи(?:л|ла|ли)|стверджує|утверждает|запевни(?:в|ла)|заверил|заверила|цитує"
    r"|цитирует)(?![^\W_])",
    re.IGNORECASE,
)


def read_quotations(text: str, language: Language) -> tuple[Quotation, ...]:
    """Return the quotations of ``text`` in order, each with its speaker or ``""``.

    >>> [quoted.speaker for quoted in read_quotations('“We are not ready yet,” Olena Koval said.', "en")]
    ['Olena Koval']
    """
    found = [match for pattern in _MARKS for match in pattern.finditer(text)]
    found.sort(key=lambda match: match.start())
    names = read_names(text, language) if found else ()
    quotations: list[Quotation] = []
    reached = 0
    for match in found:
        words = match.group(1).strip()
        if match.start() < reached or len(words.split()) < _FEWEST_WORDS:
            continue
        reached = match.end()
        speaker = _speaker(text, match.start(), match.end(), names)
        quotations.append(Quotation(Span(match.start(), match.end()), words.rstrip(",").strip(), speaker))
    return tuple(quotations)


def _speaker(text: str, start: int, end: int, names: tuple[Name, ...]) -> str:
    """Return the name nearest to a verb of saying right after or right before the quotation."""
    after = _clause(text[end : end + _REACH], end)
    before_text = text[max(0, start - _REACH) : start]
    before = (start - len(before_text) + before_text.rfind("\n") + 1, start)
    for low, high in (after, before):
        verb = _SAYING.search(text, low, high)
        if not verb:
            continue
        near = [
            name
            for name in names
            if low <= name.span.start and name.span.end <= high and name.kind != "place"
        ]
        if near:
            return min(near, key=lambda name: _distance(name.span, verb)).surface
    return ""


def _clause(following: str, offset: int) -> tuple[int, int]:
    """Return the bounds of the rest of the sentence that follows a quotation."""
    stop = re.search(r"[.!?](?=\s)|\n", following)
    return offset, offset + (stop.start() if stop and stop.start() > 3 else len(following))


def _distance(span: Span, verb: re.Match[str]) -> int:
    return min(abs(span.start - verb.end()), abs(verb.start() - span.end))
