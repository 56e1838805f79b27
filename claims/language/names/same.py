"""Whether two strings can name one person, body or place.

Invariant: symmetric, and true for two spellings, grammatical cases or listed aliases of one name. The
question is what the strings allow, not what is meant: a bare family name fits every bearer.
"""

from __future__ import annotations

import re
from functools import lru_cache

from claims.language.names.bodies import is_body, parse_body, same_body
from claims.language.names.gazetteer import Gazetteer, current_gazetteer, is_abbreviated
from claims.language.names.persons import opens_with_given_name, parse_person, same_person, without_title
from claims.language.terms import is_stop_word
from claims.language.words import fold_text, read_words

_LONGEST = 200  # Code points; longer strings are no names.


def same_name(a: str, language_a: str, b: str, language_b: str) -> bool:
    """Tell whether ``a`` and ``b`` can name one entity; languages are ``en``, ``uk``, ``ru`` or ``other``.

    >>> same_name("Rustem Umerov", "en", "Умєрова", "uk"), same_name("EU Council", "en", "Рада Європи", "uk")
    (True, False)
    """
    if len(a) > _LONGEST or len(b) > _LONGEST:
        return fold_text(a) == fold_text(b)
    return _same(a, language_a, b, language_b, current_gazetteer())


@lru_cache(maxsize=32_768)
def _same(a: str, language_a: str, b: str, language_b: str, gazetteer: Gazetteer) -> bool:
    words_a, words_b = read_words(a), read_words(b)
    if not words_a or not words_b:
        return False
    if fold_text(a) == fold_text(b):
        return True
    a, b = without_title(a, gazetteer), without_title(b, gazetteer)
    words_a, words_b = read_words(a), read_words(b)
    ids_a, ids_b = _whole(a, gazetteer), _whole(b, gazetteer)
    if ids_a and ids_b:
        return bool(ids_a & ids_b)
    if _abbreviates(a, b) or _abbreviates(b, a):
        return True
    if ids_a or ids_b:
        listed, unlisted = ((a, language_a), (b, language_b)) if ids_a else ((b, language_b), (a, language_a))
        if _meets_listed(ids_a or ids_b, listed, unlisted, gazetteer):
            return True
    body_a, body_b = parse_body(a, gazetteer), parse_body(b, gazetteer)
    # A family name may also be a place's: “Jack London”.
    person = opens_with_given_name(words_a, gazetteer) or opens_with_given_name(words_b, gazetteer)
    if (is_body(body_a) or is_body(body_b)) and not (person and not body_a.common | body_b.common):
        return same_body(body_a, language_a, body_b, language_b)
    person_a, person_b = parse_person(a, words_a, gazetteer), parse_person(b, words_b, gazetteer)
    if person_a is None or person_b is None:
        return False
    return same_person(person_a, language_a, person_b, language_b, gazetteer)


def _whole(text: str, gazetteer: Gazetteer) -> frozenset[str]:
    """Return the ids that the whole of ``text`` is listed under."""
    words = [word for word in read_words(text) if word.folded != "the"] or list(read_words(text))
    ids, length = gazetteer.find(words, 0)
    return frozenset(ids) if length == len(words) else frozenset()


_is_country = re.compile(r"place:[a-z]{2}\Z").match


def _meets_listed(
    ids: frozenset[str], listed: tuple[str, str], unlisted: tuple[str, str], gazetteer: Gazetteer
) -> bool:
    """Tell whether an unlisted name is another spelling, or a description, of a listed one."""
    text, language = unlisted
    length = len(read_words(listed[0]))
    for name_id in ids:
        if _is_country(name_id):
            continue  # All spellings of countries are listed; others are other words (“Hollande”).
        for spelling in gazetteer.spellings.get(name_id, ()):
            words = read_words(spelling)
            if name_id.startswith("org:"):
                described, other = (
                    parse_body(spelling, gazetteer, whole=False),
                    parse_body(text, gazetteer, whole=False),
                )
                if described.common and len(words) > 1 and same_body(described, "other", other, language):
                    return True
            elif len(words) == length == len(read_words(text)) and not is_abbreviated(spelling):
                mine, theirs = (
                    parse_person(spelling, words, gazetteer),
                    parse_person(text, read_words(text), gazetteer),
                )
                if mine and theirs and same_person(mine, "other", theirs, language, gazetteer):
                    return True
    return False


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether ``short`` is made of the first letters of the words of ``long``, in one alphabet."""
    letters = read_words(short)
    words = read_words(long)
    if len(letters) != 1 or len(words) < 2 or not is_abbreviated(letters[0].surface):
        return False
    every = "".join(word.folded[:1] for word in words)
    main = "".join(word.folded[:1] for word in words if not is_stop_word(word.folded, "other"))
    return letters[0].folded in (every, main) and letters[0].surface.isupper()
