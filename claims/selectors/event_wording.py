"""The history's verbs in the person's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims.models import ClaimEvent

VERBS: dict[str, Promise] = {
    "log": _("logged the claim"),
    "edit_claim": _("edited what describes the claim"),
    "gather": _("asked for evidence"),
    "gathered": _("gathered evidence"),
    "take": _("took the claim"),
    "release": _("put it back into the queue"),
    "reassign": _("reassigned the claim"),
    "triage": _("set priority, risk or deadline"),
    "accept": _("accepted evidence"),
    "reject": _("rejected evidence"),
    "stance": _("changed the stance of evidence"),
    "undo": _("undid a decision on evidence"),
    "start": _("started a verdict"),
    "save": _("wrote on the verdict"),
    "submit": _("submitted the verdict"),
    "review": _("opened the verdict for review"),
    "approve": _("approved the verdict"),
    "request_changes": _("asked for changes"),
    "withdraw": _("withdrew the verdict"),
    "schedule": _("scheduled the publication"),
    "unschedule": _("took back the schedule"),
    "publish": _("published the verdict"),
    "start_correction": _("started a correction"),
    "cancel_correction": _("ended the correction without a change"),
    "retract": _("retracted the check"),
    "conclude": _("concluded the claim"),
    "supersede": _("replaced the verdict"),
}


def word_event(event: ClaimEvent) -> str:
    """Return what was done; a verb that is not known here is told as it stands."""
    return str(VERBS.get(event.verb, event.verb.replace("_", " ")))
