"""Proper names in running text: listed names, and runs of capitalised words.

Invariant: spans are ordered and do not overlap. A word that is capitalised only because it opens a
sentence is no name, unless it is listed, stands in a run of capitalised words, or is capitalised
elsewhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from claims.language.folding import APOSTROPHES
from claims.language.names.composed import composed_at
from claims.language.names.gazetteer import Gazetteer, current_gazetteer, is_abbreviated
from claims.language.names.keys import name_key
from claims.language.names.persons import given_groups, parse_person, same_person
from claims.language.readings import Language, Name, NameKind, Span
from claims.language.sentences import split_sentences
from claims.language.terms import is_stop_word
from claims.language.words import Word, lemma, read_words

# What may stand between two words of one name: a space, a hyphen, the full stop of an initial.
_BETWEEN = re.compile(r"(?:[ \u00a0]{1,2}|[-‑–]|\.[ \u00a0]?)\Z")
_OPENS_AFRESH = re.compile(r"[\"“„«(\[—–:•*]\s*\Z")
_PARTICLES = frozenset("de la van von der den bin al of del da фон ван де ла бін аль дер бен".split())
_POSSESSIVE = re.compile(rf"[A-Za-z][{APOSTROPHES}]s\Z")
_LONGEST_RUN = 6
_FEWEST_SPACED = 4  # So many letters in a row are a word in spaced letters (“A P P R O V E D”), no initials.
# Months and days of the week are times, not names; titles belong to no name.
_NO_NAMES = frozenset(
    """january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday mr mrs ms dr president minister prime i am pm gmt utc змі
    сми governor chancellor senator ambassador spokesman spokeswoman spokesperson colonel lieutenant
    major captain admiral king queen prince princess pope sir lord secretary congressman representative
    professor judge chairman губернатор канцлер сенатор посол полковник король принц папа генерал сер
    сэр президент прем'єр міністр голова глава министр премьер пане пан господин""".split()
)
_NAMED_KINDS = ("org:", "place:", "person:")


def name_keys(text: str, language: Language) -> tuple[str, ...]:
    """Return the script-independent keys of the words of one name, in their order; ``language`` is any."""
    return tuple(key for word in read_words(text) if (key := name_key(word.surface)))


def read_names(text: str, language: Language) -> tuple[Name, ...]:
    """Return the names of ``text`` in order, with keys, kind and the id of a listed name.

    >>> [(name.surface, name.canonical) for name in read_names("Делегація прибула до Женеви", "uk")]
    [('Женеви', 'place:geneva')]
    """
    return _read_names(text, language, current_gazetteer())


# Quotations and attributions ask for the names of the same text again.
@lru_cache(maxsize=64)
def _read_names(text: str, language: Language, gazetteer: Gazetteer) -> tuple[Name, ...]:
    words = read_words(text)
    opening = _opening_words(text, words)
    inner = {
        word.folded
        for position, word in enumerate(words)
        if word.surface[0].isupper() and position not in opening
    }
    found: list[Name] = []
    position = 0
    while position < len(words):
        length = _run_length(text, words, position, language, opening)
        ids, reach = gazetteer.find(words, position, _NAMED_KINDS)
        if ids and ids[0].startswith("person:") and reach < length:
            ids, reach = (), 0  # “Trump” within “Melania Trump” is another person.
        body, kind, extent = composed_at(text, words, position, gazetteer)
        if body and extent > reach:
            found.append(_named(text, words[position : position + extent], kind, body))
            position += extent
            continue
        if ids and reach:
            found.append(_named(text, words[position : position + reach], _kind(ids[0]), ids[0]))
            position += reach
        elif length >= _FEWEST_SPACED and all(
            len(word.surface) == 1 for word in words[position : position + length]
        ):
            position += length
        elif length:
            length = _before_listed(text, words, position, length, gazetteer)
            run = words[position : position + length]
            if length > 1 or _is_name(run[0], position in opening, inner, language, gazetteer):
                bearer = _listed_bearer(text, run, language, gazetteer)
                kind = "person" if bearer else _run_kind(run, gazetteer)
                found.append(_named(text, run, kind, bearer))
            position += length
        else:
            position += 1
    return tuple(found)


def _opening_words(text: str, words: Sequence[Word]) -> set[int]:
    """Return the positions of words that are capitalised for their place: after a full stop, a quotation
    mark, a colon or a dash."""
    starts = iter(sorted({span.start for span in split_sentences(text)}))
    start = next(starts, None)
    opening: set[int] = set()
    for position, word in enumerate(words):
        if start is not None and word.start >= start:
            opening.add(position)
            while start is not None and start <= word.start:
                start = next(starts, None)
        elif word.surface[0].isupper() and _OPENS_AFRESH.search(text, max(0, word.start - 3), word.start):
            opening.add(position)
    return opening


def _run_length(
    text: str, words: Sequence[Word], position: int, language: Language, opening: set[int]
) -> int:
    """Return how many words the run of capitalised words has that begins at ``position``."""
    first = words[position]
    if not _may_name(first, language, position in opening):
        return 0
    length = 1
    for index in range(position + 1, min(len(words), position + _LONGEST_RUN)):
        word = words[index]
        if not _BETWEEN.match(text[words[index - 1].end : word.start]):
            break
        if text[words[index - 1].end] == "." and len(words[index - 1].surface) > 2:
            break
        if _may_name(word, language, False) and (index not in opening or len(words[index - 1].surface) == 1):
            length = index - position + 1
        elif word.folded not in _PARTICLES:
            break
    return length


def _may_name(word: Word, language: Language, opens: bool) -> bool:
    if not word.surface[0].isupper() or word.folded in _NO_NAMES:
        return False
    # A stop word opens sentences (“The”, «Він») and rarely is a name (“Will”, «Ви»).
    return not is_stop_word(word.folded, language) or (len(word.surface) == 1 and not opens)


def _before_listed(text: str, words: Sequence[Word], position: int, length: int, gazetteer: Gazetteer) -> int:
    """Return the length up to a listed body or place within the run: “President Duda Poland”."""
    for index in range(position + 1, position + length):
        ids, reach = gazetteer.find(words, index, ("org:", "place:"))
        if ids and (reach > 1 or index + reach == position + length):
            return index - position
        # A composed name begins with a place, which is among the ids, or with a common word.
        if (ids or gazetteer.may_compose(words[index])) and composed_at(text, words, index, gazetteer)[2]:
            return index - position
    return length


def _is_name(word: Word, opens: bool, inner: set[str], language: Language, gazetteer: Gazetteer) -> bool:
    if not opens:
        return len(word.surface) > 1
    if word.folded in inner or (is_abbreviated(word.surface) and len(word.surface) <= 6):
        return True
    if len(word.surface) < 4 or word.surface.isupper():
        return False
    # A word that no dictionary knows, with the ending of a family name, opens the sentence as a name.
    return lemma(word.surface, language) == word.folded and bool(_FAMILY_END.search(word.folded))


_FAMILY_END = re.compile(
    r"(?:enko|chuk|skyi|skyy|sky|yan|shvili|енко|чук|ський|ский|цький|цкий|швілі|швили|дзе|ова|єв|ов|ев"
    r"|юк|як|іч|ич)$"
)


def _listed_bearer(text: str, run: Sequence[Word], language: Language, gazetteer: Gazetteer) -> str:
    """Return the id of the listed person whose family name ends the run, if the given names agree too."""
    if not 2 <= len(run) <= 3:
        return ""
    ids, _ = gazetteer.find(run, len(run) - 1, ("person:",))
    name = parse_person(text, run, gazetteer) if ids else None
    for name_id in ids if name else ():
        for spelling in gazetteer.spellings[name_id]:
            words = read_words(spelling)
            listed = parse_person(spelling, words, gazetteer) if len(words) > 1 else None
            if name and listed and same_person(name, language, listed, "other", gazetteer):
                return name_id
    return ""


def _named(text: str, run: Sequence[Word], kind: NameKind, canonical: str) -> Name:
    last = run[-1]
    # The possessive ending is not part of the name.
    end = last.end - 2 if _POSSESSIVE.search(last.surface) else last.end
    span = Span(run[0].start, end)
    keys = tuple(key for word in run if (key := name_key(word.surface)) and word.folded not in _PARTICLES)
    return Name(span, span.of(text), keys, kind, canonical)


def _kind(name_id: str) -> NameKind:
    kinds: dict[str, NameKind] = {"org": "org", "place": "place", "person": "person"}
    return kinds.get(name_id.partition(":")[0], "unknown")


def _run_kind(run: Sequence[Word], gazetteer: Gazetteer) -> NameKind:
    if any(map(gazetteer.names_a_body, run)):
        return "org"
    if len(run) in (2, 3) and (len(run[0].surface) == 1 or given_groups(run[0].surface, gazetteer)):
        return "person"
    return "unknown"
