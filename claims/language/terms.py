"""Content words of a text, folded and stemmed as they are indexed.

Invariant: stop words carry no evidence and never become terms; words of negation are stop words here
because ``negation`` reads them.
"""

from __future__ import annotations

from claims.language.readings import Language, Span, Term
from claims.language.words import read_words, stem

_ENGLISH = """a about above after again against all also am an and any are aren as at be because been before
being below between both but by can cannot could couldn did didn do does doesn doing don down
during each even ever every few for from further had hadn has hasn have haven having he her
here hers herself him himself his how i if in into is isn it its itself just let ll may me
might more most much must my myself neither no nor not now of off on once only or other ought
our ours ourselves out over own per re s said same say says shall she should shouldn so some
such t than that the their theirs them themselves then there these they this those though
through thus to too under until up upon us ve very was wasn we were weren what when where
which while who whom whose why will with within without won would wouldn yet you your yours
yourself yourselves"""

_UKRAINIAN = """а або авжеж адже але аніж б без був буде будемо будете будеш будуть буду була були було бути в
вам вами вас ваш ваша ваше ваші вже ви від він вона вони воно все всього всі всіх вся всю втім
де для до є ж за завжди з зі зараз й його йому її їй їм ї їх їхній їхня їхнє їхні і із ін
інший інша інше інші інших іще йти коли кого кожен кожна кожне крім куди лише лиш ми між мій
мене мені має мала мали мав мають менш мов може можна можуть моя моє мої на над нам нами нас
наш наша наше наші не небудь неї немає нею ні ним ними них ніби нього ній ну о об ось от отже
отож перед під по поки про при проте саме сам сама само самі свій своя своє свого свої своїх
своєї своїм свою себе собі собою сі сю та так таки такий така таке такі таких там твій те теж
ти тим тими тих то тобі тоді того той тому тут у уже усе усі усіх хіба хоч хоча хто ще це цей
цього цьому ця ці цих цю цим цієї цій чи чиє чий через чого чому що щоб щодо щось як яка які
який якого якому якій яким яких якими яку яке якої якщо якби"""

_RUSSIAN = """а без более больше был была были было быть бы б в вам вами вас ваш ваша ваше ваши ведь весь во
вот все всё всего всем всеми всех вся всю вы где да даже для до его ее её ей ему если есть еще
ещё ж же за здесь зато и из или им ими имеет имеют иных их к как какая каким каких какие какой
какого кто когда ко которая которого которое которой котором которому которую которые который
которым которыми которых кроме ли либо лишь лучше между меня мне мной могла могли мог могут
может можно мой мою моя мы на над надо нам нами нас наш наша наше наши не него нее неё ней
нельзя нем нём нему нет нею ни ним ними них но ну о об однако он она они оно от перед по под
поэтому пока при про с сам сама сами само свое своё своего своей своем своём своему свои своим
своими своих свой свою своя себе себя со собой так также такая такие такого такое такой таким
таких там те тебя тем теми тех то тобой тогда того тоже той только том тому тот ту ты у уж уже
хотя чего чей чем чему через что чтобы чтоб эта эти этим этими этих это этого этой этом этому
этот эту я"""

STOP_WORDS: dict[Language, frozenset[str]] = {
    "en": frozenset(_ENGLISH.split()),
    "uk": frozenset(_UKRAINIAN.split()),
    "ru": frozenset(_RUSSIAN.split()),
    "other": frozenset(),
}
_EVERY = frozenset().union(*STOP_WORDS.values())


def is_stop_word(folded: str, language: Language) -> bool:
    """Tell whether a folded word is a stop word of ``language``; in another language, of any of the three."""
    return folded in (_EVERY if language == "other" else STOP_WORDS[language])


def read_terms(text: str, language: Language) -> tuple[Term, ...]:
    """Return the content words of ``text`` in order, repeated words included.

    >>> [term.surface for term in read_terms("The talks in Geneva ended", "en")]
    ['talks', 'Geneva', 'ended']
    """
    stop_words = _EVERY if language == "other" else STOP_WORDS[language]
    return tuple(
        Term(Span(word.start, word.end), word.surface, stem(word.surface, language))
        for word in read_words(text)
        if word.folded and word.folded not in stop_words
    )
