"""Figures that are labels and count nothing: Article 5, flight 302, F-16, 72nd Brigade, telephone numbers,
years.

Invariant: a number with a unit, a scale word or a comparator is never called a label for what stands before
it.
"""

from __future__ import annotations

from functools import lru_cache

from claims.language.numerals.reading import Numeral, read_slashed
from claims.language.numerals.scanning import Tokens
from claims.language.numerals.words import WORDS
from claims.language.quantities.wording import FUNCTION_WORDS
from claims.language.readings import Language

# Nouns whose number is a name wherever they stand before it.
_STRONG: dict[Language, tuple[str, ...]] = {
    "en": tuple(
        "article articles chapter chapters section sections paragraph paragraphs clause clauses annex "
        "room flight "
        "resolution resolutions no nos number channel route highway platform gate hotline "
        "extension protocol "
        "directive amendment decree reactor appendix apartment apt suite terminal boeing airbus windows "
        "iphone "
        "category tel phone fax telephone episode season volume vol page pages version exhibit subsection mk "
        "magnitude formula psalm tram subparagraph junction postcode interstate runway pier dock bay "
        "cabin schedule "
        "convention block".split()
    ),
    "uk": (
        "статт", "ст", "пункт", "пп", "параграф", "підпункт", "абзац", "додаток", "додатк", "резолюці",
        "рейс", "номер",
        "кабінет", "маршрут", "енергоблок", "реактор", "раунд", "категорі", "протокол", "указ", "наказ",
        "постанов",
        "законопроєкт", "законопроект", "розпорядженн", "телефон", "тел", "індекс", "сторінк", "стор",
        "розділ",
        "тролейбус", "платформ", "магнітуд", "директив", "корпус", "лінія", "лінію", "дільниц", "формул",
        "ліце",
        "підїзд", "верс", "модел", "трас", "палата", "палаті",
    ),
    "ru": (
        "стать", "ст", "пункт", "пп", "параграф", "подпункт", "абзац", "приложени", "резолюци", "рейс",
        "номер",
        "кабинет", "маршрут", "энергоблок", "реактор", "раунд", "категори", "протокол", "указ", "приказ",
        "постановлени", "законопроект", "распоряжени", "телефон", "тел", "индекс", "страниц", "стр", "раздел",
        "троллейбус", "платформ", "магнитуд", "директив", "корпус", "линия", "линию", "участок", "формул",
        "лице",
        "подъезд", "верси", "модел", "трасс", "палата", "палате",
    ),
    "other": (),
}  # fmt: skip
# Nouns whose number is a name where no noun follows it: “Round one of”, “in case 114”, “Unit 3.”.
_WEAK: dict[Language, tuple[str, ...]] = {
    "en": tuple(
        "round phase stage step tier level part unit grade rule item line bus train ward precinct district "
        "constituency school hospital brigade regiment battalion division case bill order law group game "
        "match set "
        "day week book track lane exit tower building house sector zone type model class act count lot "
        "point plant "
        "mine well title mark warehouse hangar squad studio hall court station table figure option "
        "scenario plan "
        "tranche draft version quarter article list row seat bed camp area point".split()
    ),
    "uk": (
        "етап", "фаз", "тур", "клас", "рівень", "рівня", "рівні", "тип", "округ", "канал", "форм", "лот",
        "частин",
        "серія", "серії", "сезон", "квартир", "кімнат", "зал", "бригад", "полк", "батальйон", "вагон",
        "справ", "блок",
        "будин", "школ", "автобус", "трамва", "поїзд", "потяг", "місце", "ряд", "питанн", "глав", "гімназі",
        "цех",
        "день", "тиждень", "п", "ч", "дім", "груп", "шахт", "варіант", "закон", "чергу", "черг", "колоні",
        "загін",
    ),
    "ru": (
        "этап", "фаз", "тур", "класс", "уровень", "уровня", "уровне", "тип", "округ", "канал", "форм",
        "лот", "част",
        "серия", "серии", "сезон", "квартир", "комнат", "зал", "бригад", "полк", "батальон", "вагон", "дел",
        "блок",
        "дом", "школ", "автобус", "трамва", "поезд", "место", "ряд", "вопрос", "глав", "гимнази", "цех",
        "день",
        "недел", "п", "ч", "групп", "шахт", "вариант", "закон", "очередь", "очеред", "колони", "отряд",
    ),
    "other": (),
}  # fmt: skip
_MANY = ("ов", "ів", "ам", "ами", "ах", "ях", "ями", "ых")
_SPORT_STARS = ("star", "stars", "зірк", "зірок", "зірок", "звезд", "зіркою", "звезды", "звездочн")
_SHORT_LABELS = frozenset("no ст п пп ч тел стор стр гл vol р оф кв корп им абз".split())
_PLACING = frozenset("in at near from of outside over around у в на під біля под около".split())
_QUAKE = ("magnitude", "магнітуд", "магнитуд")
_PHONE_WORDS = (
    "hotline", "telephone", "phone", "call", "tel", "dial", "телефон", "тел", "телефону", "линии", "лінії",
    "лінія",
    "линия", "fax", "факс", "whatsapp", "viber", "sms", "смс",
)  # fmt: skip
_YEAR_BEFORE = frozenset(
    "in since by from until till of during through before after early late mid spring summer autumn fall "
    "winter year "
    "to and year's в у во с со до по к на з із від після перед від за після після года році року рік год "
    "рр гг и і та "
    "the its his their this between январе янв".split()
)
_YEAR_NOUNS = ("year", "рік", "рок", "рр", "год", "гг", "лет", "г")


def code_end(tokens: Tokens, index: int) -> int | None:
    """Return the end of the code, model name, telephone number or score that holds the digits at ``index``.

    ``None`` where the digits stand free. Letters glued before (“F-16”, “Х-101”, “COVID-19”) make a name; so
    do
    three groups joined by hyphens, and leading zeros.
    """
    fold, kind = tokens.fold, tokens.kind
    if index and tokens.glued(index):
        before = fold[index - 1]
        if kind[index - 1] == "w" and not tokens.raw(index - 1).isupper():
            return _glued_end(tokens, index)
        if kind[index - 1] == "w" and len(before) != 3:
            return _glued_end(tokens, index)
        hyphenated = before == "-" and tokens.glued(index - 1) and index >= 2
        if hyphenated and kind[index - 2] == "w" and before == "-":
            return _glued_end(tokens, index)
        if before in ("/", "#", "№", "_", "@") and (before != "/" or tokens.glued(index - 1)):
            return _glued_end(tokens, index)
        if before == "+" and len(fold[index]) >= 3 and fold[index + 1] in ("-", "("):
            return _glued_end(tokens, index)
        if before == "+" and len(fold[index].replace(" ", "")) >= 9:
            return _glued_end(tokens, index)
    digits = fold[index]
    if (
        fold[index + 1] == ":"
        and tokens.glued(index + 1)
        and kind[index + 2] == "n"
        and tokens.glued(index + 2)
    ):
        return index + 3
    slashed = fold[index + 1] == "/" and tokens.glued(index + 1) and kind[index + 2] == "n"
    if slashed and tokens.glued(index + 2) and read_slashed(tokens, index) is None:
        return _glued_end(tokens, index)
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
        return _phone_end(tokens, index)
    if digits == "0" and kind[index + 1] == "n" and not tokens.glued(index + 1):
        return _phone_end(tokens, index)
    end, groups = index + 1, 1
    while fold[end] == "-" and tokens.glued(end) and kind[end + 1] == "n" and tokens.glued(end + 1):
        end, groups = end + 2, groups + 1
    return end if groups >= 3 else None


def _glued_end(tokens: Tokens, index: int) -> int:
    end = index + 1
    while end < tokens.size and tokens.glued(end) and (tokens.kind[end] != "s" or tokens.fold[end] in "-/–"):
        if tokens.fold[end] in ("-", "–", "/") and not (
            tokens.glued(end + 1) and tokens.kind[end + 1] != "s"
        ):
            break
        end += 1
    return end


def _phone_end(tokens: Tokens, index: int) -> int:
    end = index + 1
    while tokens.kind[end] == "n" or (tokens.fold[end] in ("-", "(", ")") and end < tokens.size):
        end += 1
    return end


def is_label(tokens: Tokens, number: Numeral, language: Language, noun_follows: bool) -> bool:
    """Tell whether the bare ``number`` names something (“Article 5”, “рейс 302”) and counts nothing."""
    fold = tokens.fold
    at = number.start - 1
    if at < 0:
        return False
    if any(word.startswith(_QUAKE) for word in fold[max(0, at - 2) : at + 1]) or _after_hyphen(
        fold, number.end
    ).startswith(_QUAKE):
        return True
    if fold[at] in ("№", "#", "§"):
        return True
    if fold[at] == "." and tokens.glued(at):
        at -= 1
        if fold[at] in _SHORT_LABELS:
            return not noun_follows or fold[at] in ("no", "ст", "тел")
        return False
    named = at > 0 and tokens.capital(at) and tokens.capital(at - 1) and tokens.glued(at) is False
    if number.written and named and tokens.fold[at - 2] not in _PLACING:
        # “Nord Stream 2 leaked”: two names in a row and no noun after the figure.
        return not noun_follows or tokens.fold[number.end].endswith("ed")
    return _named_by(tokens, at, language, noun_follows) or _listed_label(tokens, number, language)


def _after_hyphen(fold: list[str], index: int) -> str:
    return fold[index + 1] if fold[index] == "-" else fold[index]


def _named_by(tokens: Tokens, at: int, language: Language, noun_follows: bool) -> bool:
    word = tokens.fold[at]
    if tokens.kind[at] != "w":
        return False
    if language == "en":
        if word in _STRONG["en"]:
            # A plain verb or plural may stand here too: “flight 302” names, “a number 12 men saw” does not
            # occur.
            return word != "number" or tokens.fold[at - 1] not in ("a",)
        named = tokens.capital(at) and not tokens.begins_sentence(at)
        return word in _WEAK["en"] and (named or not noun_follows)
    if word.endswith(_MANY):
        return False
    return _has_stem(word, _STRONG[language]) or (not noun_follows and _has_stem(word, _WEAK[language]))


@lru_cache(maxsize=16_384)
def _has_stem(word: str, stems: tuple[str, ...]) -> bool:
    """Tell whether ``word`` is a form of one of ``stems``: a short stem leaves room for a case ending
    only.
    """
    for stem in stems:
        if word.startswith(stem) and (len(stem) > 3 or len(word) - len(stem) <= (2 if len(stem) == 3 else 0)):
            return True
    return False


def _listed_label(tokens: Tokens, number: Numeral, language: Language) -> bool:
    """Tell whether the number continues a list of labels: “articles 5, 6 and 7”, “Chapters 3 to 7”."""
    fold, at = tokens.fold, number.start - 1
    for _ in range(8):
        if (
            fold[at] in (",", "and", "to", "or", "–", "-", "та", "і", "й", "и", "или", "чи", "або")
            and tokens.kind[at - 1] == "n"
        ):
            at -= 2
            word = fold[at]
            if tokens.kind[at] == "w" and at >= 0:
                strong = word in _STRONG["en"] if language == "en" else _has_stem(word, _STRONG[language])
                if strong and len(word) > 3:
                    return True
        else:
            return False
    return False


def is_year(tokens: Tokens, number: Numeral, language: Language, noun_follows: bool) -> bool:
    """Tell whether four bare digits are a year: 1900–2099 after “in”, “since”, “the” … or before “year”."""
    written = tokens.fold[number.start]
    if not (number.written and number.end == number.start + 1 and len(written) == 4 and written.isdigit()):
        return False
    if not 1800 <= int(written) <= 2099:
        return False
    fold = tokens.fold
    following = fold[number.end]
    if following.startswith(_YEAR_NOUNS) and following not in ("years", "роки", "років", "лет"):
        return True
    before = fold[number.start - 1] if number.start else ""
    if (
        following in ("-", "–", "/")
        and tokens.kind[number.end + 1] == "n"
        and len(fold[number.end + 1]) in (2, 4)
    ):
        return True
    if (
        before in ("-", "–", "/")
        and tokens.kind[number.start - 2] == "n"
        and len(fold[number.start - 2]) == 4
    ):
        return True
    if before in ("the", "its", "his", "their", "this", "our"):
        return True
    if before in _YEAR_BEFORE and (not noun_follows or language == "en"):
        return before not in ("of", "to", "from", "by", "after", "before") or not noun_follows
    if before in ("(", "©") and following in (")", "–", "-", ",", ";"):
        return True
    return tokens.kind[number.start - 1] == "w" and not noun_follows and tokens.capital(number.start - 1)


def in_telephone(tokens: Tokens, number: Numeral) -> bool:
    """Tell whether the digits stand after a word for a telephone and are dialled."""
    first = max(0, number.start - 6)
    before = tokens.fold[first : number.start]
    if not number.written or len(tokens.fold[number.start]) < 3:
        return False
    return (
        any(word in _PHONE_WORDS for word in before)
        and not number.scale > 1
        and (tokens.kind[number.end] == "n" or tokens.fold[number.end] in ("-", ".", "", ",", ")", "("))
    )


def counts_stars(tokens: Tokens, end: int) -> bool:
    """Tell whether hotel stars follow."""
    at = end + 1 if tokens.fold[end] == "-" else end
    return tokens.fold[at].startswith(_SPORT_STARS) and (
        "-" in tokens.fold[end]
        or tokens.fold[at + 1] in ("hotel", "»", "”", '"', "hotels")
        or _hotel(tokens, end)
    )


def _hotel(tokens: Tokens, end: int) -> bool:
    near = tokens.fold[max(0, end - 5) : end + 5]
    return any(word.startswith(("hotel", "отел", "готел", "гостини", "resort", "курорт")) for word in near)


def noun_after(tokens: Tokens, end: int, language: Language) -> bool:
    """Tell whether token ``end`` may be the noun that the number before it counts."""
    if tokens.kind[end] != "w" or tokens.glued(end):
        return False
    word = tokens.fold[end]
    return word not in FUNCTION_WORDS[language] and word not in WORDS[language].cardinals
