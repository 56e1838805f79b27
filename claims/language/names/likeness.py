"""Likeness of two words of a name, letter by letter, across alphabets.

Names that press habit respells by ear (Trump/Трамп, Johnson/Джонсон, Hegseth/Гегсет) have no common key.
Here their letters are aligned under a table of correspondences, each with a cost; nothing outside the
table may be aligned. Invariant: symmetric, and bounded by the product of the lengths of two words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from claims.language.folding import CYRILLIC, fold
from claims.language.names.keys import name_key, plain_latin
from claims.language.names.sounds import SISTERS, SOUNDS
from claims.language.names.variants import bare_forms

_SILENT, _SILENT_END = 0.3, 0.1
_CLOSE_FROM = 5  # Shorter words must agree more exactly.
_LONG = 7  # From here two spellings within one language may differ in и/і and е/є.
# Slavic, Armenian and Georgian names are transliterated by rule, so their vowels must agree.
_BY_RULE = re.compile(
    r"(?:[oei]v|(?<=....)[iy]n|sk[yi]+|enko|ch?uk|y?uk|yan|ian|shvili|dze|[oe]va|ina|ska|skaya|vych|vich|ich|ych"
    r"|[оеєё]в|[оеєё]ва|(?<=....)[иіїы]н|[иіїы]на|ськ|ск|енк|енко|ук|юк|ян|швілі|швили|дзе|[иі]ч)$"
)
_SOFT = "ьъй"
_APART = 9.0  # More than any limit: these letters cannot be aligned.


@lru_cache(maxsize=65_536)
def alike(a: str, language_a: str, b: str, language_b: str) -> bool:
    """Tell whether two words can spell one name, whatever their alphabets and grammatical cases.

    >>> alike("Trump", "en", "Трампом", "ru"), alike("Umerov", "en", "Умаров", "ru")
    (True, False)
    """
    first, second = _spelling(a), _spelling(b)
    if first == second:
        return True
    cyrillic_a, cyrillic_b = bool(CYRILLIC.search(first)), bool(CYRILLIC.search(second))
    if not cyrillic_a and not cyrillic_b:
        return name_key(first) == name_key(second)
    if cyrillic_a and cyrillic_b:
        return any(
            _sisters_agree(x, y, language_a == language_b)
            for x in bare_forms(first)
            for y in bare_forms(second)
        )
    latin, cyrillic = (second, first) if cyrillic_a else (first, second)
    if name_key(latin) == name_key(cyrillic):
        return True
    limit = (
        0.35 if _BY_RULE.search(latin) else 0.95 if min(len(latin), len(cyrillic)) >= _CLOSE_FROM else 0.45
    )
    return any(_sound_cost(latin, form) <= limit for form in bare_forms(cyrillic))


def _spelling(word: str) -> str:
    """Return the folded word, Latin letters with marks written as English would."""
    folded = fold(word)[:40]
    return folded if CYRILLIC.search(folded) else plain_latin(folded)


def _sisters_agree(a: str, b: str, same_language: bool) -> bool:
    """Compare two Cyrillic words without endings; one language spells one name one way."""
    plain_a, plain_b = _plain(a), _plain(b)
    if same_language and min(len(a), len(b)) < _LONG:
        return plain_a == plain_b
    by_rule = _BY_RULE.search(a) or _BY_RULE.search(b)
    limit = 0.0 if same_language else 0.4 if by_rule else 0.8
    return _sister_cost(plain_a, plain_b) <= limit


def _plain(word: str) -> str:
    kept = [letter for letter in word if letter not in "ьъ"]
    return "".join(
        letter for position, letter in enumerate(kept) if position == 0 or letter != kept[position - 1]
    )


def _sister_cost(a: str, b: str) -> float:
    """Return the cost of aligning two Cyrillic words, letters one to one but for й."""
    row = [0.0]
    for letter in b:
        row.append(row[-1] + (_SILENT if letter in _SOFT else _APART))
    for mine in a:
        above, row = row, [row[0] + (_SILENT if mine in _SOFT else _APART)]
        for position, theirs in enumerate(b, start=1):
            change = 0.0 if mine == theirs else SISTERS.get(frozenset((mine, theirs)), _APART)
            row.append(
                min(
                    above[position - 1] + change,
                    above[position] + (_SILENT if mine in _SOFT else _APART),
                    row[-1] + (_SILENT if theirs in _SOFT else _APART),
                )
            )
    return row[-1]


@lru_cache(maxsize=65_536)
def _sound_cost(latin: str, cyrillic: str) -> float:
    """Return the cost of reading the Latin letters as the Cyrillic ones; 9 and more is no reading."""
    width = len(cyrillic) + 1
    costs = [[_APART] * width for _ in range(len(latin) + 1)]
    costs[0][0] = 0.0
    for at in range(len(latin) + 1):
        for reached in range(width):
            cost = costs[at][reached]
            if cost >= _APART:
                continue
            if reached < len(cyrillic) and cyrillic[reached] in "ьъ":
                costs[at][reached + 1] = min(costs[at][reached + 1], cost)
            if at == len(latin):
                continue
            last = at + 1 == len(latin)
            # French leaves its last consonant silent, and both e and h are silent anywhere.
            if (latin[at] in "ew'" and at > 0) or latin[at] == "h" or (last and latin[at] in "sxtdz"):
                silent = _SILENT_END if latin[at] == "e" and last else _SILENT
                costs[at + 1][reached] = min(costs[at + 1][reached], cost + silent)
            elif at + 1 == len(latin) and latin[at] in "aoiuey":
                # The ending of the Cyrillic word was taken off together with its last vowel.
                costs[at + 1][reached] = min(costs[at + 1][reached], cost)
            for length in (1, 2, 3, 4):
                for sound, change in (
                    SOUNDS.get(latin[at : at + length], ()) if at + length <= len(latin) else ()
                ):
                    if cyrillic.startswith(sound, reached):
                        target = costs[at + length]
                        end = reached + len(sound)
                        target[end] = min(target[end], cost + change)
    return costs[len(latin)][len(cyrillic)]
