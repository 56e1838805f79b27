"""Likeness of two words of a name, letter by letter, across alphabets.

Names that press habit respells by ear (Trump/Трамп, Johnson/Джонсон, Hegseth/Гегсет) have no common key.
Here their letters are aligned under a table of correspondences, each with a cost; nothing outside the
table may be aligned. Invariant: symmetric, and bounded by the product of the lengths of two words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from claims.language.folding import CYRILLIC, fold
from claims.language.names.keys import name_key, plain_latin
from claims.language.names.variants import bare_forms

# Latin letters → Cyrillic letters that write the same sound. After "/" come rarer spellings.
_SOUNDS = """
a: а я / э е ей эй ей о ай ау
ai: ай ей эй аі аи / є е э
ay: ей эй ай / ей і
au: ау / о ав
aw: о / ау ав
b: б
c: к ц с / ч
cc: кк к чч ч
cci: ччи чі ччі
ch: ч х к / ш ц
ck: к кк
cz: ч ц
d: д
dj: дж
dzh: дж
e: е є э / и і ё йо ьо ї
ea: і и / е ей эй иа іа еа еа эа ея
ee: і и
ei: ей ай эй еї еи / і и
ey: ей і и эй / ї
eu: ой ей ю ев єв эу еу / е ё э
ew: ью ьо ю / у еу ев
er: ер эр / ёр
f: ф
ff: фф ф
g: г ґ / дж ж й х
gg: гг г ґґ
gh: г ґ х
gn: нь нй / гн
gu: гу ґу г ґ гв ґв
h: г х / й
i: і и ї / ай й е ы
ia: ія ия иа іа я / ья ья
ie: і и іє ие є е / ьє ье ай
io: іо ио ьо йо ё / ьо
iu: ю іу иу
j: дж й ж / х
ja: я джа йа
je: є е дже йе
jo: йо ё джо
ju: ю джу жу
k: к
kh: х / г к
l: л ль лл
ll: лл л ль / й лль
m: м
n: н нь
nn: нн н
o: о / а оу е ё
oa: оа о / оу
oe: е ё э ое оэ / ю
oo: у / о оо
ou: у / ау оу о у
ow: оу ау ов
p: п
ph: ф / п
pp: пп п
q: к / ц ч
qu: кв к
r: р
rr: рр р
s: с з сь / ш
sc: ск / с ш
sch: ш / ск сх щ
sh: ш / с сг щ
shch: щ
ss: сс с
sz: ш с
szcz: щ
t: т ть
tch: ч
th: т / з с ф тх
ts: ц тс
tsch: ч
tt: тт т
tz: ц
u: у ю / а ву в
ue: ю уе у
v: в / ф
w: в у / уо ві вы
wa: во уо ва / уа
wh: в у / х
x: кс / х с з
y: и і й ы ї / ай
ya: я
yo: йо ё е / ьо
yu: ю
ye: є е
yi: ї и і
z: з ц / с дз
zu: дзу зу
zh: ж / чж
zz: цц ц зз
ci: чі чи сі си ці ци
ge: ге дже же / дж
gi: гі ги джи джі / дж жі жи
ir: ір ир / ер
mc: мак мк
ur: ур / ер ёр юр
"""
_RARE, _SILENT, _SILENT_END = 0.4, 0.3, 0.1
_CLOSE_FROM = 5  # Shorter words must agree more exactly.
# Slavic, Armenian and Georgian names are transliterated by rule, so their vowels must agree.
_BY_RULE = re.compile(
    r"(?:[oei]v|(?<=....)[iy]n|sk[yi]+|enko|ch?uk|y?uk|yan|ian|shvili|dze|[oe]va|ina|ska|skaya|vych|vich|ich|ych"
    r"|[оеєё]в|[оеєё]ва|(?<=....)[иіїы]н|[иіїы]на|ськ|ск|енк|енко|ук|юк|ян|швілі|швили|дзе|[иі]ч)$"
)


def _table() -> dict[str, tuple[tuple[str, float], ...]]:
    table = {}
    for line in _SOUNDS.strip().splitlines():
        latin, _, letters = line.partition(":")
        usual, _, rare = letters.partition("/")
        table[latin] = tuple((sound, 0.0) for sound in usual.split()) + tuple(
            (sound, _RARE) for sound in rare.split() if sound not in usual.split()
        )
    return table


_TABLE = _table()
# Letters of Ukrainian and Russian that stand for each other in one name.
_SISTERS = {
    frozenset(pair): cost
    for pairs, cost in (
        (("иі", "иы", "еє", "её", "еэ", "єэ", "гґ", "ії", "иї", "ий", "ії", "щш"), 0.0),
        (("гх", "йї", "іе", "иы", "ви", "еи", "ёо", "оё", "ое", "оі", "ую", "уу", "ґх", "ві", "сш"), 0.4),
        (("ву", "іє", "эе"), 0.4),
    )
    for pair in pairs
    if len(set(pair)) == 2
}  # fmt: skip
_SOFT = "ьъй'"


@lru_cache(maxsize=65_536)
def alike(a: str, language_a: str, b: str, language_b: str) -> bool:
    """Tell whether two words can spell one name, whatever their alphabets and grammatical cases.

    >>> alike("Trump", "en", "Трампом", "ru"), alike("Umerov", "en", "Умаров", "ru")
    (True, False)
    """
    first, second = _spelling(a), _spelling(b)
    if first == second:
        return True
    cyrillic_a, cyrillic_b = bool(CYRILLIC.search(first)), bool(CYRILLIC.search(second))
    if not cyrillic_a and not cyrillic_b:
        return name_key(first) == name_key(second)
    if cyrillic_a and cyrillic_b:
        return any(
            _sisters_agree(x, y, language_a == language_b)
            for x in bare_forms(first)
            for y in bare_forms(second)
        )
    latin, cyrillic = (second, first) if cyrillic_a else (first, second)
    if name_key(latin) == name_key(cyrillic):
        return True
    if _BY_RULE.search(latin):
        limit = 0.35
    else:
        limit = 0.95 if min(len(latin), len(cyrillic)) >= _CLOSE_FROM else 0.45
    return any(_sound_cost(latin, form) <= limit for form in bare_forms(cyrillic))


def _spelling(word: str) -> str:
    """Return the folded word, Latin letters with marks written as English would."""
    folded = fold(word)[:40]
    return folded if CYRILLIC.search(folded) else plain_latin(folded)


def _sisters_agree(a: str, b: str, same_language: bool) -> bool:
    """Compare two Cyrillic words without endings; one language spells one name one way."""
    if a == b:
        return True
    if same_language and len(a) < 7:
        return _plain(a) == _plain(b)
    limit = 0.0 if same_language else 0.4 if _BY_RULE.search(a) else 0.8
    return _sister_cost(_plain(a), _plain(b)) <= limit


def _plain(word: str) -> str:
    kept = [letter for letter in word if letter not in "ьъ"]
    return "".join(
        letter for position, letter in enumerate(kept) if position == 0 or letter != kept[position - 1]
    )


def _sister_cost(a: str, b: str) -> float:
    """Return the cost of aligning two Cyrillic words, letters one to one but for й."""
    row = [0.0]
    for letter in b:
        row.append(row[-1] + (_SILENT if letter in _SOFT else 9.0))
    for mine in a:
        above, row = row, [row[0] + (_SILENT if mine in _SOFT else 9.0)]
        for position, theirs in enumerate(b, start=1):
            change = 0.0 if mine == theirs else _SISTERS.get(frozenset((mine, theirs)), 9.0)
            row.append(
                min(
                    above[position - 1] + change,
                    above[position] + (_SILENT if mine in _SOFT else 9.0),
                    row[-1] + (_SILENT if theirs in _SOFT else 9.0),
                )
            )
    return row[-1]


@lru_cache(maxsize=65_536)
def _sound_cost(latin: str, cyrillic: str) -> float:
    """Return the cost of reading the Latin letters as the Cyrillic ones; 9 and more is no reading."""
    width = len(cyrillic) + 1
    costs = [[9.0] * width for _ in range(len(latin) + 1)]
    costs[0][0] = 0.0
    for at in range(len(latin) + 1):
        for reached in range(width):
            cost = costs[at][reached]
            if cost >= 9.0:
                continue
            if reached < len(cyrillic) and cyrillic[reached] in "ьъ":
                costs[at][reached + 1] = min(costs[at][reached + 1], cost)
            if at == len(latin):
                continue
            last = at + 1 == len(latin)
            # French leaves its last consonant silent, and both e and h are silent anywhere.
            if (latin[at] in "ew'" and at > 0) or latin[at] == "h" or (last and latin[at] in "sxtdz"):
                silent = _SILENT_END if latin[at] == "e" and last else _SILENT
                costs[at + 1][reached] = min(costs[at + 1][reached], cost + silent)
            elif at + 1 == len(latin) and latin[at] in "aoiuey":
                # The ending of the Cyrillic word was taken off together with its last vowel.
                costs[at + 1][reached] = min(costs[at + 1][reached], cost)
            for length in (1, 2, 3, 4):
                for sound, change in (
                    _TABLE.get(latin[at : at + length], ()) if at + length <= len(latin) else ()
                ):
                    if cyrillic.startswith(sound, reached):
                        target = costs[at + length]
                        end = reached + len(sound)
                        target[end] = min(target[end], cost + change)
    return costs[len(latin)][len(cyrillic)]
