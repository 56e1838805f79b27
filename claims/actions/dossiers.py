"""The dossier of a verdict: asked for by a person, made and signed by a job, given to those who may read it.

A dossier is made of a verdict that was decided, never of one that somebody may still have to judge blind.
"""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import jobs
from claims.actions.gatekeeping import person_of, require_readable_desk
from claims.actions.history import append_event
from claims.actions.refusals import IllegalMove
from claims.jobs import GiveUp, Progress, RetryLater
from claims.models import Dossier, Verdict
from claims.publish.dossier import pack
from claims.publish.signing import UnusableKey, ensure_signing_key
from claims.rules import permissions
from claims.rules.lifecycle import DECIDED_VERDICT_STATES
from claims.rules.permissions import Actor, NotAllowed
from claims.selectors.chain import ASKED
from claims.selectors.dossier_files import dossier_files, dossier_mark


def ask_dossier(*, verdict_id: int, actor: Actor) -> Dossier:
    """Have the dossier made, unless the one that stands is of the present state already."""
    with transaction.atomic():
        verdict = readable_verdict(verdict_id, actor)
        if verdict.state not in DECIDED_VERDICT_STATES:
            raise IllegalMove(ASKED, verdict.get_state_display())
        person_id, now = person_of(actor), timezone.now()
        dossier, is_new = Dossier.objects.get_or_create(
            verdict=verdict, defaults={"asked_by_id": person_id, "asked_at": now}
        )
        if not is_new and dossier.mark == dossier_mark(verdict):
            return dossier
        Dossier.objects.filter(pk=dossier.pk).update(
            version=F("version") + 1, asked_by_id=person_id, asked_at=now
        )
        dossier.refresh_from_db()
        append_event(actor=actor, subject=dossier, verb=ASKED, claim_id=verdict.claim_id)
        jobs.enqueue("make_dossier", dossier.pk, subject_version=dossier.version)
    return dossier


def make_dossier(dossier_id: int, progress: Progress) -> Dossier | None:
    """Read, pack and sign; the body of a job, safe to repeat. None where the dossier was asked for anew."""
    planned = Dossier.objects.select_related("verdict__claim").defer("content").filter(pk=dossier_id).first()
    if planned is None:
        return None
    mark = dossier_mark(planned.verdict)
    progress(0, 3, _("reading the evidence and its captures"))
    about, files = dossier_files(planned.verdict_id)
    if dossier_mark(Verdict.objects.select_related("claim").get(pk=planned.verdict_id)) != mark:
        raise RetryLater(_("The verdict changed while it was read."), after=1)
    progress(1, 3, _("signing"))
    try:
        key = ensure_signing_key(settings.SIGNING_KEY_FILE)
    except (UnusableKey, OSError) as reason:
        raise GiveUp(str(reason)) from reason
    content = pack(files, {"installation": settings.SITE_URL, **about}, key)
    progress(2, 3, _("keeping the file"))
    changed = Dossier.objects.filter(pk=dossier_id, version=planned.version).update(
        content=content,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        mark=mark,
        made_at=timezone.now(),
    )
    progress(3, 3, _("made"))
    return Dossier.objects.get(pk=dossier_id) if changed else None


def readable_verdict(verdict_id: int, actor: Actor) -> Verdict:
    """Return the verdict for somebody who may read its dossier. Raises ``NotFound`` and ``NotAllowed``."""
    verdict = Verdict.objects.select_related("claim__desk").filter(pk=verdict_id).first()
    require_readable_desk(actor, verdict.claim.desk_id if verdict else None, _("verdict"))
    assert verdict is not None
    if not permissions.can_read_dossier(actor, verdict.claim.desk_id):
        sentence = _("Only auditors, publishers, reviewers and editors of this desk may read a dossier.")
        raise NotAllowed("dossier", sentence)
    return verdict
