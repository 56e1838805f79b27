"""Gates that stand last before readers: correction tier, address, dates, approvals, embargo, markup, snapshot."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from claims.rules.approvals import valid_approvers
from claims.rules.dossier import VerdictDossier
from claims.rules.gates.registry import Failing, Phase, Severity, failing, gate

#: How many people approve what rests on an anonymous source.
FEWEST_FOR_ANONYMOUS = 2
#: The only hosts that may serve published pages without TLS: an installation that is tried on one machine.
_OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
FORBIDDEN_IN_SCRIPT = re.compile("[<>&\u2028\u2029]")


@gate("E18", Severity.ERROR, Phase.SUBMISSION)
def correction_has_a_tier_and_a_note(dossier: VerdictDossier) -> Failing | None:
    """A minor change needs no note; a changed rating is at least substantial (rule 8)."""
    if not dossier.is_correction:
        return None if dossier.tier == "first" else failing("tier_of_first")
    if dossier.tier == "first":
        return failing("tier_missing")
    rating = dossier.rating.step.key if dossier.rating else ""
    if rating != dossier.published_rating and dossier.tier != "substantial":
        return failing("tier_too_low")
    if dossier.tier != "minor" and not dossier.correction_note.strip():
        return failing("note_missing")
    return None


@gate("E6", Severity.ERROR, Phase.PUBLICATION)
def address_is_this_sites_and_answers(dossier: VerdictDossier) -> Failing | None:
    """Readers of ClaimReview drop a check whose URL is not the page's own, or that redirects.

    It is unique because this site's own routes lead from it to this publication and to no other.
    """
    if dossier.planned is None:
        return None
    address = dossier.planned.address
    url, site = urlsplit(address.url), urlsplit(address.site_url)
    if (
        not url.hostname
        or (url.scheme, url.netloc) != (site.scheme, site.netloc)
        or url.query
        or url.fragment
    ):
        return failing("address_elsewhere", url=address.url, site=address.site_url)
    if url.scheme != "https" and url.hostname not in _OWN_MACHINE:
        return failing("address_insecure", url=address.url)
    return None if address.answers_itself else failing("address_unanswered", url=address.url)


@gate("E10", Severity.ERROR, Phase.PUBLICATION)
def first_date_stays_and_change_follows_it(dossier: VerdictDossier) -> Failing | None:
    planned = dossier.planned
    if planned is None:
        return None
    if dossier.first_published_at not in (None, planned.first_published_at):
        return failing("first_date_changed")
    return None if planned.modified_at >= planned.first_published_at else failing("modified_before_first")


@gate("E16", Severity.ERROR, Phase.PUBLICATION)
def approvals_stand_for_this_content(dossier: VerdictDossier) -> Failing | None:
    if not dossier.content_hash:
        return failing("not_submitted")
    if dossier.content_hash != dossier.present_hash:
        return failing("content_changed")
    count = _valid_approvals(dossier)
    if count >= dossier.approvals_required:
        return None
    return failing("approvals_few", count=count, least=dossier.approvals_required)


@gate("E15-approver", Severity.ERROR, Phase.PUBLICATION)
def anonymous_source_has_a_second_approver(dossier: VerdictDossier) -> Failing | None:
    """Whatever the desk asks for, two people look at what rests on a name that readers do not learn."""
    count = _valid_approvals(dossier)
    if not dossier.rests_on_anonymous or count >= FEWEST_FOR_ANONYMOUS:
        return None
    return failing("anonymous_approvals_few", count=count, least=FEWEST_FOR_ANONYMOUS)


def _valid_approvals(dossier: VerdictDossier) -> int:
    return len(
        valid_approvers(dossier.approvals, content_hash=dossier.content_hash, author_ids=dossier.author_ids)
    )


@gate("E17", Severity.ERROR, Phase.PUBLICATION)
def embargo_is_over(dossier: VerdictDossier) -> Failing | None:
    """Nothing is published before its embargo ends; scheduling asks for a moment that is still to come."""
    if dossier.planned is not None and dossier.publish_at is not None and dossier.publish_at > dossier.now:
        return failing("embargo_running", until=dossier.publish_at.strftime("%Y-%m-%d %H:%M UTC"))
    return None


@gate("E19", Severity.ERROR, Phase.PUBLICATION)
def markup_cannot_leave_its_script_tag(dossier: VerdictDossier) -> Failing | None:
    if dossier.planned is not None and FORBIDDEN_IN_SCRIPT.search(dossier.planned.script_json):
        return failing("markup_unescaped")
    return None


@gate("E20", Severity.ERROR, Phase.PUBLICATION)
def snapshot_is_of_the_approved_content(dossier: VerdictDossier) -> Failing | None:
    """Page, markup and feeds render from the snapshot alone, so it has to be of what was approved."""
    if dossier.planned is None or dossier.planned.content_hash == dossier.content_hash:
        return None
    return failing("snapshot_differs")
