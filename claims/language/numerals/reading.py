"""Read one number, in digits or words, at a place among the tokens.

Invariant: a ``Numeral`` covers ``[start, end)`` tokens, all of them words of the number; the reader looks at
a
bounded stretch and never goes back, so a text is read in linear time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from claims.language.numerals.literals import read_literal
from claims.language.numerals.scanning import VULGAR_FRACTIONS, Tokens
from claims.language.numerals.words import GLUED_SCALES, WORDS, NumberWords
from claims.language.readings import Language

_FRACTION_SIGNS = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
    "⅘": 4 / 5,
    "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
# Words after a number that add a part of its unit or scale: “two and a half million”, “три с половиной часа”.
_ADDED_PARTS: dict[Language, dict[tuple[str, ...], float]] = {
    "en": {
        ("and", "a", "half"): 0.5, ("-", "and", "-", "a", "-", "half"): 0.5, ("and", "a", "quarter"): 0.25,
        ("and", "a", "third"): 1 / 3, ("and", "three", "quarters"): 0.75, ("and", "one", "half"): 0.5,
        ("-", "and", "a", "-", "half"): 0.5, ("and", "a", "-", "half"): 0.5,
    },
    "uk": {
        ("з", "половиною"): 0.5, ("із", "половиною"): 0.5, ("і", "пів"): 0.5, ("з", "чвертю"): 0.25,
        ("із", "чвертю"): 0.25, ("та", "пів"): 0.5, ("зі", "половиною"): 0.5, ("з", "третиною"): 1 / 3,
        ("й", "пів"): 0.5,
    },
    "ru": {("с", "половиной"): 0.5, ("с", "четвертью"): 0.25, ("с", "третью"): 1 / 3, ("и", "половина"): 0.5},
    "other": {},
}  # fmt: skip
_PART_STARTERS = frozenset(phrase[0] for phrases in _ADDED_PARTS.values() for phrase in phrases)
_HUNDRED_WORDS = frozenset(("hundred", "thousand", "million", "billion"))
_POINT = {"en": ("point",), "uk": ("цілих", "ціла"), "ru": ("целых", "целая")}
_TENTHS = {"десят": 10, "сот": 100, "тысячн": 1000, "тисячн": 1000}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number read from tokens ``[start, end)``.

    ``scale`` is the scale word it ended with (1 where none), ``written`` tells digits from words, ``plain``
    is
    false for halves and decimals in words, and ``vague`` marks a plural that only has a floor (“dozens”).
    """

    start: int
    end: int
    value: float
    written: bool = False
    scale: float = 1.0
    vague: bool = False


def read_number(tokens: Tokens, index: int, language: Language) -> Numeral | None:
    """Read the cardinal number that starts at token ``index``; ``None`` where there is none."""
    if not tokens.kind[index]:
        return None
    key = (index, language)
    if key not in tokens.numbers:
        tokens.numbers[key] = _read(tokens, index, language)
    number = tokens.numbers[key]
    assert number is None or isinstance(number, Numeral)
    return number


def _read(tokens: Tokens, index: int, language: Language) -> Numeral | None:
    words = WORDS[language]
    kind = tokens.kind[index]
    if kind == "n":
        return _read_digits(tokens, index, language, words)
    fold = tokens.fold[index]
    if kind == "s":
        if fold[:1] in VULGAR_FRACTIONS and fold:
            part = _FRACTION_SIGNS[fold[0]] if len(fold) == 1 else None
            return None if part is None else _scaled(Numeral(index, index + 1, part, True), tokens, words)
        return None
    if fold in words.cardinals or fold in words.scales or (language == "en" and fold in ("a", "an")):
        return _read_words(tokens, index, language, words)
    return None


def _read_digits(tokens: Tokens, index: int, language: Language, words: NumberWords) -> Numeral | None:
    end = index + 1
    fold = tokens.fold
    following = fold[end]
    scaled = following in words.scales or (following in GLUED_SCALES and tokens.glued(end))
    value = read_literal(fold[index], language, measured=scaled or _measured(tokens, end))
    if value is None:
        return None
    if following and following[0] in VULGAR_FRACTIONS and len(following) == 1:
        value, end = value + _FRACTION_SIGNS[following], end + 1
    elif tokens.kind[end] == "n" and fold[end + 1] == "/" and tokens.kind[end + 2] == "n":
        part = _slashed(fold[end], fold[end + 2])
        if part is not None:
            value, end = value + part, end + 3
    return _scaled(_with_part(Numeral(index, end, value, True), tokens, language), tokens, words)


def _measured(tokens: Tokens, index: int) -> bool:
    """Tell whether a sign or short word of measure follows: the figure before it may well be a decimal."""
    return tokens.fold[index] in ("%", "°") or (tokens.kind[index] == "w" and len(tokens.fold[index]) <= 3)


def _slashed(above: str, below: str) -> float | None:
    if not (above.isdigit() and below.isdigit() and len(above) <= 2 and len(below) <= 2):
        return None
    top, bottom = int(above), int(below)
    return top / bottom if 0 < top < bottom <= 16 else None


def read_slashed(tokens: Tokens, index: int) -> float | None:
    """Read a proper fraction in digits, “2/3”, at ``index``; it covers three tokens."""
    if tokens.fold[index + 1] != "/" or tokens.kind[index + 2] != "n" or tokens.fold[index + 3] == "/":
        return None
    return _slashed(tokens.fold[index], tokens.fold[index + 2])


def _with_part(number: Numeral, tokens: Tokens, language: Language) -> Numeral:
    """Add “and a half” and its like where the words follow."""
    if tokens.fold[number.end] not in _PART_STARTERS:
        return number
    for phrase, part in _ADDED_PARTS[language].items():
        if tokens.fold[number.end] == phrase[0] and _follows(tokens, number.end, phrase):
            return replace(number, end=number.end + len(phrase), value=number.value + part)
    return number


def _follows(tokens: Tokens, index: int, phrase: tuple[str, ...]) -> bool:
    return all(tokens.fold[index + offset] == word for offset, word in enumerate(phrase))


def _scaled(number: Numeral, tokens: Tokens, words: NumberWords) -> Numeral:
    """Multiply by the scale words that follow (“60 тис.”, “20k”),
    then add a smaller scaled part (“3 млн 200 тыс.”)."""
    value, end, scale = number.value, number.end, number.scale
    while True:
        at = end + 1 if tokens.fold[end] == "-" and tokens.glued(end) and tokens.glued(end + 1) else end
        fold = tokens.fold[at]
        step = words.scales.get(fold)
        if step is None and number.written and tokens.glued(at) and at == end:
            step = GLUED_SCALES.get(fold) if fold not in ("m", "b") else None
        if step is None or step <= scale:
            break
        value, scale, end = round(value * step, 6), scale * step, at + 1
        if len(fold) <= 4 and tokens.fold[end] == "." and tokens.glued(end) and _goes_on(tokens, end + 1):
            end += 1
    if scale > 100 and tokens.kind[end] == "n" and len(tokens.fold[end]) <= 3:
        smaller = read_literal(tokens.fold[end], "en")
        step = words.scales.get(tokens.fold[end + 1])
        if smaller is not None and step is not None and step < scale:
            last = end + 2
            if tokens.fold[last] == "." and tokens.glued(last) and not tokens.capital(last + 1):
                last += 1
            return replace(number, value=value + smaller * step, end=last, scale=step)
    return number if end == number.end else replace(number, value=value, end=end, scale=scale)


def _goes_on(tokens: Tokens, index: int) -> bool:
    """Tell whether the sentence goes on at ``index``, after the full stop of “тис.”: no capital,
    or a unit in capitals."""
    return not tokens.capital(index) or tokens.raw(index)[1:2].isupper()


def _read_words(tokens: Tokens, index: int, language: Language, words: NumberWords) -> Numeral | None:
    """Read a cardinal in words: units under tens under hundreds, each group closed by a smaller scale."""
    fold, english = tokens.fold, language == "en"
    total = group = 0.0
    rank, least, scale = 4, float("inf"), 1.0
    at, any_word = index, False
    if english and fold[at] in ("a", "an"):
        if fold[at + 1] not in words.scales:
            return None
        at += 1
    while at - index < 24:
        word = fold[at]
        value = words.cardinals.get(word)
        if value is not None:
            step = 1 if value < 10 else 2 if value < 100 else 3
            if step >= rank or (word in ("both", "zero", "оба", "обе") and any_word):
                break
            group += value
            rank, any_word, scale = (1 if value < 20 else step), True, 1.0
            at += 1
        elif word in words.scales and (step_scale := words.scales[word]):
            chained = any_word and not group and scale > 1 and step_scale > scale
            if chained:
                total *= step_scale
            elif english and word == "hundred" and group < 100:
                group = (group or 1) * 100
                rank, any_word, at = 3, True, at + 1
                scale = 100.0
                continue
            elif step_scale < least and (group or not any_word):
                total += (group or 1) * step_scale
            else:
                break
            scale, least = step_scale, step_scale
            group, rank, any_word = 0.0, 4, True
            at += 1
            if len(word) <= 4 and fold[at] == "." and tokens.glued(at):
                at += 1
        elif (
            english
            and any_word
            and word == "and"
            and fold[at - 1] in _HUNDRED_WORDS
            and fold[at + 1] in words.cardinals
        ) or (
            english
            and any_word
            and word == "-"
            and tokens.glued(at)
            and tokens.glued(at + 1)
            and ((group % 100 >= 20 and fold[at + 1] in words.cardinals) or fold[at + 1] in words.scales)
        ):
            at += 1
        else:
            break
        if any_word and group and fold[at] in ("and", "-", "с", "з", "із", "зі", "і", "та", "й", "и"):
            part = _with_part(Numeral(index, at, group), tokens, language)
            if part.end > at:
                group, at, rank = part.value, part.end, 0
    if not any_word:
        return None
    if fold[at - 1] == "-":
        at -= 1
    number = Numeral(index, at, total + group, False, scale)
    return _with_decimals(number, tokens, language, words)


def _with_decimals(number: Numeral, tokens: Tokens, language: Language, words: NumberWords) -> Numeral:
    """Add decimals in words: “seven point four”, “пять целых две десятых”."""
    at = number.end
    if tokens.fold[at] not in _POINT.get(language, ()):
        return number
    if language == "en":
        digits, at = "", at + 1
        while (value := words.cardinals.get(tokens.fold[at])) is not None and value < 10 and len(digits) < 6:
            digits, at = digits + str(int(value)), at + 1
        return (
            replace(number, end=at, value=float(f"{number.value}".split(".")[0] + "." + digits))
            if digits
            else number
        )
    at += 1
    if tokens.fold[at] in ("и", "і", "та", "й"):
        at += 1
    part = _read_words(tokens, at, language, words) if tokens.fold[at] in words.cardinals else None
    if part is None:
        return number
    for stem, below in _TENTHS.items():
        if tokens.fold[part.end].startswith(stem):
            return replace(number, end=part.end + 1, value=number.value + part.value / below)
    return number
