"""Lists of known names: bodies, places, peoples and persons with their spellings in three languages.

Lists come from ``lexicon/names/*.tsv``, from CLDR (countries), and from a folder ``names`` inside each
folder of the newsroom's own lexicon. An id begins with its kind: ``org:``, ``place:``, ``person:``, or
``word:`` for the common words that bodies are named with (“ministry”); countries are ``place:`` and
their ISO 3166 code. Invariant: a list only adds spellings, and a faulty line never keeps the rest out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from babel import Locale

from claims.language.lexicon import SHIPPED_FOLDER, Lexicon, current_lexicon
from claims.language.names.declension import nominatives
from claims.language.phrases import Branch
from claims.language.readings import LANGUAGES
from claims.language.tables import TableProblem, read_table, table_files
from claims.language.words import Word, fold, read_words

_is_name_id = re.compile(r"(?:org|place|person|word|given):[a-z0-9]+(?:[-+][a-z0-9]+)*\Z").match
_PEOPLES = "peoples"  # In this list words may stand in lower case ("російський", "украинцы").
_MEDIA = "media"  # The bodies of this list are news agencies and outlets.


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """The lists as trees of phrases, by how their words are written in a text.

    ``names``: capitalised; ``abbreviations``: in capitals; ``any_case``: as they come; ``words``: the
    common words of bodies' names. ``spellings`` gives every listed spelling of an id, ``given`` the ids
    of the groups of equivalent given names by folded name; ``outlets`` are the ids of media; ``firsts`` are
    the first words of all listed names, so that other words cost no search.
    """

    names: Branch = field(default_factory=Branch)
    abbreviations: Branch = field(default_factory=Branch)
    any_case: Branch = field(default_factory=Branch)
    words: Branch = field(default_factory=Branch)
    given: dict[str, tuple[str, ...]] = field(default_factory=dict)
    spellings: dict[str, tuple[str, ...]] = field(default_factory=dict)
    outlets: set[str] = field(default_factory=set)
    firsts: set[str] = field(default_factory=set)
    problems: tuple[TableProblem, ...] = ()

    def find(
        self, words: Sequence[Word], position: int, kinds: tuple[str, ...] = ("",)
    ) -> tuple[tuple[str, ...], int]:
        """Return the ids of the longest listed name that begins at ``position``, and its length in words.

        Only ids that begin with one of ``kinds`` count.
        """
        if self.firsts.isdisjoint(spelt(words[position])):
            return (), 0
        first = words[position].surface
        best: tuple[tuple[str, ...], int] = ((), 0)
        if first[:1].isupper() or first[:1].isdigit():
            best = self.names.longest(words, position, spelt, kinds)
            if is_abbreviated(first):
                shortened = self.abbreviations.longest(words, position, spelt, kinds)
                best = max(shortened, best, key=lambda found: found[1])
        if best[1] == 0:
            best = self.any_case.longest(words, position, spelt, kinds)
        return best

    def may_compose(self, word: Word) -> bool:
        """Tell whether ``word`` may be the first of the common words that name a body."""
        return not self.words.keys().isdisjoint(spelt(word))

    def names_a_body(self, word: Word) -> bool:
        """Tell whether ``word``, as it is printed, is a common word that bodies are named with."""
        common = self.words.get(word.folded)
        return common is not None and bool(common.ids)


def spelt(word: Word) -> tuple[str, ...]:
    """Return the forms under which a word of a text may be listed."""
    return nominatives(word.folded)


def is_abbreviated(surface: str) -> bool:
    """Tell whether a word is written in capitals, be it with a case ending: “ООН”, “МИДа”."""
    if len(surface) < 2:
        return False
    letters = [character for character in surface if character.isalpha()]
    return len(letters) >= 2 and letters[0].isupper() and letters[1].isupper()


@lru_cache(maxsize=2)
def gazetteer_of(lexicon: Lexicon) -> Gazetteer:
    """Load the lists that belong to ``lexicon``: the shipped ones and those of its folders."""
    problems: list[TableProblem] = []
    given: defaultdict[str, dict[str, None]] = defaultdict(dict)
    spellings: defaultdict[str, dict[str, None]] = defaultdict(dict)
    gazetteer = Gazetteer()
    for name_id, spelling in _countries():
        _plant(gazetteer, name_id, spelling, spellings)
    folders: list[Path] = [folder / "names" for folder in (SHIPPED_FOLDER, *lexicon.folders)]
    for path in table_files(folders):
        for row in read_table(path, _is_name_id, problems):
            if path.stem == _MEDIA:
                gazetteer.outlets.add(row.id)
            for language in LANGUAGES:
                for spelling in row.words[language]:
                    if row.id.startswith("given:"):
                        given[fold(spelling)][row.id] = None
                        spellings[row.id][spelling] = None
                    elif path.stem == _PEOPLES:
                        _plant_in(gazetteer.any_case, row.id, spelling)
                    else:
                        _plant(gazetteer, row.id, spelling, spellings)
    gazetteer.given.update({name: tuple(groups) for name, groups in given.items()})
    gazetteer.firsts.update(gazetteer.names, gazetteer.abbreviations, gazetteer.any_case)
    gazetteer.spellings.update({name_id: tuple(found) for name_id, found in spellings.items()})
    return replace(gazetteer, problems=tuple(problems))


def current_gazetteer() -> Gazetteer:
    """Return the lists that belong to the lexicon in use."""
    return gazetteer_of(current_lexicon())


def _plant(
    gazetteer: Gazetteer, name_id: str, spelling: str, spellings: defaultdict[str, dict[str, None]]
) -> None:
    if name_id.startswith("word:"):
        _plant_in(gazetteer.words, name_id, spelling)
        return
    spellings[name_id][spelling] = None
    short = is_abbreviated(spelling) and " " not in spelling
    _plant_in(gazetteer.abbreviations if short else gazetteer.names, name_id, spelling)


def _plant_in(tree: Branch, name_id: str, spelling: str) -> None:
    tree.plant([(word.folded,) for word in read_words(spelling)], name_id)


def _countries() -> list[tuple[str, str]]:
    """Return the names of countries in CLDR, as pairs of id and spelling."""
    found = []
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("ZZ", "XA", "XB", "EU", "UN", "EZ", "QO"):
                # CLDR adds a qualifier in brackets: “Virgin Islands (British)”.
                found.append((f"place:{code.lower()}", name.partition("(")[0].strip()))
    return found
