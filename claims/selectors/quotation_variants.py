"""Quoted words side by side: what the claim says was said, and the words that each origin gives.

Words of one language are held against each other and the differing ones marked; words of another language, and
words that were retold and not quoted, are shown as they stand, for a difference there would say nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from claims.language.words import read_words
from claims.models import Claim, Evidence, StanceChoice
from claims.search.documents import read_claim, read_passage

#: From this share of common words on, two quotations are taken for variants of one.
_SAME_QUOTATION = 0.4
#: The variants that are shown; more are counted.
_SHOWN = 12
#: Retold words are cut after so many code points.
_LONGEST = 320


class Part(NamedTuple):
    """A stretch of a variant: in both, only here (``added``), or only in the claim's words (``missing``)."""

    text: str
    change: Literal["", "added", "missing"] = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """The words that one origin gives, held against the claim's where ``is_compared``.

    ``anchor`` is the id of the evidence that stands for it; ``documents`` counts those that carry the words.
    """

    name: str
    stance: str
    language: str
    parts: tuple[Part, ...]
    is_quoted: bool
    is_compared: bool
    documents: int
    anchor: int


@dataclass(frozen=True, slots=True)
class Variants:
    """The claim's words and those of the origins, best evidence first; ``more`` were left out."""

    words: str
    language: str
    rows: tuple[Variant, ...]
    more: int

    @property
    def has_compared(self) -> bool:
        return any(row.is_compared for row in self.rows)


def quotation_variants(claim: Claim, evidence: Sequence[Evidence]) -> Variants | None:
    """Return the variants of what the claim quotes; None where it quotes nothing or nobody gives the words.

    Wants ``appearances`` loaded with the claim and ``kept_reading`` with each passage, or it is read anew.
    """
    words = _claimed_words(claim)
    if not words:
        return None
    folded: dict[tuple[str, str, str], tuple[Evidence, str, bool, set[int]]] = {}
    for piece in evidence:
        if piece.state == Evidence.State.REJECTED:
            continue
        for given, is_quoted in _given(piece, words, claim.language):
            key = (piece.origin, piece.stance, " ".join(_folded(given)))
            folded.setdefault(key, (piece, given, is_quoted, set()))[3].add(piece.passage.document_id)
    order = {stance: place for place, stance in enumerate(StanceChoice.values)}
    rows = sorted(folded.values(), key=lambda row: (order[row[0].stance], not row[2]))
    if not rows:
        return None
    shown = tuple(_variant(*row, words=words, language=claim.language) for row in rows[:_SHOWN])
    return Variants(words, claim.language, shown, max(0, len(rows) - _SHOWN))


def _claimed_words(claim: Claim) -> str:
    """Return the words that the claim says were said: quoted in it, or, of a quotation, as they were logged."""
    quoted = [quotation.words for quotation in read_claim(claim).quotations]
    if quoted:
        return max(quoted, key=len)
    if claim.kind != claim.Kind.QUOTE:
        return ""
    return next((place.exact for place in claim.appearances.all() if place.exact), claim.text)


def _given(piece: Evidence, claimed: str, language: str) -> Iterator[tuple[str, bool]]:
    """Yield what the passage quotes of it; where it bears on the claim and quotes nothing, what it retells."""
    reading = read_passage(piece.passage)
    end = piece.end or len(reading.text)
    is_comparable = piece.passage.document.language == language
    bears = piece.stance != StanceChoice.CONTEXT
    quoted = False
    for quotation in reading.quotations:
        is_near = quotation.span.start < end and piece.start < quotation.span.end
        alike = is_comparable and _likeness(claimed, quotation.words) >= _SAME_QUOTATION
        if alike or (bears and is_near and not is_comparable):
            quoted = True
            yield quotation.words, True
    if bears and not quoted:
        # The title stands before the text; it is retold only where nothing else is.
        title = piece.passage.document.title
        body = len(title) if title and reading.text.startswith(title) and len(title) < end else 0
        touched = [span for span in reading.sentences if body <= span.start < end and piece.start < span.end]
        if touched:
            retold = reading.text[touched[0].start : touched[-1].end].strip()
            yield retold if len(retold) <= _LONGEST else retold[:_LONGEST].rsplit(" ", 1)[0] + " …", False


def _variant(
    piece: Evidence, given: str, is_quoted: bool, documents: set[int], *, words: str, language: str
) -> Variant:
    spoken = piece.passage.document.language
    is_compared = is_quoted and spoken == language
    return Variant(
        name=piece.origin_name or piece.passage.document.outlet.name,
        stance=piece.stance,
        language=spoken,
        parts=tuple(differences(words, given)) if is_compared else (Part(given),),
        is_quoted=is_quoted,
        is_compared=is_compared,
        documents=len(documents),
        anchor=piece.pk,
    )


def _folded(text: str) -> list[str]:
    return [word.folded for word in read_words(text)]


def _likeness(one: str, two: str) -> float:
    """Return the share of words that the shorter one has in common with the other, in order."""
    first, second = _folded(one), _folded(two)
    if not first or not second:
        return 0.0
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / min(len(first), len(second))


def differences(claimed: str, given: str) -> Iterator[Part]:
    """Yield ``given`` in parts, with the words marked that ``claimed`` has not; between them, as parts of their
    own, the words of ``claimed`` that are missing in it."""
    ours, theirs = read_words(claimed), read_words(given)
    matcher = SequenceMatcher(
        None, [word.folded for word in ours], [word.folded for word in theirs], autojunk=False
    )
    at = 0
    for change, ours_from, ours_to, from_, to in matcher.get_opcodes():
        if change in ("delete", "replace"):
            yield Part(claimed[ours[ours_from].start : ours[ours_to - 1].end], "missing")
        if from_ == to:
            continue
        if theirs[from_].start > at:
            yield Part(given[at : theirs[from_].start])
        at = theirs[to - 1].end
        yield Part(given[theirs[from_].start : at], "" if change == "equal" else "added")
    if at < len(given):
        yield Part(given[at:])
