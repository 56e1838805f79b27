"""What changed between two versions of an article, by update and paragraph, down to the words.

Invariant: every paragraph and update that differs is in exactly one change; equal ones are in none; a
change's word runs, joined, give back its old and new words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

from claims.ingest.extracted import ExtractedUpdate

ChangeKind = Literal["added", "removed", "changed"]

_WORD = re.compile(r"\S+\s*|\s+")
_ALIKE = 0.5
# Beyond this many paragraphs on a side, changed stretches are paired in order instead of by likeness.
_MOST_PAIRED = 100
_MOST_WORDS = 5000


@dataclass(frozen=True, slots=True)
class WordRun:
    """Words that stayed (``equal``), went (``delete``) or came (``insert``)."""

    kind: Literal["equal", "delete", "insert"]
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """One changed update or paragraph. ``printed_time`` is ``""`` for a paragraph outside any update; ``moment``
    is its time in RFC 3339, ``""`` where that is not known."""

    kind: ChangeKind
    printed_time: str
    old: str
    new: str
    runs: tuple[WordRun, ...]
    moment: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Unit:
    printed_time: str
    words: str
    moment: str = field(default="", compare=False)


def compare_versions(
    old_text: str,
    new_text: str,
    old_updates: Sequence[ExtractedUpdate] = (),
    new_updates: Sequence[ExtractedUpdate] = (),
) -> tuple[Change, ...]:
    """Return the changes from old to new in the order of the page."""
    old, new = _units(old_text, old_updates), _units(new_text, new_updates)
    changes: list[Change] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            changes += _changes(old[i1:i2], new[j1:j2])
    return tuple(changes)


def _units(text: str, updates: Sequence[ExtractedUpdate]) -> list[_Unit]:
    found: list[_Unit] = []
    position = 0
    for update in sorted(updates, key=lambda one: one.start):
        found += _paragraphs(text[position : update.start])
        moment = update.moment.isoformat() if update.moment else ""
        found.append(_Unit(update.printed_time, update.text.strip(), moment))
        position = update.end
    return found + _paragraphs(text[position:])


def _paragraphs(text: str) -> list[_Unit]:
    return [_Unit("", line.strip()) for line in text.split("\n") if line.strip()]


def _changes(old: Sequence[_Unit], new: Sequence[_Unit]) -> Iterator[Change]:
    """Pair what was replaced with what replaced it; the rest was removed or added."""
    partner = _pairs(old, new)
    taken = set(partner.values())
    for position, unit in enumerate(old):
        if position in partner:
            after = new[partner[position]]
            time = after.printed_time or unit.printed_time
            runs = _runs(unit.words, after.words)
            yield Change("changed", time, unit.words, after.words, runs, after.moment or unit.moment)
        else:
            runs = (WordRun("delete", unit.words),)
            yield Change("removed", unit.printed_time, unit.words, "", runs, unit.moment)
    for position, unit in enumerate(new):
        if position not in taken:
            runs = (WordRun("insert", unit.words),)
            yield Change("added", unit.printed_time, "", unit.words, runs, unit.moment)


def _pairs(old: Sequence[_Unit], new: Sequence[_Unit]) -> dict[int, int]:
    """Pair units with the same printed time, then those that share half their words, best first."""
    pairs: dict[int, int] = {}
    free = set(range(len(new)))
    for i, unit in enumerate(old):
        same_time = [
            j for j in sorted(free) if unit.printed_time and new[j].printed_time == unit.printed_time
        ]
        if same_time:
            pairs[i] = same_time[0]
            free.discard(same_time[0])
    rest = [i for i in range(len(old)) if i not in pairs]
    if len(rest) > _MOST_PAIRED or len(free) > _MOST_PAIRED:
        return pairs | dict(zip(rest, sorted(free), strict=False))
    ratios = [(_likeness(old[i], new[j]), i, j) for i in rest for j in free]
    for ratio, i, j in sorted(ratios, key=lambda one: (-one[0], one[1], one[2])):
        if ratio >= _ALIKE and i not in pairs and j in free:
            pairs[i] = j
            free.discard(j)
    return pairs


def _likeness(old: _Unit, new: _Unit) -> float:
    if old.printed_time != new.printed_time:
        return 0.0
    before, after = set(old.words.casefold().split()), set(new.words.casefold().split())
    return 2 * len(before & after) / (len(before) + len(after)) if before or after else 0.0


def _runs(old: str, new: str) -> tuple[WordRun, ...]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if len(before) > _MOST_WORDS or len(after) > _MOST_WORDS:
        return (WordRun("delete", old), WordRun("insert", new))
    runs: list[WordRun] = []
    for is_equal, i1, i2, j1, j2 in _stretches(before, after):
        if is_equal:
            runs.append(WordRun("equal", "".join(before[i1:i2])))
            continue
        if i2 > i1:
            runs.append(WordRun("delete", "".join(before[i1:i2])))
        if j2 > j1:
            runs.append(WordRun("insert", "".join(after[j1:j2])))
    return tuple(runs)


def _stretches(before: Sequence[str], after: Sequence[str]) -> list[tuple[bool, int, int, int, int]]:
    """Return the equal and unequal stretches; one lone word that stayed between two changes joins them, for
    “~~two~~ five ~~hours~~ days” reads worse than “~~two hours~~ five days”."""
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    joined: list[tuple[bool, int, int, int, int]] = []
    for place, (tag, i1, i2, j1, j2) in enumerate(opcodes):
        is_equal = tag == "equal"
        is_lone = is_equal and 0 < place < len(opcodes) - 1 and i2 - i1 == 1 and len(before[i1].strip()) <= 3
        if joined and not joined[-1][0] and (is_lone or not is_equal):
            _is_equal, first, _end, start, _stop = joined[-1]
            joined[-1] = (False, first, i2, start, j2)
        else:
            joined.append((is_equal, i1, i2, j1, j2))
    return joined
