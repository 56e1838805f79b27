"""What every step of a verdict asks before it writes: may this person, and do the gates stand?"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from claims.actions.refusals import Invalid, NotFound
from claims.rules import permissions
from claims.rules.dossier import VerdictDossier
from claims.rules.gates import GateResult, Phase, checklist, closed
from claims.rules.permissions import Actor, NotAllowed
from claims.selectors.gate_wording import sentence_of


@dataclass(eq=False)
class GatesClosed(Invalid):
    """The verdict lacks something that the gates ask for; ``results`` are those that do not stand."""

    results: tuple[GateResult, ...] = field(default=())


def require_readable_desk(actor: Actor, desk_id: int | None, what: str) -> None:
    """Refuse what is missing and what is another desk's alike, so that an id tells nothing."""
    if desk_id is None or not permissions.can_read_desk(actor, desk_id):
        raise NotFound(what)


def person_of(actor: Actor) -> int:
    """Return the id of the person who acts; the machine takes no editorial step."""
    if actor.person_id is None:
        raise NotAllowed("sign_in", _("Sign in first."))
    return actor.person_id


def require_gates(dossier: VerdictDossier, phase: Phase) -> None:
    """Refuse with the sentence of every gate that does not stand at ``phase``."""
    failing = closed(checklist(dossier, phase))
    if failing:
        sentences = " ".join(dict.fromkeys(sentence_of(result) for result in failing))
        raise GatesClosed(_("Not yet: %(sentences)s") % {"sentences": sentences}, results=failing)
