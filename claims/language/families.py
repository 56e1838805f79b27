"""Families of words: which words of a text may stand for a word of the lexicon although the form differs.

Stems alone join too much: “customers” and “customs”, «час» and «часом», «дальний» and «даль». A key is
therefore a stem with the sort of word that its ending shows, and both must agree. Inflections, adverbs of an
adjective, reflexives, participles and verbal nouns of a verb stay in the family; other derived words are
words of their own, which the lexicon lists where they mean the same. Invariant: a word that the dictionary
does not know belongs to every sort, since its ending may be one of inflection; stems have four letters.
"""

from __future__ import annotations

import re
from functools import lru_cache

from claims.language.lemmas import Spoken, is_known
from claims.language.readings import Language
from claims.language.words import fold, language_of_word, lemma, stems

_SHORTEST = 4
_SHORTEST_ADVERB = 7

#: Derived English words by ending, longest first; what has none of these is an inflection or an adverb.
_ENGLISH_SORTS = re.compile(
    "(?P<sort>abilit|ibilit|ation|ition|ment|ness|ship|hood|ance|ence|able|ible|ical|ist|ism|ion|ity|"
    "ive|ful|less|ous|ary|ory|age|ant|ent|er|or|ic|al|cy|ty|ry)(?:y|ies|s|es|ly|ally)?$"
)
_SAME_SORT = {"ical": "ic", "ition": "ion", "ation": "ion", "er": "or"}
_SLAVIC_SORTS = {
    "uk": (
        (re.compile("(?:ти|тися|тись|сь|ння|ття)$"), "v"),
        (re.compile("(?:[еаяіо]н|т)(?:ий|а|е|і|о)$"), "va"),
        (re.compile("(?:ий|ій)$"), "a"),
        (re.compile("(?:но|ко|во|ло|то|ро|йно|ше)$"), "an"),
    ),
    "ru": (
        (re.compile("(?:ть|ти|чь|ться|тись|чься|ние|тие)$"), "v"),
        (re.compile("(?:нный|тый|щий|вший|мый|мися|щийся|вшийся)$"), "va"),
        (re.compile("(?:ый|ий|ой)$"), "a"),
        (re.compile("(?:но|ко|во|ло|то|ро|ски|цки|ше|ее)$"), "an"),
    ),
}
#: A dictionary form that ends like an oblique case is an adverb or a preposition («разом», «шляхом», «перед»).
_FROZEN = re.compile("(?:[оеє]м|ами|ями|ою|ею|єю)$")
_NAME_LIKE = re.compile(r"[^\W\d_a-zа-яіїєґё][^\W\d_]*[a-zа-яіїєґё]$")


@lru_cache(maxsize=262_144)
def family_keys(word: str, language: Language) -> tuple[str, ...]:
    """Return the keys of one word; two words are of one family if they share a key. A word may have none.

    >>> set(family_keys("customers", "en")) & set(family_keys("customs", "en"))
    set()
    >>> bool(set(family_keys("використані", "uk")) & set(family_keys("використати", "uk")))
    True
    """
    folded = fold(word)
    spoken = language_of_word(folded, language)
    if spoken == "other" or not folded.isalpha():
        return (folded,)
    known = lemma(word, language)
    if known == folded and not is_known(folded, spoken):
        if _NAME_LIKE.match(word):
            return ()  # A word in capitals that no dictionary has is a name.
        sorts, roots = _every_sort(spoken), stems(word, language)
    else:
        sorts = _sorts(known, folded, spoken)
        roots = stems(word, language) if known != folded else stems(known, language)[:1]
        if known == folded and spoken != "en" and _FROZEN.search(folded):
            sorts, roots = ("",), (folded,)
    return tuple(f"{root}:{sort}" for root in roots if len(root) >= _SHORTEST for sort in sorts)


def _sorts(known: str, folded: str, spoken: Spoken) -> tuple[str, ...]:
    if spoken == "en":
        if known.endswith("ing") or (folded.endswith("ly") and len(folded) < _SHORTEST_ADVERB):
            return (folded,)  # “backing” is no inflection of “back”, nor “hardly” an adverb of “hard”.
        found = _ENGLISH_SORTS.search(folded)
        sort = found.group("sort") if found else ""
        return (_SAME_SORT.get(sort, sort),)
    for pattern, sorts in _SLAVIC_SORTS[spoken]:
        if pattern.search(known):
            return tuple(sorts)
    return ("n",)


def _every_sort(spoken: Spoken) -> tuple[str, ...]:
    return ("",) if spoken == "en" else ("v", "a", "n")
