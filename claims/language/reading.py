"""Reading a text: all readers together, once for each text.

Invariant: reading is pure, so its result is kept and shared; a reading made before the lexicon was
reloaded is never returned after it. Reading never raises for what a text contains.
"""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from claims.language.abroad import (
    AbroadText,
    read_concepts_abroad,
    read_countries_abroad,
    read_days_abroad,
    read_lengths_abroad,
)
from claims.language.abroad_figures import is_bare_year, read_amounts_abroad, read_cldr_countries
from claims.language.concepts import read_concepts
from claims.language.identify import identify_language
from claims.language.lexicon import Lexicon, current_lexicon
from claims.language.names import read_names
from claims.language.negation import read_negations
from claims.language.quantities import read_quantities
from claims.language.quotations import read_attributions, read_quotations
from claims.language.readings import Language, Name, Quantity, Reading, TimeExpression
from claims.language.sentences import split_sentences
from claims.language.terms import read_terms
from claims.language.times import read_times

_LARGEST_KEPT = 20_000  # Code points; a longer text is read anew, since keeping it would cost more.


def read(
    text: str,
    *,
    language: Language | None = None,
    published_at: datetime | None = None,
    zone: str = "UTC",
) -> Reading:
    """Read ``text`` with every reader.

    ``language`` overrules the identified one. ``published_at`` (aware) and ``zone`` (IANA name of the
    outlet's zone) anchor relative times; without ``published_at`` relative times are not resolved.
    """
    spoken = language or identify_language(text)
    if len(text) > _LARGEST_KEPT:
        return _read(text, spoken, published_at, zone, current_lexicon())
    return _read_once(text, spoken, published_at, zone, current_lexicon())


def _read(
    text: str, language: Language, published_at: datetime | None, zone: str, lexicon: Lexicon
) -> Reading:
    if language == "other":
        return _read_abroad(text, published_at, zone)
    return Reading(
        text=text,
        language=language,
        sentences=split_sentences(text),
        terms=read_terms(text, language),
        names=read_names(text, language),
        concepts=read_concepts(text, language, lexicon),
        quantities=read_quantities(text, language),
        times=read_times(text, language, published_at, zone),
        quotations=read_quotations(text, language),
        attributions=read_attributions(text, language),
        negations=read_negations(text, language),
        published_at=published_at,
    )


def _read_abroad(text: str, published_at: datetime | None, zone: str) -> Reading:
    """Read a text of another language: names and digits as everywhere, and the core words of ``abroad``."""
    abroad = AbroadText(text)
    concepts = read_concepts_abroad(abroad)
    lengths = read_lengths_abroad(abroad)
    amounts = _outside(read_amounts_abroad(text, abroad), lengths)
    countries = read_countries_abroad(abroad)
    told = {country.span for country in countries}
    countries += tuple(country for country in read_cldr_countries(abroad) if country.span not in told)
    # A capital letter makes no name of a word that is known as another one (German nouns).
    known = {concept.span for concept in concepts} | {country.span for country in countries}
    capitalised = (name for name in _outside(read_names(text, "other"), amounts) if name.span not in known)
    names = (*capitalised, *countries)
    days = read_days_abroad(abroad, published_at, zone)
    digits = [
        figure
        for figure in _outside(read_quantities(text, "other"), (*lengths, *amounts, *days))
        if not is_bare_year(figure)
    ]
    stated = _outside(read_times(text, "other", published_at, zone), days)
    return Reading(
        text=text,
        language="other",
        sentences=split_sentences(text),
        terms=read_terms(text, "other"),
        names=tuple(sorted(names, key=lambda name: name.span)),
        concepts=concepts,
        quantities=tuple(sorted((*digits, *lengths, *amounts), key=lambda figure: figure.span)),
        times=tuple(sorted((*stated, *days), key=lambda moment: moment.span)),
        quotations=read_quotations(text, "other"),
        attributions=(),
        negations=(),
        published_at=published_at,
    )


_Value = TypeVar("_Value", Name, Quantity, TimeExpression)


def _outside(values: Iterable[_Value], taken: Sequence[Quantity | TimeExpression]) -> list[_Value]:
    """Return the values that overlap none of ``taken``."""
    spans = sorted(other.span for other in taken)
    found: list[_Value] = []
    for value in values:
        at = bisect_right(spans, value.span)
        if not any(span.overlaps(value.span) for span in spans[max(at - 1, 0) : at + 1]):
            found.append(value)
    return found


_read_once = lru_cache(maxsize=4_096)(_read)


def load_readers() -> None:
    """Load the dictionaries, the lexicon and the lists of names, so that no person waits for them later.

    They live as long as the process and are many thousand objects: the garbage collector is told to leave
    them alone, or it walks them all again and again, a quarter of a second each time.
    """
    read("Talks lasted two hours.", language="en")
    read("Переговори тривали дві години.", language="uk")
    read("Переговоры длились два часа.", language="ru")
    read("Die Gespräche dauerten zwei Stunden.", language="other")
    gc.collect()
    gc.freeze()
