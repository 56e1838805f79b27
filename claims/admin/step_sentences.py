"""What the screen says when a step was taken: one sentence of what stands now and who is next.

Weighing evidence has none. There the card shows what was decided, the focus stays on it, and a line above
for each of forty pieces would move the page under the reader's eyes.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import BlindLabel, Claim, Verdict
from claims.rules.lifecycle import VerdictState
from claims.selectors.moments import told_in
from claims.selectors.verdicts import approvers_that_count, required_approvals

#: What was done, by the name of the step; what depends on the outcome is told by ``sentence_of``.
DONE: dict[str, Promise] = {
    "take": gettext_lazy("The claim is yours for now. It goes back to the queue when you leave it idle."),
    "release": gettext_lazy("The claim is back in the queue."),
    "contact": gettext_lazy("It stands in the contact log."),
    "discuss": gettext_lazy("What you said stands in the discussion."),
    "drop": gettext_lazy("What was not saved is forgotten."),
    "start": gettext_lazy("The draft is open. Nothing is public before others approved it."),
    "co_write": gettext_lazy("You write it with its authors now; other people decide on it."),
    "save": gettext_lazy("The draft is saved."),
    "submit": gettext_lazy("The verdict is submitted. Another person decides on it now."),
    "review": gettext_lazy("The others see that you are reading it."),
    "request_changes": gettext_lazy("The verdict went back to its recorder with your comment."),
    "withdraw": gettext_lazy("The verdict is withdrawn."),
    "unschedule": gettext_lazy("It is off the schedule; the approvals stand."),
    "publish": gettext_lazy("The verdict is published."),
    "start_correction": gettext_lazy(
        "The correction is open, and readers see that one is under way. A reviewer records the new verdict."
    ),
    "cancel_correction": gettext_lazy("The correction is cancelled; what was published stands."),
    "retract": gettext_lazy("The publication is retracted. Its page stays and says why."),
}


def sentence_of(step: str, outcome: object) -> str:
    """Return the sentence for the person who took ``step``; "" where the card tells it."""
    if isinstance(outcome, BlindLabel):
        return _label(outcome)
    if isinstance(outcome, Claim) and step == "reassign":
        if outcome.held_by is None:
            return str(DONE["release"])
        return _("The claim is now with %(person)s.") % {"person": outcome.held_by}
    if isinstance(outcome, Verdict):
        if step == "approve":
            return _approved(outcome)
        if step == "schedule" and outcome.publish_at is not None:
            moment = told_in(outcome.publish_at, outcome.claim.desk.zone)
            return _("It is scheduled: readers see it from %(moment)s on.") % {"moment": moment}
    if step == "save" and isinstance(outcome, Verdict) and outcome.state == VerdictState.SUBMITTED:
        return str(DONE["submit"])
    return str(DONE.get(step, ""))


def _approved(verdict: Verdict) -> str:
    if verdict.state == VerdictState.APPROVED:
        return _("Approved. A publisher can publish or schedule it now.")
    given, asked = len(approvers_that_count(verdict)), required_approvals(verdict)
    return _("Your approval counts: %(given)s of %(asked)s. Another person has to approve as well.") % {
        "given": given,
        "asked": asked,
    }


def _label(label: BlindLabel) -> str:
    if label.agrees:
        return _("Your rating is recorded. It agrees with the recorder’s; decide on the verdict now.")
    return _(
        "Your rating is recorded. It differs from the recorder’s: discuss it below, then approve with a "
        "reason or ask for changes."
    )
