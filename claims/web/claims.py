"""Pages of one claim: with its evidence, and the small steps a journalist takes on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from claims.actions.claims import ask_for_evidence, edit_claim
from claims.actions.refusals import Conflict, NotFound
from claims.actions.topics import sort_claim
from claims.models import Claim, Job, Topic
from claims.rules import permissions
from claims.rules.lifecycle import CLAIM_MOVES, OPEN_CLAIM_STATES, ClaimState
from claims.selectors import claims as rows
from claims.selectors.addresses import review_address
from claims.selectors.blindness import hidden_verdicts, without_hidden_words
from claims.selectors.evidence import by_stance, evidence_of, evidence_stamp
from claims.selectors.merging import final_claim, joined_with_evidence, note_nothing_joined, places_said
from claims.selectors.quotation_variants import quotation_variants
from claims.selectors.range_plot import range_plot
from claims.selectors.repeats import repeats_of
from claims.selectors.timeline import timeline
from claims.selectors.topics import suggested_topics, topic_choices, topics_around
from claims.web.edges import actor, desk_page, id_in, job_stamp, unchanged_or
from claims.web.edit_conflicts import edit_conflict
from claims.web.forms import ByHandForm, EditClaimForm, SourceUrlForm, TopicsForm, given_in
from claims.web.translations import translations_shown


@desk_page
@require_safe
def claim_detail(request: HttpRequest, claim_id: int) -> HttpResponse:
    """One claim: as said and where, the evidence, what was concluded, the history."""
    claim = claim_of(request, claim_id)
    if claim.merged_into is not None:
        messages.info(request, _("“%(claim)s” was merged into this claim.") % {"claim": claim})
        return redirect(final_claim(claim))
    if not claim.has_joined:  # type: ignore[attr-defined]
        note_nothing_joined(claim)
    verdict, publications = rows.outcome_of(claim)
    history = rows.history_of(claim)
    if claim.desk.labels_blind:
        history = without_hidden_words(history, actor(request))
        if verdict is not None and hidden_verdicts([verdict.pk], actor(request)):
            verdict.rating = None
    may_edit = permissions.can_log_claim(actor(request), claim.desk_id)
    choices, topics = topics_around(claim)
    context = _evidence_context(request, claim, _gathering(claim)) | {
        "form": EditClaimForm(initial=_editable(claim)),
        "topics": topics,
        "topics_form": _topics_form(claim, choices, topics) if may_edit else None,
        "verdict": verdict,
        "publications": publications,
        "repeats": repeats_of(claim) if claim.state not in OPEN_CLAIM_STATES else None,
        "review_url": review_address(claim, request.user),
        "history": history,
        "may_edit": may_edit,
        "places": places_said(claim),
        "joined": joined_with_evidence(claim),
        "may_merge": permissions.can_triage(actor(request), claim.desk_id),
        "is_mergeable": ClaimState(claim.state) in CLAIM_MOVES["merge"],
        "source_forms": _source_forms(),
    }
    return render(request, "claims/claim_detail.html", context)


@desk_page
@require_safe
def claim_evidence(request: HttpRequest, claim_id: int) -> HttpResponse:
    """The evidence alone; the claim's page asks for it while evidence is being gathered."""
    claim = claim_of(request, claim_id)
    job = _gathering(claim)

    def answer() -> HttpResponse:
        return render(request, "claims/partials/_evidence.html", _evidence_context(request, claim, job))

    stamp = (claim.pk, claim.version, claim.gathered_at, *evidence_stamp(claim), *job_stamp(job))
    return unchanged_or(request, stamp, answer)


@desk_page
@require_POST
def gather(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Have evidence gathered again."""
    claim = ask_for_evidence(claim_id=id_in(claim_id), actor=actor(request))
    messages.success(request, _("Evidence is being gathered again."))
    return redirect(claim)


@desk_page
@require_POST
def edit(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Change what describes the claim; its words never change."""
    form = EditClaimForm(request.POST)
    given = given_in(form)
    try:
        claim = edit_claim(
            claim_id=id_in(claim_id), seen_version=given.pop("version"), actor=actor(request), **given
        )
    except Conflict:
        return edit_conflict(request, claim_of(request, claim_id), given)
    messages.success(request, _("Saved."))
    return redirect(claim)


@desk_page
@require_POST
def sort(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Sort the claim into the topics that were ticked."""
    form = TopicsForm(request.POST, choices=topic_choices())
    given = given_in(form)
    claim = sort_claim(
        claim_id=id_in(claim_id), seen_version=given["version"], slugs=given["topics"], actor=actor(request)
    )
    messages.success(request, _("Saved."))
    return redirect(claim)


def _topics_form(claim: Claim, choices: list[tuple[str, str]], chosen: list[Topic]) -> TopicsForm:
    return TopicsForm(
        initial={"version": claim.version, "topics": [topic.slug for topic in chosen]},
        choices=choices,
        suggested=() if chosen else suggested_topics(claim),
        auto_id="topics_%s",
    )


def _source_forms() -> list[dict[str, object]]:
    """Return the two ways to add a source that belong to one claim; a feed and a file have their own page."""
    return [
        {"key": "page", "title": _("One page, by its address"), "form": SourceUrlForm(auto_id="page_%s")},
        {"key": "hand", "title": _("A text, by hand"), "form": ByHandForm(auto_id="hand_%s")},
    ]


def claim_of(request: HttpRequest, claim_id: int) -> Claim:
    """Return a claim of the person's desks, or raise ``NotFound``."""
    who = actor(request)
    claim = rows.claim_for(who.roles, id_in(claim_id), who.person_id)
    if claim is None:
        raise NotFound(_("claim"))
    return claim


def _gathering(claim: Claim) -> Job | None:
    """Return the job of an open claim. For a closed one nothing is gathered; what was is in its history."""
    return rows.gather_job(claim) if claim.state in OPEN_CLAIM_STATES else None


def _evidence_context(request: HttpRequest, claim: Claim, job: Job | None) -> dict[str, object]:
    evidence = evidence_of(claim)
    under_way = job is not None and job.state in Job.UNFINISHED
    figures = range_plot(evidence)
    return {
        "claim": claim,
        "job": job,
        "under_way": under_way,
        "groups": by_stance(evidence),
        "found": len(evidence),
        "figures": figures,
        # A claim of a figure is not about its day, and one of words is not about the day of the words.
        "times": timeline(claim, evidence) if figures is None and claim.kind != Claim.Kind.QUOTE else None,
        "variants": quotation_variants(claim, evidence),
        "may_add_source": permissions.can_add_source(actor(request), claim.desk_id),
        "may_gather": claim.state in OPEN_CLAIM_STATES
        and permissions.can_start_gathering(actor(request), claim.desk_id),
    } | translations_shown(request, [piece.passage_id for piece in evidence])


def _editable(claim: Claim) -> dict[str, object]:
    return {name: getattr(claim, name) for name in ("version", "summary", "kind", "attribution", "topic")}
