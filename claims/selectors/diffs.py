"""How the words of a verdict differ between two moments, field by field and word by word.

The history keeps words that do not depend on the language of the interface; here they are told in it.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from django.utils.text import capfirst

from claims.models import Citation, Rating, StanceChoice, Verdict
from claims.selectors.gate_wording import EXCEPTIONS


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """How one field differs between two revisions; ``pieces`` are (``same``|``gone``|``new``, words)."""

    field: str
    label: str
    pieces: tuple[tuple[str, str], ...]


def diff_of(before: dict[str, str], after: dict[str, str]) -> list[FieldDiff]:
    """Return the fields that differ, word by word. Both map a field of ``Verdict`` to its kept words."""
    return [
        diff_of_words(
            field, _label(field), *(_told(field, words.get(field, "")) for words in (before, after))
        )
        for field in after
        if before.get(field, "") != after.get(field, "")
    ]


def diff_of_words(field: str, label: str, before: str, after: str) -> FieldDiff:
    """Return how one field changed, word by word."""
    return FieldDiff(field, label, _pieces(before, after))


def _label(field: str) -> str:
    if field == "citations":
        return capfirst(str(Citation._meta.verbose_name_plural))
    if field == "rating":
        return capfirst(str(Rating._meta.verbose_name))
    return capfirst(str(Verdict._meta.get_field(field).verbose_name))  # type: ignore[union-attr]


def _told(field: str, words: str) -> str:
    """Return kept words with their codes told: choices, the gate of an exception, the stance of a citation."""
    if field in {"none_found", "tier"}:
        choices = dict(Verdict._meta.get_field(field).flatchoices)  # type: ignore[union-attr]
        return str(choices.get(words, words)) if words else ""
    if field == "exceptions":
        return _with_codes_told(words, {gate: str(asks) for gate, asks in EXCEPTIONS.items()})
    if field == "citations":
        return _with_codes_told(words, {choice.value: str(choice.label) for choice in StanceChoice})
    return words


def _with_codes_told(words: str, told: dict[str, str]) -> str:
    """Return ``words`` with the code at the beginning of each line (``code: words``) told."""
    lines = (line.partition(": ") for line in words.split("\n"))
    return "\n".join(f"{told.get(code, code)}{colon}{rest}" for code, colon, rest in lines)


def _pieces(before: str, after: str) -> tuple[tuple[str, str], ...]:
    old, new = before.split(" "), after.split(" ")
    pieces: list[tuple[str, str]] = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("same", " ".join(old[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(("gone", " ".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(("new", " ".join(new[j1:j2])))
    return tuple(pieces)
