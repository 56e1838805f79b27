"""A tree of phrases, and the longest of them that begins at a word of a text.

Invariant: finding takes one step for each word of the longest phrase and each spelling of that word, so
it does not slow down as the lists grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice, product

from claims.language.words import Word

_MOST_SPELLINGS = 8  # Variants kept for one phrase.
_WIDEST_GAP = 3  # Code points between two words of one phrase: a space, a hyphen, a dash with spaces.


class Branch(dict[str, "Branch"]):
    """A node: the words that may follow, and the ids of the phrases that end here."""

    __slots__ = ("ids",)

    def __init__(self) -> None:
        super().__init__()
        self.ids: tuple[str, ...] = ()

    def plant(self, choices: Sequence[Iterable[str]], phrase_id: str) -> None:
        """Add a phrase whose words may each be spelt in several ways."""
        for spelling in islice(product(*choices) if choices else (), _MOST_SPELLINGS):
            node = self
            for part in spelling:
                node = node.setdefault(part, Branch())
            if phrase_id not in node.ids:
                node.ids = (*node.ids, phrase_id)

    def longest(
        self,
        words: Sequence[Word],
        position: int,
        spellings: Callable[[Word], Iterable[str]],
        kinds: tuple[str, ...] = ("",),
    ) -> tuple[tuple[str, ...], int]:
        """Return the ids of the longest phrase that begins at ``position``, and how many words it has.

        Only ids that begin with one of ``kinds`` count. No phrase: ``((), 0)``.
        """
        branches = [self[form] for form in spellings(words[position]) if form in self]
        if not branches:
            # The common case, worth being quick: no phrase begins at most words.
            return (), 0
        best: tuple[tuple[str, ...], int] = ((), 0)
        at = position
        while branches:
            ids = dict.fromkeys(
                found for branch in branches if branch.ids for found in branch.ids if found.startswith(kinds)
            )
            if ids:
                best = (tuple(ids), at + 1 - position)
            at += 1
            if at == len(words) or words[at].start - words[at - 1].end > _WIDEST_GAP:
                break
            forms = spellings(words[at])
            branches = [branch[form] for branch in branches for form in forms if form in branch]
        return best
