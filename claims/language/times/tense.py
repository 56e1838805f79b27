"""Tell whether the words around a date speak of the past or of the future.

Invariant: a guess from the verbs of one sentence, nearest first: −1 past, 1 future, 0 where no verb tells.
"""

from __future__ import annotations

from functools import lru_cache

from claims.language.numerals.scanning import Tokens
from claims.language.readings import Language
from claims.language.times.calendars import Direction

_FUTURE: dict[Language, frozenset[str]] = {
    "en": frozenset(
        "will shall scheduled due plans planned plan expected expects upcoming next postponed rescheduled "
        "slated "
        "resumes resume begins starts opens closes expires ends deadline intends hopes promises until "
        "till pending "
        "forthcoming aims prepares preparing going wont tomorrow set ll close begin start resume meet "
        "convene reconvene expire enters takes".split()
    ),
    "uk": frozenset(
        "буде будуть майбутній заплановано заплановані заплановане запланована призначено призначені "
        "призначена планує "
        "планують очікують очікує очікується очікуються має мають завтра призначили перенесли перенесено "
        "запланували "
        "відклали відкладено наступний наступна відтермінували готується готуються чекають обіцяє "
        "обіцяють хоче".split()
    ),
    "ru": frozenset(
        "будет будут предстоящий запланировано запланированы запланирована назначено назначены назначена "
        "планирует "
        "планируют ожидают ожидает ожидается ожидаются должен должна должно должны завтра назначили "
        "перенесли перенесено "
        "запланировали отложили отложено следующий следующая готовится готовятся ждут обещает обещают "
        "хочет намерен "
        "намерены назначен перенесена перенесен запланирован".split()
    ),
    "other": frozenset(),
}
_PAST_EN = frozenset(
    "was were had did said told began met went came fell rose took held struck hit left led made won lost "
    "shot sent "
    "saw found spoke broke cut became gave got killed has have ago died fled grew kept paid ran sold "
    "stood swore "
    "threw wrote brought built bought caught felt fought heard knew laid lay meant rode sank sought shook "
    "slept "
    "spent spread stole swept taught thought understood withdrew froze flew drew drove ate hung sat sang "
    "yesterday last been launched blew burst cast overran quit beat put let bid".split()
)
_NOT_PAST_EN = frozenset(
    "need feed speed proceed succeed exceed indeed united armed hundred red bed shed breed seed need".split()
)
_NO_VERBS = frozenset(
    # Slavic words that end like verbs and are none.
    "та на від за під над но по до для це все вже уже лише тільки стати біля коло після де не ні про але "
    "або ти мати "
    "если после около возле только уже все это для или до мая марта июля июня часть власть область "
    "площадь очередь "
    "память связь помощь новость скорость безопасность честь смерть шесть пять девять десять двадцать "
    "тридцать опять "
    "есть путь путь ночь готовность деятельность ответственность лють ночі п'ять шість дев'ять десять "
    "двадцять тридцять "
    "область частина частину чверть смерть мать пять девять тисяч сеть нефть дефіцит запит візит дефицит "
    "визит кредит "
    "совет бюджет пакет ответ отчет запрет проект приоритет авторитет комитет комітет бюджет пакет звіт "
    "захід схід "
    "університет университет депозит аудит ракет газет лет нет билет счет кабинет предмет совєт интернет "
    "суверенитет "
    "світ цвіт привіт політ зліт наліт обліт вість користь швидкість безпеку кількість більшість вартість "
    "діяльність "
    "відповідальність можливість готовність новини численність потужність здатність присутність".split()
)
_PAST_SLAVIC = {
    "uk": (
        "ався",
        "ався",
        "ився",
        "вся",
        "лася",
        "лася",
        "лося",
        "лись",
        "лися",
        "лась",
        "лось",
        "ла",
        "ло",
        "ли",
        "ав",
        "ив",
        "їв",
        "ув",
        "яв",
        "ено",
        "ано",
        "ито",
        "ято",
        "ено",
        "єно",
    ),
    "ru": (
        "лся",
        "лась",
        "лось",
        "лись",
        "ал",
        "ил",
        "ел",
        "ял",
        "ыл",
        "ул",
        "ол",
        "ла",
        "ло",
        "ли",
        "ены",
        "ено",
        "ена",
        "ано",
        "ана",
        "аны",
        "ыто",
        "ыта",
        "ыты",
        "ен",
        "ёл",
        "ит",
    ),
}
_FUTURE_SLAVIC = {
    "uk": (
        "тиме",
        "тимуть",
        "тимемо",
        "тиметься",
        "тимуться",
        "ється",
        "еться",
        "иться",
        "уться",
        "ються",
        "аться",
        "яться",
        "ить",
        "ють",
        "уть",
        "ять",
        "ать",
        "має",
    ),
    "ru": ("ется", "ится", "ются", "утся", "атся", "ятся", "ит", "ет", "ут", "ют", "ат", "ят", "ёт"),
}


def direction(tokens: Tokens, first: int, last: int, language: Language) -> Direction:
    """Return the tense of the verb nearest to tokens ``[first, last)`` in their sentence."""
    begin, end = tokens.sentence(first, reach=_REACH)
    opening = tokens.fold[max(0, first - 1)]
    if opening == "since" or (
        tokens.fold[first] in _STARTING and any(word in _LASTING for word in tokens.fold[begin:first])
    ):
        return -1
    best: tuple[int, Direction] = (1000, 0)
    for at in range(begin, end):
        if first <= at < last or tokens.kind[at] != "w":
            continue
        tense = _tense(tokens.fold[at], language)
        if not tense:
            continue
        if tense < 0 and language == "en" and _participle(tokens, at):
            continue
        distance = first - at if at < first else at - last + 1
        distance += 4 * sum(
            tokens.fold[between] in _CLAUSE for between in range(min(at, first), max(at, last))
        )
        if distance < best[0] or (distance == best[0] and tense > 0):
            best = (distance, tense)
    return _modal(tokens, first, last, best[1], language)


_REACH = 24
# “Действует с 1 февраля”: what lasts in the present tense has begun.
_STARTING = frozenset(("с", "со", "з", "із", "since"))
_LASTING = frozenset(
    "действует действуют идет продолжается длится работает работают діє діють триває тривають працює "
    "працюють існує".split()
)
_CLAUSE = frozenset((",", ";", ":", "–", "that", "що", "что"))


def _modal(tokens: Tokens, first: int, last: int, found: Direction, language: Language) -> Direction:
    """A future auxiliary in the clause wins over a past participle (“will be held”, “має бути підписано”)."""
    if found >= 0:
        return found
    begin, end = _clause(tokens, first, last)
    words = tokens.fold[begin:end]
    if any(word in _AUXILIARIES for word in words):
        return 1
    for at, word in enumerate(words):
        if (
            language == "en"
            and word in ("planned", "expected", "set")
            and words[at + 1 : at + 2] in (["for"], ["to"])
        ):
            return 1
    return found


_AUXILIARIES = frozenset(
    "will shall wont scheduled due slated postponed rescheduled буде будуть будет будут перенесли "
    "перенесено призначили "
    "назначили назначена назначен назначены призначено призначена призначені заплановано запланировано "
    "відклали отложили "
    "назначено запланирована запланирован запланована запланували".split()
)
_CLAUSE_ENDS = frozenset(
    (";", ":", "–", "and", "but", "while", "that", "що", "что", "а", "но", "але", ".", "!", "?")
)


def _clause(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Return the token range of the clause around ``[first, last)``, at most a dozen words each way."""
    sentence, after = tokens.sentence(first, reach=12)
    begin, end = first, last
    while begin > sentence and tokens.fold[begin - 1] not in _CLAUSE_ENDS:
        begin -= 1
    while end < after and tokens.fold[end] not in _CLAUSE_ENDS:
        end += 1
    return begin, end


def _participle(tokens: Tokens, at: int) -> bool:
    """“Is scheduled”, “wanted man”: an -ed form after a form of be in the present is no past tense."""
    return (
        tokens.fold[at - 1] in ("is", "are", "be", "the", "a", "to")
        and tokens.fold[at].endswith("ed")
        and at > 0
    )


@lru_cache(maxsize=32_768)
def _tense(word: str, language: Language) -> Direction:
    if word in _FUTURE[language]:
        return 1
    if language == "en":
        if word in _PAST_EN:
            return -1
        return -1 if word.endswith("ed") and len(word) > 4 and word not in _NOT_PAST_EN else 0
    if language == "other" or word in _NO_VERBS or len(word) < 4:
        return 0
    if word.endswith(_FUTURE_SLAVIC[language]) and not word.endswith(("ість", "ость", "асть", "есть", "сть")):
        if language == "ru" and word.endswith(("итет", "мент", "дент", "кт", "нт", "лет", "чет", "жет")):
            return 0
        return 1
    return -1 if word.endswith(_PAST_SLAVIC[language]) else 0
