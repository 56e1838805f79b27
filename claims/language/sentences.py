"""Sentences of a text, as spans.

Invariant: spans are ordered, never overlap, hold no leading or trailing white space and together cover
every word. A full stop ends no sentence after an abbreviation, an initial or within a number; a closing
quotation mark or bracket belongs to the sentence that it closes; a line break ends a sentence unless
the next line goes on in lower case.
"""

from __future__ import annotations

import re

from claims.language.readings import Span
from claims.language.terms import STOP_WORDS

_CLOSERS = "\"'”’»“)\\]"
# Runs are bounded, since a text of full stops alone would be scanned anew from each of them.
_BREAK = re.compile(
    rf"(?P<mark>[.!?…]{{1,6}})(?P<closer>[{_CLOSERS}]{{0,4}})(?P<gap>\s+)|(?P<line>[\n\r\u2028\u2029]\s*)"
)
_OPENERS = "\"'“‘„«([—–-•*"
_LAST_WORD = re.compile(r"[^\W\d_]+(?:[.-][^\W\d_]+)*$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")

_ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof gen col lt sgt capt cmdr adm maj brig rep sen gov pres hon rev st vs nos vol fig
    approx est dept e.g i.e jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri ave
    смт вул просп пл буд кв р-н ім о.о т.в.о в.о д-р проф акад доц п пп див напр сек грам зб мал табл ред гл
    заст нач ген полк підп кап лейт серж адм тов св бл прибл т.зв т.ч ок
    пос ул пр д им и.о врио см т.е т.к рис зам подп прим т.н стр""".split()
)
# These close a list or a clause as often as they stand inside one: the next capital letter decides.
_MAY_END = frozenset(
    """etc a.m p.m inc ltd corp co jr sr no р рр г гг в вв м с т.д т.п др ін грн руб млн млрд тис тыс трлн коп
    год хв мин ч долл дол кг км обл ст н.э н.е""".split()
)
# "г. Харьков" names a town, "в 2022 г." ends a date: the digits before tell.
_BEFORE_NAME = frozenset({"м", "г", "с", "р"})
# "U.S. President Smith", but "He left the U.S. The talks went on."
_BEFORE_TITLE = frozenset({"u.s", "u.k", "u.n", "e.u"})


def _is_abbreviation(before: str, following: str) -> bool:
    """Tell whether the full stop after ``before`` only shortens a word; ``following`` is the next text."""
    found = _LAST_WORD.search(before)
    if not found:
        return False
    word = found.group()
    lowered = word.casefold()
    if len(word) == 1 and word.isupper():
        return True  # An initial: “J. R. Smith”, «О. В. Коваль».
    if lowered in _BEFORE_NAME and not before[: found.start()].rstrip()[-1:].isdigit():
        return True
    if lowered in _MAY_END:
        return not following[:1].isupper()
    if lowered in _BEFORE_TITLE:
        next_word = _FIRST_WORD.match(following)
        return not (next_word and next_word.group().casefold() in STOP_WORDS["en"])
    if lowered in _ABBREVIATIONS:
        return not (lowered in ("est", "fig") and word.islower())
    # Initials without spaces: «О.В. Коваль».
    return word[-1].isupper() and word[-2] == "."


def _starts_sentence(following: str) -> bool:
    first = following[:1]
    if first in _OPENERS:
        first = following[1:].lstrip(_OPENERS + " \u00a0")[:1]
    return not first.islower()


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 16]
    if match["line"] is not None:
        return not following[:1].islower() or "\n\n" in match["line"]
    if "\n" in match["gap"] and not following[:1].islower():
        return True
    if not _starts_sentence(following):
        return False
    if match["mark"] == "." and not match["closer"]:
        return not _is_abbreviation(text[max(0, match.start() - 24) : match.start()], following)
    return True


def split_sentences(text: str) -> tuple[Span, ...]:
    """Return the sentences of ``text`` in order; one set of rules serves all languages.

    >>> text = "Dr. Li spoke. He left at 5.30 p.m. on Monday."
    >>> [span.of(text) for span in split_sentences(text)]
    ['Dr. Li spoke.', 'He left at 5.30 p.m. on Monday.']
    """
    spans: list[Span] = []
    start = 0
    for match in _BREAK.finditer(text):
        if not _ends_sentence(text, match):
            continue
        end = match.end("closer") if match["line"] is None else match.start()
        _append(spans, text, start, end)
        start = match.end()
    _append(spans, text, start, len(text))
    return tuple(spans)


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    stretch = text[start:end]
    left = len(stretch) - len(stretch.lstrip())
    right = len(stretch.rstrip())
    if left < right:
        spans.append(Span(start + left, start + right))
