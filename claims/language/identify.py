"""The language of a text: English, Ukrainian, Russian or another one.

Letters decide first, because statistical models mistake short texts: і ї є ґ are Ukrainian, ы э ъ ё
Russian, unless letters of a third alphabet stand beside them. Then the commonest small words decide,
and only then a model that may choose among the languages which a newsroom here is likely to meet.
Invariant: only the first part of a long text is looked at, so the answer takes bounded time.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import simplemma
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from claims.language.readings import Language
from claims.language.terms import STOP_WORDS
from claims.language.words import read_words

_EXAMINED = 4_000  # Code points; more do not change the answer.
_CANDIDATES = ["en", "uk", "ru", "be", "bg", "mk", "sr", "kk", "de", "fr", "es", "it", "pt", "nl", "pl",
               "cs", "sk", "ro", "hu", "sv", "fi", "lt", "lv", "et", "tr", "hr", "sl", "da",
               "no"]  # fmt: skip

_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
# Letters of Belarusian, Serbian, Macedonian, Kazakh and their neighbours.
_OTHER_CYRILLIC = re.compile("[ўЎјљњћђџѓќѕЈЉЊЋЂЏЃЌЅәғқңөұүһӘҒҚҢӨҰҮҺӯӣҳҷ]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_MARKED_LATIN = re.compile("[\u00c0-\u024f]")


@lru_cache(maxsize=1)
def _model() -> LanguageIdentifier:
    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(_CANDIDATES)
    return model


def _named(code: str) -> Language:
    return code if code in ("en", "uk", "ru") else "other"  # type: ignore[return-value]


def _stop_word_votes(text: str, language: Language) -> int:
    return sum(word.folded in STOP_WORDS[language] for word in read_words(text)[:400])


def _dictionary_votes(text: str, language: Language) -> int:
    return sum(simplemma.is_known(word.folded, lang=language) for word in read_words(text)[:40])


def _identify_cyrillic(text: str) -> Language:
    ukrainian, russian = len(_UKRAINIAN.findall(text)), len(_RUSSIAN.findall(text))
    letters = len(_CYRILLIC.findall(text))
    if len(_OTHER_CYRILLIC.findall(text)) * 60 > letters:
        return "other"
    if ukrainian and russian:
        # A quotation or a name in the other language leaves few of its letters; Belarusian mixes both evenly.
        if min(ukrainian, russian) * 4 < max(ukrainian, russian):
            return "uk" if ukrainian > russian else "ru"
        return _named(_model().classify(text)[0])
    if ukrainian:
        return "uk"
    if russian:
        only_hard_sign = not re.search("[ыэёЫЭЁ]", text)
        if only_hard_sign and letters > 40 and _model().classify(text)[0] == "bg":
            return "other"
        return "ru"
    for votes in (_stop_word_votes, _dictionary_votes):
        votes_uk, votes_ru = votes(text, "uk"), votes(text, "ru")
        if votes_uk != votes_ru:
            return "uk" if votes_uk > votes_ru else "ru"
    code = _model().classify(text)[0]
    if letters > 60:
        return _named(code)
    # So few letters prove no third language; the model only chooses between the two at hand.
    return "uk" if code == "uk" else "ru"


def _identify_latin(text: str) -> Language:
    words = read_words(text)
    votes = _stop_word_votes(text, "en")
    marked = len(_MARKED_LATIN.findall(text))
    if votes * 4 >= len(words) and marked * 25 < len(text):
        return "en"
    if len(words) <= 3 and not votes:
        # A headline word or a bare name: only marked letters tell it from English.
        return "other" if marked and len(words) > 1 else "en"
    code, certainty = _model().classify(text)
    if code == "en" or (len(words) <= 6 and not marked and certainty < 0.9):
        return "en"
    return "other"


@lru_cache(maxsize=4_096)
def _identify(text: str) -> Language:
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    letters = sum(character.isalpha() for character in text)
    if not cyrillic and not latin:
        return "other" if letters else "en"
    if letters > 2 * (cyrillic + latin):
        return "other"
    # Ukrainian and Russian texts often carry Latin names and abbreviations, hardly ever the reverse.
    if cyrillic * 2 >= latin:
        return _identify_cyrillic(text)
    return _identify_latin(text)


def identify_language(text: str) -> Language:
    """Return ``en``, ``uk``, ``ru`` or ``other`` for any string; text without letters counts as ``en``.

    >>> identify_language("Зустріч завершилася"), identify_language("Встреча закончилась, были все")
    ('uk', 'ru')
    """
    beginning = text[:_EXAMINED].encode("utf-8", "replace").decode("utf-8")
    return _identify(unicodedata.normalize("NFC", beginning))
