"""What the words around a figure make of it: “about”, “не менее”, “почти”, “or more”.

Invariant: phrases are matched backwards from the figure (or forwards after it), longest first, by dictionary;
the interval that a comparator makes of a value is decided here and nowhere else.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, cast, get_args

from claims.language.numerals.scanning import Tokens
from claims.language.readings import Comparator, Language

Bound = Literal["=", "about", "almost", "just under", "just over", ">", "≥", "<", "≤", "to", "from"]

# Each line: the bound, then phrases separated by commas. "to" and "from" are decided by what stands before
# them.
_BEFORE: dict[str, str] = {
    "en": """
about: about, around, roughly, some, approximately, approx, approx ., circa, c ., ca, ca ., close to, in the
region of, an estimated, estimated, estimated at, something like, ~, ≈, nearly about, in the order of, on the
order of, in the vicinity of, give or take, more or less, somewhere around, somewhere near, near, as near as,
or about
almost: almost, nearly, virtually, approaching, nearing, just short of, verging on, not quite, practically,
all but
just under: just under, slightly under, a little under, slightly less than, a little less than, just less
than, just below, slightly below, a bit less than, little less than, slightly fewer than, a shade under, a
touch under, a bit under, marginally below, marginally under, just shy of, a little below
just over: just over, slightly over, a little over, slightly more than, a little more than, just more than,
just above, slightly above, a bit more than, little more than, a bit over, a shade over, a touch over,
marginally above, marginally over, a little above, just past, slightly higher than
>: more than, over, exceeds, exceeding, exceeded, exceed, above, past, in excess of, upwards of, upward of,
greater than, higher than, larger than, longer than, older than, beyond, surpassing, surpassed, surpasses,
surpass, topped, tops, topping, well over, well above, far more than, much more than, well in excess of,
bigger than, heavier than, faster than, further than, farther than, broke through, outnumbering, taller than,
deeper than, >, better than, has passed, north of, comfortably over, way over, stronger than
≥: at least, no fewer than, no less than, not less than, not fewer than, a minimum of, minimum of, minimum,
no lower than, not below, no smaller than, no shorter than, starting from, starting at, ≥, at the very least,
at a minimum, no earlier than, not under, as of at least, nothing less than
<: less than, fewer than, under, below, not even, lower than, smaller than, shorter than, well under, well
below, younger than, <, far fewer than, far less than, much less than, not as many as, nowhere near, even
less than, cheaper than, lighter than, south of, did not reach, failed to reach
≤: up to, at most, no more than, not more than, not exceeding, a maximum of, maximum of, maximum, as many as,
not over, no longer than, no higher than, not to exceed, does not exceed, did not exceed, do not exceed, not
exceed, must not exceed, no greater than, ≤, as much as, at the most, within, no larger than, not longer
than, capped at, limited to, no later than, never more than, not above, not be more than
""",
    "uk": """
about: близько, приблизно, орієнтовно, порядку, десь, якихось, якісь, якась, десь із, зо, коло, біля, ~, ≈, в
районі, у районі, десь близько, приблизно з, близько як, з, із, плюс-мінус, плюс мінус, ледь не близько,
умовно, усереднено
almost: майже, мало не, ледь не, чи не, трохи не, під, практично, без малого, наближається до, наближаються
до, заледве не, трішки не
just under: трохи менше, трохи менше ніж, трохи менше за, трохи менше від, трохи менш як, трохи менш ніж,
дещо менше, дещо менше ніж, дещо менше за, ледь менше, ледь менше ніж, ледь менше за, трішки менше, трохи
нижче, трохи нижче за, дещо нижче за, трохи не дотягує до, трохи не доходить до, трохи менша за, трохи менший
за
just over: трохи більше, трохи більше ніж, трохи більше за, трохи більше від, трохи більш як, трохи більш
ніж, дещо більше, дещо більше ніж, дещо більше за, ледь більше, ледь більше ніж, ледь більше за, трохи понад,
дещо понад, трішки більше, трішки понад, ледь понад, трохи вище, трохи вище за, трохи перевищує, трохи
перевищила, трохи перевищив, трохи перевищило
>: понад, більше, більше ніж, більше як, більше за, більше від, більш як, більш ніж, перевищує, перевищують,
перевищив, перевищила, перевищило, перевищили, перевищить, перевищать, перевищуватиме, перевищуючи, вище,
вище за, вище від, поверх, довше, довше ніж, довше за, старше, старші за, старших за, старший за, переступила
за, перевалила за, перевалило за, перевалив за, перевалили за, >, значно більше, значно більше ніж, далеко
за, переважив, переважила, набагато більше, набагато більше ніж, перетнула, перетнув, перетнуло, дальше, далі
ніж, вищу за, вищий за, вища за, більшу за, більший за, більша за, довший за, важчий за
≥: не менше, не менше ніж, не менше як, не менше за, не менше від, не менш як, не менш ніж, щонайменше,
принаймні, як мінімум, мінімум, мінімально, хоча б, хоч, не нижче, не нижче ніж, не нижче за, найменше, що
найменше, ≥, не коротше, не коротше ніж, не молодше, не нижча за, не нижчий за, не нижче від
<: менше, менше ніж, менше як, менше за, менше від, менш як, менш ніж, нижче, нижче за, нижче від, навіть не,
не сягає, не сягнула, не сягнуло, не досягла, не досягло, не досяг, не досягає, не дотягує до, не дотягнула
до, не дотягнув до, не набрав навіть, не набрала навіть, <, коротше, коротше ніж, молодше, молодші за,
молодших за, не дійшла до, не дійшло до, значно менше, значно менше ніж, набагато менше, набагато менше ніж,
ще менше ніж, менша за, менший за, менші за, нижча за, нижчий за
≤: не більше, не більше ніж, не більше як, не більше за, не більше від, не більш як, не більш ніж,
щонайбільше, максимум, як максимум, максимально, не перевищує, не перевищив, не перевищила, не перевищило, не
перевищили, не перевищують, не перевищуватиме, не перевищуватимуть, не має перевищувати, не понад, не вище,
не вище за, не вище ніж, в межах, у межах, найбільше, ≤, не довше, не довше ніж, не довше за, обмежена, не
старше, не старші за, не перевищити, не перевищить, не перевищать, не вищу за
to: до, аж до, сягає, до приблизно
from: від
""",
    "ru": """
about: около, примерно, приблизительно, ориентировочно, порядка, где-то, каких-то, какие-то, какая-то, каких
то, где то, эдак, этак, с, в районе, ~, ≈, плюс-минус, плюс минус, условно, где-то около, примерно около,
где-то с, в среднем около, какой-то, каким-то
almost: почти, практически, чуть не, едва не, под, без малого, чуть ли не, приближается к, приближаются к,
почти что, приблизился к, приблизилась к, приблизилось к
just under: чуть менее, чуть меньше, чуть менее чем, чуть меньше чем, немногим менее, немногим меньше,
немногим менее чем, немного менее, немного меньше, немного меньше чем, чуть ниже, немного ниже, несколько
меньше, несколько менее, немногим ниже, не дотянул до, не дотянула до, чуть не дотянул до, чуть не дотянула
до
just over: чуть более, чуть больше, чуть более чем, чуть больше чем, немногим более, немногим больше,
немногим более чем, немного более, немного больше, немного больше чем, чуть выше, немного выше, чуть свыше,
немногим свыше, несколько больше, несколько более, немногим выше, чуть превышает, чуть превысил, чуть
превысила, чуть превысило, немногим больше чем
>: более, больше, более чем, больше чем, свыше, сверх, превышает, превышают, превысил, превысила, превысило,
превысили, превысит, превысят, превышая, превышающий, превышающая, превышающую, превышающей, превышающих,
превышающим, выше, выше чем, дольше, дольше чем, старше, перевалил за, перевалила за, перевалило за,
перевалили за, >, гораздо больше, значительно больше, значительно более, намного больше, намного больше чем,
гораздо более, поверх, перешагнул, перешагнула, перешагнуло, далеко за, тяжелее, дальше, дальше чем, длиннее,
глубже
≥: не менее, не меньше, не менее чем, не меньше чем, по меньшей мере, по крайней мере, как минимум, минимум,
минимально, хотя бы, хоть, не ниже, не ниже чем, самое меньшее, ≥, не короче, не моложе, никак не меньше, по
самым скромным оценкам, никак не менее
<: менее, меньше, менее чем, меньше чем, ниже, ниже чем, даже не, не достигает, не достиг, не достигла, не
достигло, не достигли, не дотягивает до, короче, короче чем, моложе, младше, <, гораздо меньше, значительно
меньше, намного меньше, намного меньше чем, значительно менее, не дошел до, не дошла до, не дошло до, быстрее
чем за
≤: не более, не больше, не более чем, не больше чем, максимум, как максимум, максимально, самое большее, не
превышает, не превышают, не превысил, не превысила, не превысило, не превысили, не превысит, не превысят, не
превышал, не превышала, не превышало, не превышая, не превышающий, не превышающая, не превышающей, не
превышающую, не превышающих, не должно превышать, не должна превышать, не должен превышать, не свыше, не
выше, не выше чем, в пределах, ≤, не дольше, не дольше чем, не старше, никак не больше, не превышать, не
длиннее
to: до, вплоть до, аж до, достигает
from: от
""",
    "other": """
about: ~, ≈
>: >
<: <
≥: ≥
≤: ≤
""",
}
_AFTER: dict[str, str] = {
    "en": """
about: or so, or thereabouts, - odd, odd, - ish, or about, give or take, roughly, approximately
≥: or more, or over, or above, and more, and over, + , and above, or older, or higher, and up, and older, at
least, at the very least, minimum, or longer
≤: or less, or fewer, or under, and under, at most, tops, max, or below, or lower, maximum, at the most
>: plus
""",
    "uk": """
about: приблизно, орієнтовно
≥: і більше, та більше, чи більше, або більше, і вище, та вище, і старше, щонайменше, мінімум, +, й більше, і
довше, як мінімум, принаймні
≤: і менше, чи менше, або менше, та менше, щонайбільше, максимум, і нижче, як максимум
>: з лишком, із лишком, з гаком, із гаком, з лишнім, зі гаком, з хвостиком, із хвостиком, з плюсом
""",
    "ru": """
about: примерно, приблизительно, ориентировочно
≥: и более, или более, и больше, или больше, и выше, и старше, минимум, +, и дольше, как минимум, по меньшей
мере
≤: и менее, или менее, и меньше, или меньше, максимум, и ниже, как максимум, самое большее
>: с лишним, с гаком, с хвостиком
just over: с небольшим
""",
    "other": "≥: +",
}
# “С десяток”, “под сотню”: these prepositions only approximate a round number in the accusative.
_ONLY_ROUND = frozenset(("с", "з", "із", "под", "під"))
_ROUND = frozenset(
    "десяток сотню сотні тысячу тисячу полсотни півсотні дюжину дюжини миллион мільйон полтора півтора "
    "полторы півтори "
    "десятка тонну полтысячи півтисячі".split()
)


def _rows(rows: str) -> list[tuple[Bound, str]]:
    """Cut lines of ``bound: phrase, phrase``; a line without a bound goes on with the one before."""
    found: list[tuple[Bound, str]] = []
    for line in rows.strip().splitlines():
        name, colon, phrases = line.partition(":")
        if colon and name in get_args(Bound):
            found.append((cast(Bound, name), phrases))
        else:
            bound, before = found[-1]
            found[-1] = (bound, f"{before} {line}")
    return found


def _table(rows: str, *, backwards: bool) -> dict[str, list[tuple[list[str], Bound]]]:
    """Index phrases by their word nearest to the figure, the longest first."""
    table: dict[str, list[tuple[list[str], Bound]]] = {}
    for bound, phrases in _rows(rows):
        for phrase in phrases.split(","):
            words: list[str] = []
            for word in phrase.split():
                # A hyphen inside of a word is a token of its own.
                parts = word.split("-") if len(word) > 1 else [word]
                words += (
                    [part for joined in parts for part in (joined, "-")][:-1] if len(parts) > 1 else parts
                )
            if words:
                table.setdefault(words[-1] if backwards else words[0], []).append((words, bound))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


@cache
def _before(language: Language) -> dict[str, list[tuple[list[str], Bound]]]:
    return _table(_BEFORE[language], backwards=True)


@cache
def _after(language: Language) -> dict[str, list[tuple[list[str], Bound]]]:
    return _table(_AFTER[language], backwards=False)


def bound_before(tokens: Tokens, index: int, language: Language) -> tuple[Bound, int] | None:
    """Read the comparator that ends just before token ``index``; return it and the token where it starts."""
    fold = tokens.fold
    for words, bound in _before(language).get(fold[index - 1], ()) if index > 0 else ():
        first = index - len(words)
        if first >= 0 and fold[first:index] == words:
            if len(words) == 1 and not _approximates(tokens, index, words[0]):
                return None
            return bound, first
    return None


def _approximates(tokens: Tokens, index: int, word: str) -> bool:
    """Tell whether a single word before the figure compares it, and is no plain preposition or adjective."""
    if word in _ONLY_ROUND:
        return tokens.fold[index] in _ROUND
    if word == "past":
        return tokens.fold[index - 2] not in ("the", "this", "these", "half", "quarter")
    return True


def bound_after(tokens: Tokens, index: int, language: Language) -> tuple[Bound, int] | None:
    """Read the comparator that starts at ``index``, after a figure; return it and the token after it."""
    fold = tokens.fold
    for words, bound in _after(language).get(fold[index], ()):
        if fold[index : index + len(words)] == words:
            if words == ["+"] and not tokens.glued(index):
                continue
            if words[-1] in ("odd", "ish") and words[0] == "-" and not tokens.glued(index):
                continue
            return bound, index + len(words)
    return None


def interval(value: float, bound: Bound) -> tuple[float | None, float | None, Comparator]:
    """Return the interval that ``bound`` makes of ``value`` and the comparator that names it."""
    size = abs(value)
    if bound == "about":
        return value - size / 10, value + size / 10, "≈"
    if bound == "almost":
        return (0.85 * value, value, "≈") if value >= 0 else (value, 0.85 * value, "≈")
    if bound == "just under":
        return 0.85 * value, value, "<"
    if bound == "just over":
        return value, 1.15 * value, ">"
    if bound in (">", "≥", "from"):
        return value, None, ">" if bound == ">" else "≥"
    if bound in ("<", "≤", "to"):
        return None, value, "<" if bound == "<" else "≤"
    return value, value, "="
