"""Gates on the claim as reviewed, its rating, and who said and who checks it where and when."""

from __future__ import annotations

import re
from datetime import datetime

from claims.rules.dossier import VerdictDossier
from claims.rules.gates.registry import Failing, Phase, Severity, day, failing, gate
from claims.rules.ratings import number_stands

LONGEST_CLAIM_REVIEWED = 75
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


@gate("E1", Severity.ERROR, Phase.SUBMISSION)
def claim_reviewed_is_written(dossier: VerdictDossier) -> Failing | None:
    return None if dossier.claim_reviewed.strip() else failing("claim_reviewed_missing")


@gate("W1", Severity.WARNING, Phase.SUBMISSION)
def claim_reviewed_is_short(dossier: VerdictDossier) -> Failing | None:
    """Readers of ClaimReview cut a longer one."""
    length = len(dossier.claim_reviewed.strip())
    if length <= LONGEST_CLAIM_REVIEWED:
        return None
    return failing("claim_reviewed_long", length=length, most=LONGEST_CLAIM_REVIEWED)


@gate("E2", Severity.ERROR, Phase.SUBMISSION)
def claim_reviewed_tells_no_rating(dossier: VerdictDossier) -> Failing | None:
    """It states the claim; a label of an active scale inside it would tell the verdict as well."""
    for label in sorted(dossier.active_labels, key=lambda label: (-len(label), label)):
        if label and re.search(rf"(?<!\w){re.escape(label)}(?!\w)", dossier.claim_reviewed, re.IGNORECASE):
            return failing("claim_reviewed_tells_rating", label=label)
    return None


@gate("W2", Severity.WARNING, Phase.SUBMISSION)
def claim_reviewed_is_no_denial(dossier: VerdictDossier) -> Failing | None:
    """A check states what was said, not that it is wrong."""
    denial = _DENIAL.match(dossier.claim_reviewed.strip().lstrip("“”«»\"'„"))
    return failing("claim_reviewed_denies", word=denial.group(1)) if denial else None


@gate("E3", Severity.ERROR, Phase.SUBMISSION)
def rating_has_a_label_in_the_language(dossier: VerdictDossier) -> Failing | None:
    if dossier.rating is None:
        return failing("rating_missing")
    if dossier.rating.step.labels.get(dossier.language, "").strip():
        return None
    return failing("label_missing", language=dossier.language)


@gate("E4", Severity.ERROR, Phase.SUBMISSION)
def rating_has_a_number_that_stands(dossier: VerdictDossier) -> Failing | None:
    """Without a rating there is no number to look at: E3 asks for one, and one sentence is enough."""
    rating = dossier.rating
    if rating is None or number_stands(rating.step, worst=rating.worst, best=rating.best):
        return None
    shown = "" if rating.step.value is None else str(rating.step.value)
    return failing("number_wrong", value=shown, worst=rating.worst, best=rating.best)


@gate("E5", Severity.ERROR, Phase.SUBMISSION)
def scale_is_frozen(dossier: VerdictDossier) -> Failing | None:
    """A scale that may still change would change what a published label means."""
    if dossier.rating is not None and not dossier.rating.scale_is_frozen:
        return failing("scale_not_frozen")
    return None


@gate("E7", Severity.ERROR, Phase.SUBMISSION)
def checking_organisation_is_named(dossier: VerdictDossier) -> Failing | None:
    return None if dossier.organisation_name.strip() else failing("organisation_missing")


@gate("E8", Severity.ERROR, Phase.SUBMISSION)
def claimant_is_named_or_left_out(dossier: VerdictDossier) -> Failing | None:
    """An unknown claimant is left out, never published as “Unknown”; a known one is what was recorded."""
    name = dossier.claimant_name.strip()
    if not name:
        return None
    if name.casefold().strip(" .()[]?") in _UNNAMED or not name.strip(" .?-–—"):
        return failing("claimant_unknown", name=name)
    if dossier.claimant_kind not in {"Person", "Organization"}:
        return failing("claimant_kind", name=name)
    return None


@gate("E9", Severity.ERROR, Phase.SUBMISSION)
def claim_was_made_before_the_check(dossier: VerdictDossier) -> Failing | None:
    made = dossier.claim_made
    first = dossier.first_published_at or dossier.publish_at or dossier.now
    if made is None:
        return None
    # A bare date has no zone; it is later only where it is later everywhere, so dates are compared as dates.
    later = made > first if isinstance(made, datetime) else made > first.date()
    return failing("claim_after_check", made=day(made)) if later else None


@gate("E11", Severity.ERROR, Phase.SUBMISSION)
def claim_appeared_somewhere(dossier: VerdictDossier) -> Failing | None:
    if any(place.url.strip() or place.offline_origin.strip() for place in dossier.appearances):
        return None
    return failing("appearance_missing")
