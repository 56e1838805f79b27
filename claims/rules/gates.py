"""What a verdict needs before it may be submitted, approved and published: pure functions over a dossier.

Each gate looks at one thing and says whether it stands. An error closes the way, a warning is only shown.
A result names a sentence by its key; edges word it in the person's language. Gates are asked from their phase
on, and again at every later one, because evidence and claims can change while a verdict waits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

from claims.rules.approvals import valid_approvers
from claims.rules.dossier import VerdictDossier
from claims.rules.ratings import number_stands

LONGEST_CLAIM_REVIEWED = 75
SHORTEST_JUSTIFICATION = 200
FEWEST_ORIGINS = 2
FORBIDDEN_IN_SCRIPT = re.compile("[<>&\u2028\u2029]")
_UNNAMED = frozenset(
    {"unknown", "anonymous", "unnamed", "n/a", "none"}
    | {"невідомо", "невідомий", "невідома", "анонім"}
    | {"неизвестно", "неизвестный", "неизвестная", "неизвестен", "аноним"}
)
_DENIAL = re.compile(
    r"(no|not|never|false|fake|untrue|it is (?:not |un)true|it is false|there (?:is|was|were) no"
    r"|ні|не|немає|нема|ніколи|неправда|брехня|фейк|нет|никогда|ложь)\b",
    re.IGNORECASE,
)


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


class Phase(IntEnum):
    """When a gate is first asked."""

    SUBMISSION = 1
    PUBLICATION = 2


Parameters = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class GateResult:
    """How one gate stands. ``key`` names the sentence to show, ``parameters`` fill it."""

    id: str
    severity: Severity
    phase: Phase
    passed: bool
    key: str
    parameters: Parameters = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Failing:
    key: str
    parameters: Parameters = field(default_factory=dict)


def _failing(key: str, **parameters: str | int) -> _Failing:
    return _Failing(key, parameters)


_Check = Callable[[VerdictDossier], _Failing | None]
Gate = Callable[[VerdictDossier], GateResult]

#: Every gate by its id, in the order of the checklist.
GATES: dict[str, Gate] = {}
_PHASES: dict[str, Phase] = {}


def _gate(id: str, severity: Severity, phase: Phase) -> Callable[[_Check], Gate]:
    def register(check: _Check) -> Gate:
        def ask(dossier: VerdictDossier) -> GateResult:
            failing = check(dossier)
            if failing is None:
                return GateResult(id, severity, phase, True, id)
            return GateResult(id, severity, phase, False, failing.key, failing.parameters)

        ask.__name__, ask.__doc__ = check.__name__, check.__doc__
        GATES[id], _PHASES[id] = ask, phase
        return ask

    return register


def checklist(dossier: VerdictDossier, phase: Phase) -> tuple[GateResult, ...]:
    """Ask every gate that has to stand at ``phase``, in the order of the checklist."""
    return tuple(gate(dossier) for id, gate in GATES.items() if _PHASES[id] <= phase)


def closed(results: tuple[GateResult, ...]) -> tuple[GateResult, ...]:
    """Return the results that close the way: errors that do not stand."""
    return tuple(result for result in results if not result.passed and result.severity is Severity.ERROR)


# --- The claim as reviewed ----------------------------------------------------------------------------


@_gate("E1", Severity.ERROR, Phase.SUBMISSION)
def claim_reviewed_is_written(dossier: VerdictDossier) -> _Failing | None:
    return None if dossier.claim_reviewed.strip() else _failing("claim_reviewed_missing")


@_gate("W1", Severity.WARNING, Phase.SUBMISSION)
def claim_reviewed_is_short(dossier: VerdictDossier) -> _Failing | None:
    """Readers of ClaimReview cut a longer one."""
    length = len(dossier.claim_reviewed.strip())
    if length <= LONGEST_CLAIM_REVIEWED:
        return None
    return _failing("claim_reviewed_long", length=length, most=LONGEST_CLAIM_REVIEWED)


@_gate("E2", Severity.ERROR, Phase.SUBMISSION)
def claim_reviewed_tells_no_rating(dossier: VerdictDossier) -> _Failing | None:
    """It states the claim; a label of an active scale inside it would tell the verdict as well."""
    for label in sorted(dossier.active_labels, key=lambda label: (-len(label), label)):
        if label and re.search(rf"(?<!\w){re.escape(label)}(?!\w)", dossier.claim_reviewed, re.IGNORECASE):
            return _failing("claim_reviewed_tells_rating", label=label)
    return None


@_gate("W2", Severity.WARNING, Phase.SUBMISSION)
def claim_reviewed_is_no_denial(dossier: VerdictDossier) -> _Failing | None:
    """A check states what was said, not that it is wrong."""
    denial = _DENIAL.match(dossier.claim_reviewed.strip().lstrip("“”«»\"'„"))
    return _failing("claim_reviewed_denies", word=denial.group(1)) if denial else None


# --- The rating ---------------------------------------------------------------------------------------


@_gate("E3", Severity.ERROR, Phase.SUBMISSION)
def rating_has_a_label_in_the_language(dossier: VerdictDossier) -> _Failing | None:
    if dossier.rating is None:
        return _failing("rating_missing")
    if dossier.rating.step.labels.get(dossier.language, "").strip():
        return None
    return _failing("label_missing", language=dossier.language)


@_gate("E4", Severity.ERROR, Phase.SUBMISSION)
def rating_has_a_number_that_stands(dossier: VerdictDossier) -> _Failing | None:
    rating = dossier.rating
    if rating is None:
        return _failing("rating_missing")
    if number_stands(rating.step, worst=rating.worst, best=rating.best):
        return None
    shown = "" if rating.step.value is None else str(rating.step.value)
    return _failing("number_wrong", value=shown, worst=rating.worst, best=rating.best)


@_gate("E5", Severity.ERROR, Phase.SUBMISSION)
def scale_is_frozen(dossier: VerdictDossier) -> _Failing | None:
    """A scale that may still change would change what a published label means."""
    if dossier.rating is not None and not dossier.rating.scale_is_frozen:
        return _failing("scale_not_frozen")
    return None


# --- Who says it, who checks it, when and where -------------------------------------------------------


@_gate("E7", Severity.ERROR, Phase.SUBMISSION)
def checking_organisation_is_named(dossier: VerdictDossier) -> _Failing | None:
    return None if dossier.organisation_name.strip() else _failing("organisation_missing")


@_gate("E8", Severity.ERROR, Phase.SUBMISSION)
def claimant_is_named_or_left_out(dossier: VerdictDossier) -> _Failing | None:
    """An unknown claimant is left out, never published as “Unknown”; a known one is what was recorded."""
    name = dossier.claimant_name.strip()
    if not name:
        return None
    if name.casefold().strip(" .()[]?") in _UNNAMED or not name.strip(" .?-–—"):
        return _failing("claimant_unknown", name=name)
    if dossier.claimant_kind not in {"Person", "Organization"}:
        return _failing("claimant_kind", name=name)
    return None


@_gate("E9", Severity.ERROR, Phase.SUBMISSION)
def claim_was_made_before_the_check(dossier: VerdictDossier) -> _Failing | None:
    made = dossier.claim_made
    first = dossier.first_published_at or dossier.publish_at or dossier.now
    if made is None:
        return None
    # A bare date has no zone; it is later only where it is later everywhere, so dates are compared as dates.
    later = made > first if isinstance(made, datetime) else made > first.date()
    return _failing("claim_after_check", made=_day(made)) if later else None


@_gate("E11", Severity.ERROR, Phase.SUBMISSION)
def claim_appeared_somewhere(dossier: VerdictDossier) -> _Failing | None:
    if any(place.url.strip() or place.offline_origin.strip() for place in dossier.appearances):
        return None
    return _failing("appearance_missing")


# --- The evidence and the reasoning -------------------------------------------------------------------


@_gate("E12", Severity.ERROR, Phase.SUBMISSION)
def evidence_comes_from_two_origins(dossier: VerdictDossier) -> _Failing | None:
    """Reprints of one report are one origin; a rejected piece of evidence is none."""
    origins = {cited.origin for cited in dossier.citations if cited.accepted}
    if any(not cited.accepted for cited in dossier.citations):
        return _failing("cited_not_accepted")
    if len(origins) >= FEWEST_ORIGINS or dossier.excepted("E12"):
        return None
    return _failing("origins_few", count=len(origins), least=FEWEST_ORIGINS)


@_gate("E12-primary", Severity.ERROR, Phase.SUBMISSION)
def evidence_has_a_primary_source(dossier: VerdictDossier) -> _Failing | None:
    if any(cited.is_primary for cited in dossier.citations) or dossier.excepted("E12-primary"):
        return None
    return _failing("primary_missing")


@_gate("E12-sides", Severity.ERROR, Phase.SUBMISSION)
def both_sides_are_set_out(dossier: VerdictDossier) -> _Failing | None:
    """“None found” may be said of a side only where no accepted evidence of that side exists."""
    cited = {citation.stance for citation in dossier.citations}
    for side, stance in (("for", "supports"), ("against", "contradicts")):
        stated = dossier.none_found in (side, "both")
        if stated and stance in dossier.accepted_stances:
            return _failing(f"none_found_untrue_{side}")
        if stance not in cited and not stated:
            return _failing(f"side_missing_{side}")
    return None


@_gate("E14", Severity.ERROR, Phase.SUBMISSION)
def justification_is_long_enough(dossier: VerdictDossier) -> _Failing | None:
    length = len(" ".join(dossier.justification.split()))
    if length >= SHORTEST_JUSTIFICATION:
        return None
    return _failing("justification_short", length=length, least=SHORTEST_JUSTIFICATION)


@_gate("E18", Severity.ERROR, Phase.SUBMISSION)
def correction_has_a_tier_and_a_note(dossier: VerdictDossier) -> _Failing | None:
    """A minor change needs no note; a changed rating is at least substantial (rule 8)."""
    if not dossier.is_correction:
        return None if dossier.tier == "first" else _failing("tier_of_first")
    if dossier.tier == "first":
        return _failing("tier_missing")
    rating = dossier.rating.step.key if dossier.rating else ""
    if rating != dossier.published_rating and dossier.tier != "substantial":
        return _failing("tier_too_low")
    if dossier.tier != "minor" and not dossier.correction_note.strip():
        return _failing("note_missing")
    return None


# --- Before it goes out -------------------------------------------------------------------------------


@_gate("E10", Severity.ERROR, Phase.PUBLICATION)
def first_date_stays_and_change_follows_it(dossier: VerdictDossier) -> _Failing | None:
    planned = dossier.planned
    if planned is None:
        return None
    if dossier.first_published_at not in (None, planned.first_published_at):
        return _failing("first_date_changed")
    return None if planned.modified_at >= planned.first_published_at else _failing("modified_before_first")


@_gate("E16", Severity.ERROR, Phase.PUBLICATION)
def approvals_stand_for_this_content(dossier: VerdictDossier) -> _Failing | None:
    if not dossier.content_hash:
        return _failing("not_submitted")
    if dossier.content_hash != dossier.present_hash:
        return _failing("content_changed")
    valid = valid_approvers(
        dossier.approvals, content_hash=dossier.content_hash, author_ids=dossier.author_ids
    )
    if len(valid) >= dossier.approvals_required:
        return None
    return _failing("approvals_few", count=len(valid), least=dossier.approvals_required)


@_gate("E17", Severity.ERROR, Phase.PUBLICATION)
def embargo_is_over(dossier: VerdictDossier) -> _Failing | None:
    """Nothing is published before its embargo ends; scheduling asks for a moment that is still to come."""
    if dossier.planned is not None and dossier.publish_at is not None and dossier.publish_at > dossier.now:
        return _failing("embargo_running", until=dossier.publish_at.strftime("%Y-%m-%d %H:%M UTC"))
    return None


@_gate("E19", Severity.ERROR, Phase.PUBLICATION)
def markup_cannot_leave_its_script_tag(dossier: VerdictDossier) -> _Failing | None:
    if dossier.planned is not None and FORBIDDEN_IN_SCRIPT.search(dossier.planned.script_json):
        return _failing("markup_unescaped")
    return None


@_gate("E20", Severity.ERROR, Phase.PUBLICATION)
def snapshot_is_of_the_approved_content(dossier: VerdictDossier) -> _Failing | None:
    """Page, markup and feeds render from the snapshot alone, so it has to be of what was approved."""
    if dossier.planned is None or dossier.planned.content_hash == dossier.content_hash:
        return None
    return _failing("snapshot_differs")


def _day(moment: datetime | date) -> str:
    return moment.strftime("%Y-%m-%d")
