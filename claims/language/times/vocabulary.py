"""The words of the calendar: months and weekdays from CLDR with their case endings, days, seasons,
parts of a day.

Invariant: keys are folded as ``numerals.scanning.fold_word`` folds; months count from 1,
weekdays from Monday = 0.
"""

from __future__ import annotations

from functools import cache

from babel import Locale

from claims.language.numerals.scanning import fold_word
from claims.language.readings import Language

_ENDINGS = {
    "soft": ("ь", "я", "ю", "ем", "ем", "е", "і", "ю"),
    "hard": ("", "а", "у", "ом", "е", "і", "ові", "и", "ы", "ам", "ов", "ів", "ами"),
}
_EN_MONTHS_SHORT = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "nov": 11, "dec": 12,
}  # fmt: skip
_SLAVIC_MONTHS_SHORT: dict[str, dict[str, int]] = {
    "uk": {"січ": 1, "лют": 2, "бер": 3, "квіт": 4, "трав": 5, "черв": 6, "лип": 7, "серп": 8, "вер": 9,
    "вересн": 9,
           "жовт": 10, "лист": 11, "груд": 12},
    "ru": {"янв": 1, "фев": 2, "февр": 2, "апр": 4, "авг": 8, "сен": 9, "сент": 9, "окт": 10, "ноя": 11,
    "нояб": 11,
           "дек": 12},
}  # fmt: skip


@cache
def months(language: Language) -> dict[str, int]:
    """Return folded form → month number, in every case of ``language``."""
    if language == "other":
        return {}
    locale = Locale(language)
    forms: dict[str, int] = {}
    for number in range(1, 13):
        genitive = fold_word(locale.months["format"]["wide"][number])
        nominative = fold_word(locale.months["stand-alone"]["wide"][number])
        forms.update(dict.fromkeys((genitive, nominative), number))
        if language != "en":
            forms.update(dict.fromkeys(_month_forms(genitive, nominative), number))
    forms.update(_EN_MONTHS_SHORT if language == "en" else _SLAVIC_MONTHS_SHORT[language])
    return forms


def _month_forms(genitive: str, nominative: str) -> list[str]:
    if genitive.endswith("ого"):
        return [genitive[:-3] + ending for ending in ("ий", "ого", "ому", "им", "ім")]
    if nominative.endswith("й"):
        return [nominative[:-1] + ending for ending in ("й", "я", "ю", "ем", "е")]
    stem = genitive[:-1]
    return [stem + ending for ending in _ENDINGS["soft" if genitive.endswith("я") else "hard"]]


@cache
def weekdays(language: Language) -> dict[str, int]:
    """Return folded form → weekday, Monday = 0, in every case of ``language``."""
    if language == "other":
        return {}
    names = Locale(language).days["format"]["wide"]
    forms: dict[str, int] = {}
    for number in range(7):
        name = fold_word(names[number])
        forms[name] = number
        if language == "en":
            forms[name + "s"] = number
        elif name.endswith(("ок", "ець")):
            forms.update(
                {name[:-2] + "к" + ending: number for ending in ("а", "у", "ом", "ові", "и", "ам", "ами")}
            )
        elif name.endswith("а"):
            forms.update(
                {name[:-1] + ending: number for ending in ("и", "і", "у", "ою", "ы", "е", "ой", "ам", "ами")}
            )
        elif name.endswith(("я", "е")):
            forms.update(
                {name[:-1] + ending: number for ending in ("і", "ю", "ею", "я", "ем", "и", "ей", "ям")}
            )
        else:
            forms.update({name + ending: number for ending in ("а", "у", "ом", "е", "и", "і", "ам")})
    return forms


def _adjectives(stems: dict[str, int], endings: str) -> dict[str, int]:
    """Return all case forms of adjectives of days, such as “вчорашній” and “сегодняшнего”."""
    return {stem + ending: number for stem, number in stems.items() for ending in endings.split()}


RELATIVE_DAYS: dict[Language, dict[str, int]] = {
    "en": {"today": 0, "yesterday": -1, "tomorrow": 1},
    "uk": {"сьогодні": 0, "вчора": -1, "учора": -1, "позавчора": -2, "завтра": 1, "післязавтра": 2,
    "позаучора": -2,
           "напередодні": -1,
           **_adjectives({"сьогоднішн": 0, "вчорашн": -1, "учорашн": -1, "позавчорашн": -2, "завтрашн": 1},
                         "ій ього ьому ім я ьої ю ьою є і іх іми")},
    "ru": {"сегодня": 0, "вчера": -1, "позавчера": -2, "завтра": 1, "послезавтра": 2, "накануне": -1,
           **_adjectives({"сегодняшн": 0, "вчерашн": -1, "позавчерашн": -2, "завтрашн": 1},
                         "ий его ему им ем яя ей юю ее ие их ими")},
    "other": {},
}  # fmt: skip
RELATIVE_YEARS: dict[str, int] = {"торік": -1, "цьогоріч": 0, "позаторік": -2, "цьогорік": 0}
# Parts of a day as hours; a night runs from 22:00 of the day before to 06:00.
NIGHT, EARLY, MORNING, AFTERNOON, EVENING = (-2, 6), (0, 6), (6, 12), (12, 18), (18, 24)
PARTS: dict[Language, dict[str, tuple[int, int]]] = {
    "en": {"morning": MORNING, "afternoon": AFTERNOON, "evening": EVENING, "night": NIGHT, "overnight": NIGHT,
           "tonight": EVENING},
    "uk": {"вранці": MORNING, "уранці": MORNING, "зранку": MORNING, "ранком": MORNING, "вдень": AFTERNOON,
           "удень": AFTERNOON, "ввечері": EVENING, "увечері": EVENING, "вечором": EVENING, "ввечорі": EVENING,
           "вночі": NIGHT, "уночі": NIGHT, "пополудні": AFTERNOON, "надвечір": EVENING, "звечора": EVENING},
    "ru": {"утром": MORNING, "днем": AFTERNOON, "вечером": EVENING, "ночью": NIGHT, "поутру": MORNING},
    "other": {},
}  # fmt: skip
# Nouns for the parts of a day, as in “вечір 5 березня”, “к утру 17 февраля”.
PART_NOUNS: dict[Language, dict[str, tuple[int, int]]] = {
    "en": {},
    "uk": {"ранок": MORNING, "ранку": MORNING, "вечір": EVENING, "вечора": EVENING, "ніч": NIGHT,
    "ночі": NIGHT,
           "обіду": AFTERNOON, "світанку": EARLY},
    "ru": {"утро": MORNING, "утра": MORNING, "вечер": EVENING, "вечера": EVENING, "вечеру": EVENING,
    "утру": MORNING,
           "ночь": NIGHT, "ночи": NIGHT, "обеда": AFTERNOON, "рассвете": EARLY},
    "other": {},
}  # fmt: skip
SEASONS: dict[Language, dict[str, int]] = {
    # The number is the first month of the season; winter belongs to the year in which it began.
    "en": {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12},
    "uk": {"весна": 3, "весни": 3, "весну": 3, "весною": 3, "весні": 3, "навесні": 3, "літо": 6, "літа": 6,
    "влітку": 6,
           "улітку": 6, "літом": 6, "осінь": 9, "осені": 9, "восени": 9, "зима": 12, "зими": 12, "зиму": 12,
           "зимою": 12, "взимку": 12, "узимку": 12, "зимі": 12},
    "ru": {"весна": 3, "весны": 3, "весну": 3, "весной": 3, "весне": 3, "лето": 6, "лета": 6, "летом": 6,
    "лету": 6,
           "осень": 9, "осени": 9, "осенью": 9, "зима": 12, "зимы": 12, "зиму": 12, "зимой": 12, "зиме": 12},
    "other": {},
}  # fmt: skip
SEASON_ADVERBS = frozenset(
    "навесні влітку улітку восени взимку узимку весной летом осенью зимой весною літом зимою".split()
)
UNIT_NOUNS: dict[Language, dict[str, str]] = {
    "en": {"week": "week", "month": "month", "year": "year", "quarter": "quarter", "weekend": "weekend"},
    "uk": {"тиждень": "week", "тижня": "week", "тижні": "week", "тижню": "week", "місяць": "month",
    "місяця": "month",
           "місяці": "month", "рік": "year", "року": "year", "році": "year", "квартал": "quarter",
           "кварталу": "quarter", "кварталі": "quarter", "вихідні": "weekend", "вихідних": "weekend",
           "доба": "day", "доби": "day", "добу": "day", "ночі": "night", "ніч": "night", "дня": "day_of"},
    "ru": {"неделя": "week", "неделе": "week", "недели": "week", "неделю": "week", "месяц": "month",
    "месяца": "month",
           "месяце": "month", "год": "year", "года": "year", "году": "year", "годе": "year",
           "квартал": "quarter",
           "квартала": "quarter", "квартале": "quarter", "выходные": "weekend", "выходных": "weekend",
           "ночью": "night", "ночь": "night", "сутки": "day", "ночи": "night"},
    "other": {},
}  # fmt: skip
_LAST = ("минул", "прошл", "минувш", "попередн", "предыдущ", "прошедш")
_THIS = ("цьог", "цьом", "ціє", "цій", "цю", "цей", "этот", "этог", "этом", "этой", "эту", "эти", "ці",
         "поточн",
         "текущ", "нынешн", "нинішн")  # fmt: skip
_NEXT = ("наступн", "следующ", "будущ", "предстоящ", "майбутн", "прийдешн")


def offset_of(word: str, language: Language) -> int | None:
    """Return −1, 0 or 1 for “last”, “this”, “next” and their forms in the three languages."""
    if language == "en":
        return {
            "last": -1,
            "previous": -1,
            "past": -1,
            "this": 0,
            "current": 0,
            "next": 1,
            "coming": 1,
            "upcoming": 1,
        }.get(word)
    if len(word) < 2 or len(word) > 15:
        return None
    if word.startswith(_LAST):
        return -1
    if word.startswith(("позамин", "позапрошл")):
        return -2
    if word.startswith(_NEXT):
        return 1
    if word.startswith(_THIS) and (
        len(word) <= 6 or word.startswith(("поточн", "текущ", "нынешн", "нинішн"))
    ):
        return 0
    return None
