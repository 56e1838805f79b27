"""Words that speak for or against checking a sentence, in three languages.

Invariant: each pattern is a flat list of words and phrases between word edges, so that it is linear in the
length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from claims.language.folding import APOSTROPHES

_A = f"[{APOSTROPHES}]"


def _words(*lists: str) -> re.Pattern[str]:
    """Compile words parted by ``|``; ``*`` ends a stem, a blank stands for white space."""
    spaced = "|".join(lists).replace(" ", r"\s{1,3}").replace("*", r"\w{0,12}").replace("'", _A)
    return re.compile(rf"(?<!\w)(?:{spaced})(?!\w)", re.IGNORECASE)


CUES: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    "en": {
        "comparison": _words(
            "more than|less than|fewer than|higher than|lower than|bigger than|larger than"
            "|greater than|better than"
            "|worse than|compared to|compared with|as much as|as many as|twice|half of|half the"
            "|times as|majority|most of"
            "|one of the|percent|per cent|average|double|triple|a third|a quarter|ever since|since|than"
        ),
        "record": _words(
            "highest|lowest|largest|biggest|smallest|greatest|fastest|worst|longest|oldest"
            "|first time|for the first time"
            "|record|only country|ever|in history|never before|the most|the least|number one"
            "|every single|nobody"
        ),
        "past_deed": _words(
            "voted|signed|passed|vetoed|killed|built|spent|paid|lost|created|took|gave|sent|sold"
            "|bought|opposed|supported"
            "|proposed|refused|promised|cut|raised|increased|doubled|reduced|imposed|lifted"
            "|invaded|attacked|bombed"
            "|arrested|released|fired|hired|won|ran|left|met|went|came|called|said|told|wrote"
            "|announced|declared"
            "|reported|claimed|admitted|denied|testified|happened|grew|fell|rose|dropped|lasted"
            "|died|was|were|had|did"
            "|has been|have been|[a-z]{3,14}ed"
        ),
        "opinion": _words(
            "i think|i believe|i feel|i guess|in my opinion|in my view|i hope|i wish|i don't think"
            "|i do not think|maybe"
            "|perhaps|i want|i'd like|i would like|i love|i know|i agree|i disagree|i support"
            "|wonderful|great honor|proud"
            "|it seems to me|i suppose|of course|obviously|i'm sure|i am sure|my point|i mean|i understand"
        ),
        "promise": _words(
            "will|won't|going to|gonna|i'll|we'll|shall|intend to|plan to|would|could|might|i propose|if i"
        ),
        "demand": _words(
            "should|must|ought to|need to|needs to|have to|has to|got to|let's|let us|let me"
            "|please|want to|we want"
            "|we need|we've got"
        ),
        "address": _words(
            "thank you|thanks|good evening|good morning|ladies and gentlemen|welcome|question"
            "|you know|look|senator"
            "|mr|well|excuse me|the question|the issue|the answer|i'm glad|applause|laughter"
        ),
    },
    "uk": {
        "comparison": _words(
            "більше ніж|менше ніж|більш ніж|понад|удвічі|вдвічі|втричі|утричі|порівняно з"
            "|у порівнянні|половин*|третин*"
            "|чверть|більшість|найбільш*|вищ*|нижч*|у середньому|за|рази|разів|відсотк*"
        ),
        "record": _words(
            "найбільш*|наймен*|найвищ*|найниж*|найгірш*|найдовш*|рекорд*|вперше|уперше|за всю історію|ніколи"
        ),
        "past_deed": _words(r"\w{3,14}(?:ав|ив|ів|ув|ло|ла|ли|вся|лася|лися|лося|но|то)"),
        "opinion": _words(
            "я думаю|думаю|я вважаю|на мою думку|сподіваюся|сподіваюсь|мабуть|можливо|здається"
            "|на мій погляд|я вірю"
            "|переконаний|переконана|напевно"
        ),
        "promise": _words(
            r"буде|будуть|будемо|буду|планує|планують|має намір|\w{3,14}(?:имемо|имуть|иму|атиме"
            r"|атимуть)|б|би"
        ),
        "demand": _words("треба|потрібно|необхідно|слід|мусимо|маємо|повинн*|давайте|нехай|хай|варто"),
        "address": _words("дякую|шановн*|доброго вечора|добрий день|вітаю|будь ласка|до побачення"),
    },
    "ru": {
        "comparison": _words(
            "больше чем|меньше чем|более чем|менее чем|свыше|вдвое|втрое|по сравнению|половин*|трет*|четверть"
            "|большинств*|выше|ниже|в среднем|раза|раз|процент*"
        ),
        "record": _words(
            "наибольш*|наименьш*|самый|самая|самое|самые|рекорд*|впервые|за всю историю|никогда"
        ),
        "past_deed": _words(
            r"\w{3,14}(?:ал|ил|ел|ул|ла|ло|ли|лся|лась|лось|лись|ан|ана|ано|аны|ен|ена|ено|ены)"
        ),
        "opinion": _words(
            "я думаю|думаю|я считаю|по-моему|на мой взгляд|надеюсь|наверное|возможно|может быть"
            "|кажется|я верю"
            "|убежден|убеждена|убеждён"
        ),
        "promise": _words(r"будет|будут|будем|буду|планирует|планируют|намерен*|собира*|бы"),
        "demand": _words("нужно|надо|необходимо|следует|должн*|давайте|пусть|стоит"),
        "address": _words("спасибо|уважаем*|добрый вечер|добрый день|здравствуйте|пожалуйста|до свидания"),
    },
}
