"""The verdict form as the screen shows it: filled from the draft, or from what was typed but not taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from claims.actions.verdicts import EXCEPTED_GATES, VerdictContent
from claims.models import Evidence, Rating, StanceChoice, Verdict
from claims.selectors.desk_screen import DeskScreen
from claims.selectors.gate_wording import EXCEPTIONS
from claims.selectors.verdicts import WRITTEN_FIELDS, on_offer, words_of_evidence, words_of_exceptions


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class CitedOption:
    """One accepted piece of evidence that can be cited; ``quotation`` is what is put into the justification."""

    evidence: Evidence
    chosen: bool

    @property
    def quotation(self) -> str:
        """The words that were found, with who published them and when."""
        piece, document = self.evidence, self.evidence.passage.document
        words = " ".join(piece.passage.text[piece.start : piece.end or None].split())
        day = document.published_at or document.published_on
        return f"“{words}” ({document.outlet}{f', {day:%Y-%m-%d}' if day else ''})"


@dataclass(frozen=True, slots=True)
class VerdictForm:
    """``values`` holds what stands in the fields of words; choices come with what is chosen."""

    values: dict[str, str]
    ratings: tuple[Option, ...]
    none_found: tuple[Option, ...]
    tiers: tuple[Option, ...]
    citable: tuple[CitedOption, ...]
    exceptions: tuple[tuple[str, Any, str], ...]

    @property
    def has_exceptions(self) -> bool:
        return any(value for _gate, _label, value in self.exceptions)


def form_of(screen: DeskScreen, verdict: Verdict) -> VerdictForm:
    """Return the form filled from the draft. No query: the screen has read what it offers."""
    cited = tuple(citation.evidence_id for citation in verdict.citations.all())
    values = {name: str(getattr(verdict, name)) for name in WRITTEN_FIELDS}
    return _form(screen, verdict, values, verdict.rating_id, cited, verdict.exceptions)


def submitted_form(screen: DeskScreen, verdict: Verdict, typed: VerdictContent) -> VerdictForm:
    """Return the form as it was typed, so that a refusal loses no word."""
    values = {name: str(getattr(typed, name)) for name in WRITTEN_FIELDS}
    return _form(screen, verdict, values, typed.rating_id, typed.citations, typed.exceptions)


def words_of(verdict: Verdict, typed: VerdictContent) -> dict[str, str]:
    """Return what was typed field by field, as ``written_words`` returns what is kept."""
    rating = Rating.objects.filter(pk=typed.rating_id or 0).first()
    words = {"rating": rating.label(verdict.language) if rating else ""}
    words |= {name: str(getattr(typed, name)).strip() for name in WRITTEN_FIELDS}
    words["exceptions"] = words_of_exceptions(typed.exceptions)
    known = Evidence.objects.filter(claim_id=verdict.claim_id, pk__in=typed.citations).select_related(
        "passage"
    )
    cited = {piece.pk: words_of_evidence(piece) for piece in known}
    words["citations"] = "\n".join(cited[id] for id in typed.citations if id in cited)
    return words


def _form(
    screen: DeskScreen,
    verdict: Verdict,
    values: dict[str, str],
    rating_id: int | None,
    cited: tuple[int, ...],
    exceptions: dict[str, str],
) -> VerdictForm:
    order = {stance: place for place, stance in enumerate(StanceChoice.values)}
    rows = sorted(screen.accepted, key=lambda piece: (order[piece.stance], -piece.score))
    return VerdictForm(
        values=values,
        ratings=tuple(_rating_options(screen, verdict, rating_id)),
        none_found=_options(verdict, "none_found", values),
        tiers=_options(verdict, "tier", values),
        citable=tuple(CitedOption(piece, piece.pk in cited) for piece in rows),
        exceptions=tuple((gate, EXCEPTIONS[gate], exceptions.get(gate, "")) for gate in EXCEPTED_GATES),
    )


def _rating_options(screen: DeskScreen, verdict: Verdict, rating_id: int | None) -> Iterable[Option]:
    """Offer the scales in use, and the rating that stands although its scale is offered no longer."""
    offered = on_offer(screen.ratings)
    if verdict.rating is not None and verdict.rating_id not in {rating.pk for rating in offered}:
        offered.append(verdict.rating)
    for rating in offered:
        number = "" if rating.value is None else f" ({rating.value}/{rating.scale.best})"
        yield Option(str(rating.pk), f"{rating.label(verdict.language)}{number}", rating.pk == rating_id)


def _options(verdict: Verdict, name: str, values: dict[str, str]) -> tuple[Option, ...]:
    choices = Verdict._meta.get_field(name).flatchoices  # type: ignore[union-attr]
    return tuple(Option(str(value), str(label), values[name] == value) for value, label in choices)
