"""Nominatives that an inflected Ukrainian or Russian word may have.

Invariant: the word itself is always among them, and the true nominative of a regular noun or adjective
too. Wrong candidates do no harm, because they are only looked up in the lists of names.
"""

from __future__ import annotations

import re
from functools import lru_cache

from claims.language.folding import CYRILLIC

# Ending of a case → endings that the nominative may have instead ("0" is none).
_RULES = {
    "а": "0 о", "я": "ь й е", "у": "0 а о", "ю": "ь й я е", "ы": "0 а", "и": "0 а я ь", "і": "0 а я ь о и",
    "ї": "я й", "е": "0 а о я ь й", "ом": "0 о ий ый ой ое", "ем": "0 ь й е ий ее", "єм": "й", "ою": "а ая",
    "ею": "я а", "єю": "я",
    "ой": "а ая", "ей": "я а ь яя", "ії": "ія", "ію": "ія", "ією": "ія", "ии": "ия ие ий", "ию": "ия ие ий",
    "ией": "ия", "ия": "ие ий", "ием": "ие ий", "ие": "ий", "ья": "ье", "ью": "ье", "ьем": "ье",
    "ьи": "ья", "ье": "ья",
    "ого": "ий ый ой е ое", "его": "ий ее", "ому": "ий ый ой е ое", "ему": "ий ее", "им": "ий е",
    "ым": "ый ой",
    "ім": "ий е", "ої": "а", "ій": "а я", "ую": "ая", "юю": "яя", "их": "і ие и", "ых": "ые",
    "ими": "і ие", "ыми": "ые",
    "ів": "и і", "їв": "ї", "ов": "ы и", "ам": "и ы а і", "ах": "и ы а і", "ами": "и ы а і", "ям": "я і и",
    "ях": "я і и",
    "ями": "я і и", "ові": "0 о", "зі": "га", "ці": "ка", "сі": "ха", "еві": "ь 0", "єві": "й",
}  # fmt: skip
_ENDINGS: dict[str, tuple[str, ...]] = {
    ending: tuple("" if new == "0" else new for new in nominative.split())
    for ending, nominative in _RULES.items()
}
_LONGEST = max(map(len, _ENDINGS))
_LAST_CLOSED = re.compile(r"[оеє](?=[^аеєиіїоуюя]{1,2}$)")
_FLEETING = re.compile(r"(?<=[^аеєиіїоуюяь])ь?(ц|к)$")
_CONSONANT_END = re.compile(r"[бвгґджзйклмнпрстфхцчшщ]$")


@lru_cache(maxsize=65_536)
def nominatives(folded: str) -> tuple[str, ...]:
    """Return the forms under which a folded word may be listed, itself first.

    >>> "київ" in nominatives("києва"), "женева" in nominatives("женеве")
    (True, True)
    """
    if len(folded) < 3 or len(folded) > 40 or not CYRILLIC.search(folded):
        return (folded,)
    found = {folded: None}
    for length in range(1, min(_LONGEST, len(folded) - 2) + 1):
        for nominative in _ENDINGS.get(folded[-length:], ()):
            candidate = folded[:-length] + nominative
            found[candidate] = None
            if not nominative or nominative == "ь":
                for alternate in _alternations(candidate):
                    found[alternate] = None
    if _CONSONANT_END.search(folded) and len(folded) > 3:
        # A genitive plural without ending: Черкас, Филиппин.
        found.update({folded + "и": None, folded + "ы": None, folded + "а": None})
    return tuple(found)


def _alternations(candidate: str) -> tuple[str, ...]:
    """Return the spellings with the vowel that a closed last syllable has: Харков → Харків."""
    closed = _LAST_CLOSED.sub(lambda match: "ї" if match.group() == "є" else "і", candidate)
    if (fleeting := _FLEETING.search(candidate)) is not None:
        stem, last = candidate[: fleeting.start()], fleeting.group(1)
        return (closed, f"{stem}е{last}", f"{stem}е{last}ь", f"{stem}о{last}")
    return (closed, closed + "ь")
