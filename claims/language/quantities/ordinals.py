"""Ordinals in words and digits, and what hangs on digits by a hyphen: “third”, “1456-й”, “15-тысячный”,
“19th”.

Invariant: an ordinal that is part of a name (72nd Brigade, First Lady, Second World War, Fifth Channel) is
found
here and never becomes a quantity.
"""

from __future__ import annotations

from claims.language.numerals.compounds import FUSED_NOUNS, NEVER_FUSED, adjective_unit
from claims.language.numerals.reading import read_number
from claims.language.numerals.scanning import Tokens
from claims.language.numerals.units import COUNT, PERCENT, Unit
from claims.language.numerals.words import WORDS
from claims.language.quantities.wording import FUNCTION_WORDS
from claims.language.readings import Language

_SUFFIXES = {
    "en": frozenset(("st", "nd", "rd", "th")),
    "uk": frozenset(
        "й я а е го му ї ю у ша ше га ге тя тє та те ий ій их ма ме ої ому ого им ими гий ша шу".split()
    ),
    "ru": frozenset("й я е го му м ю ой ая ое ую ый ий ого ому ым ом их ых ей".split()),
}
# Suffixes that only spell the case of a cardinal: “5-ти человек”, “2-х”, “10-ть”.
_CASES = frozenset("ти ть тью х рых ро ох ьох тьох ста ми ма ра ох".split())
_ARMY = (
    "brigade", "regiment", "battalion", "division", "army", "corps", "fleet", "squadron", "battery",
    "airborne",
    "infantry", "бригад", "полк", "батальйон", "батальон", "дивізі", "дивизи", "армі", "армия", "армии",
    "корпус",
    "загін", "загон", "омбр", "обр", "отряд", "школ", "ескадр", "эскадр", "полиц", "овк",
)  # fmt: skip
_NAMED: dict[Language, tuple[str, ...]] = {
    "en": tuple(
        "lady world instance aid responder responders glance deputy reich channel avenue street amendment "
        "congress name "
        "names century party parties countries degree estate class hand fiddle thoughts "
        "thing opinion "
        "nature line".split()
    ),
    "uk": (
        "леді", "світов", "інстанц", "заступник", "віце", "допомог", "черг", "погляд", "рейх", "століт",
        "канал",
        "інтернаціонал", "студі", "особи", "країн", "сорт", "домедичн", "медичн", "числ", "руки", "рук",
    ),
    "ru": (
        "леди", "миров", "инстанц", "заместител", "вице", "помощ", "очеред", "взгляд", "рейх", "век",
        "столети",
        "канал", "интернационал", "студи", "лица", "лиц", "стран", "сорт", "числ", "медицинск", "рук", "мед",
    ),
    "other": (),
}  # fmt: skip
_EN_BEFORE = frozenset(
    "the a an its his her their our my your this that every each another of in on for at to by from and "
    "or with since".split()
)
_EN_AFTER_NOT = frozenset(
    "of and time reported came met began said announced appeared published started when".split()
)


def read_ordinal(tokens: Tokens, index: int, language: Language) -> tuple[float, int, Unit | None] | None:
    """Read an ordinal in words, simple or compound (“twenty-first”, “сто двадцять восьмий”)."""
    fold, ordinals = tokens.fold, WORDS[language].ordinals
    value = ordinals.get(fold[index])
    if value is not None:
        if language == "en" and not _english_use(tokens, index):
            return None
        return float(value), index + 1, None
    if fold[index] not in WORDS[language].cardinals or tokens.kind[index] == "n":
        return None
    number = read_number(tokens, index, language)
    if number is None or number.value != int(number.value) or number.scale > 100:
        return None
    at = number.end
    if language == "en":
        if fold[at] in ("-", "and"):
            at += 1
        elif number.value < 100:
            return None
    last = ordinals.get(fold[at])
    ten = number.value % 100
    if last is None or not ((ten == 0 and last < 100) or (20 <= ten < 100 and ten % 10 == 0 and last < 10)):
        return None
    if language != "en" and last < 10 and ten == 0 and fold[at].endswith("х"):
        return None
    return number.value + last, at + 1, None


def _english_use(tokens: Tokens, index: int) -> bool:
    """Tell the ordinal in “the third round” from the adverb in “first reported” and the unit in “a
    second”.
    """
    fold = tokens.fold
    word, before, following = fold[index], fold[index - 1] if index else "", fold[index + 1]
    if word in ("first", "second", "third"):
        if (following == "of" and fold[index + 2] == "all") or (before == "at" and word == "first"):
            return False
        if following == "-" and fold[index + 2] in (
            "hand",
            "ever",
            "class",
            "rate",
            "degree",
            "largest",
            "biggest",
        ):
            return fold[index + 2] in ("largest", "biggest", "ever")
        if word == "second" and (before in ("per", "split") or fold[index - 1] == "/"):
            return False
        if before in ("finished", "placed", "ranked") and word != "first":
            return True
        if before in _EN_BEFORE or tokens.kind[index - 1] == "s" or index == 0:
            return following not in _EN_AFTER_NOT or (following in ("of", "time") and before == "the")
        return (
            tokens.kind[index + 1] == "w"
            and following not in FUNCTION_WORDS["en"]
            and not following.endswith("ed")
            and (following not in _EN_AFTER_NOT)
        )
    return True


def is_named_ordinal(tokens: Tokens, start: int, end: int, language: Language) -> bool:
    """Tell whether the ordinal in tokens ``[start, end)`` is part of a name or an idiom."""
    fold = tokens.fold
    if fold[end] == "-":
        end += 1
    if fold[end].startswith(_NAMED[language] if language != "en" else ("\0",)):
        plural_only = fold[end].startswith(("стран", "країн", "лиц", "особи"))
        return not plural_only or fold[start].endswith(("х", "і", "ьи", "ми"))
    if language == "en" and fold[end] in _NAMED["en"]:
        return fold[end] not in ("class", "line", "street", "party", "name") or tokens.capital(start)
    for at in range(end, end + 5):
        if tokens.kind[at] != "w":
            if fold[at] != "-":
                break
            continue
        if fold[at].startswith(_ARMY):
            return True
    return tokens.capital(start) and tokens.capital(end) and not tokens.begins_sentence(start)


def read_suffixed(tokens: Tokens, index: int, language: Language) -> tuple[float, int, Unit | None] | None:
    """Read digits with a suffix; return value, end and unit (``None`` for an ordinal)."""
    fold = tokens.fold
    number = read_number(tokens, index, language)
    if number is None or number.end != index + 1:
        return _percent_adjective(tokens, index, language)
    at = index + 1
    if language == "en" and tokens.glued(at) and fold[at] in _SUFFIXES["en"]:
        return number.value, at + 1, None
    if (
        fold[at] not in ("-", "–")
        or not (tokens.glued(at) and tokens.glued(at + 1))
        or tokens.kind[at + 1] != "w"
    ):
        return _percent_adjective(tokens, index, language)
    word, end = fold[at + 1], at + 2
    if language in ("uk", "ru"):
        return _cyrillic_suffix(number.value, word, end, language)
    if language == "en":
        return _english_suffix(tokens, number.value, word, end)
    return None


def _cyrillic_suffix(
    value: float, word: str, end: int, language: Language
) -> tuple[float, int, Unit | None] | None:
    if word in _CASES and not (word in ("ма",) and value in (7, 8)) and (word != "х" or value in (2, 3, 4)):
        return value, end, COUNT
    if word in _SUFFIXES[language]:
        return value, end, None
    unit = adjective_unit(word, language)
    return None if unit is None else (value, end, unit)


def _english_suffix(
    tokens: Tokens, value: float, word: str, end: int
) -> tuple[float, int, Unit | None] | None:
    """“54-year-old” and “10-member”; units such as “30-kilometre” are left to the reader of units."""
    if word == "strong" or word in FUSED_NOUNS:
        return value, end, COUNT
    return None


def _percent_adjective(
    tokens: Tokens, index: int, language: Language
) -> tuple[float, int, Unit | None] | None:
    """“10%-ный”, “5%-ва”."""
    if tokens.fold[index + 1] == "%" and tokens.fold[index + 2] == "-" and tokens.kind[index + 3] == "w":
        number = read_number(tokens, index, language)
        if (
            number is not None
            and tokens.glued(index + 3)
            and number.end == index + 1
            and language in ("uk", "ru")
        ):
            return number.value, index + 4, PERCENT
    return None


def read_fused_noun(tokens: Tokens, end: int) -> int | None:
    """Return the end of an English noun fused with a number (“nine-member”, “100-bed”),
    ``None`` for a label."""
    if (
        tokens.fold[end] != "-"
        or not (tokens.glued(end) and tokens.glued(end + 1))
        or tokens.kind[end + 1] != "w"
    ):
        return None
    word = tokens.fold[end + 1]
    if word in FUSED_NOUNS:
        return end + 2
    digits = tokens.kind[end - 1] == "n"
    return (
        end + 2
        if digits and len(word) > 3 and word not in NEVER_FUSED and not tokens.capital(end + 1)
        else None
    )
