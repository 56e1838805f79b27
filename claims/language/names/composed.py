"""Bodies that are named by common words and a place: «МЗС України», “Ukrainian Foreign Ministry”.

Such a name gets an id made of its parts, ``body:foreign+ministry:ua``, or the id of the listed body with the
same parts. Invariant: the id is the same in every language and word order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from claims.language.names.bodies import parse_body
from claims.language.names.gazetteer import Gazetteer, spelt
from claims.language.readings import NameKind
from claims.language.words import Word

_LITTLE_WORDS = frozenset(("of", "the"))
# Single common words that name a body or an area once a place stands beside them.
_HEADS = frozenset(
    ("parliament", "region", "district", "embassy", "consulate", "police", "government", "senate", "navy",
    "prosecutor",
     "airport", "port")
)  # fmt: skip
_AREAS = frozenset(("region", "district", "city", "airport", "port", "nuclear", "hydro", "plant"))
_APART = re.compile(r"[,.;:!?()«»“”\n]")
_LONGEST = 9


def composed_at(
    text: str, words: Sequence[Word], position: int, gazetteer: Gazetteer
) -> tuple[str, NameKind, int]:
    """Return the id, the kind and the number of words of the composed name at ``position``, or ``("", …,
    0)``."""
    parts: frozenset[str] = frozenset()
    place = ""
    index = length = 0
    while index < _LONGEST and position + index < len(words):
        at = position + index
        if index and _APART.search(text, words[at - 1].end, words[at].start):
            break
        kinds, reach = gazetteer.words.longest(words, at, spelt) if not parts else ((), 0)
        places, extent = gazetteer.find(words, at, ("place:",)) if not place else ((), 0)
        if reach and reach >= extent:
            parts = frozenset(min(kinds, key=len).partition(":")[2].split("+"))
        elif extent:
            place, reach = places[0].partition(":")[2], extent
        elif index and words[at].folded in _LITTLE_WORDS:
            index += 1
            continue
        else:
            break
        index += reach
        length = index
    named = len(parts) > 1 or (bool(place) and bool(parts & _HEADS))
    # The name begins in capitals; an adjective before it may not: «російське Міноборони».
    capital = any(word.surface[0].isupper() for word in words[position : position + length])
    if not parts or not named or not capital:
        return "", "unknown", 0
    name_id = _known_bodies(gazetteer).get(
        (parts, place)
    ) or f"body:{'+'.join(sorted(parts))}:{place}".rstrip(":")
    return name_id, "place" if parts <= _AREAS else "org", length


@lru_cache(maxsize=2)
def _known_bodies(gazetteer: Gazetteer) -> dict[tuple[frozenset[str], str], str]:
    """Return listed bodies by their parts, where their name has no other words."""
    known: dict[tuple[frozenset[str], str], str] = {}
    for name_id, spellings in gazetteer.spellings.items():
        if not name_id.startswith("org:"):
            continue
        for spelling in spellings:
            body = parse_body(spelling, gazetteer, whole=False)
            if body.common and not body.other and len(body.listed) <= 1:
                parts = frozenset(part.partition(":")[2] for part in body.common)
                place = min(body.listed[0]).partition(":")[2] if body.listed else ""
                if place:
                    known.setdefault((parts, place), name_id)
    return known
