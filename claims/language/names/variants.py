"""Forms of a Cyrillic name without its case ending, and the gender that an ending shows.

Invariant: the forms of one name in all its cases have at least one bare form in common.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from claims.language.folding import CYRILLIC, fold

Gender = Literal["m", "f"]
_EITHER: frozenset[Gender] = frozenset(("m", "f"))

# Any ending that a case may bring; several may fit one word, and each is tried.
_CASES = re.compile(
    r"(?:ами|ями|ові|еві|єві|ого|ому|ією|ией|ием|ієм|ом|ем|єм|им|ім|ым|ою|ею|єю|ой|ей|ої|ії|ию|ію|ии|ия"
    r"|ія|ій|ий|ый|ах|ях|а|я|у|ю|и|і|ы|е|о|є|ї|й)"
)
_VOWELS = re.compile(r"[аеєиіїоуюяыэё]")
_FLEETING = re.compile(r"[еоь](?=[цк]$)")  # Кравець, Кравця


@lru_cache(maxsize=65_536)
def bare_forms(folded: str) -> tuple[str, ...]:
    """Return what a folded Cyrillic word may be without its case ending, itself first."""
    candidates = [folded]
    # Every ending that fits is tried: «Максим» and «Путиним» end alike for different reasons.
    candidates += [
        folded[:-length]
        for length in (1, 2, 3)
        if len(folded) - length >= 2 and _CASES.fullmatch(folded[-length:])
    ]
    forms: dict[str, None] = {}
    for candidate in candidates:
        bare = candidate.rstrip("ьъ")
        if len(bare) < 2 or not _VOWELS.search(bare):
            continue
        forms[bare] = None
        shortened = _FLEETING.sub("", bare)
        if len(shortened) > 2:
            forms[shortened] = None
    return tuple(forms) or (folded,)


_FAMILY = re.compile(r"(?:[сцз]ь?к)(?P<ending>ий|ій|ый|ой|ого|ому|им|ім|ым|ом|а|ая|ої|у|ую|ою)$")
_POSSESSIVE = re.compile(r"(?:[оеєё]в|[иіїы]н)(?P<ending>|а|у|ым|им|ом|ем|е|і|ої|ой|ій|ою)$")
_LATIN_FAMILY = re.compile(r"(?:[szc]k|[szc]'k)(?P<ending>yy|yi|iy|ii|y|i|a|aya|aia|aja|oi|oy)$")
_LATIN_POSSESSIVE = re.compile(r"[oe]v(?P<ending>a?)$")


@lru_cache(maxsize=65_536)
def genders(word: str) -> frozenset[Gender]:
    """Return the genders that the form of a Slavic family name allows; both where it does not tell."""
    folded = fold(word)
    if CYRILLIC.search(folded):
        if family := _FAMILY.search(folded):
            ending = family["ending"]
            if ending in ("а", "ая", "ої", "у", "ую", "ою"):
                return frozenset(("f",))
            return frozenset(("f",)) if ending in ("ой", "ій") else frozenset(("m",))
        if possessive := _POSSESSIVE.search(folded):
            ending = possessive["ending"]
            if ending in ("", "ым", "им", "ом", "ем", "е", "і"):
                return frozenset(("m",))
            return _EITHER if ending in ("а", "у") else frozenset(("f",))
        return _EITHER
    if family := _LATIN_FAMILY.search(folded):
        return frozenset(("f",)) if family["ending"] in ("a", "aya", "aia", "aja") else frozenset(("m",))
    if possessive := _LATIN_POSSESSIVE.search(folded):
        return frozenset(("f",)) if possessive["ending"] else frozenset(("m",))
    return _EITHER
