"""Who may do what: plain predicates over a frozen Actor. Being admin or superuser grants no editorial step.

Every ``can_…`` takes the actor and only what it needs to know; it returns a bool. Actions turn a False
into ``NotAllowed`` with a sentence for the person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    JOURNALIST = "journalist"
    EDITOR = "editor"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Actor:
    """A person as the rules see them. ``roles`` maps a desk's id to the roles held there.

    ``person_id`` is None for the machine itself, which may gather and index but takes no editorial step.
    """

    person_id: int | None
    name: str = ""
    active: bool = True
    roles: dict[int, frozenset[Role]] = field(default_factory=dict)

    def has(self, role: Role, desk_id: int) -> bool:
        return self.active and role in self.roles.get(desk_id, frozenset())

    def has_any(self, desk_id: int, *roles: Role) -> bool:
        return any(self.has(role, desk_id) for role in roles)


MACHINE = Actor(person_id=None, name="factcheck")

_WRITERS = (Role.JOURNALIST, Role.EDITOR, Role.REVIEWER, Role.PUBLISHER)


@dataclass(eq=False)
class NotAllowed(Exception):
    """The actor may not take this step; ``sentence`` says who may, for the person to read."""

    verb: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def can_read_desk(actor: Actor, desk_id: int) -> bool:
    return actor.active and bool(actor.roles.get(desk_id))


def can_log_claim(actor: Actor, desk_id: int) -> bool:
    return actor.has_any(desk_id, *_WRITERS)


def can_add_source(actor: Actor, desk_id: int) -> bool:
    return actor.has_any(desk_id, *_WRITERS)


def can_triage(actor: Actor, desk_id: int) -> bool:
    """Set priority, risk and deadline, reassign, dismiss, merge."""
    return actor.has(Role.EDITOR, desk_id)


def can_start_gathering(actor: Actor, desk_id: int) -> bool:
    return actor.has_any(desk_id, Role.JOURNALIST, Role.EDITOR, Role.REVIEWER)


def can_take(actor: Actor, desk_id: int) -> bool:
    return actor.has(Role.REVIEWER, desk_id)


def can_weigh_evidence(actor: Actor, desk_id: int) -> bool:
    return actor.has(Role.REVIEWER, desk_id)


def can_record_verdict(actor: Actor, desk_id: int) -> bool:
    return actor.has(Role.REVIEWER, desk_id)


def can_edit_verdict(actor: Actor, desk_id: int, *, decided_by: frozenset[int]) -> bool:
    """A person who has approved or is deciding on a revision does not edit it as well."""
    return actor.has(Role.REVIEWER, desk_id) and actor.person_id not in decided_by


def can_withdraw_verdict(actor: Actor, desk_id: int, *, recorder_id: int) -> bool:
    return actor.has(Role.REVIEWER, desk_id) and actor.person_id == recorder_id


def can_approve_verdict(actor: Actor, desk_id: int, *, author_ids: frozenset[int]) -> bool:
    """``author_ids``: the recorder, every co-author and the last editor of that revision (rule 1)."""
    return (
        actor.person_id is not None
        and actor.has_any(desk_id, Role.REVIEWER, Role.EDITOR)
        and actor.person_id not in author_ids
    )


def can_discuss_verdict(actor: Actor, desk_id: int) -> bool:
    return actor.person_id is not None and actor.has_any(desk_id, Role.REVIEWER, Role.EDITOR)


def can_publish(actor: Actor, desk_id: int) -> bool:
    """Schedule, embargo, publish, start a correction, retract."""
    return actor.has(Role.PUBLISHER, desk_id)


def can_answer_readers(actor: Actor, desk_id: int) -> bool:
    """Decide on what readers ask to have corrected."""
    return actor.has_any(desk_id, Role.EDITOR, Role.PUBLISHER)


def can_audit(actor: Actor, desk_id: int) -> bool:
    return actor.has_any(desk_id, Role.AUDITOR)


def can_export(actor: Actor, desk_ids: Iterable[int]) -> bool:
    """Take everything out at once: whoever audits each of the desks, which an export does not keep apart."""
    desks = set(desk_ids)
    return actor.person_id is not None and bool(desks) and all(can_audit(actor, desk) for desk in desks)


def can_read_dossier(actor: Actor, desk_id: int) -> bool:
    """A dossier tells who decided what, with every comment: for those who answer for a verdict."""
    return actor.has_any(desk_id, Role.AUDITOR, Role.PUBLISHER, Role.REVIEWER, Role.EDITOR)


def can_administer(actor: Actor) -> bool:
    """People, scales and integrations, nothing editorial."""
    return actor.active and any(Role.ADMIN in roles for roles in actor.roles.values())


def can_change_roles(actor: Actor, *, person_id: int | None) -> bool:
    """Nobody gives themselves a role: whoever looks after people would become a reviewer at will."""
    return can_administer(actor) and actor.person_id != person_id


def can_look_after(actor: Actor, *, person_id: int) -> bool:
    """Declare conflicts of interest and end sessions: one's own, or by an administrator anybody's."""
    return actor.active and (actor.person_id == person_id or can_administer(actor))


def can_hold_token(actor: Actor) -> bool:
    """Make API tokens for oneself; a token can do no more than its person, so any role will do."""
    return actor.active and actor.person_id is not None and any(actor.roles.values())
