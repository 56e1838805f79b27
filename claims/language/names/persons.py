"""Comparing the names of persons: given names, initials, patronymics, family names and gender.

Invariant: what one of two names leaves out never tells them apart; what both state and what differs does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from claims.language.names.declension import nominatives
from claims.language.names.gazetteer import Gazetteer, spelt
from claims.language.names.keys import romanise
from claims.language.names.likeness import alike
from claims.language.names.variants import genders
from claims.language.words import Word, fold, read_words

_PARTICLES = frozenset(
    """van von der den de la le du di da dos del della el al as ash ar ad bin ibn ben abu ван фон дер
    ден де ла ле дю ді ди да дос дель ель эль аль ас аш ар бін ібн ибн бен бин абу""".split()
)
TITLES = frozenset(
    """mr mrs ms dr sir lord president minister prime general gen senator jr sr prince king queen
    pope colonel admiral governor mayor chancellor premier ambassador secretary leader
    spokesman spokesperson foreign пан пані панове президент премєр премьер міністр министр
    генерал сенатор господин госпожа принц король папа полковник адмірал адмирал губернатор
    мер мэр канцлер посол голова глава лідер лидер речник речниця представник представитель
    начальник директор секретар секретарь керівник руководитель""".split()
)
_PATRONYMIC = re.compile(
    r"(?:(?:ович|евич|йович|ьич|ївн|івн|овн|евн|ївн)(?:а|у|ем|ом|і|е|и|ы|ою|ой|ові|еві)?|(?:ovych|yovych"
    r"|ovich|evich|ivna|yivna|ovna|evna))$"
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in parts; each part is one word, or several joined by hyphens."""

    family: tuple[str, ...]
    given: tuple[tuple[str, ...], ...] = ()


def parse_person(text: str, words: Sequence[Word], gazetteer: Gazetteer) -> PersonName | None:
    """Return the parts of a name given as its words, or None where no word is left."""
    groups: list[list[str]] = []
    previous: Word | None = None
    for word in words:
        # An office stands before the name or in lower case; elsewhere it is a name (“Le Maire”, «Ле Мэр»).
        office = word.folded in TITLES and (not groups or word.surface[0].islower())
        if word.folded in _PARTICLES or office:
            previous = None
            continue
        if previous is not None and text[previous.end : word.start] in ("-", "‑", "–"):
            groups[-1].append(word.surface)
        else:
            groups.append([word.surface])
        previous = word
    parts = [tuple(group) for group in groups]
    if not parts:
        return None
    if len(parts) > 1 and _family_comes_first(parts, gazetteer):
        parts = [*parts[1:], parts[0]]
    given = tuple(part for part in parts[:-1] if len(parts) < 3 or not _PATRONYMIC.search(fold(part[0])))
    return PersonName(parts[-1], given)


def without_title(text: str, gazetteer: Gazetteer) -> str:
    """Return ``text`` from the name on, where it opens with an office: “Foreign Minister Lavrov”."""
    words = read_words(text)
    position, titled = 0, False
    while position < len(words):
        common = gazetteer.words.longest(words, position, spelt)[1]
        # “General Staff” is a body, “General Zaluzhnyi” a person.
        if words[position].folded in TITLES and common < 2:
            position, titled = position + 1, True
            continue
        placed = gazetteer.find(words, position, ("place:",))[1]
        if not max(common, placed):
            break
        position += max(common, placed)
    return text[words[position].start :] if titled and 0 < position < len(words) else text


def opens_with_given_name(words: Sequence[Word], gazetteer: Gazetteer) -> bool:
    """Tell whether two words or more begin with a known given name."""
    return len(words) > 1 and bool(given_groups(words[0].surface, gazetteer))


def _family_comes_first(parts: Sequence[tuple[str, ...]], gazetteer: Gazetteer) -> bool:
    if len(parts) == 3 and _PATRONYMIC.search(fold(parts[2][0])):
        return True
    last_is_initial = _is_initial(parts[-1][0])
    if last_is_initial and not _is_initial(parts[0][0]):
        return True
    known_first, known_last = (given_groups(parts[index][0], gazetteer) for index in (0, -1))
    return len(parts) == 2 and bool(known_last) and not known_first and not _is_initial(parts[0][0])


def _is_initial(word: str) -> bool:
    return len(word) == 1 or (len(word) == 2 and word in ("Дж", "Дм", "Вл", "Ол", "Юр", "Єв", "Ев"))


def given_groups(word: str, gazetteer: Gazetteer) -> frozenset[str]:
    """Return the ids of the groups of equivalent given names that ``word`` may belong to."""
    return frozenset(group for form in nominatives(fold(word)) for group in gazetteer.given.get(form, ()))


def same_person(a: PersonName, language_a: str, b: PersonName, language_b: str, gazetteer: Gazetteer) -> bool:
    """Tell whether two names can be one person's."""
    if not _families_agree(a.family, language_a, b.family, language_b):
        return False
    return all(
        _given_agree(mine[0], language_a, theirs[0], language_b, gazetteer)
        for mine, theirs in zip(a.given, b.given, strict=False)
    )


def _families_agree(a: Sequence[str], language_a: str, b: Sequence[str], language_b: str) -> bool:
    if not genders(a[-1]) & genders(b[-1]):
        return False
    if len(a) == len(b):
        return all(alike(x, language_a, y, language_b) for x, y in zip(a, b, strict=True))
    # A double name may be shortened to one of its halves, or be written as one word.
    return any(alike(x, language_a, y, language_b) for x, y in product(a, b)) or alike(
        "".join(a), language_a, "".join(b), language_b
    )


def _given_agree(a: str, language_a: str, b: str, language_b: str, gazetteer: Gazetteer) -> bool:
    groups_a, groups_b = given_groups(a, gazetteer), given_groups(b, gazetteer)
    if _is_initial(a) or _is_initial(b):
        return bool(_initials(a, groups_a, gazetteer) & _initials(b, groups_b, gazetteer))
    if groups_a and groups_b:
        return bool(groups_a & groups_b)
    return alike(a, language_a, b, language_b)


def _initials(word: str, groups: frozenset[str], gazetteer: Gazetteer) -> frozenset[str]:
    """Return the first letters that a given name has in any alphabet, romanised."""
    if _is_initial(word):
        first = romanise(word)[:1]
        # Є and Ю are written E or Ye, Iu or Yu; Г and Х are H or G.
        return frozenset((first, "i")) if fold(word)[:1] in "єюяеёy" else frozenset((first,))
    spellings = (word, *(name for group in groups for name in gazetteer.spellings.get(group, ())))
    return frozenset(romanise(spelling)[:1] for spelling in spellings)
