"""Celery entry points. A task takes one id and calls one action; what and when stands in the job table.

The actions are named by their dotted path, for actions import jobs, and a web process that only sends
hints need not load the readers of three languages.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from celery import shared_task

from claims import jobs
from claims.jobs import Body, NotReady, Progress
from claims.search.base import SearchUnavailable


def _action(path: str, *, reports: bool = False) -> Body:
    """Return the body that calls the action at ``path`` with the subject, and with progress if it reports."""

    def body(subject: int, progress: Progress) -> None:
        module, name = path.rsplit(".", 1)
        verb: Callable[..., Any] = getattr(import_module(module), name)
        try:
            verb(subject, progress) if reports else verb(subject)
        except SearchUnavailable as away:
            raise NotReady(f"The search engine is not available: {away}") from away

    return body


#: Which action does the work of which kind of job; the subject is the id that the action takes.
BODIES: dict[str, Body] = {
    "deliver_webhook": _action("claims.actions.deliveries.deliver_webhook"),
    "fetch_article": _action("claims.actions.article_fetching.fetch_article", reports=True),
    "fetch_document": _action("claims.actions.feeds.fetch_document"),
    "gather_evidence": _action("claims.actions.evidence.gather_evidence", reports=True),
    "index_article": _action("claims.actions.indexing.index_article"),
    "index_claim": _action("claims.actions.indexing.index_claim"),
    "index_document": _action("claims.actions.indexing.index_document"),
    "look_at_article": _action("claims.actions.article_fetching.look_at_article"),
    "look_at_cited": _action("claims.actions.cited_watch.look_at_cited"),
    "make_dossier": _action("claims.actions.dossiers.make_dossier", reports=True),
    "make_export": _action("claims.actions.exports.make_export", reports=True),
    "mail_notices": _action("claims.actions.notice_mail.mail_notices"),
    "ping_hub": _action("claims.actions.websub.ping_hub"),
    "poll_source": _action("claims.actions.feeds.poll_source"),
    "rebuild_index": _action("claims.actions.rebuilding.bury_rebuild"),
    "repair_drift": _action("claims.actions.drift_repair.repair_drift"),
    "publish_scheduled": _action("claims.actions.publication.publish_scheduled"),
    "run_import": _action("claims.actions.import_running.run_import", reports=True),
    "spread_event": _action("claims.actions.announcing.spread_event"),
    "translate_passage": _action("claims.actions.translation.translate_passage"),
    "watch_article": _action("claims.actions.watching.watch_article"),
    "watch_document": _action("claims.actions.watching.watch_document"),
}


@shared_task(name="claims.tasks.run_job", ignore_result=True)
def run_job(job_id: int) -> None:
    jobs.run(job_id, BODIES)


@shared_task(name="claims.tasks.sweep_jobs", ignore_result=True)
def sweep_jobs() -> None:
    jobs.sweep()


@shared_task(name="claims.tasks.request_due_polls", ignore_result=True)
def request_due_polls() -> None:
    from claims.actions.polling import request_due_polls as request

    request()


@shared_task(name="claims.tasks.request_due_looks", ignore_result=True)
def request_due_looks() -> None:
    from claims.actions.looking import request_due_looks as request

    request()


@shared_task(name="claims.tasks.request_cited_looks", ignore_result=True)
def request_cited_looks() -> None:
    from claims.actions.looking import request_cited_looks as request

    request()


@shared_task(name="claims.tasks.request_drift_repair", ignore_result=True)
def request_drift_repair() -> None:
    from claims.actions.drift_repair import request_drift_repair as request

    request()


@shared_task(name="claims.tasks.refresh_statistics", ignore_result=True)
def refresh_statistics() -> None:
    from claims.actions.statistics import refresh_statistics as refresh

    refresh()


@shared_task(name="claims.tasks.forget_old_requests", ignore_result=True)
def forget_old_requests() -> None:
    from claims.actions.named_writes import forget_old_requests as forget

    forget()


@shared_task(name="claims.tasks.forget_old_exports", ignore_result=True)
def forget_old_exports() -> None:
    from claims.actions.exports import forget_old_exports as forget

    forget()


@shared_task(name="claims.tasks.request_due_mail", ignore_result=True)
def request_due_mail() -> None:
    from claims.actions.notice_mail import request_due_mail as request

    request()


@shared_task(name="claims.tasks.forget_old_notices", ignore_result=True)
def forget_old_notices() -> None:
    from claims.actions.notices import forget_old_notices as forget

    forget()
