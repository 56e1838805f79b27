"""Stopping long work, whatever it is: the row is cancelled, and its worker notices at its next step."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.exports import stop_export
from claims.actions.gatekeeping import require_readable_desk
from claims.actions.history import append_event
from claims.actions.imports import stop_import
from claims.actions.refusals import NotFound
from claims.models import Article, Claim, Job
from claims.rules import permissions
from claims.rules.permissions import Actor, NotAllowed
from claims.selectors.work import KINDS


def stop_work(*, job_id: int, actor: Actor) -> None:
    """Stop the job; what it has written stays. One that has ended is left as it is."""
    job = Job.objects.filter(pk=job_id, kind__in=list(KINDS)).first()
    if job is None:
        raise NotFound(_("work"))
    if job.kind == "run_import":
        stop_import(import_id=job.subject, actor=actor)
    elif job.kind == "make_export":
        stop_export(export_id=job.subject, actor=actor)
    elif job.kind == "gather_evidence":
        _stop_gathering(job, actor)
    elif job.kind == "fetch_article":
        _stop_fetching(job, actor)
    elif permissions.can_administer(actor):
        jobs.cancel(job.pk)
    else:
        raise NotAllowed("stop", _("Only an administrator may stop this."))


def _stop_gathering(job: Job, actor: Actor) -> None:
    with transaction.atomic():
        claim = Claim.objects.filter(pk=job.subject).first()
        require_readable_desk(actor, claim.desk_id if claim else None, _("work"))
        assert claim is not None
        if not permissions.can_start_gathering(actor, claim.desk_id):
            raise NotAllowed("stop", _("Only who may have evidence gathered for this desk may stop it."))
        if jobs.cancel(job.pk):
            append_event(actor=actor, subject=claim, verb="stop_gather", claim_id=claim.pk)


def _stop_fetching(job: Job, actor: Actor) -> None:
    with transaction.atomic():
        article = Article.objects.filter(pk=job.subject).first()
        require_readable_desk(actor, article.desk_id if article else None, _("work"))
        assert article is not None
        if not permissions.can_log_claim(actor, article.desk_id):
            raise NotAllowed("stop", _("Only people who write for this desk may stop this."))
        if not jobs.cancel(job.pk):
            return
        # What was fetched before stands; a page that was never read has failed until somebody fetches it again.
        state = Article.State.READY if article.current_id else Article.State.FAILED
        why = "" if article.current_id else _("Somebody stopped it.")
        Article.objects.filter(pk=article.pk, state=Article.State.FETCHING).update(
            state=state, failure=why, version=F("version") + 1
        )
        append_event(actor=actor, subject=article, verb="stop_fetch", claim_id=None, note=str(article))
