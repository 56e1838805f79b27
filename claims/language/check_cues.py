"""Words that speak for or against checking a sentence, looked up in three languages.

The lists are parted by commas. A list holds words, phrases, and three signs: ``*`` at the end of a word stands for
any ending, at the beginning for any beginning; ``^`` is the start of the sentence; ``#`` is a number. A word after
``!`` is no such cue although an ending fits it. Invariant: a sentence is looked up word by word, so that the
work grows with its length alone, whatever the words are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from claims.language.check_words_en import ENGLISH
from claims.language.check_words_ru import RUSSIAN
from claims.language.check_words_uk import UKRAINIAN
from claims.language.folding import APOSTROPHES

START, NUMBER = "^", "#"
_LONGEST_WORD = 40  # Code points; what is longer is a link or noise.
_TOKEN = re.compile(rf"\d[\d.,]*|[^\W\d_]+(?:[{APOSTROPHES}][^\W\d_]+){{0,3}}")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")


def cue_words(sentence: str) -> list[str]:
    """Return the words of a sentence as the lists write them, after ``START``; apostrophes stay.

    >>> cue_words("We’ll spend 5,000.")
    ['^', "we'll", 'spend', '#']
    """
    folded = _APOSTROPHE.sub("'", unicodedata.normalize("NFC", sentence).casefold()).replace("ё", "е")
    return [
        START,
        *(NUMBER if word[0].isdigit() else word[:_LONGEST_WORD] for word in _TOKEN.findall(folded)),
    ]


@dataclass(slots=True)
class CueTable:
    """The lists of one language, ready to be looked up."""

    words: dict[str, set[str]] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = field(default_factory=dict)
    beginnings: dict[str, set[str]] = field(default_factory=dict)
    endings: dict[str, set[str]] = field(default_factory=dict)
    exceptions: set[tuple[str, str]] = field(default_factory=set)

    def cues(self, words: list[str]) -> set[str]:
        """Return the names of the lists that the words of one sentence meet."""
        found: set[str] = set()
        for at, word in enumerate(words):
            found |= self._of_word(word)
            for phrase, cue in self.phrases.get(word, ()):
                if tuple(words[at : at + len(phrase)]) == phrase:
                    found.add(cue)
        return found

    def _of_word(self, word: str) -> set[str]:
        found = set(self.words.get(word, ()))
        for length in range(_SHORTEST_BEGINNING, len(word) + 1):
            found |= self.beginnings.get(word[:length], _NOTHING)
        for length in _ENDING_LENGTHS:
            if len(word) >= length + _SHORTEST_BEFORE_ENDING:
                ended = self.endings.get(word[-length:], _NOTHING)
                found |= {cue for cue in ended if (word, cue) not in self.exceptions}
        return found

    def add(self, cue: str, entry: str) -> None:
        """Take in one entry of a list."""
        if entry.startswith("!"):
            self.exceptions.add((entry[1:], cue))
        elif entry.startswith("*"):
            self.endings.setdefault(entry[1:], set()).add(cue)
        elif " " in entry:
            phrase = tuple(entry.split())
            self.phrases.setdefault(phrase[0], []).append((phrase, cue))
        elif entry.endswith("*"):
            self.beginnings.setdefault(entry[:-1], set()).add(cue)
        else:
            self.words.setdefault(entry, set()).add(cue)


_NOTHING: frozenset[str] = frozenset()
_SHORTEST_BEGINNING = 3
_ENDING_LENGTHS = range(2, 6)
_SHORTEST_BEFORE_ENDING = 2


def table_of(lists: Mapping[str, str]) -> CueTable:
    """Return the lists of one language, by the name of the cue, as one table."""
    table = CueTable()
    for cue, listed in lists.items():
        for entry in _entries(listed):
            table.add(cue, entry)
    return table


def _entries(listed: str) -> Iterable[str]:
    return (" ".join(entry.replace("-", " ").split()) for entry in listed.split(",") if entry.strip())


CUES: Mapping[str, CueTable] = {
    "en": table_of(ENGLISH),
    "uk": table_of(UKRAINIAN),
    "ru": table_of(RUSSIAN),
}
