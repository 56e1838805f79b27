"""Keeping what a person types until they save it: theirs alone, so that no word is lost and nobody is overwritten.

It is no step of a verdict and therefore no event: it changes neither the verdict nor its version, whoever
holds the claim. It is what comes back after a lost lease, a conflict, or a sign-in that ended.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from claims.actions.gatekeeping import person_of, require_readable_desk
from claims.actions.refusals import Invalid
from claims.models import KeptDraft, Verdict
from claims.rules import permissions
from claims.rules.permissions import Actor, NotAllowed
from claims.selectors.verdicts import decided_by

#: More than any form holds; a larger one was not typed by a person.
LONGEST_KEPT = 100_000


def keep_draft(*, verdict_id: int, seen_version: int, words: dict[str, Any], actor: Actor) -> KeptDraft:
    """Keep the form's ``words`` (JSON, by field) for the actor; the newest replaces what was kept before."""
    if sum(len(str(value)) for value in words.values()) > LONGEST_KEPT:
        raise Invalid(_("This is too long to be kept. Save a shorter text."))
    with transaction.atomic():
        verdict = Verdict.objects.select_related("claim").filter(pk=verdict_id).first()
        require_readable_desk(actor, verdict.claim.desk_id if verdict else None, _("verdict"))
        assert verdict is not None
        if not permissions.can_edit_verdict(actor, verdict.claim.desk_id, decided_by=decided_by(verdict)):
            raise NotAllowed("keep", _("Only reviewers of this desk may write a verdict."))
        kept, _is_new = KeptDraft.objects.update_or_create(
            verdict=verdict,
            person_id=person_of(actor),
            defaults={"words": words, "seen_version": seen_version},
        )
    return kept


def drop_draft(*, verdict_id: int, actor: Actor) -> None:
    """Forget what the actor typed and did not save; nobody else's can be named."""
    KeptDraft.objects.filter(verdict_id=verdict_id, person_id=person_of(actor)).delete()
