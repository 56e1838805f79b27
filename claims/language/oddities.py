"""Letters in quoted words that a reader cannot see or tell apart: they are kept as said, and named.

Pure: tells what is there and judges nothing. Text that is written from right to left needs direction marks; a
look-alike letter may be a slip of the keyboard or a way past a search.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.language.folding import drop_signs, skeleton

#: Marks that turn the direction of what follows (Unicode TR 9): embeddings, overrides, isolates and single marks.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060-\u2064\ufeff]")
_WORD = re.compile(r"[^\W\d_]+")
#: The words that are named at most.
_NAMED = 5


@dataclass(frozen=True, slots=True)
class Oddities:
    """``mixed`` are words with letters of two alphabets that look alike, as they stand."""

    has_direction_marks: bool = False
    has_invisible: bool = False
    mixed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.has_direction_marks or self.has_invisible or bool(self.mixed)


def oddities_in(words: str) -> Oddities:
    """Return what cannot be seen in ``words``.

    >>> oddities_in("Kиїв").mixed
    ('Kиїв',)
    """
    mixed = [word for word in _WORD.findall(words) if _is_mixed(word)]
    return Oddities(
        has_direction_marks=_DIRECTION.search(words) is not None,
        has_invisible=_INVISIBLE.search(words) is not None,
        mixed=tuple(dict.fromkeys(mixed))[:_NAMED],
    )


def _is_mixed(word: str) -> bool:
    plain = drop_signs(word).lower()
    return skeleton(plain) != plain
