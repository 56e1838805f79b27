"""One claim on one screen: everything that a reviewer, approver or publisher decides by, read in one go.

At most nine statements, however much evidence there is: the contact log, decisions and what changed are read
from the history at once, and everything about the verdict from rows that the screen needs anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from claims.models import (
    Appearance,
    Claim,
    ClaimEvent,
    Evidence,
    KeptDraft,
    Membership,
    Person,
    Publication,
    PublishedRevision,
    Rating,
    Verdict,
)
from claims.rules import permissions
from claims.rules.lifecycle import OPEN_CLAIM_STATES, OPEN_VERDICT_STATES, VerdictState
from claims.rules.permissions import Actor, Role
from claims.selectors.contacts import CONTACT_VERB, Contact, contacts_among
from claims.selectors.desk_cards import DECISION_VERBS, StanceColumn, columns_of, evidence_for_desk
from claims.selectors.merging import joined_claims, note_nothing_joined, places_said
from claims.selectors.precedents import Precedent, precedents_among, similar_claim_ids
from claims.selectors.queue import readable_desks
from claims.selectors.verdict_panel import PANEL_VERBS, VerdictPanel, panel_of
from claims.selectors.verdicts import active_ratings

#: What the screen reads of a claim's history; the rest is on the history's own page.
_VERBS = (*DECISION_VERBS, CONTACT_VERB, *PANEL_VERBS)
#: The newest entries of a history that the screen looks at.
_EVENTS_READ = 1_000


@dataclass(frozen=True, slots=True)
class DeskScreen:
    """``verbs`` name what this person may do to the claim now; the actions ask the rules again.

    ``precedents`` is None where the search engine was away. ``ratings`` are the active ones. ``appearances``
    are also those of the claims that were merged into this one.
    """

    claim: Claim
    appearances: tuple[Appearance, ...]
    columns: tuple[StanceColumn, ...]
    accepted: tuple[Evidence, ...]
    panel: VerdictPanel | None
    publications: tuple[Publication, ...]
    earlier: tuple[Verdict, ...]
    reviewers: tuple[Person, ...]
    contacts: tuple[Contact, ...]
    precedents: tuple[Precedent, ...] | None
    ratings: tuple[Rating, ...]
    verbs: frozenset[str]

    @property
    def joined(self) -> list[Claim]:
        """The claims that were merged into this one; their evidence is on the claim's page."""
        return joined_claims(self.claim)

    @property
    def is_held(self) -> bool:
        return is_held(self.claim)


def desk_screen(claim_id: int, actor: Actor) -> DeskScreen | None:
    """Return the screen, or None where there is no such claim at the actor's desks."""
    claim = _claim(claim_id, actor)
    if claim is None:
        return None
    verdicts = _verdicts(claim, actor)
    newest = next((verdict for verdict in verdicts if verdict.state in OPEN_VERDICT_STATES), None)
    newest = newest or next(iter(verdicts), None)
    former = _former(newest, verdicts)
    evidence = evidence_for_desk(claim, newest.pk if newest else None, former.pk if former else None)
    events = _events(claim)
    similar = similar_claim_ids(claim)
    public = _publications(claim, similar or [])
    own = tuple(publication for publication in public if publication.claim_id == claim.pk)
    people = _people(claim, newest, permissions.can_triage(actor, claim.desk_id))
    ratings = tuple(active_ratings()) if newest and newest.state in OPEN_VERDICT_STATES else ()
    contacts = tuple(contacts_among(events))
    precedents = None if similar is None else tuple(precedents_among(claim, public))
    panel = None
    if newest is not None:
        panel = panel_of(
            newest,
            claim,
            actor,
            former=former,
            evidence=evidence,
            events=events,
            publications=own,
            co_authors=[person for person in people if getattr(person, "wrote", False)],
            ratings=ratings,
            precedents=precedents or (),
            claimant_asked=bool(contacts),
        )
    return DeskScreen(
        claim=claim,
        appearances=tuple(places_said(claim)),
        columns=tuple(columns_of(claim, evidence, events)),
        accepted=tuple(piece for piece in evidence if piece.state == Evidence.State.ACCEPTED),
        panel=panel,
        publications=own,
        earlier=tuple(verdict for verdict in verdicts if newest is None or verdict.pk != newest.pk),
        reviewers=tuple(person for person in people if getattr(person, "reviews", False)),
        contacts=contacts,
        precedents=precedents,
        ratings=ratings,
        verbs=_claim_verbs(claim, actor, panel),
    )


# --- What is read, one statement each -----------------------------------------------------------------


def _claim(claim_id: int, actor: Actor) -> Claim | None:
    """Return the claim with its appearances. Two statements."""
    appearances = Appearance.objects.select_related("article__outlet", "update").order_by("-is_first", "pk")
    claim = (
        Claim.objects.filter(pk=claim_id, desk_id__in=readable_desks(actor))
        .select_related("desk", "claimant", "held_by", "logged_by")
        .prefetch_related(Prefetch("appearances", appearances))
        .annotate(has_joined=Exists(Claim.objects.filter(merged_into=OuterRef("pk"))))
        .first()
    )
    if claim is not None and not claim.has_joined:
        note_nothing_joined(claim)
    return claim


def _verdicts(claim: Claim, actor: Actor) -> list[Verdict]:
    """Return all revisions, newest first, with ``was_public``, ``has_co_authors``, and ``has_kept``: whether
    the actor typed something over it that is not saved."""
    verdicts = claim.verdicts.select_related("rating__scale", "recorder", "last_editor").annotate(
        was_public=Exists(PublishedRevision.objects.filter(verdict=OuterRef("pk"))),
        has_co_authors=Exists(Verdict.co_authors.through.objects.filter(verdict_id=OuterRef("pk"))),
        has_kept=Exists(KeptDraft.objects.filter(verdict=OuterRef("pk"), person_id=actor.person_id or 0)),
    )
    return list(verdicts.order_by("-revision"))


def _former(newest: Verdict | None, verdicts: Sequence[Verdict]) -> Verdict | None:
    """Return the revision before ``newest`` in its language that was public: what a correction is compared to."""
    if newest is None:
        return None
    earlier = (
        verdict
        for verdict in verdicts
        if verdict.revision < newest.revision
        and verdict.language == newest.language
        and getattr(verdict, "was_public", False)
    )
    return next(earlier, None)


def _events(claim: Claim) -> list[ClaimEvent]:
    """Return the part of the history that the screen tells, oldest first."""
    newest = ClaimEvent.objects.filter(claim=claim, verb__in=_VERBS).order_by("-sequence")[:_EVENTS_READ]
    return list(newest)[::-1]


def _publications(claim: Claim, similar: Sequence[int]) -> list[Publication]:
    """Return the claim's own publications and, of similar claims, those that may be precedents."""
    return list(
        Publication.objects.filter(Q(claim=claim) | Q(claim_id__in=similar, current__isnull=False))
        .select_related("current__verdict__rating")
        .order_by("language", "pk")
    )


def _people(claim: Claim, verdict: Verdict | None, reviewers_too: bool) -> list[Person]:
    """Return who ``wrote`` on the verdict and, for those who hand claims on, who ``reviews`` at the desk."""
    if not reviewers_too and not getattr(verdict, "has_co_authors", False):
        return []
    wrote = Verdict.co_authors.through.objects.filter(
        verdict_id=verdict.pk if verdict else 0, person_id=OuterRef("pk")
    )
    reviews = Membership.objects.filter(
        desk_id=claim.desk_id, role=Role.REVIEWER, person_id=OuterRef("pk"), person__is_active=True
    )
    people = Person.objects.annotate(wrote=Exists(wrote), reviews=Exists(reviews))
    shown = Q(wrote=True) | Q(reviews=True) if reviewers_too else Q(wrote=True)
    return list(people.filter(shown).order_by("first_name", "username"))


# --- What may be done ---------------------------------------------------------------------------------


def is_held(claim: Claim) -> bool:
    """Say whether somebody holds the claim now; a lease that has run out is nobody's."""
    return claim.held_by_id is not None and claim.held_until is not None and claim.held_until > timezone.now()


def _claim_verbs(claim: Claim, actor: Actor, panel: VerdictPanel | None) -> frozenset[str]:
    desk_id, held = claim.desk_id, is_held(claim)
    mine = held and claim.held_by_id == actor.person_id
    is_open = claim.state in OPEN_CLAIM_STATES
    free = not held or mine
    has_open_verdict = panel is not None and panel.verdict.state in OPEN_VERDICT_STATES
    startable = is_open or not (panel and panel.verdict.state == VerdictState.PUBLISHED)
    allowed = {
        "take": is_open and not held and permissions.can_take(actor, desk_id),
        "release": mine,
        "reassign": is_open and permissions.can_triage(actor, desk_id),
        "weigh": is_open and free and permissions.can_weigh_evidence(actor, desk_id),
        "contact": is_open and permissions.can_log_claim(actor, desk_id),
        "start": startable
        and free
        and not has_open_verdict
        and permissions.can_record_verdict(actor, desk_id),
        "publish": permissions.can_publish(actor, desk_id),
    }
    return frozenset(verb for verb, may in allowed.items() if may)
