"""What the form for a new claim starts with, read from the words around it: suggestions, never decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from claims.language.concepts import read_concepts
from claims.language.reading import read
from claims.language.readings import Attribution, Language, Reading, Span
from claims.models import Article, Claim, Claimant

SUMMARY_LENGTH = 75
#: What speaks as a body, by the lexicon's concepts: “the union”, «поліція», «пресс-служба».
_BODIES = frozenset(
    """ministry court parliament police trade-union business company-firm organisation agency political-party
    government central-bank press-service committee commission embassy army armed-forces state-enterprise university
    statistics-office city-council ngo association opposition bank hospital""".split()
)


@dataclass(frozen=True, slots=True)
class Suggested:
    """Start values of the form; an empty one suggests nothing."""

    text: str
    summary: str
    language: str
    kind: str
    claimant: str
    claimant_kind: str
    attribution: str


def suggest_details(
    article: Article,
    text: str,
    start: int,
    end: int,
    *,
    not_before: int = 0,
    moment: datetime | None,
    zone: str,
) -> Suggested:
    """Read the paragraph of ``[start, end)`` (code points of the article's ``text``) and suggest.

    The paragraph above is read with it, since it often names the source of what follows; but nothing before
    ``not_before``, where the update of the words begins.
    """
    begin = max(not_before, _line_start(text, len(text[: _line_start(text, start)].rstrip())))
    stop = text.find("\n", end)
    around = text[begin : stop if stop >= 0 else len(text)]
    words = " ".join(text[start:end].split())
    language = article.language if article.language in ("en", "uk", "ru") else None
    reading = read(around, language=cast("Language | None", language), published_at=moment, zone=zone)
    chosen = Span(start - begin, end - begin)
    claimant = _speaker(reading, chosen) or _who(reading, chosen, "claimant")
    return Suggested(
        text=words[:1].upper() + words[1:],
        summary=_short(words),
        language=reading.language,
        kind=_kind(reading, chosen),
        claimant=claimant,
        claimant_kind=_claimant_kind(claimant, reading),
        attribution=_who(reading, chosen, "reporter"),
    )


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, position) + 1


def _short(words: str) -> str:
    """Return the words as a summary where they fit, else cut at a word."""
    words = words.rstrip(" .;,")
    words = words[:1].upper() + words[1:]
    if len(words) <= SUMMARY_LENGTH:
        return words
    return words[: SUMMARY_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,;:—–-") + "…"


def _kind(reading: Reading, chosen: Span) -> str:
    """Tell the kind by what was read in the chosen words: a figure before a quotation before a date."""
    for quantity in reading.quantities:
        if quantity.span.overlaps(chosen):
            return Claim.Kind.DURATION if quantity.unit == "s" else Claim.Kind.COUNT
    if any(quotation.span.overlaps(chosen) for quotation in reading.quotations):
        return Claim.Kind.QUOTE
    if any(time.span.overlaps(chosen) for time in reading.times):
        return Claim.Kind.DATE
    return Claim.Kind.EVENT


def _speaker(reading: Reading, chosen: Span) -> str:
    return next(
        (said.speaker for said in reading.quotations if said.speaker and said.span.overlaps(chosen)), ""
    )


def _claimant_kind(claimant: str, reading: Reading) -> str:
    """Tell a person from a body by how the name was read; "" where that cannot be told.

    A country or a town that says something speaks as its authorities. A claimant that was logged before under one
    kind alone keeps it, whatever was read.
    """
    if not claimant:
        return ""
    logged = list(Claimant.objects.filter(name=claimant).values_list("kind", flat=True)[:2])
    if len(logged) == 1:
        return logged[0]
    kinds = {name.kind for name in reading.names if name.surface == claimant}
    if "person" in kinds:
        return Claimant.Kind.PERSON
    spoken = read_concepts(claimant, reading.language)
    if kinds & {"org", "place"} or any(each.concept in _BODIES for each in spoken):
        return Claimant.Kind.ORGANIZATION
    return ""


def _who(reading: Reading, chosen: Span, role: str) -> str:
    """Return who stands nearest: in the sentence of the chosen words, else in a sentence beside it."""
    named = [attribution for attribution in reading.attributions if attribution.role == role]
    at = _sentence(reading, chosen.start)
    near = [who for who in named if abs(_sentence(reading, who.span.start) - at) <= 1]

    def distance(attribution: Attribution) -> tuple[int, int]:
        sentences = abs(_sentence(reading, attribution.span.start) - at)
        return sentences, abs(attribution.span.start - chosen.start)

    return min(near, key=distance).who if near else ""


def _sentence(reading: Reading, position: int) -> int:
    return sum(1 for sentence in reading.sentences if sentence.end <= position)
