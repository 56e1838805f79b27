"""Clock times in words: “half past nine”, “пів на десяту”, “без четверти десять”, “noon”.

Invariant: an hour said so is of twelve, and which half of the day is meant is left open.
"""

from __future__ import annotations

from claims.language.numerals.scanning import Tokens
from claims.language.numerals.words import WORDS
from claims.language.readings import Language
from claims.language.times.clock_figures import Clock

NOON = {"noon": 12, "midday": 12, "midnight": 0, "полдень": 12, "полночь": 0, "полуночи": 0, "опівдні": 12,
         "опівночі": 0, "полудень": 12, "північ": 0, "полудня": 12, "полудню": 12}  # fmt: skip


_NOON_NEEDS = frozenset(
    "at by until till after before around since в к до после о опівночі опівдні на с from".split()
)


def read_noon(tokens: Tokens, index: int) -> Clock | None:
    word, before = tokens.fold[index], tokens.fold[index - 1] if index else ""
    if before == "12" or word in ("опівдні", "опівночі") or before in _NOON_NEEDS:
        start = index - 1 if before == "12" else index
        if word == "північ" or (word in ("полудень",) and before != "в"):
            return None
        return Clock(start, index + 1, NOON[word], 0)
    return None


def read_worded(tokens: Tokens, index: int, language: Language) -> Clock | None:
    """“Half past nine”, “quarter to ten”, “пів на десяту”, “половина десятого”, “без четверти десять”."""
    fold, cardinals, ordinals = tokens.fold, WORDS[language].cardinals, WORDS[language].ordinals
    word = fold[index]
    if language == "en":
        minutes = {"half": 30, "quarter": 15}.get(word)
        at = index + 1
        if minutes is None:
            value = cardinals.get(word)
            minutes = int(value) if value in (5, 10, 20, 25) else None
            at += 1 if fold[at] == "minutes" else 0
        hour = cardinals.get(fold[at + 1])
        if minutes is None or fold[at] not in ("past", "to") or hour is None or not 1 <= hour <= 12:
            return None
        if word not in ("half", "quarter") and fold[index - 1] != "at":
            return None
        total = int(hour) * 60 + (minutes if fold[at] == "past" else -minutes)
        return Clock(index, at + 2, total // 60 % 24, total % 60, fixed=False)
    if language == "uk" and word in ("пів", "чверть") and fold[index + 1] == "на":
        hour = ordinals.get(fold[index + 2])
        if hour is None or not 1 <= hour <= 12:
            return None
        return Clock(index, index + 3, (hour - 1) % 24, 30 if word == "пів" else 15, fixed=False)
    if (
        language == "uk"
        and word == "чверть"
        and fold[index - 1] == "за"
        and (hour := ordinals.get(fold[index + 1]))
    ):
        return Clock(index - 1, index + 2, (hour - 1) % 24, 45, fixed=False) if hour <= 12 else None
    if (
        (
            language == "ru"
            and word in ("половине", "четверть", "половина")
            and (hour := ordinals.get(fold[index + 1]))
        )
        and hour <= 12
        and fold[index + 1].endswith("ого")
        and fold[index - 1] in ("в", "к", "около", "во")
    ):
        return Clock(index, index + 2, (hour - 1) % 24, 15 if word == "четверть" else 30, fixed=False)
    if (
        language == "ru"
        and word.startswith("пол")
        and word.endswith("ого")
        and (hour := ordinals.get(word[3:]))
    ):
        return Clock(index, index + 1, (hour - 1) % 24, 30, fixed=False) if hour <= 12 else None
    if (
        language == "ru"
        and word in ("четверти", "пяти", "десяти", "двадцати", "пятнадцати")
        and fold[index - 1] == "без"
    ):
        at = index + 2 if fold[index + 1] == "минут" else index + 1
        value = cardinals.get(fold[at])
        if value is not None and 1 <= value <= 12:
            minutes = 15 if word == "четверти" else int(cardinals[word])
            return Clock(index - 1, at + 1, int(value - 1) % 24, 60 - minutes, fixed=False)
    return None
