"""V10: whatever people do in whatever order, what is published was approved by others, and the chain holds.

Hypothesis plays a newsroom of five, who try every verb at any moment, allowed or not, while the clock of an
embargo runs and somebody with SQL tries to help.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

import time_machine
from django.db import DatabaseError, transaction
from django.test import TransactionTestCase
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from claims.actions.decisions import approve_verdict, request_changes
from claims.actions.publication import (
    cancel_correction,
    publish_scheduled,
    publish_verdict,
    retract_publication,
    schedule_verdict,
    start_correction,
    unschedule_verdict,
)
from claims.actions.queue import release_claim, take_claim
from claims.actions.refusals import REFUSALS
from claims.actions.verdicts import (
    save_verdict,
    start_verdict,
    submit_verdict,
    withdraw_verdict,
)
from claims.actions.verification import verify_history
from claims.actions.weighing import accept_evidence, reject_evidence
from claims.jobs import RetryLater
from claims.models import Approval, Claim, ClaimEvent, Evidence, Publication, PublishedRevision, Verdict
from claims.selectors.feeds import feed_window
from tests.faults.soak import times
from tests.newsroom import Newsroom, open_newsroom

NAMES = st.sampled_from(["rita", "remi", "anna", "pavlo", "jonas"])
STALE = st.sampled_from([0, 0, 0, 0, 1])


class Standing(NamedTuple):
    """What tells one state of the review from another."""

    verdicts: tuple[tuple[object, ...], ...]
    publications: tuple[tuple[object, ...], ...]
    claims: tuple[tuple[object, ...], ...]
    evidence: tuple[tuple[object, ...], ...]
    counts: tuple[int, int, int]


class ReviewMachine(RuleBasedStateMachine):
    """One claim; every rule lets one person try one verb, now and then with a stale view."""

    #: The newsroom and its claims by risk; every example finds them as they were.
    newsroom: Newsroom
    claims: dict[str, int]
    claim_id: int

    @initialize(risk=st.sampled_from(["ordinary", "election"]))
    def open(self, risk: str) -> None:
        self.claim_id = self.claims[risk]

    def __init__(self) -> None:
        super().__init__()
        self.seen: object = None
        self.known: Standing | None = None

    @property
    def present(self) -> Standing:
        """What stands now, read once between two steps: nobody else writes meanwhile."""
        if self.known is None:
            self.known = standing()
        return self.known

    def attempt(self, step: Callable[[], object]) -> None:
        """Let one person try; a refusal has a sentence and leaves everything as it was."""
        before, refused, self.known = self.present, None, None
        try:
            step()
        except REFUSALS as refusal:
            refused = str(refusal)
        if refused is not None:
            assert refused
            assert self.present == before, refused

    @property
    def claim(self) -> Claim:
        return Claim.objects.get(pk=self.claim_id)

    @property
    def verdict(self) -> Verdict | None:
        return Verdict.objects.filter(claim_id=self.claim_id).order_by("-revision").first()

    @rule(name=NAMES, stale=STALE)
    def take(self, name: str, stale: int) -> None:
        version = self.claim.version - stale
        actor = self.newsroom.actor(name)
        self.attempt(lambda: take_claim(claim_id=self.claim_id, seen_version=version, actor=actor))

    @rule(name=NAMES)
    def release(self, name: str) -> None:
        version, actor = self.claim.version, self.newsroom.actor(name)
        self.attempt(lambda: release_claim(claim_id=self.claim_id, seen_version=version, actor=actor))

    @rule(name=NAMES)
    def start(self, name: str) -> None:
        version, actor = self.claim.version, self.newsroom.actor(name)
        self.attempt(
            lambda: start_verdict(claim_id=self.claim_id, seen_version=version, language="en", actor=actor)
        )

    @rule(name=NAMES, number=st.integers(0, 2), accept=st.booleans())
    def weigh(self, name: str, number: int, accept: bool) -> None:
        piece = Evidence.objects.filter(claim_id=self.claim_id).order_by("pk")[number]
        actor = self.newsroom.actor(name)
        if accept:
            self.attempt(
                lambda: accept_evidence(evidence_id=piece.pk, seen_version=piece.version, actor=actor)
            )
        else:
            self.attempt(
                lambda: reject_evidence(
                    evidence_id=piece.pk, seen_version=piece.version, reason="Doubtful.", actor=actor
                )
            )

    @precondition(lambda self: self.present.verdicts)
    @rule(
        name=NAMES,
        stale=STALE,
        rating=st.sampled_from(["true", "false"]),
        tier=st.sampled_from(["first", "minor", "substantial"]),
    )
    def save(self, name: str, stale: int, rating: str, tier: str) -> None:
        verdict, actor = self.verdict, self.newsroom.actor(name)
        assert verdict is not None
        content = self.newsroom.content(self.claim, rating, tier=tier, correction_note="We erred.")
        self.attempt(
            lambda: save_verdict(
                verdict_id=verdict.pk, seen_version=verdict.version - stale, content=content, actor=actor
            )
        )

    @precondition(lambda self: self.present.verdicts)
    @rule(name=NAMES, stale=STALE, verb=st.sampled_from(["submit", "approve", "approve", "publish"]))
    def move(self, name: str, stale: int, verb: str) -> None:
        verdict, actor = self.verdict, self.newsroom.actor(name)
        assert verdict is not None
        seen = verdict.version - stale
        steps: dict[str, Callable[[], object]] = {
            "submit": lambda: submit_verdict(verdict_id=verdict.pk, seen_version=seen, actor=actor),
            "approve": lambda: approve_verdict(
                verdict_id=verdict.pk, seen_version=seen, seen_hash=verdict.content_hash, actor=actor
            ),
            "publish": lambda: publish_verdict(verdict_id=verdict.pk, seen_version=seen, actor=actor),
        }
        self.attempt(steps[verb])

    @precondition(lambda self: self.present.verdicts)
    @rule(name=NAMES, withdraws=st.booleans())
    def send_back(self, name: str, withdraws: bool) -> None:
        verdict, actor = self.verdict, self.newsroom.actor(name)
        assert verdict is not None
        if withdraws:
            self.attempt(
                lambda: withdraw_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=actor)
            )
        else:
            self.attempt(
                lambda: request_changes(
                    verdict_id=verdict.pk, seen_version=verdict.version, comment="Again.", actor=actor
                )
            )

    @precondition(lambda self: self.present.publications)
    @rule(name=NAMES, retracts=st.booleans())
    def reopen(self, name: str, retracts: bool) -> None:
        publication = Publication.objects.get(claim_id=self.claim_id)
        actor = self.newsroom.actor(name)
        view = {"publication_id": publication.pk, "seen_version": publication.version}
        if retracts:
            self.attempt(lambda: retract_publication(**view, note="Wrong.", actor=actor))
        else:
            self.attempt(lambda: start_correction(**view, reason="A reader wrote.", actor=actor))

    @precondition(lambda self: self.present.publications)
    @rule(name=NAMES)
    def cancel(self, name: str) -> None:
        publication = Publication.objects.get(claim_id=self.claim_id)
        view = {"publication_id": publication.pk, "seen_version": publication.version}
        actor = self.newsroom.actor(name)
        self.attempt(lambda: cancel_correction(**view, reason="It was right.", actor=actor))

    @precondition(lambda self: self.present.verdicts)
    @rule(name=NAMES, hours=st.sampled_from([-1, 1, 1]), takes_off=st.booleans())
    def embargo(self, name: str, hours: int, takes_off: bool) -> None:
        """Schedule it, and perhaps take it off again; the job runs early, then late."""
        verdict, actor = self.verdict, self.newsroom.actor(name)
        assert verdict is not None
        due = timezone.now() + timedelta(hours=hours)
        view = {"verdict_id": verdict.pk, "seen_version": verdict.version, "actor": actor}
        self.attempt(lambda: schedule_verdict(**view, publish_at=due))
        verdict.refresh_from_db()
        if verdict.state != "scheduled":
            return
        early, self.known = self.present, None
        try:
            publish_scheduled(verdict.pk)
        except RetryLater:
            assert self.present == early, "before its end an embargo changes nothing"
        if takes_off:
            view["seen_version"] = verdict.version
            self.attempt(lambda: unschedule_verdict(**view, reason="Wait."))
        self.known = None
        with time_machine.travel(due + timedelta(seconds=1), tick=False):
            publish_scheduled(verdict.pk)
            publish_scheduled(verdict.pk)

    @precondition(lambda self: self.present.verdicts)
    @rule(state=st.sampled_from(["approved", "published", "scheduled"]))
    def forge(self, state: str) -> None:
        """Somebody with SQL moves the verdict on: only what people decided passes, and none gets published."""
        verdict, before = self.verdict, self.present
        assert verdict is not None
        try:
            with transaction.atomic():
                Verdict.objects.filter(pk=verdict.pk).update(state=state)
                moved = standing() != before
                transaction.set_rollback(True)
        except DatabaseError:
            return
        decided = {"approved", "scheduled"}
        assert not moved or (verdict.state in decided and state in decided), (verdict.state, state)

    @rule(steps=st.integers(1, 4), rating=st.sampled_from(["true", "false"]), retracts=st.booleans())
    def go_by_the_book(self, steps: int, rating: str, retracts: bool) -> None:
        """Take the next steps as a good newsroom would, so that runs reach corrections and retractions."""
        for _ in range(steps):
            verdict = self.verdict
            state = verdict.state if verdict else "withdrawn"
            if state in {"withdrawn", "superseded"}:
                self.start("rita")
            elif state == "published":
                self.reopen("pavlo", retracts)
                self.start("rita")
            elif state in {"draft", "changes_requested"}:
                corrects = Publication.objects.filter(claim_id=self.claim_id, current__isnull=False).exists()
                for number in range(3):
                    self.weigh("rita", number, True)
                self.save("rita", 0, rating, "substantial" if corrects else "first")
                self.move("rita", 0, "submit")
            elif state == "approved":
                self.move("pavlo", 0, "publish")
            else:
                self.move("anna", 0, "approve")
                self.move("remi", 0, "approve")

    @invariant()
    def what_stands_is_right(self) -> None:
        """Look at everything whenever something happened."""
        if self.present == self.seen:
            return
        self.what_is_published_was_approved_by_others()
        self.one_verdict_stands_published_and_the_feed_says_the_same()
        self.the_chain_holds()
        self.seen = self.present

    def what_is_published_was_approved_by_others(self) -> None:
        for revision in PublishedRevision.objects.select_related("verdict", "publication"):
            verdict = revision.verdict
            authors = {verdict.recorder_id, verdict.last_editor_id}
            authors |= set(verdict.co_authors.values_list("pk", flat=True))
            approvers = set(
                Approval.objects.filter(
                    verdict=verdict, decision="approved", content_hash=revision.content_hash
                ).values_list("approver_id", flat=True)
            )
            asked = 2 if verdict.claim.risk != "ordinary" or verdict.tier == "substantial" else 1
            assert len(approvers - authors) >= asked
            assert revision.snapshot["content_hash"] == verdict.content_hash

    def one_verdict_stands_published_and_the_feed_says_the_same(self) -> None:
        shown = {entry.snapshot["publication"]: entry for entry in feed_window().entries}
        public = Publication.objects.exclude(state="embargoed").select_related("current__verdict")
        assert set(shown) == {publication.pk for publication in public}
        for publication in public:
            assert publication.current is not None
            entry = shown[publication.pk]
            assert entry.snapshot == publication.current.snapshot
            assert entry.is_retracted == (publication.state == "retracted")
            expected = "superseded" if publication.state == "retracted" else "published"
            assert publication.current.verdict.state == expected

    def the_chain_holds(self) -> None:
        assert verify_history().holds
        published = PublishedRevision.objects.count()
        assert ClaimEvent.objects.filter(verb="publish").count() == published
        assert (
            ClaimEvent.objects.filter(verb="retract").count()
            == Publication.objects.filter(state="retracted").count()
        )


def standing() -> Standing:
    """Return what tells one state of the review from another: every row that a step may write."""
    return Standing(
        verdicts=tuple(Verdict.objects.order_by("pk").values_list("state", "version", "content_hash")),
        publications=tuple(Publication.objects.order_by("pk").values_list("state", "version", "current")),
        claims=tuple(Claim.objects.order_by("pk").values_list("state", "version")),
        evidence=tuple(Evidence.objects.order_by("pk").values_list("state", "stance", "version")),
        counts=(ClaimEvent.objects.count(), Approval.objects.count(), PublishedRevision.objects.count()),
    )


class TestReview(TransactionTestCase):
    """One newsroom for all examples; each runs in a savepoint of its own that is rolled back."""

    def test_no_order_of_steps_gets_a_verdict_out_without_the_people_it_needs(self) -> None:
        reached: set[str] = set()

        class RolledBack(ReviewMachine):
            def __init__(self) -> None:
                super().__init__()
                self.block = transaction.atomic()
                self.block.__enter__()

            def teardown(self) -> None:
                reached.update(Publication.objects.values_list("state", flat=True))
                reached.update(
                    f"revision {n}" for n in PublishedRevision.objects.values_list("number", flat=True)
                )
                transaction.set_rollback(True)
                self.block.__exit__(None, None, None)

        with transaction.atomic():
            RolledBack.newsroom = open_newsroom()
            RolledBack.claims = {
                risk: RolledBack.newsroom.weighed_claim(risk=risk).pk for risk in ("ordinary", "election")
            }
            run_state_machine_as_test(
                RolledBack,
                settings=settings(
                    max_examples=times(ci=200, soak=2000),
                    stateful_step_count=times(ci=8, soak=30),
                    database=None,
                    suppress_health_check=list(HealthCheck),
                ),
            )
            transaction.set_rollback(True)
        # A machine that never gets far would prove nothing.
        assert {"live", "under_correction", "retracted", "revision 2"} <= reached
