"""Who is said to claim or report something: “according to”, “Axios reported”, «за даними», «со ссылкой на».

Invariant: ``who`` is the source as printed, from the text itself; ``claimant`` is the one whose statement
it is, ``reporter`` an outlet, an agency or unnamed media that relay it. A hedge without a source
(“reportedly”, «якобы») is an attribution with an empty ``who``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from claims.language.attribution_words import AFTER_SOURCE, BEFORE_SOURCE, HEDGES, HEDGING, UNNAMED
from claims.language.names import read_names
from claims.language.names.gazetteer import current_gazetteer
from claims.language.readings import Attribution, Language, Name, Span
from claims.language.words import fold_text

_GAP_AFTER, _GAP_SHORT, _GAP_BEFORE = 40, 28, 4  # Code points between the words and the source they speak of.


def read_attributions(text: str, language: Language) -> tuple[Attribution, ...]:
    """Return the attributions of ``text`` in order; texts of other languages have none.

    >>> [(found.who, found.role) for found in read_attributions("Axios reported two meetings.", "en")]
    [('Axios', 'reporter')]
    """
    if language not in BEFORE_SOURCE:
        return ()
    names = read_names(text, language)
    unnamed = list(UNNAMED[language].finditer(text))
    found: dict[tuple[int, int], Attribution] = {}
    for match in BEFORE_SOURCE[language].finditer(text):
        _add(found, _following(text, match, names, unnamed))
    for match in AFTER_SOURCE[language].finditer(text):
        source = _preceding(text, match, names, unnamed)
        if source is None and language != "en":
            # «заявив Лавров»: Ukrainian and Russian often put the speaker after the verb.
            source = _following(text, match, names, unnamed, _GAP_SHORT)
        _add(found, source)
    for match in HEDGES[language].finditer(text):
        _add(found, Attribution(Span(*match.span()), "", "reporter", True))
    return tuple(found[span] for span in sorted(found))


def _add(found: dict[tuple[int, int], Attribution], attribution: Attribution | None) -> None:
    if attribution is None:
        return
    span = attribution.span
    if not any(start < span.end and span.start < end for start, end in found):
        found[(span.start, span.end)] = attribution


_STOP = re.compile(r"[.!?;:\n]|, (?:що|что|that)")


def _following(
    text: str,
    match: re.Match[str],
    names: tuple[Name, ...],
    unnamed: list[re.Match[str]],
    gap: int = _GAP_AFTER,
) -> Attribution | None:
    """Return the attribution to the first source within ``gap`` after the words of ``match``."""
    limit = match.end() + gap
    if stop := _STOP.search(text, match.end(), limit):
        limit = stop.start()
    options: list[tuple[Span, str, str]] = [
        (name.span, name.surface, _role(name)) for name in names if match.end() <= name.span.start < limit
    ]
    options += [
        (Span(*source.span()), source.group(), "unnamed")
        for source in unnamed
        if match.end() <= source.start() < limit
    ]
    # A country is no source: the officials of “according to Ukrainian officials” are.
    sources = [option for option in options if option[2]]
    if match.group().lower() in ("told", "per"):
        sources = [option for option in sources if option[2] == "reporter"]
    if not sources:
        return None
    span, who, role = min(sources, key=lambda option: option[0].start)
    hedged = role == "unnamed" or bool(HEDGING.match(match.group()))
    return Attribution(
        Span(match.start(), span.end), who, "claimant" if role == "claimant" else "reporter", hedged
    )


def _preceding(
    text: str, match: re.Match[str], names: tuple[Name, ...], unnamed: list[re.Match[str]]
) -> Attribution | None:
    low = match.start() - _GAP_BEFORE
    for name in names:
        if (
            low <= name.span.end <= match.start()
            and text[name.span.end : match.start()].strip(' \u00a0,–—-”»"') == ""
        ):
            role = _role(name)
            if role:
                return Attribution(Span(name.span.start, match.end()), name.surface, role, False)
    for source in unnamed:
        if low <= source.end() <= match.start():
            return Attribution(Span(source.start(), match.end()), source.group(), "reporter", True)
    return None


def _role(name: Name) -> Literal["claimant", "reporter", ""]:
    if name.kind == "place":
        return ""
    return "reporter" if name.canonical and is_outlet(name.canonical) else "claimant"


def is_outlet(name_id: str) -> bool:
    """Tell whether a listed body is a news agency or an outlet."""
    return name_id in current_gazetteer().outlets


def read_credits(text: str, language: Language) -> tuple[str, ...]:
    """Return the wires and outlets that ``text`` credits, each once: ids where listed, else folded names.

    >>> read_credits("Встреча закончилась, сообщает РИА Новости со ссылкой на Reuters.", "ru")
    ('org:ria-novosti', 'org:reuters')
    """
    return credits_among(read_names(text, language), read_attributions(text, language))


def credits_among(names: Iterable[Name], attributions: Iterable[Attribution]) -> tuple[str, ...]:
    """Return the credits of a text whose names and attributions have been read."""
    by_name: dict[str, str] = {name.surface: name.canonical for name in names}
    credited: dict[str, None] = {}
    for attribution in attributions:
        if attribution.role == "reporter" and attribution.who in by_name:
            credited[by_name[attribution.who] or fold_text(attribution.who)] = None
    return tuple(credited)
