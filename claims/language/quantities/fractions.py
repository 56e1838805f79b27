"""Parts and multiples: half, a third, три чверті, одна десятая, one in ten; doubled, втрое, twice,
в 1,5 раза.

Invariant: a part of a scale or unit word is that number (“half a million”, “чверть години”), any other part
is
a percentage; a multiple is ``x`` where something is compared and a count of times where something is
repeated.
"""

from __future__ import annotations

from claims.language.numerals.reading import read_number
from claims.language.numerals.scanning import Tokens
from claims.language.numerals.words import WORDS
from claims.language.readings import Language

_EN_HALVES_OF_TIME = frozenset(
    "first second latter other better early last - third fourth this next previous each".split()
)
_PART_WORDS = ("част",)
_ORDER_BEFORE = (
    "перш",
    "друг",
    "перв",
    "втор",
    "трет",
    "третi",
    "третій",
    "остан",
    "послед",
    "кажд",
    "кожн",
    "обе",
    "обидв",
)
_FEMININE = {
    "uk": ("а", "у", "ої", "ій", "их", "і", "ою", "ими"),
    "ru": ("ая", "ой", "ую", "ых", "ые", "ыми"),
}


def read_part(tokens: Tokens, index: int, language: Language) -> tuple[float, int] | None:
    """Read a fraction at token ``index``; return its value and the token after it, or ``None``."""
    fold = tokens.fold
    if tokens.kind[index] == "n":
        return (
            _one_in(tokens, index)
            if fold[index] == "1" and fold[index + 1] == "in" and language == "en"
            else None
        )
    if language == "en":
        return _english_part(tokens, index)
    fractions = WORDS[language].fractions
    value = fractions.get(fold[index])
    if value is not None:
        if fold[index - 1].startswith(_ORDER_BEFORE) and index:
            return None
        return value, index + 1
    return _slavic_part(tokens, index, language)


def _english_part(tokens: Tokens, index: int) -> tuple[float, int] | None:
    fold = tokens.fold
    fractions, cardinals = WORDS["en"].fractions, WORDS["en"].cardinals
    word = fold[index]
    if word == "half":
        before = fold[index - 1] if index else ""
        if before in _EN_HALVES_OF_TIME or fold[index + 1] in ("past", "time", "way", "brother", "sister"):
            return None
        return 0.5, index + 1
    if word == "one" and fold[index + 1] in ("in", "out"):
        return _one_in(tokens, index)
    if word in ("a", "one") or word in cardinals:
        at = index + 1
        if fold[at] == "-":
            at += 1
        part = fractions.get(fold[at])
        if part is None or (part == 0.5 and word not in ("a", "one")):
            return None
        count = 1.0 if word == "a" else cardinals[word]
        plural = fold[at].endswith("s")
        if plural != (count > 1) or count >= round(1 / part) or count < 1:
            return None
        if word == "a" and not _is_share(tokens, index, at):
            return None
        return count * part, at + 1
    if (
        word in ("quarter", "third")
        and fold[index + 1] == "of"
        and fold[index - 1] in ("nearly", "about", "almost", "roughly")
    ):
        return fractions[word], index + 1
    return None


def _is_share(tokens: Tokens, index: int, at: int) -> bool:
    """Tell “a third of the ballots”, “fell by a fifth” from “a third round”."""
    following = tokens.fold[at + 1]
    if following in ("of", "") or tokens.kind[at + 1] == "s":
        return True
    return (
        tokens.fold[index - 1] in ("by", "over", "under", "about", "nearly", "almost", "than")
        and (
            following
            in ("in", "from", "on", "to", "since", "after", "and", "last", "this", "compared", "over", "as")
        )
    ) or following in (
        "less",
        "more",
        "fewer",
        "higher",
        "lower",
        "were",
        "are",
        "is",
        "was",
        "have",
        "had",
        "said",
        "did",
    )


def _one_in(tokens: Tokens, index: int) -> tuple[float, int] | None:
    """“One in ten”, “one in every five”, “one out of three”."""
    at = index + 2
    if tokens.fold[index + 1] == "out":
        if tokens.fold[at] != "of":
            return None
        at += 1
    if tokens.fold[at] == "every":
        at += 1
    number = read_number(tokens, at, "en")
    return None if number is None or not 2 <= number.value <= 1e6 else (1 / number.value, number.end)


def _slavic_part(tokens: Tokens, index: int, language: Language) -> tuple[float, int] | None:
    """“Две трети”, “одна п’ята”, “пятая часть”, “каждый десятый”, “один из десяти”."""
    fold, words = tokens.fold, WORDS[language]
    word = fold[index]
    ordinal = words.ordinals.get(word)
    if ordinal is not None and 3 <= ordinal <= 100 and fold[index + 1].startswith(_PART_WORDS):
        return 1 / ordinal, index + 2
    if word.startswith(("кажд", "кожн", "кожен")):
        ordinal = words.ordinals.get(fold[index + 1])
        if ordinal is not None and 2 <= ordinal <= 1000 and not _is_period(fold[index + 2]):
            return 1 / ordinal, index + 2
        return None
    count = words.cardinals.get(word)
    if count is None or not 1 <= count <= 9 or count != int(count):
        return None
    following = fold[index + 1]
    part = words.fractions.get(following)
    if part is not None and following not in ("пів",) and part != 0.5 and count * part < 1:
        return count * part, index + 2
    if count == 1 and following in ("из", "із", "з"):
        number = read_number(tokens, index + 2, language)
        if (
            number is not None
            and number.value >= 2
            and not tokens.fold[number.end].startswith(("тих", "тех"))
        ):
            return 1 / number.value, number.end
        return None
    below = words.ordinals.get(following)
    if below is not None and below >= 3 and count < below and following.endswith(_FEMININE[language]):
        if fold[index + 2].startswith(_PART_WORDS):
            return count / below, index + 3
        if count == 1 or following.endswith("х"):
            return count / below, index + 2
    return None


def _is_period(word: str) -> bool:
    return word.startswith(
        ("день", "дня", "недел", "тиж", "год", "рік", "рок", "месяц", "місяц", "час", "раз")
    )


_MULTIPLES: dict[Language, dict[str, float]] = {
    "en": {"doubled": 2, "doubles": 2, "doubling": 2, "tripled": 3, "trebled": 3, "triples": 3, "tripling": 3,
           "trebling": 3, "quadrupled": 4, "quadrupling": 4, "quintupled": 5, "twofold": 2, "threefold": 3,
           "fourfold": 4, "fivefold": 5, "sixfold": 6, "sevenfold": 7, "eightfold": 8, "tenfold": 10},
    "uk": {"удвічі": 2, "вдвічі": 2, "удвоє": 2, "вдвоє": 2, "утричі": 3, "втричі": 3, "утроє": 3, "втроє": 3,
           "учетверо": 4, "вчетверо": 4, "упятеро": 5, "впятеро": 5, "ушестеро": 6, "вшестеро": 6,
           "усемеро": 7,
           "всемеро": 7, "увосьмеро": 8, "удевятеро": 9, "удесятеро": 10, "вдесятеро": 10},
    "ru": {"вдвое": 2, "втрое": 3, "вчетверо": 4, "впятеро": 5, "вшестеро": 6, "всемеро": 7, "ввосьмеро": 8,
           "вдевятеро": 9, "вдесятеро": 10},
    "other": {},
}  # fmt: skip
_MULTIPLYING_STEMS: dict[Language, tuple[tuple[str, float], ...]] = {
    "uk": (("подвої", 2), ("подвоє", 2), ("потрої", 3), ("потроє", 3), ("почетвер", 4)),
    "ru": (("удвои", 2), ("удваи", 2), ("удвоен", 2), ("утрои", 3), ("утроен", 3), ("учетвер", 4)),
    "en": (),
    "other": (),
}
_HALVED = {
    "en": frozenset(("halved", "halving", "halves")),
    "uk": frozenset(("наполовину", "вполовину", "уполовину", "навпіл")),
    "ru": frozenset(("наполовину", "вполовину")),
}
_REPEATED = {
    "en": {"twice": 2.0, "thrice": 3.0},
    "uk": {"двічі": 2.0, "тричі": 3.0},
    "ru": {"дважды": 2.0, "трижды": 3.0, "четырежды": 4.0},
}
_COMPARED_EN = frozenset(
    "as the its their his her what that more higher larger bigger greater lower less fewer faster longer "
    "stronger "
    "cheaper above below over this last".split()
)
_COMPARED_SLAVIC = (
    "больше", "меньше", "выше", "ниже", "більше", "менше", "вищ", "нижч", "дорож", "дешев", "швидш",
    "быстре", "чаще",
    "частіш", "сильніш", "сильне", "більш", "менш", "превыша", "перевищ", "превыс", "доро",
)  # fmt: skip


def read_multiple(tokens: Tokens, index: int, language: Language) -> tuple[float, str, int] | None:
    """Read a ratio or a number of times said in one word; return value, unit (``x``, ``count``,
    ``%``) and end."""
    word = tokens.fold[index]
    if language == "other":
        return None
    value = _MULTIPLES[language].get(word)
    if value is not None:
        return value, "x", index + 1
    for stem, stem_value in _MULTIPLYING_STEMS[language]:
        if word.startswith(stem):
            return stem_value, "x", index + 1
    if word in _HALVED[language]:
        return 50.0, "%", index + 1
    repeated = _REPEATED[language].get(word)
    if repeated is not None:
        return repeated, ("x" if is_compared(tokens, index + 1, language) else "count"), index + 1
    if word == "double" and language == "en":
        return (
            (2.0, "x", index + 1)
            if tokens.fold[index + 1] in ("the", "what", "that", "its", "their", "last")
            else None
        )
    return None


def is_compared(tokens: Tokens, index: int, language: Language) -> bool:
    """Tell whether the words after “twice”, “three times” compare sizes, as in “as many”, “the size”."""
    word = tokens.fold[index]
    if language == "en":
        return word in _COMPARED_EN and not (
            word in ("this", "last", "over") and tokens.fold[index + 1] in _PERIODS
        )
    return word.startswith(_COMPARED_SLAVIC)


_PERIODS = frozenset(
    "year month week decade spring summer autumn winter season century day the past quarter night "
    "morning".split()
)
TIMES_WORDS = frozenset("times раз раза разів рази разом разам".split())
