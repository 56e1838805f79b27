"""The words at which a quantity may start, so that the reader looks closer there and nowhere else.

Invariant: a word that can open a figure of its language is in the set of that language.
"""

from __future__ import annotations

from functools import cache

from claims.language.numerals.units import units
from claims.language.numerals.words import WORDS
from claims.language.readings import Language


@cache
def starters(language: Language) -> frozenset[str]:
    """All words at which a quantity may start in ``language``."""
    words = WORDS[language]
    openers = (
        set(words.cardinals)
        | set(words.scales)
        | set(words.ordinals)
        | set(words.fractions)
        | set(words.vague)
    )
    openers |= {form for form, unit in units(language).items() if not unit.short and unit.base != "count"} - {
        "%"
    }
    openers |= _MULTIPLE_WORDS[language]
    return frozenset(openers)


_MULTIPLE_WORDS: dict[Language, frozenset[str]] = {
    "en": frozenset(
        "a an doubled doubles doubling tripled trebled triples tripling trebling quadrupled quadrupling "
        "quintupled "
        "twofold threefold fourfold fivefold sixfold sevenfold eightfold tenfold halved halving halves "
        "twice thrice "
        "double several few couple".split()
    ),
    "uk": frozenset(
        "удвічі вдвічі удвоє вдвоє утричі втричі утроє втроє учетверо вчетверо упятеро впятеро ушестеро "
        "вшестеро усемеро "
        "всемеро увосьмеро удевятеро удесятеро вдесятеро наполовину вполовину уполовину двічі тричі кожен "
        "кожна кожне "
        "кожний кожного кожній кожну кілька декілька подвоїв подвоїла подвоїло подвоїли подвоївся "
        "подвоїлася подвоїлось "
        "подвоїлося подвоїлися подвоїти подвоїть подвоєння потроїв потроїла потроїли потроївся потроїлася "
        "потроїлося "
        "потроїлися потроїлась подвоїлась подвоїлись потроїлись пару пара пари".split()
    ),
    "ru": frozenset(
        "вдвое втрое вчетверо впятеро вшестеро всемеро ввосьмеро вдевятеро вдесятеро наполовину вполовину "
        "дважды трижды "
        "четырежды каждый каждая каждое каждого каждой каждому каждую несколько пару пара удвоил удвоила "
        "удвоили удвоило "
        "удвоился удвоилась удвоилось удвоились удвоить удвоит удвоение удвоен удвоена утроил утроила "
        "утроили утроился "
        "утроилась утроилось утроились утроить учетверил учетверилось".split()
    ),
    "other": frozenset(),
}
