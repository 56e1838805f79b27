"""Reading a text: all readers together, once for each text.

Invariant: reading is pure, so its result is kept and shared; a reading made before the lexicon was
reloaded is never returned after it. Reading never raises for what a text contains.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from claims.language.concepts import read_concepts
from claims.language.identify import identify_language
from claims.language.lexicon import Lexicon, current_lexicon
from claims.language.names import read_names
from claims.language.negation import read_negations
from claims.language.quantities import read_quantities
from claims.language.quotations import read_attributions, read_quotations
from claims.language.readings import Language, Reading
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


_read_once = lru_cache(maxsize=4_096)(_read)
