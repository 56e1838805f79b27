"""Small words of the three languages that tell the readers of figures where a noun phrase ends and what
verbs mean.

Invariant: plain sets of folded words and stems; no logic.
"""

from __future__ import annotations

from claims.language.readings import Language

# Words that are never what a number counts.
FUNCTION_WORDS: dict[Language, frozenset[str]] = {
    "en": frozenset(
        "a an the of in on at by for from to with without and or but nor so yet as than then that which "
        "who whom whose "
        "this these those it its he she they we you i his her their our your my is are was were be been "
        "being am has "
        "have had do does did will would shall should can could may might must not no if when while where "
        "because "
        "after before during since until till about above across against along among around behind below "
        "beneath "
        "beside between beyond despite down except inside into like near off onto out outside over past "
        "through "
        "throughout toward towards under up upon via within per versus vs compared also only just even still "
        "already now later ago earlier however though although there here what how why said says say told "
        "each every "
        "both all any some such more most less least few fewer many much other another same own too very "
        "once twice "
        "again ever never yesterday today tomorrow respectively overall overnight them him us me apiece "
        "too well "
        "remain remained remains died dead killed wounded injured hurt survived voted attended arrived "
        "left went came "
        "seriously lightly got saw took made while amid lower higher".split()
    ),
    "uk": frozenset(
        "і й та а але або чи що як якщо щоб бо тому то не ні в у на до з із зі за від од по при про під "
        "над між перед "
        "через для без біля після протягом упродовж впродовж щодо крім серед проти ніж який яка яке які "
        "якого якої "
        "яких він вона воно вони його її їх їхній ми ви я це цей ця ці той те ті був була було були є "
        "буде будуть "
        "ще вже уже лише тільки також тоді коли де куди там тут так із-за отже однак проте тощо всього разом "
        "загинув загинула загинули поранено поранені поранений поранила отримали отримав отримала зазнали "
        "постраждали "
        "загинуло постраждало проголосували прибули прибуло вижили врятовано зросла зріс зросло "
        "зросли".split()
    ),
    "ru": frozenset(
        "и а но или либо что как если чтобы потому то не ни в во на до с со из за от по при про под над "
        "между перед "
        "через для без у к ко о об обо после возле около ради кроме среди против чем который которая которое "
        "которые которых он она оно они его ее их мы вы я это этот эта эти тот те был была было были есть "
        "будет "
        "будут еще уже лишь только также тогда когда где куда там тут так однако итого всего вместе погиб "
        "погибла "
        "погибли погибло ранен ранена ранены ранено получили получил получила пострадали пострадало "
        "проголосовали "
        "прибыли прибыло выжили спасено вырос выросла выросло выросли же ли бы отказались".split()
    ),
    "other": frozenset(),
}
# Beginnings of verbs and nouns of change: a figure after them and “to”/“до” is the level that was reached.
CHANGE_STEMS: dict[Language, tuple[str, ...]] = {
    "en": (
        "rose", "rise", "rising", "risen", "fell", "fall", "falling", "grew", "grow", "increas", "decreas",
        "climb",
        "drop", "declin", "jump", "cut", "cutt", "rais", "lower", "slow", "eas", "surg", "shrank", "shrink",
        "slid",
        "slip", "tumbl", "plung", "went", "widen", "narrow", "reduc", "accelerat", "edg", "advanc", "up",
        "down",
        "gain", "lift", "trimm", "trim", "hike", "hiking", "moved", "improv", "dip", "soar", "expand",
        "contract",
        "dwindl", "sank", "doubl", "tripl", "halv", "revis", "upgrad", "downgrad", "chang", "swell",
        "swelled",
        "ris", "boost", "weaken", "strengthen",
    ),
    "uk": (
        "зрос", "зріс", "виріс", "вирос", "знизи", "знижу", "зниже", "зниж", "впа", "упа", "падін",
        "опусти", "підня",
        "піднім", "збільш", "скорот", "підвищ", "зменш", "подорожч", "подешев", "здорожч", "здешев", "дійш",
        "дійт",
        "пода", "сповільн", "уповільн", "прискор", "розшир", "звуз", "послаб", "зміцн", "просі", "стрибн",
        "скоч",
        "покращ", "погірш", "переглян", "зрост", "наріс", "змін", "потепліш", "похолод", "обвал", "удвічі",
        "вдвічі",
        "довел", "довів", "вдвоє", "втричі", "утричі", "змал", "відкот", "рост", "доросл", "дотягн",
    ),
    "ru": (
        "вырос", "выраст", "рост", "раст", "возрос", "возраст", "сниз", "сниж", "упа", "паден", "пада",
        "опуст", "подня",
        "подним", "увелич", "сократ", "сокращ", "повыс", "повыш", "уменьш", "подорож", "подешев", "дош",
        "дойд",
        "доход", "замедл", "ускор", "расшир", "сузи", "ослаб", "укреп", "просе", "прыгн", "скакн", "подскоч",
        "улучш", "ухудш", "пересмотр", "измен", "потепл", "похолод", "обвал", "вдвое", "втрое", "довел",
        "довест",
        "рухн", "подрос", "нарост", "откат", "скатил", "вчетверо", "понизи",
    ),
    "other": (),
}  # fmt: skip
# Adjectives that fill the place between a number and its noun and end like no noun would.
ADJECTIVE_ENDINGS: dict[Language, tuple[str, ...]] = {
    "en": (),
    "uk": ("их", "ого", "ому", "ий", "ими", "ої", "ій", "ові", "еві", "і"),
    "ru": ("ых", "их", "ого", "ому", "ый", "ыми", "ими", "ой", "ая", "ое", "ие", "ые"),
    "other": (),
}
