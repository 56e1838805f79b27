"""The shape of a snapshot: everything that readers are shown of one published revision, as plain JSON.

Page, markup and feeds are rendered from it alone, so they cannot disagree, and a claim or document that
changes later changes nothing that stands published. Moments are RFC 3339 in UTC; bare dates stay bare; text
is as it was written, and every renderer escapes it for its own format.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class SnapshotRating(TypedDict):
    """``value`` is None for a rating that is text only."""

    key: str
    label: str
    labels: dict[str, str]
    value: int | None
    worst: int
    best: int
    scale: str
    scale_version: int


class SnapshotClaimant(TypedDict):
    name: str
    kind: str
    same_as: str


class SnapshotAppearance(TypedDict):
    url: str
    offline_origin: str
    title: str
    outlet: str
    kind: str
    exact: str
    printed_time: str
    moment: str
    published: str
    is_first: bool


class SnapshotEvidence(TypedDict):
    """``quotation`` is the cited passage's words; ``published`` a moment, a bare date or empty."""

    ordinal: int
    stance: str
    quotation: str
    url: str
    title: str
    outlet: str
    language: str
    published: str
    origin: str
    origin_name: str
    is_primary: bool
    captured_at: str
    text_sha256: str


class SnapshotCorrection(TypedDict):
    revision: int
    tier: str
    note: str
    published_at: str


class SnapshotPerson(TypedDict):
    """``part`` is ``recorded``, ``wrote``, ``approved`` or ``published``."""

    name: str
    part: str


class SnapshotOrganisation(TypedDict):
    name: str
    url: str


class Snapshot(TypedDict):
    """One published revision. ``entry_id`` never changes over the revisions of a publication.

    ``other_claimants`` made the same claim (claims that were merged as another author); ``claim_kind`` tells a
    claim about a picture or video; ``license`` is the address of the terms for the markup. Snapshots from
    before these were kept do not have them.
    """

    format: int
    publication: int
    claim: int
    claim_iri: str
    revision: int
    language: str
    url: str
    path: str
    entry_id: str
    title: str
    claim_reviewed: str
    claim_text: str
    claim_language: str
    claim_kind: NotRequired[str]
    claimant: SnapshotClaimant | None
    other_claimants: NotRequired[list[SnapshotClaimant]]
    attribution: str
    made: str
    appearances: list[SnapshotAppearance]
    rating: SnapshotRating
    summary: str
    justification: str
    uncertainty: str
    none_found: str
    evidence: list[SnapshotEvidence]
    people: list[SnapshotPerson]
    organisation: SnapshotOrganisation
    license: NotRequired[str]
    tier: str
    note: str
    corrections: list[SnapshotCorrection]
    first_published_at: str
    modified_at: str
    published_at: str
    content_hash: str
    is_demonstration: bool


#: Raised when the shape changes, so that a renderer can tell what it was given.
FORMAT = 1


def rating_of(snapshot: Snapshot) -> SnapshotRating:
    """Return the rating with its keys in one order: PostgreSQL keeps them in one of its own, SQLite as written."""
    rating = snapshot["rating"]
    labels: dict[str, str] = {
        code: rating["labels"][code] for code in ("en", "uk", "ru") if code in rating["labels"]
    }
    return SnapshotRating(
        key=rating["key"],
        label=rating["label"],
        labels=labels,
        value=rating["value"],
        worst=rating["worst"],
        best=rating["best"],
        scale=rating["scale"],
        scale_version=rating["scale_version"],
    )
