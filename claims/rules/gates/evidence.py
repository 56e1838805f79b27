"""Gates on the evidence and the reasoning: two origins, both sides, captures, the claimant's own word."""

from __future__ import annotations

from datetime import date, datetime

from claims.rules.dossier import CitedEvidence, VerdictDossier
from claims.rules.gates.registry import Failing, Phase, Severity, day, failing, gate

SHORTEST_JUSTIFICATION = 200
FEWEST_ORIGINS = 2
_SIDES = (("for", "supports"), ("against", "contradicts"))


@gate("E12", Severity.ERROR, Phase.SUBMISSION)
def evidence_comes_from_two_origins(dossier: VerdictDossier) -> Failing | None:
    """Reprints of one report are one origin; a rejected piece of evidence is none."""
    origins = {cited.origin for cited in dossier.citations if cited.accepted}
    if any(not cited.accepted for cited in dossier.citations):
        return failing("cited_not_accepted")
    if len(origins) >= FEWEST_ORIGINS or dossier.excepted("E12"):
        return None
    return failing("origins_few", count=len(origins), least=FEWEST_ORIGINS)


@gate("E12-primary", Severity.ERROR, Phase.SUBMISSION)
def evidence_has_a_primary_source(dossier: VerdictDossier) -> Failing | None:
    if any(cited.is_primary for cited in dossier.citations) or dossier.excepted("E12-primary"):
        return None
    return failing("primary_missing")


@gate("E12-sides", Severity.ERROR, Phase.SUBMISSION)
def both_sides_are_set_out(dossier: VerdictDossier) -> Failing | None:
    """“None found” may be said of a side only where no accepted evidence of that side exists."""
    cited = {citation.stance for citation in dossier.citations}
    for side, stance in _SIDES:
        stated = dossier.none_found in (side, "both")
        if stated and stance in dossier.accepted_stances:
            return failing(f"none_found_untrue_{side}")
        if stance not in cited and not stated:
            return failing(f"side_missing_{side}")
    return None


@gate("W5", Severity.WARNING, Phase.SUBMISSION)
def none_found_was_looked_into(dossier: VerdictDossier) -> Failing | None:
    """Readers take “none found” to mean that somebody looked: what was found is to be decided on before.

    Only a warning: a machine's finding holds nobody up.
    """
    for side, stance in _SIDES:
        if dossier.none_found in (side, "both") and dossier.undecided.get(stance):
            return failing(f"none_found_undecided_{side}", count=dossier.undecided[stance])
    return None


@gate("E13", Severity.ERROR, Phase.SUBMISSION)
def cited_pages_are_captured(dossier: VerdictDossier) -> Failing | None:
    """A page may change or vanish after it was cited; the capture shows what stood there."""
    without = [cited for cited in dossier.citations if cited.url and not cited.capture_sha256]
    if not without or dossier.excepted("E13"):
        return None
    return failing("capture_missing", count=len(without), source=without[0].source or without[0].url)


@gate("W3", Severity.WARNING, Phase.SUBMISSION)
def cited_pages_stand_as_they_were(dossier: VerdictDossier) -> Failing | None:
    gone = [cited for cited in dossier.citations if cited.words_gone]
    dead = [cited for cited in dossier.citations if cited.source_failed]
    if gone:
        return failing("source_changed", count=len(gone), source=gone[0].source or gone[0].url)
    if dead:
        return failing("source_dead", count=len(dead), source=dead[0].source or dead[0].url)
    return None


@gate("W4", Severity.WARNING, Phase.SUBMISSION)
def evidence_was_there_when_the_claim_was_made(dossier: VerdictDossier) -> Failing | None:
    """Who spoke could not know what came out later; the justification has to say what was known when."""
    made = dossier.claim_made
    if made is None:
        return None
    later = [cited for cited in dossier.citations if _is_later(cited, made)]
    if not later:
        return None
    return failing("evidence_later", count=len(later), all=len(dossier.citations), made=day(made))


def _is_later(cited: CitedEvidence, made: datetime | date) -> bool:
    """Compare moments where both are known, else days: a bare date is later only from the next day on."""
    if cited.published is None:
        return False
    if isinstance(cited.published, datetime) and isinstance(made, datetime):
        return cited.published > made
    return _asday(cited.published) > _asday(made)


def _asday(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


@gate("E15", Severity.ERROR, Phase.SUBMISSION)
def anonymous_source_is_explained(dossier: VerdictDossier) -> Failing | None:
    if dossier.risk_is_anonymous_source and not dossier.excepted("E15"):
        return failing("anonymous_reason_missing")
    return None


@gate("E21", Severity.ERROR, Phase.SUBMISSION)
def claimant_was_asked_for_comment(dossier: VerdictDossier) -> Failing | None:
    """An unknown claimant cannot be asked; a known one is, or it is said why not."""
    if dossier.claimant_asked or not dossier.claimant_name.strip() or dossier.excepted("E21"):
        return None
    return failing("claimant_not_asked", name=dossier.claimant_name.strip())


@gate("E14", Severity.ERROR, Phase.SUBMISSION)
def justification_is_long_enough(dossier: VerdictDossier) -> Failing | None:
    length = len(" ".join(dossier.justification.split()))
    if length >= SHORTEST_JUSTIFICATION:
        return None
    return failing("justification_short", length=length, least=SHORTEST_JUSTIFICATION)
