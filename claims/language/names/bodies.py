"""Comparing the names of bodies and places, word by word across languages.

“Ministry of Energy of Estonia”, «Міненерго Естонії» and «Министерство энергетики Эстонии» are one list of
parts: ministry, energy, place:ee. Invariant: parts are compared as sets, so order and grammar do not
matter; a country that only one of the names states does not tell them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.language.names.gazetteer import Gazetteer, spelt
from claims.language.names.likeness import alike
from claims.language.terms import is_stop_word
from claims.language.words import Word, read_words

_LITTLE_WORDS = frozenset(
    "of the and for in on у в на з із зі і й та по с со и для при справ справах делам".split()
)
# Kinds of place that may be added to its name: “Dnipro (city)”, «місто Дніпро».
_PLACE_KINDS = frozenset(
    ("word:city", "word:village", "word:island", "word:river", "word:port", "word:airport")
)


@dataclass(frozen=True, slots=True)
class BodyName:
    """Parts of a name: listed ids (each a set of alternatives), common words, and other words."""

    listed: tuple[frozenset[str], ...] = ()
    common: frozenset[str] = frozenset()
    other: tuple[str, ...] = ()


def parse_body(text: str, gazetteer: Gazetteer, *, whole: bool = True) -> BodyName:
    """Return the parts of ``text``; ``whole=False`` does not look the name up as one listed body."""
    words = read_words(text)
    listed: list[frozenset[str]] = []
    common: set[str] = set()
    other: list[str] = []
    position = 0
    while position < len(words):
        ids, length = _listed(words, position, gazetteer, whole)
        kinds, reach = gazetteer.words.longest(words, position, spelt)
        if reach > length or (reach and reach == length and not whole):
            parts = min(kinds, key=len).partition(":")[2].split("+")
            common.update(f"word:{part}" for part in parts)
            length = reach
        elif ids:
            listed.append(frozenset(ids))
        else:
            word = words[position]
            if not (word.folded in _LITTLE_WORDS or is_stop_word(word.folded, "other")):
                other.append(word.surface)
            length = 1
        position += length
    if len(common) > 1:
        # “State Customs Service” is as often called the Customs Service.
        common.discard("word:state")
    return BodyName(tuple(listed), frozenset(common), tuple(other))


def _listed(
    words: Sequence[Word], position: int, gazetteer: Gazetteer, whole: bool
) -> tuple[tuple[str, ...], int]:
    kinds = ("place:", "org:") if whole else ("place:",)
    ids, length = gazetteer.find(words, position, kinds)
    if not ids and words[position].surface[:1].islower():
        ids, length = gazetteer.names.longest(words, position, spelt, kinds)
    return ids, length


def is_body(name: BodyName) -> bool:
    """Tell whether the parts show a body or a place rather than a person.

    A place with other words beside it may as well be a person: «Берні Сандерс» holds the locative of Bern.
    """
    return bool(name.common or _bodies(name) or (name.listed and not name.other))


def same_body(a: BodyName, language_a: str, b: BodyName, language_b: str) -> bool:
    """Tell whether two lists of parts can name one body or place."""
    if a.common - _PLACE_KINDS != b.common - _PLACE_KINDS:
        return False
    if not _words_pair_up(a.other, language_a, b.other, language_b):
        return False
    bodies_a, bodies_b = _bodies(a), _bodies(b)
    if bodies_a or bodies_b:
        return _ids_pair_up(bodies_a, bodies_b) and _places_agree(a, b, may_lack=True)
    return _places_agree(a, b, may_lack=bool((a.common - _PLACE_KINDS) or a.other))


def _bodies(name: BodyName) -> list[frozenset[str]]:
    return [ids for ids in name.listed if not all(found.startswith("place:") for found in ids)]


def _places_agree(a: BodyName, b: BodyName, *, may_lack: bool) -> bool:
    places_a = [ids for ids in a.listed if ids not in _bodies(a)]
    places_b = [ids for ids in b.listed if ids not in _bodies(b)]
    if may_lack and not (places_a and places_b):
        return True
    return _ids_pair_up(places_a, places_b)


def _ids_pair_up(a: Sequence[frozenset[str]], b: Sequence[frozenset[str]]) -> bool:
    return (
        len(a) == len(b) and all(any(x & y for y in b) for x in a) and all(any(x & y for x in a) for y in b)
    )


def _words_pair_up(a: Sequence[str], language_a: str, b: Sequence[str], language_b: str) -> bool:
    left = list(b)
    for mine in a:
        for theirs in left:
            if alike(mine, language_a, theirs, language_b):
                left.remove(theirs)
                break
        else:
            return False
    return not left
