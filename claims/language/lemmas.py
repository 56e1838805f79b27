"""Dictionary forms as simplemma tells them, without those that it tells wrongly.

Its tables hold whole expressions word against word, so that “сахарный” stands there under “тростник”.
Invariant: a dictionary form begins with the letter of its word, as nearly every inflected form in the three
languages does, or the pair is listed here; a word that fails this is taken to be its own dictionary form.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

import simplemma

#: Forms that begin with another letter than their dictionary form, and forms whose own is told wrongly.
_LISTED = {
    "en": """am:be is:be are:be was:be were:be went:go better:good best:good worse:bad worst:bad ate:eat
    found:find us:us building:building meeting:meeting hearing:hearing funding:funding housing:housing
    gathering:gathering left:leave gone:go lying:lie""",
    "uk": """є:бути ігор:гра іграм:гра іграми:гра іграх:гра йшов:іти йшла:іти йшло:іти йшли:іти йде:іти
    йдуть:іти гірше:поганий гірший:поганий краще:краще кращий:кращий боїв:бій боях:бій боями:бій боям:бій
    більш:більше менш:менше ляшка:ляшко адам:адам адама:адам якщо:якщо головне:головний повне:повний
    танки:танк танків:танк танками:танк танкам:танк танках:танк мова:мова мов:мова мист:міст""",
    "ru": """есть:быть люди:человек людей:человек людям:человек людьми:человек людях:человек лет:год
    летам:год летами:год летах:год шел:идти шла:идти шло:идти шли:идти шедший:идти лучше:хороший
    лучший:хороший хуже:плохой худший:плохой бывший:бывший бывшая:бывший бывшие:бывший бывших:бывший
    бывшего:бывший бывшему:бывший бывшим:бывший бывшей:бывший бывшую:бывший бывшими:бывший бывшем:бывший
    ада:ад адам:адам рано:рано ранее:ранее ею:она""",
}  # fmt: skip
#: First letters that change places in one word: «уторгнення», «вторгнення»; «ишов», «йшов»; «елка», «ёлка».
_TWINS = str.maketrans("уийёэ", "віієє") | str.maketrans("е", "є")
_SUPERLATIVE = "най"
Spoken = Literal["en", "uk", "ru"]
_FORMS = MappingProxyType(
    {spoken: dict(pair.split(":") for pair in pairs.split()) for spoken, pairs in _LISTED.items()}
)


def dictionary_form(folded: str, printed: str, spoken: Spoken) -> str:
    """Return the dictionary form of a word in lower case; one that no dictionary knows is returned as it is.

    ``folded`` is the word as it is compared; ``printed`` spells it as the dictionary does, apostrophes
    included.

    >>> dictionary_form("сахарный", "сахарный", "ru")
    'сахарный'
    """
    listed = _FORMS[spoken].get(folded.replace("ё", "е"))
    if listed is not None:
        return listed
    found = simplemma.lemmatize(printed, lang=spoken).casefold().rstrip(".")
    if printed.startswith(_SUPERLATIVE) or found[:1].translate(_TWINS) == printed[:1].translate(_TWINS):
        return found
    return printed


def is_known(printed: str, spoken: Spoken) -> bool:
    """Tell whether a dictionary has the word."""
    return bool(simplemma.is_known(printed, lang=spoken))
