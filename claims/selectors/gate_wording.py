"""The gates' sentences in the person's language: what each asks, and what to do where it does not stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.rules.gates import GateResult, Severity

#: What a gate asks for, by its id: shown beside a tick.
ASKS: dict[str, Promise] = {
    "E1": _("The claim as reviewed is written"),
    "W1": _("The claim as reviewed is short"),
    "E2": _("The claim as reviewed does not tell the rating"),
    "W2": _("The claim as reviewed states what was said"),
    "E3": _("The rating has a label in the language of the page"),
    "E4": _("The rating's number lies on its scale, or there is none"),
    "E5": _("The rating scale is frozen"),
    "E7": _("The checking organisation is named"),
    "E8": _("The claimant is named, or left out when unknown"),
    "E9": _("The claim was made before the check"),
    "E11": _("It is said where the claim appeared"),
    "E12": _("The evidence comes from at least two origins"),
    "E12-primary": _("A primary source is cited"),
    "E12-sides": _("Evidence for and against is set out"),
    "W5": _("Where none was found, what was found is decided on"),
    "E13": _("Every cited page is captured, or it is said why not"),
    "W3": _("The cited pages stand as they were"),
    "W4": _("The evidence was there when the claim was made"),
    "E15": _("A source without a name is explained"),
    "E21": _("The claimant was asked for comment, or it is said why not"),
    "E14": _("The justification is long enough to be followed"),
    "E18": _("A correction has a tier and a note"),
    "E6": _("The address is this site's own and answers without a redirect"),
    "E10": _("The first publication date stays as it was"),
    "E16": _("The approvals are for exactly this content"),
    "E15-approver": _("A source without a name was looked at by two others"),
    "E17": _("The embargo is over"),
    "E19": _("The markup is escaped"),
    "E20": _("What is published is what was approved"),
}
#: What the reason for an exception answers, by the gate that may be excepted.
EXCEPTIONS: dict[str, Promise] = {
    "E12": _("Why fewer than two origins are enough"),
    "E12-primary": _("Why no primary source is cited"),
    "E13": _("Why a cited page has no capture"),
    "E15": _("Why a source is not named, and why it is relied on"),
    "E21": _("Why the claimant was not asked for comment"),
}
#: What to do where a gate does not stand, by the key of its result.
SENTENCES: dict[str, Promise] = {
    "claim_reviewed_missing": _("Write the claim as reviewed: one sentence that states what was said."),
    "claim_reviewed_long": _("The claim as reviewed has %(length)s characters; shorten it to %(most)s."),
    "claim_reviewed_tells_rating": _(
        "The claim as reviewed contains the rating label “%(label)s”. State the claim without it."
    ),
    "claim_reviewed_denies": _("The claim as reviewed begins as a denial (“%(word)s”). State what was said."),
    "rating_missing": _("Choose a rating."),
    "label_missing": _("The rating has no label in this language (%(language)s). Choose another rating."),
    "number_wrong": _(
        "The rating's number “%(value)s” does not belong on a scale from %(worst)s to %(best)s. "
        "Choose a rating of another version of the scale."
    ),
    "scale_not_frozen": _("The rating scale can still change. An admin has to freeze it first."),
    "organisation_missing": _("The checking organisation has no name; ORGANISATION_NAME has to be set."),
    "claimant_unknown": _("“%(name)s” names nobody. Leave the claimant empty when it is unknown."),
    "claimant_kind": _("Record whether the claimant “%(name)s” is a person or an organisation."),
    "claim_after_check": _("The claim is dated %(made)s, after this check. Correct its date."),
    "appearance_missing": _("Add where the claim appeared: an address, or where it was said offline."),
    "cited_not_accepted": _("Some cited evidence is not accepted any more. Remove it or accept it again."),
    "origins_few": _(
        "Independent origins cited: %(count)s. Cite at least %(least)s, or give a reason why not."
    ),
    "primary_missing": _("Cite a primary source (document, recording), or give a reason why not."),
    "side_missing_for": _("Cite evidence for the claim, or state that none was found."),
    "side_missing_against": _("Cite evidence against the claim, or state that none was found."),
    "none_found_untrue_for": _(
        "You state that no evidence for the claim was found, but some is accepted. Cite it instead."
    ),
    "none_found_untrue_against": _(
        "You state that no evidence against the claim was found, but some is accepted. Cite it instead."
    ),
    "none_found_undecided_for": _(
        "You state that no evidence for the claim was found. Passages that seem to support it and that nobody "
        "has decided on: %(count)s. Accept or reject them."
    ),
    "none_found_undecided_against": _(
        "You state that no evidence against the claim was found. Passages that seem to contradict it and that "
        "nobody has decided on: %(count)s. Accept or reject them."
    ),
    "capture_missing": _(
        "Cited pages without a capture: %(count)s (“%(source)s”). Take them in by their address, "
        "or give a reason why not."
    ),
    "source_changed": _(
        "Cited pages on which the quoted words stand no more: %(count)s (“%(source)s”). "
        "Look at the page, and quote what it says now or say that it changed."
    ),
    "source_dead": _(
        "Cited pages that did not answer the last time: %(count)s (“%(source)s”). The capture is kept."
    ),
    "evidence_later": _(
        "%(count)s of %(all)s cited documents came out after the claim was made (%(made)s). "
        "Say in the justification what was known then."
    ),
    "anonymous_reason_missing": _(
        "The claim rests on an anonymous source. Say why the source is not named and why it is relied on."
    ),
    "anonymous_approvals_few": _(
        "A source without a name needs %(least)s approvals; %(count)s are given. "
        "Another person has to approve."
    ),
    "claimant_not_asked": _(
        "%(name)s has not been asked for comment. Ask and write it into the contact log, "
        "or give a reason why not."
    ),
    "address_elsewhere": _(
        "The page would stand at %(url)s, which is not an address of %(site)s. Nothing was published."
    ),
    "address_insecure": _(
        "The page would stand at %(url)s, without https. SITE_URL has to be set to an https address."
    ),
    "address_unanswered": _(
        "The address %(url)s would not answer with this page alone. Nothing was published."
    ),
    "justification_short": _(
        "The justification has %(length)s characters; write at least %(least)s so that readers can follow it."
    ),
    "tier_of_first": _("This is the first publication; its tier is “first publication”."),
    "tier_missing": _("Choose how large the correction is."),
    "tier_too_low": _("The rating changes, so this is a substantial correction. Choose that tier."),
    "note_missing": _("Write the note that tells readers what was changed and why."),
    "first_date_changed": _("The first publication date never changes. Nothing was published."),
    "modified_before_first": _("The date of change lies before the first publication."),
    "not_submitted": _("It has not been submitted yet, so nobody can approve it."),
    "content_changed": _(
        "The claim or its evidence changed after this was submitted, which voids the approvals. "
        "Ask for changes, look at it again and submit it anew."
    ),
    "approvals_few": _("%(count)s of %(least)s approvals are given. Another person has to approve."),
    "embargo_running": _("The embargo runs until %(until)s."),
    "markup_unescaped": _("The markup would not be safe in the page. Nothing was published."),
    "snapshot_differs": _("What would be published is not what was approved. Nothing was published."),
}


@dataclass(frozen=True, slots=True)
class WordedGate:
    """One line of the checklist. ``mark`` is ``ok``, ``error`` or ``warning``."""

    id: str
    mark: str
    asks: str
    sentence: str


def sentence_of(result: GateResult) -> str:
    """Return what to do about ``result``, or what it asks where it stands."""
    if result.passed:
        return str(ASKS[result.id])
    return str(SENTENCES[result.key]) % dict(result.parameters)


def worded(results: tuple[GateResult, ...]) -> list[WordedGate]:
    """Return the checklist of ``results`` in the person's language."""
    return [
        WordedGate(
            id=result.id,
            mark="ok" if result.passed else ("error" if result.severity is Severity.ERROR else "warning"),
            asks=str(ASKS[result.id]),
            sentence="" if result.passed else sentence_of(result),
        )
        for result in results
    ]
