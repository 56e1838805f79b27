"""Read clock times in digits and words: “10:40”, “9 a.m.”, “о десятій ранку”, “half past nine”, “полдень”.

Invariant: a ``Clock`` is a civil hour and minute with the zone the text gave it, if any; a figure becomes an
hour
only where a colon, a meridiem, a part of the day, a preposition of time or a zone says so.
"""

from __future__ import annotations

from dataclasses import replace

from claims.language.numerals.reading import read_number
from claims.language.numerals.scanning import Tokens
from claims.language.numerals.words import WORDS
from claims.language.readings import Language
from claims.language.times.clock_figures import Clock, read_figures, small_number
from claims.language.times.worded_clocks import NOON, read_noon, read_worded
from claims.language.times.zones import read_zone

_AT = {
    "en": frozenset("at by from until till after before around about since to between and".split()),
    "uk": frozenset("о об до після з із від на близько опів по під".split()),
    "ru": frozenset("в во к до после с со на около по".split()),
    "other": frozenset[str](),
}


_STRONG_AT = {"en": frozenset(("at",)), "uk": frozenset(("о", "об")), "ru": frozenset(("в", "к", "на"))}


_DAY_PARTS = {
    "ранку": "am", "утра": "am", "дня": "pm", "вечора": "pm", "вечера": "pm", "ночі": "night",
    "ночи": "night",
    "пополудні": "pm", "пополудни": "pm",
}  # fmt: skip


_HOUR_NOUNS = frozenset("година години годині годину годин год час часа часов часу ч".split())


_MINUTE_NOUNS = ("хв", "мин", "мін", "minute")


def read_clock(tokens: Tokens, index: int, language: Language) -> Clock | None:
    """Read the clock time whose first hour word or figure is token ``index``,
    with its preposition and zone."""
    clock = read_noon(tokens, index) if tokens.kind[index] == "w" and tokens.fold[index] in NOON else None
    clock = (
        clock
        or read_figures(tokens, index)
        or read_worded(tokens, index, language)
        or _bare_hour(tokens, index, language)
    )
    if clock is None:
        return None
    clock = _meridiem(tokens, clock)
    clock = _with_range(tokens, clock, language)
    zone = read_zone(tokens, clock.end, language)
    if zone is not None:
        clock = replace(clock, zone=zone[0], end=zone[1])
    return _with_preposition(tokens, clock, language)


def _with_preposition(tokens: Tokens, clock: Clock, language: Language) -> Clock:
    at = clock.start - 1
    if at >= 0 and tokens.fold[at] in ("of", "приблизно", "примерно", "около", "близько", "about", "around"):
        at -= 1 if tokens.fold[at - 1] in _AT[language] else 0
    if at >= 0 and tokens.fold[at] in _AT[language] and tokens.fold[at] not in ("and", "to", "по"):
        return replace(clock, start=at)
    return clock


def _bare_hour(tokens: Tokens, index: int, language: Language) -> Clock | None:
    """An hour without minutes: it needs a meridiem, a part of the day, “o'clock”,
    an hour noun or an ordinal."""
    fold = tokens.fold
    before = fold[index - 1] if index else ""
    hour, at, ordinal = _hour(tokens, index, language)
    if hour is None:
        return None
    minute = 0
    named = False
    if (
        fold[at] in ("oclock", "hours")
        and language == "en"
        and (fold[at] == "oclock" or (tokens.kind[index] == "n" and len(fold[index]) == 4))
    ):
        named, at = True, at + 1
    elif fold[at] in _HOUR_NOUNS and language in ("uk", "ru"):
        direct = before in _STRONG_AT[language] or (ordinal and before in _AT[language])
        part = fold[at + 1] in _DAY_PARTS
        if (not direct and not part) or (before in ("на", "за", "через") and not part and not ordinal):
            return None
        named, at = True, at + 1
        if fold[at] == "." and tokens.glued(at) and not tokens.capital(at + 1):
            at += 1
        minutes = small_number(tokens, at, 59)
        if minutes is not None and fold[at + 1].startswith(_MINUTE_NOUNS):
            minute, at = minutes, at + 2
    if fold[at] == "дня" and not named and (before not in _AT[language] or before == "на"):
        # “За два дня до выборов” are two days.
        return None
    if _meridiem_at(tokens, at) or (fold[at] in _DAY_PARTS and language != "en"):
        return Clock(index, at, hour, minute, fixed=False)
    if (
        language == "en"
        and fold[at] == "in"
        and fold[at + 1] == "the"
        and fold[at + 2] in ("morning", "afternoon", "evening")
    ):
        return Clock(index, at, hour, minute, fixed=False)
    if named or (ordinal and before in ("о", "об") and language == "uk"):
        return Clock(index, at, hour, minute, fixed=False)
    if before in ("at", "о", "об") and read_zone(tokens, at, language) is not None:
        return Clock(index, at, hour, minute, fixed=False)
    return None


# The hour is feminine: “о десятій”, “до десятої”; “після другого дня” is about a day.
_FEMININE = ("ій", "ої", "у", "а", "я", "ю")


def _hour(tokens: Tokens, index: int, language: Language) -> tuple[int | None, int, bool]:
    """Return the hour named at ``index`` (1–24), the token after it,
    and whether it is an ordinal (“десятій”)."""
    fold = tokens.fold
    ordinal = WORDS[language].ordinals.get(fold[index]) if language == "uk" else None
    if tokens.kind[index] == "n":
        value = small_number(tokens, index, 24)
        at = index + 1
        suffixed = (
            language == "uk"
            and fold[at] in ("-", "–")
            and fold[at + 1] in ("й", "ї", "а", "ій", "ту", "ту", "у", "ої", "ша", "га", "тя", "та")
        )
        if suffixed and tokens.glued(at) and tokens.glued(at + 1):
            return value, at + 2, True
        if (
            language == "ru"
            and fold[at] == "-"
            and tokens.glued(at)
            and fold[at + 1] in ("ти", "х", "ми", "го")
        ):
            at += 2
        return value, at, False
    if ordinal is not None and 1 <= ordinal <= 23 and fold[index].endswith(_FEMININE):
        return ordinal, index + 1, True
    if language == "uk" and fold[index] in ("двадцять", "двадцятій"):
        last = WORDS["uk"].ordinals.get(fold[index + 1])
        if last is not None and last <= 4:
            return 20 + last, index + 2, True
    if language == "ru" and fold[index] == "час" and fold[index + 1] in _DAY_PARTS:
        return 1, index + 1, False
    value_words = WORDS[language].cardinals.get(fold[index])
    if value_words is not None and 1 <= value_words <= 24 and value_words == int(value_words):
        number = read_number(tokens, index, language)
        if (
            number is not None
            and number.value <= 24
            and number.scale == 1
            and number.value == int(number.value)
        ):
            return int(number.value), number.end, False
    return None, index + 1, False


def _meridiem_at(tokens: Tokens, at: int) -> str | None:
    word = tokens.fold[at]
    if word in ("am", "pm"):
        return word
    if (
        word in ("a", "p")
        and tokens.fold[at + 1] == "."
        and tokens.fold[at + 2] == "m"
        and tokens.glued(at + 2)
    ):
        return word + "m"
    return None


def _meridiem(tokens: Tokens, clock: Clock) -> Clock:
    """Apply “p.m.”, “вечора”, “in the evening” after the hour."""
    fold, at = tokens.fold, clock.end
    mark = _meridiem_at(tokens, at)
    if mark is not None:
        end = at + 1 if fold[at] in ("am", "pm") else at + 3
        if fold[at] in ("a", "p") and fold[end] == "." and tokens.glued(end):
            end += 1
        return replace(clock, hour=clock.hour % 12 + (12 if mark == "pm" else 0), end=end, fixed=True)
    if clock.fixed and clock.hour > 12:
        part = fold[at] in _DAY_PARTS
        return replace(clock, end=at + 1) if part else clock
    part_of_day = _DAY_PARTS.get(fold[at])
    if part_of_day is not None:
        return replace(clock, hour=of_part(clock.hour, part_of_day), end=at + 1, fixed=True)
    if fold[at] == "in" and fold[at + 1] == "the" and fold[at + 2] in ("morning", "afternoon", "evening"):
        half = "am" if fold[at + 2] == "morning" else "pm"
        return replace(clock, hour=of_part(clock.hour, half), end=at + 3, fixed=True)
    if fold[at] == "at" and fold[at + 1] == "night":
        return replace(clock, hour=of_part(clock.hour, "night"), end=at + 2, fixed=True)
    return clock


def of_part(hour: int, part: str) -> int:
    """Return the hour of the day that ``hour`` of ``am``, ``pm`` or ``night`` means."""
    if hour > 12:
        return hour % 24
    if part == "am":
        return hour % 12 if hour == 12 else hour
    if part == "night":
        return 0 if hour == 12 else hour + 12 if hour >= 8 else hour
    return hour % 12 + 12


def _with_range(tokens: Tokens, clock: Clock, language: Language) -> Clock:
    """Read the end of “from 16:00 to 18:00”, “14:00–15:30”, “з 9 до 18 години”."""
    fold, at = tokens.fold, clock.end
    link = fold[at]
    before = fold[clock.start - 1] if clock.start else ""
    if link not in ("-", "–", "to", "до", "and", "until", "till", "по", "і", "та", "и"):
        return clock
    if link in ("and", "і", "та", "и") and before not in ("between", "між", "между"):
        return clock
    at += 1
    second = read_figures(tokens, at) or _bare_hour(tokens, at, language)
    if second is None:
        return clock
    second = _meridiem(tokens, second)
    hour = clock.hour
    if second.fixed and not clock.fixed and second.hour >= 12 and hour + 12 < second.hour:
        hour += 12
    start = (
        clock.start - 1
        if before in ("from", "between", "з", "із", "від", "с", "со", "между", "між", "від")
        else clock.start
    )
    return replace(
        clock, start=start, end=second.end, hour=hour, to_hour=second.hour, to_minute=second.minute
    )
