"""How a sentence puts something: as done or as planned, as a level or as a change, of the whole or a part.

Two figures are only comparable when they are put in the same manner: a forecast does not contradict a
result, and “rose by 5 %” does not contradict “rose to 5 %”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from claims.language.readings import Language, Quantity, Reading, Span
from claims.language.words import lemma

Course = Literal["level", "change", "either"]


def words_pattern(listed: str) -> re.Pattern[str]:
    """Return a pattern for words parted by “|”; a space is any white space, “*” any ending."""
    return re.compile(
        rf"(?<!\w)(?:{listed.replace(' ', chr(92) + 's{1,3}').replace('*', chr(92) + 'w{0,10}')})(?!\w)", re.I
    )


_PLANNED: Mapping[str, re.Pattern[str]] = {
    "en": words_pattern(
        "will|would|plan|plans|planned|planning|expect*|forecast*|predict*|may|might|could"
        "|aim*|target*|intend*|propos*|schedul*|due to"
        "|is to|are to|project|should|projection*|going to|by design|envisag*|pledg*|set to|hope*"
    ),
    "uk": words_pattern(
        "буде|будуть|планує*|планом|заплановано|плану*|прогноз*|очіку*|може|можуть|має намір"
        "|хоче|хочуть|передбача*"
        "|пропону*|розрахову*|збира*ся|за проєктом|проєкт|має бути|мають бути|обіця*|сподіва*|намічен*|стане"
        r"|\w{3,14}(?:имуть|атиме|атимуть|итиме|ітиме|ітимуть|итимуть)"
    ),
    "ru": words_pattern(
        "будет|будут|планиру*|планом|запланирован*|прогноз*|ожида*|может|могут|намерен*|хочет"
        "|хотят|предполага*"
        "|предлага*|рассчитыва*|собира*ся|по проекту|проект|должн*|обеща*|надеюсь|надеется"
        "|намечен*|предусмотрен*|станет"
    ),
    "other": words_pattern(
        "wird|werden|soll|sollen|muss|will|sera|doit|devrait|será|debe|deberá|sarà|deve|dovrà|trebuie|va fi|ma być"
        "|będzie|musi|bude|treba|mora|zal|moet"
    ),
}
_PAST: Mapping[str, re.Pattern[str]] = {
    "en": words_pattern(
        r"was|were|had|won|rose|fell|left|took|made|got|held|met|ran|gave|went|came|lost|shot"
        r"|cost|began|spent|sent"
        r"|brought|built|bought|sold|paid|grew|flew|broke|hit|put|said|told|has been|have been|[a-z]{2,14}ed"
    ),
    "uk": words_pattern(r"\w{2,14}(?:ав|яв|ив|їв|ів|ув|ла|ло|ли|вся|лася|лося|лися|ено|ано|ито)"),
    "ru": words_pattern(r"\w{2,14}(?:ал|ял|ил|ыл|ел|ёл|ул|ла|ло|ли|лся|лась|лось|лись|ено|ано|ены|аны|ена)"),
}
_BY_BEFORE: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(r"(?<!\w)by\s{1,3}(?:\w{1,12}\s{1,3}){0,2}\Z", re.I),
    "uk": re.compile(r"(?<!\w)на\s{1,3}(?:\w{1,12}\s{1,3}){0,2}\Z", re.I),
    "ru": re.compile(r"(?<!\w)на\s{1,3}(?:\w{1,12}\s{1,3}){0,2}\Z", re.I),
}
_TO_BEFORE: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"(?<!\w)(?:to|at|reach\w*|stands?|stood|was|is|were|are"
        r"|amount\w* to)\s{1,3}(?:\w{1,12}\s{1,3}){0,1}\Z",
        re.I,
    ),
    "uk": re.compile(
        r"(?<!\w)(?:до|становить|становив|становила|становило|склав|склала|склало|сягну\w*"
        r"|дорівнює|рівні)\s{1,3}(?:\w{1,12}\s{1,3}){0,1}\Z",
        re.I,
    ),
    "ru": re.compile(
        r"(?<!\w)(?:до|составля\w*|состави\w*|достиг\w*|равен|равна|уровне"
        r"|отметке)\s{1,3}(?:\w{1,12}\s{1,3}){0,1}\Z",
        re.I,
    ),
}
_PART: Mapping[str, re.Pattern[str]] = {
    "en": words_pattern(
        "part of|of them|of which|of whom|among them|including|most of them|in one|alone|young|youth|women|children"
    ),
    "uk": words_pattern(
        "частина|частини|частині|частину|з них|із них|з яких|серед них|зокрема|у тому числі|в тому числі"
        "|лише у|тільки у|молод*|жінк*|дітей|діти"
    ),
    "ru": words_pattern(
        "часть|части|частью|из них|из которых|среди них|в том числе|включая|только в|лишь в|молодёж*"
        "|молодеж*|женщин*|детей|дети"
    ),
}
_LOOK_BACK = 40


_CARRIERS = words_pattern(
    "takes|took|amount*|total*|stands|stood|number*|exceed*|станов*|склада*|склал*|перевищ*|сягн*|сягає|зайня*"
    "|займ*|займёт|займе|заня*|составл*|состав*|превыс*|превыша*|достиг*|насчит*|налічу*|ограничил*|уложил*|длил*"
    "|продлил*|трива*|продолжал*"
)


@lru_cache(maxsize=16_384)
def is_carrier(word: str) -> bool:
    """Tell whether a word only carries a figure: “amounts to”, «становить», «составила»."""
    return bool(_CARRIERS.fullmatch(word))


def is_planned(reading: Reading, stretch: Span) -> bool:
    """Tell whether a stretch speaks of what is to come, was planned or is foreseen."""
    pattern = _PLANNED.get(reading.language)
    return bool(pattern and pattern.search(stretch.of(reading.text)))


def is_done(reading: Reading, stretch: Span) -> bool:
    """Tell whether a stretch speaks of what was done, and not of what was to be done."""
    pattern = _PAST.get(reading.language)
    return bool(pattern and pattern.search(stretch.of(reading.text))) and not is_planned(reading, stretch)


def looks_done(reading: Reading, span: Span) -> bool:
    """Tell whether a word is a verb of the past by its form; «світла» only ends like one."""
    pattern = _PAST.get(reading.language)
    return bool(
        pattern
        and any(
            pattern.fullmatch(word) and _may_be_verb(word, reading.language)
            for word in span.of(reading.text).split()
        )
    )


@lru_cache(maxsize=16_384)
def _may_be_verb(word: str, language: Language) -> bool:
    if language not in ("uk", "ru") or word.endswith(_PASSIVE):
        return True
    return lemma(word, language).endswith(_INFINITIVE)


_PASSIVE = ("ено", "ано", "ито", "ены", "аны", "ена", "ся", "сь")
_INFINITIVE = ("ти", "тися", "тись", "ть", "ться", "чь", "чься")


def part_words(reading: Reading, stretch: Span) -> frozenset[str]:
    """Return the words by which a stretch limits itself to a part."""
    pattern = _PART.get(reading.language)
    return (
        frozenset(match.lower() for match in pattern.findall(stretch.of(reading.text)))
        if pattern
        else frozenset()
    )


def is_per_side(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a figure is what each of two sides gives: “60 for 60”, “each side”, «по 60»."""
    text = reading.text
    around = text[max(quantity.span.start - _SIDES_REACH, 0) : quantity.span.end + _SIDES_REACH]
    if digits := _DIGITS.search(quantity.span.of(text)):
        written = re.escape(digits.group())
        if re.search(rf"(?<!\d){written}(?:\s\w{{1,14}}){{0,3}}\s(?:for|на|за)\s{written}(?!\d)", around):
            return True
    return bool(_EACH_SIDE.search(around))


_DIGITS = re.compile(r"\d{1,9}")
_SIDES_REACH = 60
_EACH_SIDE = re.compile(
    r"(?<!\w)(?:each (?:side|country|party)|(?:the )?same number|as many|apiece"
    r"|кожн\w{1,3} (?:зі? |із )?сторон\w{0,3}"
    r"|стільки ж|кажд\w{1,3} (?:из )?сторон\w{0,3}|столько же|с обеих сторон|з обох сторін|по(?= \d))(?!\w)",
    re.IGNORECASE,
)


def course_of(reading: Reading, quantity: Quantity) -> Course:
    """Tell whether a figure is a level (“to 5 %”) or a change (“by 5 %”); open where no word tells."""
    language: Language = reading.language
    if language not in _BY_BEFORE:
        return "either"
    before = reading.text[max(quantity.span.start - _LOOK_BACK, 0) : quantity.span.start]
    if _BY_BEFORE[language].search(before):
        return "change"
    if _TO_BEFORE[language].search(before):
        return "level"
    return "either"
