"""A small newsroom to test with: one desk with its people, one claim with evidence, a verdict on its way.

Everything is made through the actions, as people make it, so that no test starts from a state that the
product could not reach.
"""

from __future__ import annotations

import hashlib
import itertools
from dataclasses import dataclass, field
from datetime import date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from claims.actions.articles import take_in_text
from claims.actions.contacts import log_contact
from claims.actions.decisions import approve_verdict
from claims.actions.history import append_event
from claims.actions.publication import (
    publish_verdict,
    retract_publication,
    schedule_verdict,
    start_correction,
)
from claims.actions.queue import take_claim
from claims.actions.verdicts import VerdictContent, save_verdict, start_verdict, submit_verdict
from claims.actions.weighing import accept_evidence
from claims.models import (
    Appearance,
    Article,
    Claim,
    Claimant,
    Desk,
    Document,
    Evidence,
    Membership,
    Outlet,
    Passage,
    Person,
    Publication,
    PublishedRevision,
    Rating,
    Verdict,
)
from claims.rules.permissions import MACHINE, Actor
from claims.selectors.people import actor_of

_numbers = itertools.count(1)
JUSTIFICATION = (
    "The harbour office keeps a log of every ship that enters. Its entry for that morning names four tugs, "
    "with their times and their masters. The photograph that the port agency released shows the same four "
    "at the quay. "
    "Two newspapers with reporters on the pier counted four as well, independently of each other."
)


@dataclass
class Newsroom:
    """One desk. ``people`` are by name; ``actor(name)`` reads their roles afresh."""

    desk: Desk
    people: dict[str, Person] = field(default_factory=dict)

    def join(self, name: str, *roles: str, desk: Desk | None = None, **fields: object) -> Person:
        person = Person.objects.create_user(
            username=f"{name}-{next(_numbers)}", first_name=name.capitalize(), password="a long pass phrase"
        )
        for attribute, value in fields.items():
            setattr(person, attribute, value)
        person.save()
        for role in roles:
            Membership.objects.create(person=person, desk=desk or self.desk, role=role)
        self.people[name] = person
        return person

    def actor(self, name: str) -> Actor:
        return actor_of(Person.objects.get(pk=self.people[name].pk))

    def signed_in(self, name: str) -> Client:
        """Return the browser of a person, as after their sign-in."""
        client = Client()
        client.force_login(self.people[name])
        return client

    def claim(self, text: str = "Four tugs entered the harbour that morning.", **fields: object) -> Claim:
        claimant, _ = Claimant.objects.get_or_create(name="Port Authority", kind="Organization")
        columns: dict[str, object] = {"language": "en", "summary": text[:75], "claimant": claimant}
        columns |= {"made_on": date(2026, 2, 3), "kind": "count"}
        claim = Claim.objects.create(desk=self.desk, text=text, **(columns | fields))
        Appearance.objects.create(
            claim=claim, url="https://news.example.org/harbour", exact=text, is_first=True
        )
        return claim

    def live_blog(self, text: str, *, url: str = "") -> Article:
        """Take in the live blog of 4 March 2026 with the words that are pasted."""
        return take_in_text(
            desk_id=self.desk.pk,
            text=text,
            url=url,
            actor=self.actor("jonas"),
            outlet="Harbour Live",
            title="Strike at the port",
            published=date(2026, 3, 4),
            zone="Europe/Kyiv",
        )

    def evidence(self, claim: Claim, stance: str, *, origin: str, is_primary: bool = False) -> Evidence:
        number = next(_numbers)
        outlet = Outlet.objects.create(name=f"Outlet {number}", domain=f"outlet{number}.example.org")
        text = f"Dispatch {number}: the harbour log of that morning names four tugs."
        document = Document.objects.create(
            outlet=outlet,
            key=f"document-{number}",
            url=f"https://outlet{number}.example.org/report",
            title=f"Report {number}",
            text=text,
            language="en",
            published_on=date(2026, 2, 4),
            text_sha256=hashlib.sha256(text.encode()).hexdigest(),
            raw=f"<p>{text}</p>".encode(),
            captured_at=timezone.now(),
            is_primary=is_primary,
        )
        passage = Passage.objects.create(document=document, ordinal=1, start=0, end=len(text), text=text)
        return Evidence.objects.create(
            claim=claim,
            passage=passage,
            stance=stance,
            machine_stance=stance,
            strength="full",
            score=10.0,
            origin=origin,
            origin_name=origin,
        )

    # --- The way of a verdict -------------------------------------------------------------------------

    def weighed_claim(self, by: str = "rita", **fields: object) -> Claim:
        """A claim with three accepted pieces of evidence, from two origins, for and against."""
        claim = self.claim(**fields)
        self.evidence(claim, "supports", origin="harbour log", is_primary=True)
        self.evidence(claim, "supports", origin="agency")
        self.evidence(claim, "contradicts", origin="agency")
        self.accept_all(claim, by=by)
        self.asked_claimant(claim, by=by)
        return Claim.objects.get(pk=claim.pk)

    def accept_all(self, claim: Claim, by: str = "rita") -> Claim:
        """Take the claim and accept whatever evidence was found."""
        take_claim(claim_id=claim.pk, seen_version=claim.version, actor=self.actor(by))
        for piece in claim.evidence.filter(state="found").order_by("pk"):
            accept_evidence(evidence_id=piece.pk, seen_version=piece.version, actor=self.actor(by))
        return Claim.objects.get(pk=claim.pk)

    def asked_claimant(self, claim: Claim, by: str = "rita", **entry: object) -> Claim:
        """Write into the contact log that the claimant was asked."""
        columns: dict[str, object] = {
            "channel": "press_office",
            "outcome": "waiting",
            "words": "Asked the press office how many tugs there were.",
        }
        version = Claim.objects.values_list("version", flat=True).get(pk=claim.pk)
        return log_contact(
            claim_id=claim.pk,
            seen_version=version,
            actor=self.actor(by),
            **(columns | entry),  # type: ignore[arg-type]
        )

    def content(self, claim: Claim, rating: str = "true", **fields: object) -> VerdictContent:
        accepted = claim.evidence.filter(state="accepted").order_by("pk").values_list("pk", flat=True)
        columns: dict[str, object] = {
            "rating_id": Rating.objects.get(scale__key="default", key=rating).pk,
            "claim_reviewed": "Four tugs entered the harbour that morning.",
            "title": "How many tugs entered the harbour?",
            "summary": "The harbour log and two reporters agree on four.",
            "justification": JUSTIFICATION,
            "citations": tuple(accepted),
        }
        if claim.risk == Claim.Risk.ANONYMOUS_SOURCE:
            columns["exceptions"] = {"E15": "A sailor who would lose the berth; two others confirmed it."}
        return VerdictContent(**(columns | fields))  # type: ignore[arg-type]

    def started(self, claim: Claim, by: str = "rita", language: str = "en") -> Verdict:
        return start_verdict(
            claim_id=claim.pk, seen_version=claim.version, language=language, actor=self.actor(by)
        )

    def saved(self, verdict: Verdict, by: str = "rita", **fields: object) -> Verdict:
        return save_verdict(
            verdict_id=verdict.pk,
            seen_version=verdict.version,
            content=self.content(verdict.claim, **fields),  # type: ignore[arg-type]
            actor=self.actor(by),
        )

    def draft(self, claim: Claim | None = None, by: str = "rita", **fields: object) -> Verdict:
        return self.saved(self.started(claim or self.weighed_claim(by=by), by=by), by=by, **fields)

    def submitted(self, verdict: Verdict | None = None, by: str = "rita", **fields: object) -> Verdict:
        verdict = verdict or self.draft(by=by, **fields)
        submit_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=self.actor(by))
        return fresh(verdict)

    def approved(self, verdict: Verdict | None = None, by: str = "anna", **fields: object) -> Verdict:
        verdict = verdict or self.submitted(**fields)
        approve_verdict(
            verdict_id=verdict.pk,
            seen_version=verdict.version,
            seen_hash=verdict.content_hash,
            actor=self.actor(by),
        )
        return fresh(verdict)

    def scheduled(self, verdict: Verdict | None = None, *, publish_at: datetime) -> Verdict:
        """Put an approved verdict under an embargo until ``publish_at``."""
        verdict = verdict or self.approved()
        return schedule_verdict(
            verdict_id=verdict.pk,
            seen_version=verdict.version,
            publish_at=publish_at,
            actor=self.actor("pavlo"),
        )

    def published(self, verdict: Verdict | None = None, **fields: object) -> PublishedRevision:
        verdict = verdict or self.approved(**fields)
        return publish_verdict(verdict_id=verdict.pk, seen_version=verdict.version, actor=self.actor("pavlo"))

    # --- What happens to it afterwards ----------------------------------------------------------------

    def under_correction(self, revision: PublishedRevision) -> Publication:
        publication = Publication.objects.get(pk=revision.publication_id)
        return start_correction(
            publication_id=publication.pk,
            seen_version=publication.version,
            reason="A reader wrote to us.",
            actor=self.actor("pavlo"),
        )

    def corrected(
        self,
        revision: PublishedRevision,
        tier: str = "substantial",
        note: str = "One tug left.",
        **fields: object,
    ) -> PublishedRevision:
        """Publish the next revision, by the same people; a substantial one has its second approver."""
        publication = self.under_correction(revision)
        if tier == "minor":
            note = ""
        claim = Claim.objects.get(pk=publication.claim_id)
        draft = self.draft(claim, tier=tier, correction_note=note, **fields)
        verdict = self.approved(self.submitted(draft), by="anna")
        if verdict.state != "approved":
            verdict = self.approved(verdict, by="remi")
        return self.published(verdict)

    def retracted(self, revision: PublishedRevision, note: str = "The log was forged.") -> Publication:
        publication = Publication.objects.get(pk=revision.publication_id)
        return retract_publication(
            publication_id=publication.pk,
            seen_version=publication.version,
            note=note,
            actor=self.actor("pavlo"),
        )


def fresh(verdict: Verdict) -> Verdict:
    return Verdict.objects.get(pk=verdict.pk)


def open_newsroom() -> Newsroom:
    """One desk: Rita and Remi review, Anna reviews and edits, Pavlo publishes, Jonas writes, Ada audits, and
    Root is a superuser without a role."""
    newsroom = Newsroom(Desk.objects.create(name=f"Desk {next(_numbers)}"))
    newsroom.join("rita", "reviewer")
    newsroom.join("remi", "reviewer")
    newsroom.join("anna", "reviewer", "editor")
    newsroom.join("pavlo", "publisher")
    newsroom.join("jonas", "journalist")
    newsroom.join("ada", "auditor")
    newsroom.join("adam", "admin")
    newsroom.join("root", is_superuser=True, is_staff=True)
    return newsroom


@pytest.fixture
def newsroom(db: None) -> Newsroom:
    return open_newsroom()


def tell(subject: Claim, verb: str = "log") -> None:
    """Append one event as the machine does; call it inside a transaction."""
    append_event(actor=MACHINE, subject=subject, verb=verb, claim_id=subject.pk, note=str(timezone.now()))
