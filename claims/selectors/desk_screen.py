"""One claim on one screen: everything that a reviewer, approver or publisher decides by, read in one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone

from claims.models import (
    Appearance,
    Claim,
    Evidence,
    Membership,
    Person,
    Publication,
    StanceChoice,
    Verdict,
)
from claims.rules import permissions
from claims.rules.gates import Phase, checklist
from claims.rules.lifecycle import OPEN_CLAIM_STATES, OPEN_VERDICT_STATES, VERDICT_MOVES, VerdictState
from claims.rules.permissions import Actor, Role
from claims.selectors.evidence import by_stance, evidence_of
from claims.selectors.figure_wording import word_figure
from claims.selectors.gate_dossier import dossier_of
from claims.selectors.gate_wording import WordedGate, worded
from claims.selectors.history import words_at_last_submission
from claims.selectors.queue import readable_desks
from claims.selectors.verdicts import (
    FieldDiff,
    approvers_that_count,
    author_ids,
    decided_by,
    diff_of,
    required_approvals,
    verdict_with_content,
    written_words,
)


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A figure of the claim beside the passage's, in their own words and as they were read."""

    claim_words: str
    claim_read: str
    passage_words: str
    passage_read: str
    agreement: str


@dataclass(frozen=True, slots=True)
class Card:
    """One piece of evidence; ``pieces`` are (words, whether they are marked) and join to the passage."""

    evidence: Evidence
    pieces: tuple[tuple[str, bool], ...]
    figures: tuple[ReadFigure, ...]
    is_cited: bool


@dataclass(frozen=True, slots=True)
class OriginCards:
    name: str
    documents: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class StanceColumn:
    stance: StanceChoice
    documents: int
    origins: tuple[OriginCards, ...]
    rejected: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class VerdictPanel:
    """The verdict that is on its way or, where none is, the newest one."""

    verdict: Verdict
    gates: tuple[WordedGate, ...]
    given: int
    asked: int
    changes: tuple[FieldDiff, ...]
    verbs: frozenset[str]

    @property
    def open_gates(self) -> list[WordedGate]:
        """What is still to be done, and what is only to be thought about."""
        return [gate for gate in self.gates if gate.mark != "ok"]

    @property
    def standing_gates(self) -> list[WordedGate]:
        return [gate for gate in self.gates if gate.mark == "ok"]


@dataclass(frozen=True, slots=True)
class DeskScreen:
    """``verbs`` name what this person may do to the claim now; the actions ask the rules again."""

    claim: Claim
    appearances: tuple[Appearance, ...]
    columns: tuple[StanceColumn, ...]
    panel: VerdictPanel | None
    publications: tuple[Publication, ...]
    earlier: tuple[Verdict, ...]
    reviewers: tuple[Person, ...]
    verbs: frozenset[str]

    @property
    def is_held(self) -> bool:
        return is_held(self.claim)


def desk_screen(claim_id: int, actor: Actor) -> DeskScreen | None:
    """Return the screen, or None where there is no such claim at the actor's desks."""
    appearances = Appearance.objects.select_related("article__outlet", "update").order_by("-is_first", "pk")
    claim = (
        Claim.objects.filter(pk=claim_id, desk_id__in=readable_desks(actor))
        .select_related("desk", "claimant", "held_by", "logged_by")
        .prefetch_related(Prefetch("appearances", appearances))
        .first()
    )
    if claim is None:
        return None
    verdicts = list(claim.verdicts.select_related("rating", "recorder").order_by("-revision"))
    newest = next((verdict for verdict in verdicts if verdict.state in OPEN_VERDICT_STATES), None)
    newest = newest or next(iter(verdicts), None)
    panel = _panel(newest.pk, actor) if newest else None
    cited = {citation.evidence_id for citation in panel.verdict.citations.all()} if panel else set()
    publications = claim.publications.select_related("current").order_by("language")
    return DeskScreen(
        claim=claim,
        appearances=tuple(claim.appearances.all()),
        columns=tuple(_columns(claim, cited)),
        panel=panel,
        publications=tuple(publications),
        earlier=tuple(verdict for verdict in verdicts if newest is None or verdict.pk != newest.pk),
        reviewers=_reviewers(claim) if permissions.can_triage(actor, claim.desk_id) else (),
        verbs=_claim_verbs(claim, actor, panel),
    )


def _reviewers(claim: Claim) -> tuple[Person, ...]:
    held = Membership.objects.filter(desk_id=claim.desk_id, role=Role.REVIEWER)
    people = Person.objects.filter(is_active=True, pk__in=held.values("person_id"))
    return tuple(people.order_by("first_name", "username"))


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
        "start": startable
        and free
        and not has_open_verdict
        and permissions.can_record_verdict(actor, desk_id),
        "publish": permissions.can_publish(actor, desk_id),
    }
    return frozenset(verb for verb, may in allowed.items() if may)


def _panel(verdict_id: int, actor: Actor) -> VerdictPanel:
    verdict = verdict_with_content(verdict_id)
    is_open = verdict.state in OPEN_VERDICT_STATES
    phase = Phase.SUBMISSION if verdict.state == VerdictState.DRAFT else Phase.PUBLICATION
    return VerdictPanel(
        verdict=verdict,
        gates=tuple(worded(checklist(dossier_of(verdict), phase))) if is_open else (),
        given=len(approvers_that_count(verdict)),
        asked=required_approvals(verdict),
        changes=tuple(_changes(verdict)),
        verbs=_verdict_verbs(verdict, actor),
    )


def _verdict_verbs(verdict: Verdict, actor: Actor) -> frozenset[str]:
    desk_id = verdict.claim.desk_id
    may_decide = permissions.can_approve_verdict(actor, desk_id, author_ids=author_ids(verdict))
    may_edit = permissions.can_edit_verdict(actor, desk_id, decided_by=decided_by(verdict))
    may_publish = permissions.can_publish(actor, desk_id)
    allowed = {
        "edit": may_edit,
        "submit": may_edit,
        "review": may_decide and verdict.state == VerdictState.SUBMITTED,
        "approve": may_decide and actor.person_id not in approvers_that_count(verdict),
        "request_changes": may_decide,
        "withdraw": permissions.can_withdraw_verdict(actor, desk_id, recorder_id=verdict.recorder_id),
        "schedule": may_publish,
        "unschedule": may_publish,
        "publish": may_publish,
    }
    state = VerdictState(verdict.state)
    return frozenset(verb for verb, may in allowed.items() if may and state in VERDICT_MOVES[verb])


def _changes(verdict: Verdict) -> Iterable[FieldDiff]:
    """Return what an approver has to look at anew: since the last request for changes, else since what is
    published; nothing for a first submission."""
    words = written_words(verdict)
    before = words_at_last_submission(verdict)
    if not before:
        former = (
            Verdict.objects.filter(
                claim_id=verdict.claim_id, language=verdict.language, revision__lt=verdict.revision
            )
            .filter(published_revision__isnull=False)
            .order_by("-revision")
            .first()
        )
        if former is None:
            return []
        before = written_words(verdict_with_content(former.pk))
    return diff_of(before, {name: words[name] for name in before})


# --- Evidence -----------------------------------------------------------------------------------------


def _columns(claim: Claim, cited: set[int]) -> Iterable[StanceColumn]:
    for group in by_stance(evidence_of(claim)):
        yield StanceColumn(
            stance=group.stance,
            documents=group.documents,
            origins=tuple(
                OriginCards(
                    origin.name,
                    origin.documents,
                    tuple(_card(claim, piece, cited) for piece in origin.pieces),
                )
                for origin in group.origins
            ),
            rejected=tuple(_card(claim, piece, cited) for piece in group.rejected),
        )


def _card(claim: Claim, evidence: Evidence, cited: set[int]) -> Card:
    text = evidence.passage.text
    return Card(
        evidence=evidence,
        pieces=marked_pieces(text, [(mark[0], mark[1]) for mark in evidence.marks]),
        figures=tuple(_figure(pair, claim.text, text) for pair in evidence.figures),
        is_cited=evidence.pk in cited,
    )


def marked_pieces(text: str, marks: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """Cut ``text`` at the marks (code points, in any order, overlapping or not); the pieces join to it."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(marks):
        start, end = max(start, at), min(end, len(text))
        if end <= start:
            continue
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if at < len(text):
        pieces.append((text[at:], False))
    return tuple(pieces)


def _figure(pair: dict[str, dict[str, object]], claim_text: str, passage_text: str) -> ReadFigure:
    claim, passage = pair["claim"], pair["passage"]
    return ReadFigure(
        claim_words=_words(claim_text, claim["span"]),
        claim_read=word_figure(claim),
        passage_words=_words(passage_text, passage["span"]),
        passage_read=word_figure(passage),
        agreement=str(pair["agreement"]),
    )


def _words(text: str, span: object) -> str:
    return text[span[0] : span[1]] if isinstance(span, list) else ""
