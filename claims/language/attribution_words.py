"""The words with which texts attribute: what names a source, what relays it, and what hedges.

Invariant: a pattern matches whole words only, in any case, and is linear in the length of the text. Verbs
are listed with the endings that news uses; phrases end where their source begins.
"""

from __future__ import annotations

import re


def any_of(listing: str) -> re.Pattern[str]:
    """Compile alternatives that are separated by ``|`` or line breaks into one pattern of whole words."""
    alternatives = [part.strip() for part in re.split(r"\s\|\s|\n", listing) if part.strip()]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(alternatives)})(?![^\W_])", re.IGNORECASE)


BEFORE_SOURCE: dict[str, re.Pattern[str]] = {
    "en": any_of(
        """according to | citing | as reported by | reported by | with reference to | referring to
        as quoted by
        in a report by | reports? from | told | per"""
    ),
    "uk": any_of(
        """за даними | за інформацією | за словами | за повідомленням(?:и)? | за версією | на думку
        із? посиланням на | посилаючись на | як повідомля(?:є|ють|ло) | як повідоми(?:в|ла|ли|ло) | як пише
        як зазначає | передає | передають | повідомля(?:є|ють) | пише | пишуть | інформує
        про це (?:повідомляє|пише|повідомили в|заявив|заявила) | з посиланням на"""
    ),
    "ru": any_of(
        """по данным | по информации | по словам | по сообщени(?:ю|ям) | по версии | по мнению | со ссылкой на
        ссылаясь на | как сообща(?:ет|ют|ло) | как сообщи(?:л|ла|ли|ло) | как пишет | как переда[её]т
        переда[её]т | передают | сообща(?:ет|ют) | пишет | пишут | информирует
        об этом (?:сообщает|пишет|заявил|заявила)"""
    ),
}
AFTER_SOURCE: dict[str, re.Pattern[str]] = {
    "en": any_of(
        """reports? | reported | has reported | have reported | said | says | writes | wrote | claims?
        claimed
        announced | stated | confirmed | denied | tweeted | added | noted | told"""
    ),
    "uk": any_of(
        """повідомля(?:є|ють) | повідоми(?:в|ла|ли|ло) | пише | пишуть | переда(?:є|ють) | заяви(?:в|ла|ли|ло)
        стверджу(?:є|ють) | розпові(?:в|ла|ли) | сказа(?:в|ла|ли) | зазначи(?:в|ла|ли|ло) | каже
        підтверди(?:в|ла|ли|ло) | спростува(?:в|ла|ли|ло)"""
    ),
    "ru": any_of(
        """сообща(?:ет|ют) | сообщи(?:л|ла|ли|ло) | пишет | пишут | переда(?:ет|ёт|ют) | заяви(?:л|ла|ли|ло)
        утвержда(?:ет|ют) | рассказа(?:л|ла|ли) | сказа(?:л|ла|ли) | отмети(?:л|ла|ли|ло) | говорит
        подтверди(?:л|ла|ли|ло) | опроверг(?:ла|ли|ло)?"""
    ),
}
# Sources that have no name, with the adjective that tells their side.
UNNAMED: dict[str, re.Pattern[str]] = {
    "en": any_of(
        r"""(?:(?:pro-[a-z]{3,15}|russian|ukrainian|local|western|state|foreign|some|several|various"""
        r"""|american)\ )?"""
        r"""(?:media(?:\ outlets)?(?:\ reports)?|news\ outlets|news\ reports|telegram\ channels"""
        r"""|press\ reports"""
        r"""|anonymous\ sources|unnamed\ sources|sources|officials|bloggers|social\ media)"""
    ),
    "uk": any_of(
        r"""(?:(?:про\w{3,20}|російськ\w{1,4}|українськ\w{1,4}|місцев\w{1,4}|західн\w{1,4}"""
        r"""|зарубіжн\w{1,4})\ )?"""
        r"""(?:змі|засоб(?:и|ів|ами)\ масової\ інформації|медіа|телеграм-канал(?:и|ів|ами)|джерел(?:о|а"""
        r"""|ами)"""
        r"""|співрозмовник(?:и|ів|а)?|пабліки|блогери|соцмереж(?:і|ах)|преса)"""
    ),
    "ru": any_of(
        r"""(?:(?:про\w{3,20}|российск\w{1,4}|украинск\w{1,4}|местн\w{1,4}|западн\w{1,4}"""
        r"""|зарубежн\w{1,4})\ )?"""
        r"""(?:сми|средств(?:а|ами)?\ массовой\ информации|медиа|телеграм-канал(?:ы|ов|ами)"""
        r"""|источник(?:и|ов|а|ами|ом)?|собеседник(?:и|ов|а)?|паблики|блогеры|соцсет(?:и|ях)|пресса)"""
    ),
}
HEDGES: dict[str, re.Pattern[str]] = {
    "en": any_of(
        """reportedly | allegedly | purportedly | supposedly | unconfirmed | rumou?red | it is claimed
        it was claimed | apparently"""
    ),
    "uk": any_of(
        r"""нібито | начебто | буцімто | ймовірно | імовірно | за попередніми даними | за чутками
        за неофіційною інформацією | непідтверджен\w{1,4} | як стверджується"""
    ),
    "ru": any_of(
        r"""якобы | будто бы | предположительно | вероятно | по предварительным данным | по слухам
        по неофициальной информации | неподтвержд[её]нн\w{1,4} | как утверждается"""
    ),
}
# Phrases that hand the responsibility to their source.
HEDGING = re.compile(
    r"according|citing|за даними|за інформац|за верс|по данным|по информац|по верс", re.IGNORECASE
)
