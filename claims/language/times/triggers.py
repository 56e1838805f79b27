"""The words at which a stated time may start, so that the reader looks closer there and nowhere else.

Invariant: a word that can open a time of its language is in the set of that language.
"""

from __future__ import annotations

from functools import cache

from claims.language.numerals.units import units
from claims.language.numerals.words import WORDS
from claims.language.readings import Language
from claims.language.times.vocabulary import (
    PART_NOUNS,
    PARTS,
    RELATIVE_DAYS,
    RELATIVE_YEARS,
    SEASONS,
    months,
    weekdays,
)


@cache
def triggers_of(language: Language) -> frozenset[str]:
    """All words at which a time may start in ``language``."""
    words = WORDS[language]
    triggers = (
        set(months(language))
        | set(weekdays(language))
        | set(RELATIVE_DAYS[language])
        | set(SEASONS[language])
    )
    triggers |= (
        set(PARTS[language])
        | set(PART_NOUNS[language])
        | set(words.cardinals)
        | set(words.ordinals)
        | set(words.fractions)
    )
    triggers |= {form for form, unit in units(language).items() if unit.base == "s" and not unit.short}
    triggers |= {"noon", "midday", "midnight", "q", "h", "half", "quarter", "полдень", "полночь",
                 "полуночи", "полудня", "полудню",
                 "опівдні", "опівночі", "пів", "чверть", "i", "ii", "iii", "iv", "і", "іі",
                 "ііі"}  # fmt: skip
    if language == "en":
        triggers |= {
            "last",
            "this",
            "next",
            "previous",
            "current",
            "coming",
            "day",
            "early",
            "a",
            "an",
            "night",
            "weekend",
        }
    triggers |= set(RELATIVE_YEARS) if language == "uk" else set()
    triggers |= _POINTING
    return frozenset(triggers)


_POINTING = frozenset(
    "цього цьому цієї цій цю цей этот этого этом этой эту эти ці вихідними выходные вихідних выходных".split()
)
