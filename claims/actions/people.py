"""Looking after people: who they are, which roles they hold where, and whether they may sign in.

Nobody gives roles to themselves, and nothing here decides anything editorial. A person who is disabled or
leaves a role hands their open tasks back to the queue; what they decided stays, under their name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from claims.actions.changes import change
from claims.actions.gatekeeping import person_of
from claims.actions.history import append_event
from claims.actions.refusals import Invalid
from claims.models import Claim, Desk, Membership, Person
from claims.rules import permissions
from claims.rules.permissions import Actor, NotAllowed, Role

#: Roles as an administrator gives them: the id of a desk with a role there.
Roles = frozenset[tuple[int, Role]]


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What an administrator writes about a person. ``is_staff`` opens the review desk, and nothing else."""

    username: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    language: str = ""
    is_staff: bool = False


def create_person(*, details: PersonDetails, password: str, roles: Roles, actor: Actor) -> Person:
    """Add a person who can sign in with ``password``, with these roles."""
    require_administrator(actor, "create_person")
    with transaction.atomic():
        person = Person(**asdict(details))
        _require_valid(person)
        _take_password(person, password)
        person.save()
        _set_roles(person, roles)
        told = {name: ["", words] for name, words in _words(details, roles).items() if words}
        append_event(actor=actor, subject=person, verb="create_person", claim_id=None, details=told)
    return person


def change_person(
    *, person_id: int, seen_version: int, details: PersonDetails, roles: Roles, actor: Actor
) -> Person:
    """Change who a person is and what they may do. Open tasks of a role that ends go back to the queue.

    Approvals that were given stay given: a change of roles does not act backwards (rule 11).
    """
    require_administrator(actor, "change_person")
    with transaction.atomic():
        person = change(Person, person_id, seen_version)
        held = roles_of(person)
        if roles != held and not permissions.can_change_roles(actor, person_id=person_id):
            raise NotAllowed(
                "change_person", _("Nobody changes their own roles. Another administrator has to do this.")
            )
        before = _words(_details_of(person), held)
        for name, value in asdict(details).items():
            setattr(person, name, value)
        _require_valid(person)
        person.save(update_fields=list(asdict(details)))
        _set_roles(person, roles)
        after = _words(details, roles)
        changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
        append_event(actor=actor, subject=person, verb="change_person", claim_id=None, details=changed)
        left = {desk_id for desk_id, role in held - roles if role is Role.REVIEWER}
        if left:
            hand_back_tasks(person, Claim.objects.filter(desk_id__in=left), actor, "")
    return person


def set_password(*, person_id: int, seen_version: int, password: str, actor: Actor) -> Person:
    """Give a person another password; every session of theirs ends with the old one."""
    require_administrator(actor, "set_password")
    with transaction.atomic():
        return _replace_password(change(Person, person_id, seen_version), password, actor)


def change_own_password(*, password: str, actor: Actor) -> Person:
    """Change the password of the person who acts and has just given the old one; other sessions end."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_of(actor))
        return _replace_password(person, password, actor)


def disable_person(*, person_id: int, seen_version: int, reason: str, actor: Actor) -> Person:
    """Let a person sign in no more: sessions end now, tasks go back to the queue, past work keeps the name."""
    _require_other_administrator(actor, person_id, "disable")
    _require_reason(reason)
    with transaction.atomic():
        person = change(
            Person, person_id, seen_version, is_active=False, sign_in_round=F("sign_in_round") + 1
        )
        append_event(actor=actor, subject=person, verb="disable", claim_id=None, note=reason.strip())
        hand_back_tasks(person, Claim.objects.all(), actor, reason.strip())
    return person


def enable_person(*, person_id: int, seen_version: int, reason: str, actor: Actor) -> Person:
    """Let a person sign in again; sessions from before stay ended."""
    _require_other_administrator(actor, person_id, "enable")
    _require_reason(reason)
    with transaction.atomic():
        person = change(Person, person_id, seen_version, is_active=True)
        append_event(actor=actor, subject=person, verb="enable", claim_id=None, note=reason.strip())
    return person


def sign_out_everywhere(*, person_id: int, actor: Actor) -> Person:
    """End every session of a person: one's own, or by an administrator anybody's."""
    if not permissions.can_look_after(actor, person_id=person_id):
        raise NotAllowed("sign_out", _("Only administrators end the sessions of other people."))
    with transaction.atomic():
        Person.objects.filter(pk=person_id).update(sign_in_round=F("sign_in_round") + 1)
        person = Person.objects.get(pk=person_id)
        append_event(actor=actor, subject=person, verb="sign_out", claim_id=None)
    return person


# --- Shared steps -------------------------------------------------------------------------------------


def require_administrator(actor: Actor, verb: str) -> None:
    if not permissions.can_administer(actor):
        raise NotAllowed(verb, _("Only administrators look after people and desks."))


def roles_of(person: Person) -> Roles:
    """Return the roles that a person holds. One query."""
    return frozenset((desk, Role(role)) for desk, role in person.memberships.values_list("desk_id", "role"))


def hand_back_tasks(person: Person, claims: QuerySet[Claim], actor: Actor, reason: str) -> None:
    """Give those of ``claims`` that the person holds back to the queue, each with a line in its history."""
    for claim in claims.filter(held_by=person).select_for_update().order_by("pk"):
        Claim.objects.filter(pk=claim.pk).update(held_by=None, held_until=None, version=F("version") + 1)
        append_event(
            actor=actor,
            subject=claim,
            verb="reassign",
            claim_id=claim.pk,
            note=reason,
            details={"from": person.pk, "to": None},
        )


def _require_other_administrator(actor: Actor, person_id: int, verb: str) -> None:
    require_administrator(actor, verb)
    if actor.person_id == person_id:
        raise NotAllowed(verb, _("Nobody locks themselves out. Another administrator has to do this."))


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid(_("Say why, for the history."), {"reason": _("Say why, for the history.")})


def _require_valid(person: Person) -> None:
    try:
        person.full_clean(exclude=["password"])
    except ValidationError as refusal:
        fields = {name: " ".join(sentences) for name, sentences in refusal.message_dict.items()}
        raise Invalid(" ".join(fields.values()), fields) from None


def _take_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as refusal:
        sentence = " ".join(refusal.messages)
        raise Invalid(sentence, {"password": sentence}) from None
    person.set_password(password)


def _replace_password(person: Person, password: str, actor: Actor) -> Person:
    _take_password(person, password)
    person.save(update_fields=["password"])
    append_event(actor=actor, subject=person, verb="set_password", claim_id=None)
    return person


def _set_roles(person: Person, roles: Roles) -> None:
    held = roles_of(person)
    if Desk.objects.filter(pk__in={desk_id for desk_id, _role in roles}).count() != len(
        {desk_id for desk_id, _role in roles}
    ):
        raise Invalid(_("Choose desks that exist."), {"roles": _("Choose desks that exist.")})
    for desk_id, role in held - roles:
        Membership.objects.filter(person=person, desk_id=desk_id, role=role.value).delete()
    Membership.objects.bulk_create(
        Membership(person=person, desk_id=desk_id, role=role.value) for desk_id, role in sorted(roles - held)
    )


def _details_of(person: Person) -> PersonDetails:
    return PersonDetails(
        username=person.username,
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        language=person.language,
        is_staff=person.is_staff,
    )


def _words(details: PersonDetails, roles: Iterable[tuple[int, Role]]) -> dict[str, str]:
    """Return what is kept in the history, in words that do not depend on the interface's language."""
    names = dict(Desk.objects.values_list("pk", "name"))
    words = {name: str(value) for name, value in asdict(details).items()}
    words["roles"] = ", ".join(sorted(f"{names.get(desk_id, desk_id)}: {role}" for desk_id, role in roles))
    return words
