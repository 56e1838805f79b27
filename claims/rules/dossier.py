"""What the gates look at: one verdict with everything around it, as frozen plain values.

A selector fills it from the database; the gates never look anywhere else, so that the same checklist is
shown while the verdict is written, asked at submission and asked again at publication.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from claims.rules.approvals import GivenApproval
from claims.rules.ratings import RatingStep


@dataclass(frozen=True, slots=True)
class ChosenRating:
    """The rating that was given, and the scale it belongs to."""

    step: RatingStep
    worst: int
    best: int
    scale_is_frozen: bool


@dataclass(frozen=True, slots=True)
class CitedEvidence:
    """One cited piece of evidence. ``origin`` is equal for documents that carry the same report.

    ``capture_sha256`` is empty where nobody captured the page at ``url``. ``source_failed``: the page could
    not be fetched the last time; ``words_gone``: it was, and the quoted words stand there no more.
    """

    evidence_id: int
    stance: str
    accepted: bool
    origin: str
    is_primary: bool
    source: str = ""
    url: str = ""
    capture_sha256: str = ""
    source_failed: bool = False
    words_gone: bool = False
    published: datetime | date | None = None


@dataclass(frozen=True, slots=True)
class WhereSaid:
    """One place where the claim was made; either field may be empty."""

    url: str = ""
    offline_origin: str = ""


@dataclass(frozen=True, slots=True)
class PlannedAddress:
    """Where it would be published. ``answers_itself``: this site's own routes lead from exactly this address
    to exactly this publication, with no redirect in between."""

    url: str
    site_url: str
    answers_itself: bool


@dataclass(frozen=True, slots=True)
class PlannedSnapshot:
    """What would be published: its dates, the hash it was taken from, its markup for the script tag, and its
    address."""

    first_published_at: datetime
    modified_at: datetime
    content_hash: str
    script_json: str
    address: PlannedAddress


@dataclass(frozen=True, slots=True)
class VerdictDossier:
    """One verdict as the gates see it.

    ``exceptions`` maps a gate's id to the recorder's reason. ``accepted_stances`` are those of all accepted
    evidence, cited or not; ``undecided`` counts by stance what was found and nobody has decided on.
    ``content_hash`` is what was submitted, ``present_hash`` what stands now. ``planned`` is None until the
    verdict is about to be published. ``claimant_asked``: the contact log holds an attempt to ask the claimant
    for comment.
    """

    now: datetime
    language: str
    claim_reviewed: str
    justification: str
    organisation_name: str
    rating: ChosenRating | None
    active_labels: frozenset[str] = frozenset()
    claimant_name: str = ""
    claimant_kind: str = ""
    claim_made: datetime | date | None = None
    appearances: tuple[WhereSaid, ...] = ()
    citations: tuple[CitedEvidence, ...] = ()
    accepted_stances: frozenset[str] = frozenset()
    undecided: Mapping[str, int] = field(default_factory=dict)
    none_found: str = ""
    exceptions: Mapping[str, str] = field(default_factory=dict)
    tier: str = "first"
    correction_note: str = ""
    published_rating: str = ""
    is_correction: bool = False
    first_published_at: datetime | None = None
    publish_at: datetime | None = None
    content_hash: str = ""
    present_hash: str = ""
    author_ids: frozenset[int] = frozenset()
    approvals: tuple[GivenApproval, ...] = ()
    approvals_required: int = 1
    risk_is_anonymous_source: bool = False
    claimant_asked: bool = False
    planned: PlannedSnapshot | None = None

    @property
    def rests_on_anonymous(self) -> bool:
        """Whether an anonymous source is involved: the desk says so, or the recorder gives the reason for it."""
        return self.risk_is_anonymous_source or self.excepted("E15")

    def excepted(self, gate_id: str) -> bool:
        """Say whether the recorder gave a reason for not meeting the gate."""
        return bool(self.exceptions.get(gate_id, "").strip())
