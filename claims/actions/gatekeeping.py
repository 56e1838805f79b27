"""What every step asks before it writes: may this person, have they declared a conflict, do the gates stand?"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from claims.actions.refusals import Invalid, NotFound
from claims.models import Claim, Desk
from claims.rules import permissions
from claims.rules.dossier import VerdictDossier
from claims.rules.gates import GateResult, Phase, checklist, closed
from claims.rules.permissions import Actor, NotAllowed
from claims.selectors.conflicts import conflict_with
from claims.selectors.gate_wording import sentence_of
from claims.selectors.people import has_second_factor


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


def require_no_conflict(claim: Claim, actor: Actor, verb: str) -> None:
    """Refuse a person who declared that they keep out of this claim."""
    conflict = conflict_with(claim, actor.person_id)
    if conflict is not None:
        sentence = _("You declared a conflict of interest: %(subject)s. Somebody else has to do this.")
        raise NotAllowed(verb, sentence % {"subject": conflict})


def require_second_factor(desk_id: int, actor: Actor, verb: str) -> None:
    """Refuse who decides or publishes without a second factor at a desk that asks for one.

    Whoever has one cannot sign in without it, so that having it stands for having used it.
    """
    asked = Desk.objects.filter(pk=desk_id, second_factor_required=True).exists()
    if asked and not has_second_factor(actor.person_id):
        raise NotAllowed(
            verb, _("This desk asks for a second factor. Set it up under “My account”, then come back.")
        )


def require_gates(dossier: VerdictDossier, phase: Phase) -> None:
    """Refuse with the sentence of every gate that does not stand at ``phase``."""
    failing = closed(checklist(dossier, phase))
    if failing:
        sentences = " ".join(dict.fromkeys(sentence_of(result) for result in failing))
        raise GatesClosed(_("Not yet: %(sentences)s") % {"sentences": sentences}, results=failing)
