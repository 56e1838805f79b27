"""Which Cyrillic letters spell the sound of Latin ones in foreign names, and which stand for each other.

Invariant: a cost of 0 is a usual spelling, a higher one a rarer; what is not listed cannot be aligned. The
correspondences follow the practice of Ukrainian and Russian news for English, German, French, Italian,
Polish and Turkish names.
"""

from __future__ import annotations

_RARE = 0.4

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


def _table() -> dict[str, tuple[tuple[str, float], ...]]:
    table = {}
    for line in _SOUNDS.strip().splitlines():
        latin, _, letters = line.partition(":")
        usual, _, rare = letters.partition("/")
        table[latin] = tuple((sound, 0.0) for sound in usual.split()) + tuple(
            (sound, _RARE) for sound in rare.split() if sound not in usual.split()
        )
    return table


SOUNDS = _table()
# Letters of Ukrainian and Russian that stand for each other in one name.
SISTERS: dict[frozenset[str], float] = {
    frozenset(pair): cost
    for pairs, cost in (
        ("иі иы еє её еэ єэ гґ ії иї ий щш", 0.0),
        ("гх ґх йї іе іє еи ёо ое оі ую ву сш", 0.4),
    )
    for pair in pairs.split()
}
